/** What somebody has to confirm before it is done: with a button that works once, for them alone, and for some minutes. Whoever else presses it is noted. */

import type { Database } from '../database/database.ts';
import type { Confirmation } from '../database/entities/confirmation.ts';
import type { Transaction } from '../database/transaction.ts';
import { noteDeed } from '../identity/log-entry.ts';
import type { Person } from '../identity/person.ts';
import type { Words } from '../locales/locales.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';

/** Who is asked, and in which personal chat. */
export interface AskedToConfirm {
	person: Person;
	account: Actor;
	platform: ChatPlatform;
	place: Place;
	words: Words;
	signal: AbortSignal;
}

export type ConfirmedAction = Confirmation['action'];

export type Unconfirmed = 'unknown' | 'not-yours' | 'used' | 'expired';

/** All @throws BotError as `Database.asUser`. */
export interface Confirmations {
	/** Shows the button that erases. @throws BotError as `ChatPlatform.sendOffer`. */
	ask(asked: AskedToConfirm): Promise<void>;
	/** For what is shown otherwise. @returns the id that comes back. */
	prepare(userId: string, action: ConfirmedAction): Promise<string>;
	/** Whether this was ever asked of anybody. @param id whatever a platform says. */
	isAbout(id: string, action: ConfirmedAction): Promise<boolean>;
	/**
	 * In one transaction with what follows from it.
	 * @param id whatever a platform says.
	 */
	confirm(
		person: Person,
		id: string,
		action: ConfirmedAction,
		then: (transaction: Transaction) => Promise<unknown>,
	): Promise<'confirmed' | Unconfirmed>;
}

export interface ConfirmationDependencies {
	database: Pick<Database, 'asUser' | 'queryAsRegistrar'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

/** Long enough to read what it is about. */
const confirmationMinutes = 15;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is over goes when its person asks anew. */
const insertConfirmation = `
	with gone as (delete from confirmations where user_id = $1 and expires_at < now() - interval '1 day')
	insert into confirmations (user_id, action, expires_at)
	values ($1, $2, now() + make_interval(mins => ${confirmationMinutes})) returning id`;
const useConfirmation = `
	update confirmations set used_at = now() where id = $1 and user_id = $2 and action = $3 and used_at is null and expires_at > now() returning id`;
const findConfirmation = 'select user_id as "userId", used_at as "usedAt" from confirmations where id = $1 and action = $2';

export function createConfirmations({ database, pacers }: ConfirmationDependencies): Confirmations {
	async function prepare(userId: string, action: ConfirmedAction): Promise<string> {
		const [row] = await database.queryAsRegistrar<{ id: string }>(insertConfirmation, [userId, action]);
		return row?.id ?? '';
	}

	const find = async (id: string, action: ConfirmedAction) =>
		uuid.test(id) ? await database.queryAsRegistrar<{ userId: string; usedAt: Date | null }>(findConfirmation, [id, action]) : [];

	async function whyNot(person: Person, id: string, action: ConfirmedAction): Promise<{ reason: Unconfirmed; ownerId: string | null }> {
		const [found] = await find(id, action);
		if (found === undefined) return { reason: 'unknown', ownerId: null };
		if (found.userId !== person.userId) return { reason: 'not-yours', ownerId: found.userId };
		return { reason: found.usedAt === null ? 'expired' : 'used', ownerId: found.userId };
	}

	return {
		async ask({ person, account, platform, place, words, signal }) {
			const replyId = await prepare(person.userId, 'erase-person');
			const button = { label: words.myData.button, action: { name: 'confirm', replyId } } as const;
			const call = { operation: 'send-privately', place, priority: 'first' } as const;
			const offer = { text: words.myData.sure(confirmationMinutes), button };
			await pacers(platform).run(call, signal, () => platform.sendOffer(place, account, offer, signal));
		},
		prepare,
		isAbout: async (id, action) => (await find(id, action)).length > 0,
		async confirm(person, id, action, then) {
			const isUsed = await database.asUser(person, async (transaction) => {
				const used = uuid.test(id) ? await transaction.query(useConfirmation, [id, person.userId, action]) : [];
				if (used.length > 0) await then(transaction);
				return used.length > 0;
			});
			if (isUsed) return 'confirmed';
			const { reason, ownerId } = await whyNot(person, id, action);
			const entry = { action: 'confirm', outcome: 'refused', subjectUserId: ownerId, details: { reason } } as const;
			await database.asUser(person, (transaction) => noteDeed(transaction, person, entry));
			return reason;
		},
	};
}
