/** Who is talking: a platform account becomes a person of ours with a role, or is turned away. */

import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { nobodyId } from '../database/transaction.ts';
import type { Pacer } from '../delivery/pacer.ts';
import { toBotError } from '../errors.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform, Profile } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { type Account, accountKey, accountReference } from './account.ts';
import { createIdentityStore, type Details, type Findings } from './identity-store.ts';
import type { Person } from './person.ts';
import { chooseRole } from './role-choice.ts';

/** Where somebody was met, and what the event told of them. */
export interface Meeting {
	place: Place;
	/** ISO 8601. */
	occurredAt: string;
	locale?: string | undefined;
	profile?: Profile | undefined;
}

export interface Identities {
	/**
	 * @throws BotError `PLATFORM_UNAVAILABLE` or `PLATFORM_RATE_LIMITED` when a stranger's profile cannot be read: nobody is let in on
	 * missing data. `STORE_UNAVAILABLE`.
	 */
	resolve(platform: ChatPlatform, actor: Actor, meeting: Meeting, signal: AbortSignal): Promise<Person>;
	/** Takes what the platform tells of an account unasked. @returns whose access ended with it, or null. @throws BotError `STORE_UNAVAILABLE`. */
	take(platform: string, profile: Profile): Promise<string | null>;
	/** From now on these people are looked up again, in every process; or all there are. @throws BotError `STORE_UNAVAILABLE`. */
	forget(userIds: readonly string[] | 'everybody'): Promise<void>;
}

export interface IdentityDependencies {
	database: Database;
	cache: Cache;
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	/** References of the accounts that the configuration makes administrators. */
	admins: readonly string[];
}

/** How long a person may go on as before after the platform changed them without telling: a guest made, a role taken, a language changed. */
const freshMs = 60_000;
const attempts = 3;
const retryMs = 300;
/** Changes whenever everybody is to be looked up again; what is kept longer than any person is enough. */
const generationKey = 'people';
const generationMs = 24 * 3_600_000;

export function createIdentities({ database, cache, clock, pacers, admins }: IdentityDependencies): Identities {
	const store = createIdentityStore(database);
	const listed = new Set(admins);

	/** While the processes cannot tell each other of changes, nobody is remembered. */
	async function recall(account: Account): Promise<Person | null> {
		if (cache.mode() === 'degraded') return null;
		const kept = await cache.get(await keyOf(account));
		return kept === null ? null : (JSON.parse(kept) as Person);
	}

	async function keyOf(account: Account): Promise<string> {
		return `person:${(await cache.get(generationKey)) ?? '0'}:${accountKey(account)}`;
	}

	async function askPlatform<Answer>(
		platform: ChatPlatform,
		place: Place,
		signal: AbortSignal,
		ask: () => Promise<Answer>,
	): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			try {
				const call = { operation: 'look-up-person', place, priority: 'first' } as const;
				return await pacers(platform).run(call, signal, ask);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (attempt >= attempts || !error.retryable) throw error;
				await clock.wait(Math.min(error.retryAfterMs ?? retryMs * attempt, 2_000), signal);
			}
		}
	}

	/** An event that waited for long tells of another time. */
	function told({ profile, occurredAt }: Meeting): Profile | undefined {
		return clock.now() - Date.parse(occurredAt) < freshMs ? profile : undefined;
	}

	async function lookUp(platform: ChatPlatform, actor: Actor, meeting: Meeting, signal: AbortSignal): Promise<Findings> {
		const account = { platform: platform.name, ...actor };
		const findings = await store.find(account);
		const known = findings.account;
		if (known?.isFresh && speaksAs(known.locale, meeting)) return findings;
		const { place } = meeting;
		const profile = told(meeting) ?? (await askPlatform(platform, place, signal, () => platform.fetchProfile(actor, place, signal)));
		const locale = meeting.locale ?? profile.locale ?? known?.locale ?? null;
		const details = detailsOf(profile, account, { locale, emailDomains: findings.emailDomains });
		if (known === null) await store.enter(account, details);
		else await store.refresh(known.identityId, details);
		// An administrator may have changed something while the platform was asked, and what is found now is remembered.
		return await store.find(account);
	}

	/** Asked for only where roles follow groups. Null, and so the lowest role, when the platform cannot be asked. */
	async function groupsOf(platform: ChatPlatform, actor: Actor, place: Place, signal: AbortSignal): Promise<readonly string[] | null> {
		try {
			return await askPlatform(platform, place, signal, () => platform.fetchGroups(actor, place, signal));
		} catch (thrown) {
			if (signal.aborted) throw thrown;
			return null;
		}
	}

	async function meet(platform: ChatPlatform, actor: Actor, meeting: Meeting, signal: AbortSignal): Promise<Person> {
		const account = { platform: platform.name, ...actor };
		const { account: known, rules } = await lookUp(platform, actor, meeting, signal);
		if (known === null) return nobody(actor);
		const { isGuest, isExternal, isDeactivated } = known;
		const isMember = !(isGuest || isExternal || isDeactivated);
		const isListed = isMember && listed.has(accountReference(account));
		if (isListed && rules.granted !== 'ccb_admin') await store.grantAdmin(known.userId, account);
		const granted = isListed ? 'ccb_admin' : rules.granted;
		const followsGroups = isMember && granted === null && rules.mappings.length > 0;
		const groups = followsGroups ? await groupsOf(platform, actor, meeting.place, signal) : [];
		const { role, standing } = chooseRole({ ...rules, granted }, { isGuest, isExternal, isDeactivated, groups });
		const limits = { ...rules.roles[role]?.limits, ...known.limits };
		const person = { userId: known.userId, identityId: known.identityId, role, displayName: known.displayName };
		return { ...person, locale: known.locale, standing, limits };
	}

	return {
		async resolve(platform, actor, meeting, signal) {
			if (actor.accountId === '' || actor.tenantId === '') return nobody(actor);
			const account = { platform: platform.name, ...actor };
			const kept = await recall(account);
			if (kept !== null && speaksAs(kept.locale, meeting)) return kept;
			const person = await meet(platform, actor, meeting, signal);
			await cache.set(await keyOf(account), JSON.stringify(person), freshMs);
			return person;
		},
		async take(platform, profile) {
			const account = { platform, tenantId: profile.tenantId, accountId: profile.accountId };
			const { account: known, emailDomains } = await store.find(account);
			if (known === null) return null;
			const details = detailsOf(profile, account, { locale: profile.locale ?? known.locale, emailDomains });
			await store.refresh(known.identityId, details);
			await this.forget([known.userId]);
			return details.isDeactivated || details.isGuest || details.isExternal ? known.userId : null;
		},
		async forget(userIds) {
			if (userIds === 'everybody') return await cache.set(generationKey, String(clock.now()), generationMs);
			const accounts = await store.accountsOf(userIds);
			await Promise.all(accounts.map(async (account) => await cache.delete(await keyOf(account))));
		},
	};
}

function speaksAs(locale: string | null, meeting: Meeting): boolean {
	return meeting.locale === undefined || meeting.locale === locale;
}

/** What the platform says of another account or another tenant than the one that was met makes nobody a member. */
function detailsOf(
	profile: Profile,
	account: Account,
	{ locale, emailDomains }: { locale: string | null; emailDomains: readonly string[] },
): Details {
	const isOther = profile.tenantId !== account.tenantId || profile.accountId !== account.accountId;
	const isExternal = profile.isExternal || isOther;
	const isGuest = profile.isGuest || profile.isBot;
	const email = profile.email?.toLowerCase() ?? '';
	const isTrusted =
		!isExternal && !isGuest && emailDomains.includes(email.slice(email.lastIndexOf('@') + 1)) && /^[^@\s]+@[^@\s]+$/.test(email);
	const { displayName, isDeactivated } = profile;
	return { displayName, isGuest, isExternal, isDeactivated, locale, email: isTrusted ? email : null };
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
