/** Looks through what was shared in a channel before, a page of the platform at a time, and takes each file as if it had just been shared. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toBotError } from '../../errors.ts';
import type { Person } from '../../identity/person.ts';
import type { JobContext, JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { FileShared } from '../../platform/place-event.ts';
import { advanceBackfill, type Backfill, type BackfillStatus, endBackfill, holdBackfill, readBackfill } from './backfill-rows.ts';
import type { BackfilledChannel } from './backfills.ts';
import { type ChannelIngestion, ingestionIn } from './channel-files.ts';
import { toFileName } from './file-name.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import type { FindMessageLink } from './message-link.ts';
import { enterAgain, findSettled, placementIdOf, type TakenFile } from './placements.ts';
import type { FindSharer } from './sharer.ts';
import { isWordless, mostBytesOf } from './takeable.ts';

export const backfilledChannel = z.object({ channelId: z.uuid() });

export interface BackfillJobDependencies {
	database: Pick<Database, 'asLibrarian'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'uploadBytes'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	showBackfill: JobDefinition<BackfilledChannel>;
	linkOf: FindMessageLink;
	sharerOf: FindSharer;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

interface Looked {
	found: number;
	refused: number;
	files: TakenFile[];
}

/** Each page ends with the next one left, in the transaction that enters its files: a process that dies leaves nothing half done. */
export function createBackfillJob(deps: BackfillJobDependencies): JobDefinition<BackfilledChannel> {
	const { database, platforms, pacers, limits, jobs, ingest, showBackfill } = deps;

	/** Files of the past count against no day of whoever shared them; how large they may be, does. */
	async function look(shared: readonly FileShared[], signal: AbortSignal): Promise<Looked> {
		const withWords = shared.filter(({ file }) => !isWordless(file.mediaType));
		const idOf = ({ place, messageId, file }: FileShared) => placementIdOf(place, messageId, file.id);
		const settled = await database.asLibrarian((transaction) => findSettled(transaction, withWords.map(idOf)));
		const open = withWords.filter((event) => !settled.has(idOf(event)));
		const people = new Map<string, Promise<Person | null>>();
		const files: TakenFile[] = [];
		for (const event of open) {
			const account = `${event.sharedBy.tenantId} ${event.sharedBy.accountId}`;
			const person = people.get(account) ?? deps.sharerOf(event, signal);
			people.set(account, person);
			const sharer = await person;
			if (sharer !== null) files.push(...(await take(event, sharer, signal)));
		}
		return { found: withWords.length, refused: open.length - files.length, files };
	}

	/** None for one that is out of reach or too large. */
	async function take(event: FileShared, sharer: Person, signal: AbortSignal): Promise<TakenFile[]> {
		const { place, messageId, file, occurredAt: sharedAt } = event;
		const maxBytes = mostBytesOf(sharer, limits);
		if (file.source === null || (file.sizeBytes ?? 0) > maxBytes) return [];
		const url = await deps.linkOf({ place, messageId }, signal);
		const names = { fileId: file.id, name: toFileName(file.name), account: sharer.identityId };
		return [{ place, messageId, ...names, sharedAt, url, fetching: { attachment: file, maxBytes } }];
	}

	/** As the program: whoever shares something now has their turn beside all of the past. */
	async function enter(transaction: Transaction, files: readonly TakenFile[]): Promise<number> {
		let taken = 0;
		for (const file of files) {
			const placementId = await enterAgain(transaction, file, { isQuiet: true });
			if (placementId === null) continue;
			taken += 1;
			await jobs.enqueue(transaction, ingest, { placementId, userId: null });
		}
		return taken;
	}

	async function readPage(backfill: Backfill, { signal, finishIn }: JobContext): Promise<void> {
		const { channelId, place, cursor, since } = backfill;
		const platform = platforms.get(place.platform);
		if (platform === undefined) return;
		const call = { operation: 'list-files', place, priority: 'update' } as const;
		const page = await pacers(platform).run(call, signal, () => platform.listFiles(place, { cursor, since }, signal));
		const { found, refused, files } = await look(page.shared, signal);
		await database.asLibrarian(async (transaction) => {
			if (!(await holdBackfill(transaction, backfill))) return;
			const taken = await enter(transaction, files);
			await advanceBackfill(transaction, channelId, page.next, { found, taken, refused });
			if (page.next !== null) await jobs.enqueue(transaction, job, { channelId });
			await jobs.enqueue(transaction, showBackfill, { channelId });
			await finishIn(transaction);
		});
	}

	async function end({ channelId }: BackfilledChannel, status: BackfillStatus): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			if (await endBackfill(transaction, channelId, status)) await jobs.enqueue(transaction, showBackfill, { channelId });
		});
	}

	/** Why it is not gone on with. */
	async function obstacle({ place }: Backfill): Promise<BackfillStatus | null> {
		if (!platforms.has(place.platform)) return 'lost';
		const ingestion = await database.asLibrarian((transaction) => ingestionIn(transaction, place, deps.channels));
		return ingestion === 'on' ? null : 'stopped';
	}

	const job: JobDefinition<BackfilledChannel> = {
		name: 'backfill-files',
		data: backfilledChannel,
		key: ({ channelId }) => channelId,
		async run({ channelId }, context) {
			const backfill = await database.asLibrarian((transaction) => readBackfill(transaction, channelId));
			if (backfill?.status !== 'running') return;
			const status = await obstacle(backfill);
			if (status !== null) return await end(backfill, status);
			try {
				await readPage(backfill, context);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (error.code !== 'PLATFORM_REJECTED' || context.signal.aborted) throw error;
				await end(backfill, 'lost');
			}
		},
		async onLost(channel) {
			await end(channel, 'failed');
		},
	};
	return job;
}
