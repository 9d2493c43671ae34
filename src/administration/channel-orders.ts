/** What is decided for all that happens in a channel: whether files become documents there, and how answers use documents. */

import type { Database } from '../database/database.ts';
import { Channel } from '../database/entities/channel.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import type { ConversationStore } from '../history/store.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { DocumentUse } from '../knowledge/document-use.ts';
import type { BackfillAnswer, BackfillOrder, Backfills } from '../knowledge/ingest/backfills.ts';
import type { ChannelIngestion } from '../knowledge/ingest/channel-files.ts';
import type { Place } from '../platform/place.ts';
import type { RuleName, StoredRules } from '../rules/place-rules.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { readAsAdministrator, writeEntry } from './audit-log.ts';

/** Null takes a decision back: then the settings say. */
export type ChannelDecision =
	| { ingest: ChannelIngestion | null }
	| { knowledge: DocumentUse | null }
	| { staleAfterDays: number | null }
	| { digest: DigestMode | null }
	| RuleDecision;

/** One rule, for the channel or for all channels of its tenant. */
export interface RuleDecision {
	rule: RuleName;
	/** Absent takes the decision back. */
	value?: NonNullable<StoredRules[RuleName]> | null;
	everywhere: boolean;
}

/** Where the weekly digest of a channel goes. */
export type DigestMode = 'here' | 'private';

export interface ChannelOrders {
	/**
	 * In the asker's name: the database lets administrators decide for channels and groups, which is written down, and everybody for their personal
	 * chat. @returns false where it does not. @throws BotError as `Database.asUser`.
	 */
	decide(asker: Principal, place: Place, decision: ChannelDecision): Promise<boolean>;
	/** Null for none, and in a place that the asker is not known to use. @throws BotError as `Database.asUser`. */
	digestOf(asker: Principal, place: Place): Promise<DigestMode | null>;
	/**
	 * As `Backfills.begin` and `stop`, for an administrator. What was begun goes on when it cannot be written down.
	 * @throws BotError as those, and `FORBIDDEN` for whoever is none.
	 */
	readPast(order: BackfillOrder, signal: AbortSignal): Promise<BackfillAnswer>;
	stopReading(asker: Principal, place: Place): Promise<boolean>;
	/** Writes down which model was chosen for a channel; null for none. @throws BotError as `Database.asUser`. */
	noteModel(asker: Principal, place: Place, model: string | null): Promise<void>;
}

export interface ChannelOrderDependencies {
	database: Pick<Database, 'asUser'>;
	store: Pick<ConversationStore, 'join'>;
	backfills: Backfills;
	rules: Pick<RuleBook, 'forget'>;
}

export function createChannelOrders({ database, store, backfills, rules }: ChannelOrderDependencies): ChannelOrders {
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

	async function decideRule(asker: Principal, place: Place, decision: RuleDecision): Promise<boolean> {
		return await database.asUser(asker, async (transaction) => {
			if (!(await keepRule(transaction, place, decision))) return false;
			const { rule, value = 'default', everywhere } = decision;
			const { platform, tenantId } = place;
			const where = everywhere ? { tenant: `${platform}:${tenantId}` } : { channel: referenceOf(place) };
			const details = { ...where, [rule]: value === null ? 'off' : value };
			await writeEntry(transaction, { kind: 'person', asker }, { action: 'channel', outcome: 'done', subjectUserId: null, details });
			return true;
		});
	}

	async function decideForChannel(asker: Principal, place: Place, decision: Exclude<ChannelDecision, RuleDecision>): Promise<boolean> {
		return await database.asUser(asker, async (transaction) => {
			const changed = await transaction.em.nativeUpdate(Channel, { id: channelIdOf(place) }, changesOf(decision, asker, place));
			if (changed === 0) return false;
			if (place.kind === 'direct') return true;
			const details = { channel: referenceOf(place), ...decision };
			const entry = { action: 'channel', outcome: 'done', subjectUserId: null, details } as const;
			await writeEntry(transaction, { kind: 'person', asker }, entry);
			return true;
		});
	}

	return {
		async decide(asker, place, decision) {
			const work = () => ('rule' in decision ? decideRule(asker, place, decision) : decideForChannel(asker, place, decision));
			let isDone = await work();
			if (!isDone) {
				// Where nobody has spoken to the bot yet, it can be decided all the same. Whoever decides for a channel that they are not in is not let in.
				await store.join(asker, place);
				isDone = await work();
			}
			if ('rule' in decision) await rules.forget();
			return isDone;
		},
		async noteModel(asker, place, model) {
			const details = { channel: referenceOf(place), model: model ?? 'default' };
			const entry = { action: 'channel', outcome: 'done', subjectUserId: null, details } as const;
			await database.asUser(asker, (transaction) => writeEntry(transaction, { kind: 'person', asker }, entry));
		},
		async digestOf(asker, place) {
			const found = await database.asUser(asker, ({ em }) => em.findOne(Channel, channelIdOf(place), { fields: ['digest'] }));
			return found?.digest ?? null;
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

/** @returns false where the database does not let the asker decide. */
async function keepRule({ query }: Transaction, place: Place, { rule, value, everywhere }: RuleDecision): Promise<boolean> {
	const given = value === undefined ? '{}' : JSON.stringify({ [rule]: value });
	if (!everywhere) {
		const change = 'update channels set rules = (rules - $2) || $3::jsonb where id = $1 returning id';
		return (await query(change, [channelIdOf(place), rule, given])).length > 0;
	}
	const change = `
		insert into tenants (platform, tenant_id, rules) values ($1, $2, $4::jsonb)
		on conflict (platform, tenant_id) do update set rules = (tenants.rules - $3) || excluded.rules returning tenant_id`;
	return (await query(change, [place.platform, place.tenantId, rule, given])).length > 0;
}

/** A digest goes to the channel as a whole, or to whoever switched it on. */
function changesOf(decision: Exclude<ChannelDecision, RuleDecision>, { userId }: Principal, place: Place) {
	if (!('digest' in decision)) return decision;
	const isOff = decision.digest === null;
	return { ...decision, digestPlace: isOff ? null : { ...place, threadId: '' }, digestBy: isOff ? null : userId };
}

function referenceOf({ platform, tenantId, channelId }: Place): string {
	return `${platform}:${tenantId}:${channelId}`;
}
