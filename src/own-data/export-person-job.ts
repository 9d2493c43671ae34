/** Gives a person all that is held of them, as a file in their personal chat; where the platform asks before it takes one, offers it. */

import type { JobDefinition } from '../jobs/job.ts';
import { languages } from '../locales/locales.ts';
import type { ChatPlatform, OutgoingFile } from '../platform/chat-platform.ts';
import { type AskedThere, askedThere, type TellThereDependencies, tellThere } from './asked-there.ts';
import type { Confirmations } from './confirmations.ts';
import { exportFiles } from './export-files.ts';
import type { OwnStatements } from './own-statements.ts';

export interface ExportPersonDependencies extends TellThereDependencies {
	statements: Pick<OwnStatements, 'read'>;
	confirmations: Pick<Confirmations, 'prepare'>;
	clock: { now(): number };
}

/** A file that came twice does no harm; one that never came is asked for again. */
const retry = { times: 2, pauseMs: 10_000, maxPauseMs: 60_000 };

const patienceMs = 10_000;

export function createExportPersonJob(deps: ExportPersonDependencies): JobDefinition<AskedThere> {
	const { platforms, pacers, statements, confirmations, clock } = deps;

	/** It is made anew once they say where it belongs: nothing of it is kept meanwhile. */
	async function offer(platform: ChatPlatform, { place, userId, language }: AskedThere, file: OutgoingFile, signal: AbortSignal) {
		const { name, mediaType, bytes } = file;
		const replyId = await confirmations.prepare(userId, 'export-person');
		const offered = { name, mediaType, about: languages[language].myData.part(1, 1), sizeBytes: bytes.byteLength, replyId };
		const call = { operation: 'send-file', place, priority: 'update' } as const;
		await pacers(platform).run(call, signal, async () => await platform.offerFile?.(place, offered, signal));
	}

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
			if (platform === undefined) return;
			const mostBytes = platform.capabilities.files?.maxBytes ?? Number.POSITIVE_INFINITY;
			const files = exportFiles(await statements.read(userId), { words, day: new Date(clock.now()), mostBytes });
			const [whole] = files;
			if (platform.capabilities.files === null) {
				if (whole !== undefined) await offer(platform, asked, whole, signal);
				return;
			}
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
