/** Gives a person all that is held of them, as a file in their personal chat. */

import type { JobDefinition } from '../jobs/job.ts';
import { languages } from '../locales/locales.ts';
import { type AskedThere, askedThere, type TellThereDependencies, tellThere } from './asked-there.ts';
import { filesOf } from './export-files.ts';
import type { OwnStatements } from './own-statements.ts';

export interface ExportPersonDependencies extends TellThereDependencies {
	statements: Pick<OwnStatements, 'read'>;
	clock: { now(): number };
}

/** A file that came twice does no harm; one that never came is asked for again. */
const retry = { times: 2, pauseMs: 10_000, maxPauseMs: 60_000 };

const patienceMs = 10_000;

export function createExportPersonJob(deps: ExportPersonDependencies): JobDefinition<AskedThere> {
	const { platforms, pacers, statements, clock } = deps;
	return {
		name: 'export-person',
		data: askedThere,
		key: ({ userId }) => userId,
		userId: ({ userId }) => userId,
		retry,
		async run(asked, { signal }) {
			const { userId, place, language } = asked;
			const words = languages[language].myData;
			const platform = platforms.get(place.platform);
			const most = platform?.capabilities.files;
			if (platform === undefined || most === null || most === undefined) return;
			const files = filesOf(await statements.read(userId), { words, day: new Date(clock.now()), mostBytes: most.maxBytes });
			for (const [index, file] of files.entries()) {
				const call = { operation: 'send-file', place, priority: 'update' } as const;
				const comment = words.part(index + 1, files.length);
				await pacers(platform).run(call, signal, () => platform.sendFile(place, file, comment, signal));
			}
		},
		async onLost(asked) {
			await tellThere(deps, asked, [languages[asked.language].myData.notExported], AbortSignal.timeout(patienceMs));
		},
	};
}
