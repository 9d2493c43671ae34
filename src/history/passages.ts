/** What stands at a source of an answer, for whoever asks for it later. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { isStableId } from '../identity/stable-id.ts';
import type { Source } from '../platform/source.ts';
import { type StoredSource, toSource } from './stored.ts';

export interface CitedPassage extends Pick<Source, 'title' | 'place' | 'date' | 'url'> {
	text: string;
}

export interface Passages {
	/**
	 * Null when there is no such passage (any more), or the person may not see it: nobody learns which. The ids may be anything, they come from
	 * a button. @throws BotError as `Database.queryAs`, and `CANCELLED` where others are asked.
	 */
	read(person: Principal, answerId: string, position: number, signal: AbortSignal): Promise<CitedPassage | null>;
}

const selectSources = "select sources from messages where id = $1 and role = 'assistant' and status <> 'deleted'";

/** As it was kept with the answer, for whoever takes part in its conversation. */
export function createPassages(database: Pick<Database, 'queryAs'>): Passages {
	return {
		async read(person, answerId, position) {
			if (!isStableId(answerId)) return null;
			const [row] = await database.queryAs<{ sources: StoredSource[] }>(person, selectSources, [answerId]);
			const source = row?.sources.map(toSource).find((one) => one.position === position && one.canShow);
			if (source === undefined) return null;
			const { title, place, date, url, excerpt: text } = source;
			return { title, place, date, url, text };
		},
	};
}
