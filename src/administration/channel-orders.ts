/** What is decided for all that happens in a channel: whether files become documents there, and how answers use documents. */

import type { Database } from '../database/database.ts';
import { Channel } from '../database/entities/channel.ts';
import type { Principal } from '../database/transaction.ts';
import type { ConversationStore } from '../history/store.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { DocumentUse } from '../knowledge/document-use.ts';
import type { BackfillAnswer, BackfillOrder, Backfills } from '../knowledge/ingest/backfills.ts';
import type { ChannelIngestion } from '../knowledge/ingest/channel-files.ts';
import type { Place } from '../platform/place.ts';
import { readAsAdministrator, writeEntry } from './audit-log.ts';

/** Null takes a decision back: then the settings say. */
export type ChannelDecision = { ingest: ChannelIngestion | null } | { knowledge: DocumentUse | null };

export interface ChannelOrders {
	/**
	 * In the asker's name: the database lets administrators decide for channels and groups, which is written down, and everybody for their personal
	 * chat. @returns false where it does not. @throws BotError as `Database.asUser`.
	 */
	decide(asker: Principal, place: Place, decision: ChannelDecision): Promise<boolean>;
	/**
	 * As `Backfills.begin` and `stop`, for an administrator. What was begun goes on when it cannot be written down.
	 * @throws BotError as those, and `FORBIDDEN` for whoever is none.
	 */
	readPast(order: BackfillOrder, signal: AbortSignal): Promise<BackfillAnswer>;
	stopReading(asker: Principal, place: Place): Promise<boolean>;
}

export interface ChannelOrderDependencies {
	database: Pick<Database, 'asUser'>;
	store: Pick<ConversationStore, 'join'>;
	backfills: Backfills;
}

export function createChannelOrders({ database, store, backfills }: ChannelOrderDependencies): ChannelOrders {
	async function carryOut<Done>(
		asker: Principal,
		place: Place,
		work: { backfill: string; run(): Promise<Done>; isDone(done: Done): boolean },
	): Promise<Done> {
		await database.asUser(asker, readAsAdministrator);
		const done = await work.run();
		const outcome = work.isDone(done) ? 'done' : 'refused';
		const details = { channel: referenceOf(place), backfill: work.backfill };
		const entry = { action: 'channel', outcome, subjectUserId: null, details } as const;
		await database.asUser(asker, (transaction) => writeEntry(transaction, { kind: 'person', asker }, entry));
		return done;
	}

	return {
		async decide(asker, place, decision) {
			// Where nobody has spoken to the bot yet, it can be decided all the same.
			await store.join(asker, place);
			return await database.asUser(asker, async (transaction) => {
				const changed = await transaction.em.nativeUpdate(Channel, { id: channelIdOf(place) }, decision);
				if (changed === 0) return false;
				if (place.kind === 'direct') return true;
				const details = { channel: referenceOf(place), ...decision };
				const entry = { action: 'channel', outcome: 'done', subjectUserId: null, details } as const;
				await writeEntry(transaction, { kind: 'person', asker }, entry);
				return true;
			});
		},
		readPast: (order, signal) =>
			carryOut(order.asker, order.place, {
				backfill: order.since ?? 'all',
				run: () => backfills.begin(order, signal),
				isDone: (answer) => answer === 'begun',
			}),
		stopReading: (asker, place) =>
			carryOut(asker, place, { backfill: 'stop', run: () => backfills.stop(place), isDone: (isStopped) => isStopped }),
	};
}

function referenceOf({ platform, tenantId, channelId }: Place): string {
	return `${platform}:${tenantId}:${channelId}`;
}
