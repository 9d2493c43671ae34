/** Who reads along in a channel: as it is set up, and by what is known of the people in it. */

import { BotError } from '#src/errors.ts';
import { type PlaceAudience, unknownAudience } from '#src/platform/audience.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Directory } from '#src/platform/directory.ts';
import type { Place } from '#src/platform/place.ts';
import type { Profile } from '#src/platform/profile.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { asObject, type Json } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';

export interface AudienceDependencies {
	call: SlackCall;
	identity: () => SlackIdentity | null;
	directory: Pick<Directory, 'recall'>;
	people: Pick<ChatPlatform, 'fetchMembers' | 'fetchProfile'>;
}

/** The list of people is read every five minutes. */
const knownForMs = 15 * 60_000;
/** "users.info" is of tier 4, 100 a minute for everything. Whoever is in the list need not be asked for. */
const mostAskedFor = 10;

export function createAudience({ call, identity, directory, people }: AudienceDependencies): Pick<ChatPlatform, 'fetchAudience'> {
	async function readSetup({ channelId }: Place, signal: AbortSignal): Promise<Json | null> {
		try {
			return asObject((await call('conversations.info', { channel: channelId }, signal))['channel']);
		} catch (thrown) {
			const refusal = thrown instanceof BotError ? refusalOf(thrown) : null;
			if (refusal === 'may-not-post' || refusal === 'place-gone') return null;
			throw thrown;
		}
	}

	async function profilesOf(place: Place, accountIds: ReadonlySet<string>, signal: AbortSignal): Promise<Profile[] | null> {
		const { teamId, botUserId } = identity() ?? notConnected();
		const profiles: Profile[] = [];
		const unknown: string[] = [];
		for (const accountId of accountIds) {
			if (accountId === botUserId) continue;
			const known = directory.recall({ tenantId: teamId, accountId }, knownForMs)?.profile;
			if (known === undefined) unknown.push(accountId);
			else profiles.push(known);
		}
		if (unknown.length > mostAskedFor) return null;
		const asked = unknown.map((accountId) => people.fetchProfile({ tenantId: teamId, accountId }, place, signal));
		return [...profiles, ...(await Promise.all(asked))];
	}

	return {
		async fetchAudience(place, signal, memberIds): Promise<PlaceAudience> {
			const nobody = { tenantId: place.tenantId, accountId: '' };
			const [setup, members] = await Promise.all([readSetup(place, signal), memberIds ?? people.fetchMembers(place, nobody, signal)]);
			if (setup === null) return unknownAudience;
			const isOpen = setup['is_channel'] === true && setup['is_private'] === false;
			// Where it is shared, who is there on the other side is that company's matter.
			if (setup['is_ext_shared'] !== false || setup['is_pending_ext_shared'] === true)
				return { isOpen, hasOutsiders: true, accountIds: null };
			const profiles = await profilesOf(place, members, signal);
			if (profiles === null) return { isOpen, hasOutsiders: true, accountIds: null };
			const readers = profiles.filter(({ isBot, isDeactivated }) => !isBot && !isDeactivated);
			return {
				isOpen,
				hasOutsiders: readers.some(({ isGuest, isExternal }) => isGuest || isExternal),
				accountIds: new Set(readers.map(({ accountId }) => accountId)),
			};
		},
	};
}
