/** Who is in a team or group chat, read in pages as soon as several strangers write there, so that not each of them has to be asked for. */

import type { Clock } from '#src/clock.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import { createAccounts, type Directory } from '#src/platform/directory.ts';
import type { Place } from '#src/platform/place.ts';
import type { Connector } from './connector-client.ts';
import { asObjects, idOf, type Json, textOf } from './json.ts';
import { toProfile } from './profiles.ts';

export interface Rosters {
	directory: Directory;
	/** Somebody is asked for in this place. Reads all of its members when they are one of several; nobody waits for that. */
	noteQuestion(place: Place, actor: Actor): void;
	stop(): void;
}

export interface RosterDependencies {
	connector: Pick<Connector, 'call'>;
	clock: Clock;
	homeTenantId: string;
}

/** "Get paged members": the most that one page holds. */
const pageSize = 500;
/** A team has 25,000 members at most ("Limits and specifications for Microsoft Teams"). */
const maxPages = 50;
/** "Optimize your bot: rate limiting", members of a conversation: 14 in a second, most of which belong to those who are asked for alone. */
const pauseMs = 250;
/** So many in a minute are a crowd. */
const crowd = 3;
const crowdMs = 60_000;
/** What was read of a place is not read again before. */
const readEveryMs = 5 * 60_000;

/** A page of who is in the team, the private channel or the chat; `next` is empty after the last. @throws BotError as `Connector.call`. */
export async function readMembers(connector: Pick<Connector, 'call'>, place: Place, token: string, signal: AbortSignal) {
	const query = `pageSize=${pageSize}${token === '' ? '' : `&continuationToken=${encodeURIComponent(token)}`}`;
	// The whole channel's members, not a thread's, which has none of its own.
	const path = `conversations/${encodeURIComponent(place.channelId)}/pagedmembers?${query}`;
	const answer = await connector.call(place, { operation: 'members', method: 'GET', path }, signal);
	return { members: asObjects(answer['members']), next: textOf(answer['continuationToken']) };
}

interface Watched {
	/** Who was asked for lately, and when. */
	askedAtMs: Map<string, number>;
	readAtMs: number;
}

export function createRosters({ connector, clock, homeTenantId }: RosterDependencies): Rosters {
	const accounts = createAccounts({ clock });
	const watched = new Map<string, Watched>();
	const stopped = new AbortController();
	const { signal } = stopped;

	async function readAll(place: Place): Promise<void> {
		let token = '';
		for (let page = 0; page < maxPages; page++) {
			const askedAtMs = clock.now();
			const { members, next } = await readMembers(connector, place, token, signal);
			accounts.learn(members.flatMap(ours), askedAtMs);
			if (next === '') return;
			token = next;
			await clock.wait(pauseMs, signal);
		}
	}

	/** Whoever has no account of the tenant is asked for alone, should they write. */
	function ours(member: Json) {
		const accountId = idOf(member['aadObjectId']);
		if (accountId === '') return [];
		const profile = toProfile(member, { tenantId: homeTenantId, accountId }, homeTenantId);
		return profile.isExternal ? [] : [profile];
	}

	function watch(channelId: string): Watched {
		forgetQuietPlaces();
		const known = watched.get(channelId) ?? { askedAtMs: new Map(), readAtMs: Number.NEGATIVE_INFINITY };
		watched.set(channelId, known);
		return known;
	}

	function forgetQuietPlaces(): void {
		for (const [channelId, { askedAtMs, readAtMs }] of watched) {
			for (const [accountId, atMs] of askedAtMs) if (atMs <= clock.now() - crowdMs) askedAtMs.delete(accountId);
			if (askedAtMs.size === 0 && readAtMs <= clock.now() - readEveryMs) watched.delete(channelId);
		}
	}

	return {
		directory: { recall: accounts.recall, arrival: accounts.arrival, forget: accounts.forget },
		noteQuestion(place, { accountId }) {
			// In a chat with one person there is nobody else.
			if (place.kind === 'direct') return;
			const here = watch(place.channelId);
			here.askedAtMs.set(accountId, clock.now());
			if (here.askedAtMs.size < crowd || here.readAtMs > clock.now() - readEveryMs) return;
			here.readAtMs = clock.now();
			// Each of them is asked for all the same.
			readAll(place).catch(() => {});
		},
		stop: () => stopped.abort(),
	};
}
