/**
 * Asks platforms by night whether files still lie where they were shared: what is deleted by rules of retention, or while nobody listened, they do not
 * tell. What is surely gone goes as if it had been told.
 */

import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toBotError } from '../../errors.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import type { IngestObserver } from './observer.ts';
import type { Removal } from './removals.ts';

export interface ReconcileFilesDependencies {
	database: Pick<Database, 'asLibrarian' | 'queryAsLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	clock: Pick<Clock, 'now'>;
	observer: Pick<IngestObserver, 'reconciled'>;
	/** Removes placements, and leaves what follows from that as jobs. */
	remove(transaction: Transaction, removal: Removal): Promise<unknown>;
}

interface SharedOnce {
	id: string;
	place: Place;
	messageId: string;
	fileId: string;
}

/** In a night. Two calls each at 40 a minute, Slack's budget for reading messages, are as much as fits in the time below. */
const most = 400;
/** Of the fifteen minutes that a job may take. The rest comes first the next night. */
const mostMs = 10 * 60_000;

const oldestFirst = `
select id, place, message_id as "messageId", file_id as "fileId" from document_placements
where status = 'placed' and message_id is not null and file_id is not null and place ->> 'platform' = any($1)
order by checked_at nulls first, id limit ${most}`;

const note = 'update document_placements set checked_at = now(), found_at = case when $2 then now() else found_at end where id = $1';

export function createReconcileFilesJob(deps: ReconcileFilesDependencies): JobDefinition {
	const { database, platforms, pacers, clock, observer, remove } = deps;

	/** Null when nobody can say. @throws BotError as `ChatPlatform`, for what may pass later. */
	async function isThere({ place, messageId, fileId }: SharedOnce, signal: AbortSignal): Promise<boolean | null> {
		const platform = platforms.get(place.platform);
		if (platform?.isShared === undefined) return null;
		const ask = async () => (await platform.isShared?.({ place, messageId }, fileId, signal)) ?? null;
		try {
			return await pacers(platform).run({ operation: 'read-message', place, priority: 'update' }, signal, ask);
		} catch (thrown) {
			if (toBotError(thrown).code === 'PLATFORM_REJECTED') return null;
			throw thrown;
		}
	}

	async function settle(file: SharedOnce, isFound: boolean | null): Promise<void> {
		observer.reconciled(isFound === null ? 'unknown' : isFound ? 'there' : 'gone');
		if (isFound !== false) return void (await database.queryAsLibrarian(note, [file.id, isFound === true]));
		await database.asLibrarian((transaction) => remove(transaction, { where: 'placement.id = $1', parameters: [file.id] }));
	}

	return {
		name: 'reconcile-files',
		data: z.object({}),
		everyMs: 24 * 3_600_000,
		async run(_data, { signal }) {
			const untilMs = clock.now() + mostMs;
			/** Away, or too busy: another night. */
			const away = new Set<string>();
			const files = await database.queryAsLibrarian<SharedOnce>(oldestFirst, [[...platforms.keys()]]);
			for (const file of files) {
				signal.throwIfAborted();
				if (clock.now() > untilMs) return;
				if (away.has(file.place.platform)) continue;
				try {
					await settle(file, await isThere(file, signal));
				} catch (thrown) {
					signal.throwIfAborted();
					if (!toBotError(thrown).code.startsWith('PLATFORM_')) throw thrown;
					away.add(file.place.platform);
				}
			}
		},
	};
}
