/** Finds the person that an administrator means, by an account or by a name. */

import type { UserRole } from '../database/roles.ts';
import { type Account, accountReference, homeUserIdOf, identityIdOf, parseAccountReference } from '../identity/account.ts';
import { type LimitValues, readLimitValues } from '../limits/limit-values.ts';
import { stricterLimits } from '../limits/stricter-limits.ts';
import { shortened } from '../text.ts';
import { Refusal, type Scene } from './scene.ts';

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

interface PersonRow extends Omit<FoundPerson, 'limits' | 'named' | 'isNew'> {
	limits: unknown;
	ceilings: unknown;
}

/** More namesakes than these are not shown: they do not help to choose. */
const mostCandidates = 10;
/** Of a name that nobody has, enough to recognise what one has typed. */
const mostNameCharacters = 60;

const selectPeople = `
	select u.id as "userId", u.display_name as "displayName", u.role, u.limits, u.ceilings, u.deactivated_at as "deactivatedAt",
		jsonb_agg(jsonb_build_object(
			'identityId', i.id, 'platform', i.platform, 'tenantId', i.tenant_id, 'accountId', i.account_id, 'displayName', i.display_name,
			'isGuest', i.is_guest, 'isExternal', i.is_external, 'isClosed', i.is_deactivated, 'admittedAs', i.admitted_as
		) order by i.platform, i.tenant_id, i.account_id) as accounts
	from users u join identities i on i.user_id = u.id`;

const byAccount = `${selectPeople}
	where u.id = (select user_id from identities where platform = $1 and tenant_id = $2 and account_id = $3) group by u.id`;

const byName = `${selectPeople}
	where lower(u.display_name) = lower($1) or u.id in (select user_id from identities where lower(display_name) = lower($1))
	group by u.id order by u.display_name, u.id limit ${mostCandidates + 1}`;

const enterUser = 'insert into users (id, display_name) values ($1, $2) on conflict do nothing';

/** Looked up long ago, so that the platform is asked when they first come. Two statements: the database wants to see whose account it is. */
const enterAccount = `
	insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name, refreshed_at)
	values ($1, $2, $2, $3, $4, $5, $5, 'epoch') on conflict do nothing`;

/** @throws Refusal when nobody is meant, or several could be. */
export async function findPerson(scene: Scene, typed: string): Promise<FoundPerson> {
	const account = parseAccountReference(typed);
	if (account === null) return await findByName(scene, typed);
	const person = await findByAccount(scene, account);
	if (person === null) throw new Refusal('unknown-account', scene.words.refused.unknownAccount(typed));
	return person;
}

/** As `findPerson`; an account that was never met is entered, so that something can be said about it beforehand. */
export async function findOrEnterPerson(scene: Scene, typed: string): Promise<FoundPerson> {
	const account = parseAccountReference(typed);
	const known = account === null ? await findByName(scene, typed) : await findByAccount(scene, account);
	if (known !== null || account === null) return known ?? neverMet();
	requirePlatform(scene, account.platform);
	const { platform, tenantId, accountId } = account;
	const [userId, name] = [homeUserIdOf(account), accountId];
	await scene.transaction.query(enterUser, [userId, name]);
	await scene.transaction.query(enterAccount, [identityIdOf(account), userId, platform, tenantId, name]);
	const person = await findByAccount(scene, account);
	return person === null ? neverMet() : { ...person, isNew: true };
}

/** @throws Refusal for a platform that there is not. */
export function requirePlatform({ platforms, words }: Scene, platform: string): void {
	if (platforms.includes(platform)) return;
	throw new Refusal('unknown-platform', words.refused.unknownPlatform(platform, platforms.join(', ')));
}

/** A name with the account that tells it from others of the same name. */
export function shownPerson({ displayName, named }: Pick<FoundPerson, 'displayName' | 'named'>): string {
	const [first] = named;
	return first === undefined ? displayName : `${displayName} (${accountReference(first)})`;
}

export function isOutside({ isGuest, isExternal }: FoundAccount): boolean {
	return isGuest || isExternal;
}

async function findByAccount({ transaction }: Scene, account: Account): Promise<FoundPerson | null> {
	const [row] = await transaction.query<PersonRow>(byAccount, [account.platform, account.tenantId, account.accountId]);
	if (row === undefined) return null;
	const person = toPerson(row);
	const reference = accountReference(account);
	return { ...person, named: person.accounts.filter((own) => accountReference(own) === reference) };
}

async function findByName({ transaction, words }: Scene, typed: string): Promise<FoundPerson> {
	// A mention that the platform left as text begins with the sign.
	const name = typed.replace(/^@/, '').trim();
	const people = (await transaction.query<PersonRow>(byName, [name])).map(toPerson);
	const [only] = people;
	if (only === undefined) throw new Refusal('unknown-person', words.refused.unknownPerson(shortened(name, mostNameCharacters)));
	if (people.length === 1) return only;
	const candidates = people.slice(0, mostCandidates).map(({ accounts }) => `• ${accounts.map(accountReference).join(', ')}`);
	const more = people.length > mostCandidates ? ['• …'] : [];
	throw new Refusal(
		'several-people',
		words.refused.severalPeople(shortened(name, mostNameCharacters), [...candidates, ...more].join('\n')),
	);
}

function toPerson({ limits, ceilings, ...row }: PersonRow): FoundPerson {
	return { ...row, limits: stricterLimits(readLimitValues(limits), readLimitValues(ceilings)), named: row.accounts, isNew: false };
}

/** What was entered is there, and a name that nobody has was refused. */
function neverMet(): never {
	throw new TypeError('a person who was just entered cannot be found');
}
