/** Links between accounts in the database: codes, wrong tries, and moving an account with all that was said and shared through it. */

import type { Database } from '../database/database.ts';
import { minutesFromNow, now } from '../database/entities/columns.ts';
import { Identity } from '../database/entities/identity.ts';
import { LinkCode } from '../database/entities/link.ts';
import type { Transaction } from '../database/transaction.ts';
import { carryRestrictions, type SharedCounts } from './carried-restrictions.ts';
import { note } from './log-entry.ts';
import type { Person } from './person.ts';

/** Long enough to change to another app, short enough to be of no use to who finds it. */
export const codeMinutes = 10;
/** So many wrong codes, and nobody tries again for so long. */
const mostWrongTries = 5;
const lockMinutes = 60;

/**
 * Why a code did not link. `own`: it was entered where it was made. `other-person`: by somebody in the same workspace. `more-rights`: it would
 * take rights away. `two-roles`: an administrator gave the other account a higher role, and has to say which one counts.
 */
export type LinkRefusal = 'unknown' | 'expired' | 'used' | 'own' | 'other-person' | 'more-rights' | 'two-roles' | 'locked';
export type LinkResult =
	| { linked: true; displayName: string; counts: SharedCounts | null }
	| { linked: false; refusal: LinkRefusal; waitMinutes: number };

interface CodeRow {
	userId: string;
	displayName: string;
	isUsed: boolean;
	isExpired: boolean;
	/** An account of the code's owner is in the workspace of the one who enters it. */
	isNeighbour: boolean;
	/** How high the role stands that each was granted, null for none; and the one that everybody has. */
	ownerRank: number | null;
	enteringRank: number | null;
	usualRank: number;
}

/** Wrong tries are counted for an hour from the first one; who is locked, until the lock ends. */
const isOver = `coalesce(link_attempts.locked_until, link_attempts.counted_from + interval '${lockMinutes} minutes') <= now()`;

/** The row stays locked to the end of the transaction: tries of one person come one after the other. */
const lockAttempts = `
	insert into link_attempts (user_id) values ($1)
	on conflict (user_id) do update set wrong = case when ${isOver} then 0 else link_attempts.wrong end,
		counted_from = case when ${isOver} then now() else link_attempts.counted_from end,
		locked_until = case when ${isOver} then null else link_attempts.locked_until end
	returning ceil(extract(epoch from locked_until - now()) / 60)::int as "lockedMinutes"`;

const countWrong = `
	update link_attempts set wrong = wrong + 1,
		locked_until = case when wrong + 1 >= ${mostWrongTries} then now() + interval '${lockMinutes} minutes' end
	where user_id = $1`;

const selectCode = `
	select c.user_id as "userId", owner.display_name as "displayName", c.used_at is not null as "isUsed",
		c.expires_at <= now() or owner.deactivated_at is not null as "isExpired",
		exists (
			select from identities theirs join identities mine on mine.platform = theirs.platform and mine.tenant_id = theirs.tenant_id
			where theirs.user_id = c.user_id and mine.id = $2
		) as "isNeighbour",
		owner_role.rank as "ownerRank", entering_role.rank as "enteringRank",
		(select rank from roles where name = 'ccb_employee') as "usualRank"
	from link_codes c join users owner on owner.id = c.user_id left join roles owner_role on owner_role.name = owner.role
		join users entering on entering.id = $3 left join roles entering_role on entering_role.name = entering.role
	where c.code_hash = $1 for update of c`;

/** By hand: an entity would be read back (`returning`), and the registrar may not see all that stands there. */
const moveMessages = 'update messages set author_user_id = $2 where author_identity_id = $1';

const moveCases = `
	update feedback_cases set asked_by = $2 where answer_id in (
		select answer.id from messages as answer join messages as asked on asked.id = answer.in_reply_to where asked.author_identity_id = $1
	)`;

const moveQueries = 'update connector_queries set asked_by = $2 where asked_through = $1';

const moveFiles = 'update document_placements set shared_by = $2 where shared_by_account = $1';

/** What they were told alone on the web, beside what they said there. */
const moveNotices = `
	with moved as (
		delete from web_notices where user_id = $3 and conversation_id in (select conversation_id from messages where author_identity_id = $1)
		returning id, conversation_id, notice, created_at
	)
	insert into web_notices (id, user_id, conversation_id, notice, created_at) select id, $2, conversation_id, notice, created_at from moved`;

const joinWhereSaid = `
	insert into conversation_participants (conversation_id, user_id, reads_from)
	select m.conversation_id, $2::uuid, case when c.kind = 'group' then min(m.created_at) else '-infinity' end
	from messages m join conversations c on c.id = m.conversation_id where m.author_identity_id = $1 group by m.conversation_id, c.kind
	on conflict (conversation_id, user_id) do update set reads_from = excluded.reads_from
		where excluded.reads_from < conversation_participants.reads_from`;

const leaveWhereNothingIsLeft = `
	delete from conversation_participants p using conversations c, identities i
	where p.user_id = $2 and c.id = p.conversation_id and i.id = $1 and c.platform = i.platform
		and not exists (select from messages m where m.conversation_id = p.conversation_id and m.author_user_id = $2)`;

const leaveChannels = `
	delete from channel_members m using channels c, identities i
	where m.user_id = $2 and c.id = m.channel_id and i.id = $1 and c.platform = i.platform
		and not exists (select from identities other where other.user_id = $2 and other.platform = i.platform)`;

/**
 * An administrator without an account would count as one that there is not. What restricted went along, and what an administrator says now is
 * said of the one who has it.
 */
const dropEmptyRole = `
	update users set role = null
	where id = $1 and (role = 'ccb_admin' or (select rank from roles where name = users.role) <= (select rank from roles where name = 'ccb_employee'))
		and not exists (select from identities where identities.user_id = users.id)`;

/** Every method works as the registrar, in one transaction. @throws BotError as `Database.asRegistrar`. */
export function createLinkStore(database: Database) {
	return {
		/** Takes the place of a code that the person has not used. */
		async keepCode(userId: string, codeHash: string): Promise<void> {
			await database.asRegistrar(async (transaction) => {
				await transaction.em.nativeDelete(LinkCode, { user: userId, usedAt: null });
				await transaction.em.insert(LinkCode, { codeHash, user: userId, expiresAt: minutesFromNow(codeMinutes) });
				await note(transaction, 'link-code', 'done', userId, {});
			});
		},

		/** The account that the person speaks with becomes the code owner's; or a wrong try is counted. */
		async redeem(person: Person, codeHash: string): Promise<LinkResult> {
			return await database.asRegistrar(async (transaction) => {
				const { query, em } = transaction;
				const [attempts] = await query<{ lockedMinutes: number | null }>(lockAttempts, [person.userId]);
				const lockedMinutes = attempts?.lockedMinutes ?? null;
				if (lockedMinutes !== null) return await refuse(transaction, person, 'locked', lockedMinutes);
				const [code] = await query<CodeRow>(selectCode, [codeHash, person.identityId, person.userId]);
				const refusal = refusalOf(code, person);
				if (code === undefined || refusal !== null) return await refuse(transaction, person, refusal ?? 'unknown', lockMinutes, codeHash);
				await em.nativeUpdate(LinkCode, codeHash, { usedAt: now() });
				const counts = await carryRestrictions(transaction, person.userId, code.userId, 'link');
				await move(transaction, person.identityId, person.userId, code.userId);
				await note(transaction, 'link', 'done', person.userId, { identityId: person.identityId, withUserId: code.userId });
				return { linked: true, displayName: code.displayName, counts };
			});
		},

		/** Takes the account home; spoken from home, sends the others home. @returns how many accounts moved. */
		async unlink(person: Person): Promise<number> {
			return await database.asRegistrar(async (transaction) => {
				const guests = await findGuests(transaction, person);
				for (const { id, homeUser } of guests) {
					await carryRestrictions(transaction, person.userId, homeUser.id, 'unlink');
					await move(transaction, id, person.userId, homeUser.id);
					await note(transaction, 'unlink', 'done', person.userId, { identityId: id, homeUserId: homeUser.id });
				}
				return guests.length;
			});
		},
	};
}

function refusalOf(code: CodeRow | undefined, person: Person): LinkRefusal | null {
	if (code === undefined) return 'unknown';
	if (code.isUsed) return 'used';
	if (code.isExpired) return 'expired';
	if (code.userId === person.userId) return 'own';
	if (code.isNeighbour) return 'other-person';
	return refusalOfRoles(code);
}

/** Without a granted role one has what everybody has. A role that was granted to who enters goes along, unless that contradicts the owner's. */
function refusalOfRoles({ ownerRank, enteringRank, usualRank }: CodeRow): LinkRefusal | null {
	if (enteringRank === null) return null;
	if (enteringRank > (ownerRank ?? usualRank)) return 'more-rights';
	return ownerRank !== null && enteringRank < ownerRank ? 'two-roles' : null;
}

/** Mistakes cost a try, and so does what only a stranger to the code would do; a code that went astray is worth nothing any more. */
async function refuse(
	transaction: Transaction,
	person: Person,
	refusal: LinkRefusal,
	waitMinutes: number,
	codeHash: string | null = null,
): Promise<LinkResult> {
	const isWrong = !['locked', 'own', 'more-rights', 'two-roles'].includes(refusal);
	if (isWrong) await transaction.query(countWrong, [person.userId]);
	if (refusal === 'other-person') await transaction.em.nativeUpdate(LinkCode, { codeHash }, { usedAt: now() });
	await note(transaction, 'link', 'refused', person.userId, { identityId: person.identityId, refusal });
	return { linked: false, refusal, waitMinutes };
}

/** Accounts of a person that are at home elsewhere; or, from somewhere else than home, the account itself. */
async function findGuests({ em }: Transaction, { userId, identityId }: Person): Promise<Identity[]> {
	const accounts = await em.find(Identity, { user: userId });
	const isAtHome = accounts.some(({ id, homeUser }) => id === identityId && homeUser.id === userId);
	return accounts.filter(({ id, homeUser }) => homeUser.id !== userId && (isAtHome || id === identityId));
}

/** What was said and shared through the account goes with it, and with that the right to read where it was said. */
async function move({ query, em }: Transaction, identityId: string, fromUserId: string, toUserId: string): Promise<void> {
	await em.nativeUpdate(Identity, identityId, { user: toUserId });
	await query(moveMessages, [identityId, toUserId]);
	await query(moveCases, [identityId, toUserId]);
	await query(moveQueries, [identityId, toUserId]);
	await query(moveFiles, [identityId, toUserId]);
	await query(moveNotices, [identityId, toUserId, fromUserId]);
	await query(joinWhereSaid, [identityId, toUserId]);
	await query(leaveWhereNothingIsLeft, [identityId, fromUserId]);
	await query(leaveChannels, [identityId, fromUserId]);
	await query(dropEmptyRole, [fromUserId]);
}
