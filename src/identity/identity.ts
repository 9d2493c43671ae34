/** Who is talking: a platform account becomes a person of ours with a role, or is turned away. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import { nobodyId } from '../database/transaction.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform, Profile } from '../platform/chat-platform.ts';
import { toDisplayName } from '../platform/display-name.ts';
import type { Place } from '../platform/place.ts';
import { createValueStore } from '../value-store.ts';
import { type Account, accountKey, accountReference } from './account.ts';
import { createAskPlatform } from './ask-platform.ts';
import { createIdentityStore, type Details, type Findings, type KnownAccount } from './identity-store.ts';
import type { Person } from './person.ts';
import { type Asked, createProfileAnswers, type Meeting, type ProfileAnswer } from './profile-answers.ts';
import { chooseRole, ruledBy } from './role-choice.ts';
import type { WebAccounts } from './web-accounts.ts';

export interface Identities {
	/**
	 * @throws BotError `PLATFORM_UNAVAILABLE` or `PLATFORM_RATE_LIMITED` when a stranger's profile cannot be read: nobody is let in on
	 * missing data. `STORE_UNAVAILABLE`.
	 */
	resolve(platform: ChatPlatform, actor: Actor, meeting: Met, signal: AbortSignal): Promise<Person>;
	/** Where an account was met last, to within a quarter of an hour; null for one that was not. @throws BotError `STORE_UNAVAILABLE`. */
	lastPlaceOf(account: Account): Promise<Place | null>;
	/** Whether an account is answered still, by what is written down: no platform is asked. @throws BotError `STORE_UNAVAILABLE`. */
	mayAsk(account: Account): Promise<boolean>;
	/**
	 * Takes what the platform tells of an account unasked. It may be late, out of order or repeated by somebody: whatever takes rights away
	 * counts at once, and at the next contact the platform is asked for all of it.
	 * @returns whose access ended with it, or null. @throws BotError `STORE_UNAVAILABLE`.
	 */
	take(platform: string, profile: Profile): Promise<string | null>;
}

/** `place` is null for somebody who asks in a place of another platform: where they were met last on their own counts. */
export type Met = Omit<Meeting, 'place'> & { place: Place | null };

/** Where somebody was met, and what was known of them then. */
type Occasion = Pick<Asked, 'meeting' | 'findings'>;

/** What the platform said of somebody's groups, and when it was asked. */
interface KnownGroups {
	groups: readonly string[] | null;
	askedAtMs: number;
}

export interface IdentityDependencies {
	database: Database;
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	/** References of the accounts that the configuration makes administrators. */
	admins: readonly string[];
	/** Absent where every account is one of a chat platform. */
	rulesOf?: WebAccounts['rulesOf'];
}

/** How long somebody may go on with what a group gave them after they were taken out of it. */
const groupsMs = 60_000;

/**
 * Role and id are read from the database each time and kept nowhere else: what is signed for the database comes from nothing that others can
 * write to, and a change by an administrator counts at once in every process.
 */
export function createIdentities({ database, clock, pacers, admins, rulesOf = async () => null }: IdentityDependencies): Identities {
	const store = createIdentityStore(database);
	const listed = new Set(admins);
	/** The groups of the platform, in this process alone: `KnownGroups` by account. */
	const groupsKept = createValueStore(clock.now);
	const askPlatform = createAskPlatform({ clock, pacers });
	const answers = createProfileAnswers({ clock, ask: askPlatform, moment: store.moment });

	async function lookUp(platform: ChatPlatform, actor: Actor, { meeting, findings }: Occasion, signal: AbortSignal): Promise<Findings> {
		const account = { ...actor, platform: platform.name };
		const known = findings.account;
		if (known?.isFresh && speaksAs(known.locale, meeting)) return findings;
		let asked: Asked = { actor, meeting, findings, foundAtMs: clock.now() };
		for (const answer of answers.atHand(platform, asked)) {
			const kept = await keep(account, answer, asked);
			// Not so when the platform has told something else since.
			if (kept.account?.isFresh) return kept;
			asked = { ...asked, findings: kept, foundAtMs: clock.now() };
		}
		const answer = await answers.soonest(platform, asked, signal);
		const kept = await keep(account, answer, asked);
		if (answer.isLast || kept.account?.isFresh) return kept;
		asked = { ...asked, findings: kept, foundAtMs: clock.now() };
		return await keep(account, await answers.alone(platform, asked, signal), asked);
	}

	/** @returns what is known then: something may have been changed or told while the platform was asked. */
	async function keep(account: Account, { profile, askedAt }: ProfileAnswer, { meeting, findings }: Asked): Promise<Findings> {
		const known = findings.account;
		const locale = meeting.locale ?? profile.locale ?? known?.locale ?? null;
		const timeZone = profile.timeZone ?? known?.timeZone ?? null;
		const lastPlace = { ...meeting.place, threadId: '' };
		const details = detailsOf(profile, account, { locale, timeZone, lastPlace, emailDomains: findings.emailDomains });
		if (known === null) return await store.enter(account, details, askedAt);
		return await store.refresh(account, known.identityId, details, askedAt);
	}

	/** Asked for only where roles follow groups. An answer to an earlier question never takes the place of a later one's. */
	async function groupsOf(platform: ChatPlatform, actor: Actor, place: Place, signal: AbortSignal): Promise<readonly string[] | null> {
		const key = accountKey({ ...actor, platform: platform.name });
		const kept = recallGroups(key);
		if (kept !== null) return kept.groups;
		const askedAtMs = clock.now();
		const groups = await fetchGroups(platform, actor, place, signal);
		const keptMeanwhile = recallGroups(key);
		const isNewest = keptMeanwhile === null || keptMeanwhile.askedAtMs <= askedAtMs;
		const leftMs = groupsMs - (clock.now() - askedAtMs);
		if (isNewest && leftMs > 0) groupsKept.set(key, JSON.stringify({ groups, askedAtMs } satisfies KnownGroups), leftMs);
		return groups;
	}

	function recallGroups(key: string): KnownGroups | null {
		const kept = groupsKept.get(key);
		return kept === null ? null : (JSON.parse(kept) as KnownGroups);
	}

	/** Null, and so the lowest role, when the platform cannot be asked. */
	async function fetchGroups(platform: ChatPlatform, actor: Actor, place: Place, signal: AbortSignal): Promise<readonly string[] | null> {
		try {
			return await askPlatform({ platform, place, about: 'groups' }, signal, () => platform.fetchGroups(actor, place, signal));
		} catch (thrown) {
			if (signal.aborted) throw thrown;
			return null;
		}
	}

	async function meet(platform: ChatPlatform, actor: Actor, met: Occasion, signal: AbortSignal): Promise<Person> {
		const account = { ...actor, platform: platform.name };
		const { account: known, rules: found } = await lookUp(platform, actor, met, signal);
		if (known === null) return nobody(actor);
		const own = await rulesOf(account);
		const rules = ruledBy(found, own);
		const { isGuest, isExternal, isDeactivated } = known;
		const isMember = !(isGuest || isExternal || isDeactivated);
		const isListed = isMember && listed.has(accountReference(account));
		if (isListed && rules.granted !== 'ccb_admin') await store.grantAdmin(known.userId, account);
		const granted = isListed ? 'ccb_admin' : rules.granted;
		const followsGroups = isMember && granted === null && rules.mappings.length > 0;
		const groups = own?.groups ?? (followsGroups ? await groupsOf(platform, actor, met.meeting.place, signal) : []);
		const { role, standing } = chooseRole({ ...rules, granted }, { isGuest, isExternal, isDeactivated, groups });
		const limits = { ...rules.roles[role]?.limits, ...known.limits };
		const person = { userId: known.userId, identityId: known.identityId, role, displayName: known.displayName };
		return { ...person, locale: localeOf(known), standing, limits, ...timeZoneOf(known, met.meeting), ...carriedBy(known) };
	}

	return {
		async resolve(platform, actor, met, signal) {
			if (actor.accountId === '' || actor.tenantId === '') return nobody(actor);
			const findings = await store.find({ ...actor, platform: platform.name });
			const place = met.place ?? findings.account?.lastPlace ?? null;
			// Whom nobody has met on their own platform cannot be asked about there.
			if (place === null) return nobody(actor);
			return await meet(platform, actor, { meeting: { ...met, place }, findings }, signal);
		},
		lastPlaceOf: async (account) => (await store.find(account)).account?.lastPlace ?? null,
		async mayAsk(account) {
			const { account: known, rules } = await store.find(account);
			const own = await rulesOf(account);
			// Of a platform's groups nothing is written down: what they give is asked for with each question.
			return known !== null && chooseRole(ruledBy(rules, own), { ...known, groups: own?.groups ?? [] }).standing === 'member';
		},
		async take(platform, profile) {
			const account = { platform, tenantId: profile.tenantId, accountId: profile.accountId };
			const told = { ...standingOf(profile, account), email: profile.email?.toLowerCase() ?? null };
			const userId = await store.narrow(account, told);
			// What a group gave is asked for again too.
			groupsKept.delete(accountKey(account));
			return told.isDeactivated || told.isGuest || told.isExternal ? userId : null;
		},
	};
}

/** What came along with an account, where something did. */
function carriedBy({ ceilings, countsAs }: KnownAccount): Pick<Person, 'ceilings' | 'countsAs'> {
	return { ...(Object.keys(ceilings).length === 0 ? {} : { ceilings }), ...(countsAs === null ? {} : { countsAs }) };
}

function timeZoneOf({ timeZone: known }: KnownAccount, { timeZone: told }: Meeting): Pick<Person, 'timeZone'> {
	const timeZone = told ?? known;
	return timeZone === null ? {} : { timeZone };
}

/** What somebody chose goes before what their platform says. */
function localeOf({ language, locale }: KnownAccount): string | null {
	return language ?? locale;
}

function speaksAs(locale: string | null, meeting: Meeting): boolean {
	return meeting.locale === undefined || meeting.locale === locale;
}

function detailsOf(
	profile: Profile,
	account: Account,
	{ emailDomains, ...met }: Pick<Details, 'locale' | 'timeZone' | 'lastPlace'> & { emailDomains: readonly string[] },
): Details {
	const { isGuest, isExternal, isDeactivated } = standingOf(profile, account);
	const email = profile.email?.toLowerCase() ?? '';
	const isTrusted =
		!isExternal && !isGuest && emailDomains.includes(email.slice(email.lastIndexOf('@') + 1)) && /^[^@\s]+@[^@\s]+$/.test(email);
	const displayName = toDisplayName(storableText(profile.displayName)) || account.accountId;
	return { displayName, isGuest, isExternal, isDeactivated, ...met, email: isTrusted ? email : null };
}

/** What the platform says of another account or another tenant than the one that was met makes nobody a member. */
function standingOf(profile: Profile, account: Account): Pick<Details, 'isGuest' | 'isExternal' | 'isDeactivated'> {
	const isOther = profile.tenantId !== account.tenantId || profile.accountId !== account.accountId;
	return {
		isGuest: profile.isGuest || profile.isBot,
		isExternal: profile.isExternal || isOther,
		isDeactivated: profile.isDeactivated,
	};
}

/** Somebody without an id, or whom the database does not have after all: they are refused, and nothing is written down. */
function nobody(actor: Actor): Person {
	return {
		userId: nobodyId,
		identityId: nobodyId,
		role: 'ccb_guest',
		displayName: actor.accountId,
		locale: null,
		standing: 'guest',
		limits: {},
	};
}
