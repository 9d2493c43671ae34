/** What an administrator said about a person when one of their accounts becomes somebody else's: whatever restricts goes along. */

import { Role } from '../database/entities/role.ts';
import type { UserRole } from '../database/roles.ts';
import type { Transaction } from '../database/transaction.ts';
import { readLimitValues } from '../limits/limit-values.ts';
import { stricterLimits, withoutFreedoms } from '../limits/stricter-limits.ts';

/** A user as far as it restricts. */
interface Restricted {
	id: string;
	/** Granted; null when groups decide. */
	role: UserRole | null;
	rank: number | null;
	limits: unknown;
	ceilings: unknown;
	/** Under whose id what they use is counted. */
	countsAs: string;
}

type Granted = Pick<Restricted, 'role' | 'rank'>;

/** For whom counts are brought together. */
export interface SharedCounts {
	from: string;
	to: string;
}

/** As long as the longest count runs (tokens and uploads of a day). */
const countedHours = 24;

/** Both stay locked to the end of the transaction, always in the same order. */
const selectUsers = `
	select u.id, u.role, (select rank from roles where name = u.role) as rank, u.limits, u.ceilings,
		case when u.counts_as_until > now() then u.counts_as else u.id end as "countsAs"
	from users u where u.id = any ($1) order by u.id for update`;

const restrict = `
	update users set role = $2, ceilings = $3,
		deactivated_at = coalesce(deactivated_at, (select deactivated_at from users source where source.id = $4))
	where id = $1`;

const countTogether = `
	update users set counts_as = $2, counts_as_until = now() + interval '${countedHours} hours' where id = $1 and $1::uuid <> $2::uuid`;

/** Wrong codes of both count, lest a person forgives themselves by linking. */
const carryAttempts = `
	insert into link_attempts (user_id, wrong, locked_until, counted_from)
	select $2, wrong, locked_until, counted_from from link_attempts where user_id = $1
	on conflict (user_id) do update set wrong = greatest(link_attempts.wrong, excluded.wrong),
		locked_until = greatest(link_attempts.locked_until, excluded.locked_until),
		counted_from = greatest(link_attempts.counted_from, excluded.counted_from)`;

/**
 * Before an account of `fromUserId` becomes one of `toUserId`'s. Limits go along as ceilings: they never widen what the other has. A lock
 * goes along, a granted role as `carriedRole` says, and what was used. Works as the registrar.
 * @returns whose counts are to be brought together; null when they are one already. @throws BotError as `Transaction.query`.
 */
export async function carryRestrictions(
	{ query, em }: Transaction,
	fromUserId: string,
	toUserId: string,
	direction: 'link' | 'unlink',
): Promise<SharedCounts | null> {
	const users = await query<Restricted>(selectUsers, [[fromUserId, toUserId]]);
	const from = users.find(({ id }) => id === fromUserId);
	const to = users.find(({ id }) => id === toUserId);
	if (from === undefined || to === undefined) return null;
	const usual = await em.findOne(Role, 'ccb_employee');
	const role = direction === 'link' ? roleWhenLinked(from, to) : roleWhenApart(from, to, usual?.rank ?? 0);
	const ceilings = [from.ceilings, from.limits]
		.map(readLimitValues)
		.map(withoutFreedoms)
		.reduce(stricterLimits, readLimitValues(to.ceilings));
	await query(restrict, [toUserId, role, ceilings, fromUserId]);
	await query(carryAttempts, [fromUserId, toUserId]);
	if (direction === 'unlink') await query(countTogether, [toUserId, from.countsAs]);
	return direction === 'link' && from.countsAs !== to.countsAs ? { from: from.countsAs, to: to.countsAs } : null;
}

/** A role that would raise or lower the other one's was refused before. */
function roleWhenLinked(from: Granted, to: Granted): UserRole | null {
	return to.role ?? from.role;
}

/**
 * The lower one of both. What raises somebody above what everybody has does not go along; whoever was raised themselves, and is not any more
 * as part of the other, has what everybody has.
 */
function roleWhenApart(from: Granted, to: Granted, usualRank: number): UserRole | null {
	const fromRank = from.rank ?? usualRank;
	if (to.role === null) return fromRank <= usualRank ? from.role : null;
	if (fromRank >= (to.rank ?? 0)) return to.role;
	return from.role ?? 'ccb_employee';
}
