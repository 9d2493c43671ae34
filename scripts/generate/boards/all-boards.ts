/** All boards, and the files that Grafana reads: a folder for each language. */

import { formatJson } from '../format-json.ts';
import type { Files } from '../write-files.ts';
import { type Board, type BoardLanguage, boardJson } from './board.ts';
import { databases, host, models, safety } from './machine-boards.ts';
import { connectors, delivery, knowledge, overview, queue } from './program-boards.ts';

export const allBoards: readonly Board[] = [overview, models, delivery, queue, knowledge, connectors, databases, host, safety];

/** The name of a folder is what Grafana shows. */
const folders: Readonly<Record<BoardLanguage, string>> = { en: 'English', es: 'Español' };

export function boardFiles(): Files {
	return Object.fromEntries(
		Object.entries(folders).flatMap(([language, folder]) =>
			allBoards.map((board) => [
				`docker/grafana/dashboards/${folder}/${board.id}.json`,
				formatJson(boardJson(board, language as BoardLanguage)),
			]),
		),
	);
}
