/** Finds the person that an administrator means, by an account or by a name. */

import { Identity } from '../database/entities/identity.ts';
import { User } from '../database/entities/user.ts';
import type { UserRole } from '../database/roles.ts';
import type { Transaction } from '../database/transaction.ts';
import { type Account, accountReference, homeUserIdOf, identityIdOf, parseAccountReference } from '../identity/account.ts';
import { type LimitValues, readLimitValues } from '../limits/limit-values.ts';
import { stricterLimits } from '../limits/stricter-limits.ts';
import { shortened } from '../text.ts';
import { type AdminContext, CommandRefusal } from './admin-context.ts';

export interface FoundPerson {
	userId: string;
	displayName: string;
	/** What an administrator gave them, or null. */
	role: UserRole | null;
	/** Their own, and those that came along with an account. */
	limits: LimitValues;
	deactivatedAt: Date | null;
	accounts: readonly FoundAccount[];
	/** The account by which they were named; all of theirs when by a name. */
	named: readonly FoundAccount[];
	/** They were entered just now, because nobody has met them yet. */
	isNew: boolean;
}

export interface FoundAccount extends Account {
	identityId: string;
	displayName: string;
	isGuest: boolean;
	isExternal: boolean;
	/** Closed on its platform. */
	isClosed: boolean;
	admittedAs: UserRole | null;
}

/** More namesakes than these are not shown: they do not help to choose. */
const mostCandidates = 10;
/** Of a name that nobody has, enough to recognise what one has typed. */
const mostNameCharacters = 60;

/** What is small and what is large, the database decides: it knows the language of the names. */
const selectNamesakes = `
	select distinct u.id, u.display_name from users u join identities i on i.user_id = u.id
	where lower($1) in (lower(u.display_name), lower(i.display_name)) order by u.display_name, u.id limit ${mostCandidates + 1}`;

const unlessThere = { onConflictAction: 'ignore' } as const;

/** @throws CommandRefusal when nobody is meant, or several could be. */
export async function findPerson(scene: AdminContext, typed: string): Promise<FoundPerson> {
	const account = parseAccountReference(typed);
	if (account === null) return await findByName(scene, typed);
	const person = await findByAccount(scene, account);
	if (person === null) throw new CommandRefusal('unknown-account', scene.words.refused.unknownAccount(typed));
	return person;
}

/** As `findPerson`; an account that was never met is entered, so that something can be said about it beforehand. */
export async function findOrEnterPerson(scene: AdminContext, typed: string): Promise<FoundPerson> {
	const account = parseAccountReference(typed);
	const known = account === null ? await findByName(scene, typed) : await findByAccount(scene, account);
	if (known !== null || account === null) return known ?? neverMet();
	requirePlatform(scene, account.platform);
	await enter(scene.transaction, account);
	const person = await findByAccount(scene, account);
	return person === null ? neverMet() : { ...person, isNew: true };
}

/** @throws CommandRefusal for a platform that there is not. */
export function requirePlatform({ platforms, words }: AdminContext, platform: string): void {
	if (platforms.includes(platform)) return;
	throw new CommandRefusal('unknown-platform', words.refused.unknownPlatform(platform, platforms.join(', ')));
}

/** A name with the account that tells it from others of the same name. */
export function shownPerson({ displayName, named }: Pick<FoundPerson, 'displayName' | 'named'>): string {
	const [first] = named;
	return first === undefined ? displayName : `${displayName} (${accountReference(first)})`;
}

export function isOutside({ isGuest, isExternal }: FoundAccount): boolean {
	return isGuest || isExternal;
}

async function findByAccount({ transaction }: AdminContext, account: Account): Promise<FoundPerson | null> {
	const { platform, tenantId, accountId } = account;
	const met = await transaction.em.findOne(Identity, { platform, tenantId, accountId }, { fields: ['user'] });
	const [person] = met === null ? [] : await readPeople(transaction, [met.user.id]);
	if (person === undefined) return null;
	const reference = accountReference(account);
	return { ...person, named: person.accounts.filter((own) => accountReference(own) === reference) };
}

async function findByName({ transaction, words }: AdminContext, typed: string): Promise<FoundPerson> {
	// A mention that the platform left as text begins with the sign.
	const name = typed.replace(/^@/, '').trim();
	const namesakes = await transaction.query<{ id: string }>(selectNamesakes, [name]);
	const people = await readPeople(
		transaction,
		namesakes.map(({ id }) => id),
	);
	const [only] = people;
	if (only === undefined) throw new CommandRefusal('unknown-person', words.refused.unknownPerson(shortened(name, mostNameCharacters)));
	if (people.length === 1) return only;
	const candidates = people.slice(0, mostCandidates).map(({ accounts }) => `• ${accounts.map(accountReference).join(', ')}`);
	const more = people.length > mostCandidates ? ['• …'] : [];
	throw new CommandRefusal(
		'several-people',
		words.refused.severalPeople(shortened(name, mostNameCharacters), [...candidates, ...more].join('\n')),
	);
}

/** Looked up long ago, so that the platform is asked when they first come. The user first: the database wants to see whose account it is. */
async function enter({ em }: Transaction, account: Account): Promise<void> {
	const [user, displayName] = [homeUserIdOf(account), account.accountId];
	await em.upsert(User, { id: user, displayName }, unlessThere);
	const { platform, tenantId, accountId } = account;
	const place = { platform, tenantId, accountId };
	await em.upsert(
		Identity,
		{ id: identityIdOf(account), user, homeUser: user, ...place, displayName, refreshedAt: new Date(0) },
		unlessThere,
	);
}

/** With all their accounts, in the order of the ids. */
async function readPeople({ em }: Transaction, userIds: readonly string[]): Promise<FoundPerson[]> {
	const order = { platform: 'asc', tenantId: 'asc', accountId: 'asc' } as const;
	const accounts = await em.find(Identity, { user: { $in: userIds } }, { populate: ['user'], orderBy: order });
	return userIds.flatMap((userId) => {
		const own = accounts.filter(({ user }) => user.id === userId);
		const [first] = own;
		return first === undefined ? [] : [toPerson(first.user, own.map(toAccount))];
	});
}

function toPerson({ id, displayName, role, limits, ceilings, deactivatedAt }: User, accounts: FoundAccount[]): FoundPerson {
	const strictest = stricterLimits(readLimitValues(limits), readLimitValues(ceilings));
	const granted = { role: role?.name ?? null, limits: strictest, deactivatedAt: deactivatedAt ?? null };
	return { userId: id, displayName, ...granted, accounts, named: accounts, isNew: false };
}

function toAccount({ id, isDeactivated, admittedAs, ...account }: Identity): FoundAccount {
	const { platform, tenantId, accountId, displayName, isGuest, isExternal } = account;
	const admission = { isGuest, isExternal, isClosed: isDeactivated, admittedAs: admittedAs?.name ?? null };
	return { identityId: id, platform, tenantId, accountId, displayName, ...admission };
}

/** What was entered is there, and a name that nobody has was refused. */
function neverMet(): never {
	throw new TypeError('a person who was just entered cannot be found');
}
