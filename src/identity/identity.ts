/** Who is talking: a platform account becomes a person of ours with a role, or is turned away. */

import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { UserRole } from '../database/roles.ts';
import { storableText } from '../database/storable.ts';
import type { Pacer } from '../delivery/pacer.ts';
import { toBotError } from '../errors.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform, Profile } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { stableId } from './stable-id.ts';

/** Somebody we know. `standing` other than `member` means: one polite sentence and nothing else. */
export interface Person {
	userId: string;
	role: UserRole;
	displayName: string;
	locale: string | null;
	standing: 'member' | 'guest' | 'deactivated';
}

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
}

interface IdentityRow {
	user_id: string;
	role: UserRole;
	display_name: string;
	locale: string | null;
	is_guest: boolean;
	is_external: boolean;
	is_deactivated: boolean;
	is_fresh: boolean;
}

/** How long a person may go on as before after the platform changed them: a guest made, an account closed, a language changed. */
const freshMs = 60_000;
/** A profile in the database is asked for again after this. */
const staleAfterMinutes = 15;
const attempts = 3;
const retryMs = 300;

const selectIdentity = `
	select i.user_id, u.role, i.display_name, i.locale, i.is_guest, i.is_external, u.deactivated_at is not null as is_deactivated,
		i.refreshed_at > now() - interval '${staleAfterMinutes} minutes' as is_fresh
	from identities i join users u on u.id = i.user_id
	where i.platform = $1 and i.tenant_id = $2 and i.account_id = $3`;

/** Ids follow from the account: two first messages at once make one person. */
const insertPerson = `
	with made as (
		insert into users (id, role, display_name, locale, deactivated_at)
		values ($1, $10, $5, $6, case when $9 then now() end) on conflict do nothing
	)
	insert into identities (id, user_id, platform, tenant_id, account_id, display_name, locale, is_guest, is_external)
	values ($1, $1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`;

const updatePerson = `
	with changed as (
		update identities set display_name = $5, locale = $6, is_guest = $7, is_external = $8, refreshed_at = now()
		where user_id = $1 and platform = $2 and tenant_id = $3 and account_id = $4
	)
	update users set display_name = $5, locale = $6, deactivated_at = case when $9 then coalesce(deactivated_at, now()) else null end
	where id = $1`;

export function createIdentities(deps: {
	database: Database;
	cache: Cache;
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}): Identities {
	const { database, cache, clock } = deps;

	async function find(platform: string, actor: Actor): Promise<IdentityRow | undefined> {
		const [row] = await database.query<IdentityRow>(selectIdentity, [platform, actor.tenantId, actor.accountId]);
		return row;
	}

	async function fetchProfile(platform: ChatPlatform, actor: Actor, place: Place, signal: AbortSignal): Promise<Profile> {
		for (let attempt = 1; ; attempt++) {
			try {
				const call = { operation: 'look-up-person', place, priority: 'first' } as const;
				return await deps.pacers(platform).run(call, signal, () => platform.fetchProfile(actor, place, signal));
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

	async function refresh(
		platform: ChatPlatform,
		actor: Actor,
		meeting: Meeting,
		known: IdentityRow | undefined,
		signal: AbortSignal,
	): Promise<Person> {
		const profile = told(meeting) ?? (await fetchProfile(platform, actor, meeting.place, signal));
		const { displayName, isExternal, isDeactivated } = profile;
		const locale = meeting.locale ?? profile.locale ?? known?.locale ?? null;
		const isGuest = profile.isGuest || profile.isBot;
		const account = [platform.name, actor.tenantId, actor.accountId];
		const details = [storableText(displayName), locale, isGuest, isExternal];
		// The role is what the company gives; whether it counts today is what the platform says of the account.
		const role: UserRole = known?.role ?? 'ccb_employee';
		const userId = known?.user_id ?? stableId(`user:${accountKey(platform.name, actor)}`);
		if (known === undefined) await database.query(insertPerson, [userId, ...account, ...details, isDeactivated, role]);
		else await database.query(updatePerson, [userId, ...account, ...details, isDeactivated]);
		return toPerson({
			user_id: userId,
			role,
			display_name: displayName,
			locale,
			is_guest: isGuest,
			is_external: isExternal,
			is_deactivated: isDeactivated,
		});
	}

	return {
		async resolve(platform, actor, meeting, signal) {
			const key = `person:${accountKey(platform.name, actor)}`;
			const cached = await cache.get(key);
			const speaksAsBefore = (locale: string | null) => meeting.locale === undefined || meeting.locale === locale;
			if (cached !== null) {
				const person = JSON.parse(cached) as Person;
				if (speaksAsBefore(person.locale)) return person;
			}
			const row = await find(platform.name, actor);
			const isCurrent = row?.is_fresh === true && speaksAsBefore(row.locale);
			const person = isCurrent ? toPerson(row) : await refresh(platform, actor, meeting, row, signal);
			await cache.set(key, JSON.stringify(person), freshMs);
			return person;
		},
	};
}

/** One text for one account: encoded, so that no two accounts share it. */
function accountKey(platform: string, actor: Actor): string {
	return [platform, actor.tenantId, actor.accountId].map(encodeURIComponent).join(':');
}

function toPerson(row: Omit<IdentityRow, 'is_fresh'>): Person {
	const isGuest = row.is_guest || row.is_external || row.role === 'ccb_guest';
	return {
		userId: row.user_id,
		role: isGuest ? 'ccb_guest' : row.role,
		displayName: row.display_name,
		locale: row.locale,
		standing: row.is_deactivated ? 'deactivated' : isGuest ? 'guest' : 'member',
	};
}
