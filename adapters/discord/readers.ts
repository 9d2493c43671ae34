/** Who may read a channel: Discord has no list of that, so it follows from people's roles and the channel's rules. */

import type { Clock } from '#src/clock.ts';
import { type PlaceAudience, unknownAudience } from '#src/platform/audience.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createValueStore } from '#src/value-store.ts';
import { askUnlessAbsent, type DiscordCall } from './client.ts';
import { asId, asObjects, type Json } from './json.ts';
import type { Members } from './members.ts';
import { managesThreads, mayRead, permissionsOf } from './permissions.ts';
import { accountTenant } from './profiles.ts';

export interface ReadersDependencies {
	call: DiscordCall;
	clock: Pick<Clock, 'now'>;
	served: ReadonlySet<string>;
	members: Pick<Members, 'findIn'>;
}

/** "Channel Types": a thread that only its members see, and the kinds of threads. */
const privateThread = 12;
const threadTypes = new Set<unknown>([10, 11, privateThread]);
/** No such channel, guild or member of a thread; or none that the bot may know of. */
const absences = ['channel-gone', 'guild-gone', 'member-unknown', 'no-access', 'no-permission'];
/** "Guild Features": newcomers read before they have agreed to the rules, and are guests until then. */
const letsGuestsRead = 'MEMBER_VERIFICATION_GATE_ENABLED';
/** What holds for everybody is asked for once for all who ask at about the same time. */
const keptMs = 5_000;

export function createReaders({ call, clock, served, members }: ReadersDependencies): Pick<ChatPlatform, 'fetchMembers' | 'fetchAudience'> {
	const facts = createValueStore(clock.now);

	/** A guild with its roles, or a channel with its rules; null when the bot may not know. */
	async function fact(kind: 'guild' | 'channel', id: string, signal: AbortSignal): Promise<Json | null> {
		const route = `/${kind}s/${id}` as const;
		const kept = facts.get(route);
		if (kept !== null) return JSON.parse(kept) as Json;
		const leftMs = clock.now() + keptMs;
		const found = await askUnlessAbsent(call, `get ${kind}`, route, absences, signal);
		if (found !== null) facts.set(route, JSON.stringify(found), leftMs - clock.now());
		return found;
	}

	async function isInThread(threadId: string, { accountId }: Actor, signal: AbortSignal): Promise<boolean> {
		const route = `/channels/${threadId}/thread-members/${accountId}` as const;
		return (await askUnlessAbsent(call, 'get thread member', route, absences, signal)) !== null;
	}

	async function mayReadIn(guildId: string, channel: Json, actor: Actor, signal: AbortSignal): Promise<boolean> {
		const isThread = threadTypes.has(channel['type']);
		const [member, guild, ruling] = await Promise.all([
			members.findIn(guildId, actor, signal),
			fact('guild', guildId, signal),
			isThread ? fact('channel', asId(channel['parent_id']), signal) : channel,
		]);
		if (member === null || guild === null || ruling === null) return false;
		const bits = permissionsOf({ userId: actor.accountId, member }, guild, ruling);
		if (!mayRead(bits)) return false;
		return channel['type'] !== privateThread || managesThreads(bits) || (await isInThread(asId(channel['id']), actor, signal));
	}

	async function isReader({ tenantId, channelId, kind }: Place, actor: Actor, signal: AbortSignal): Promise<boolean> {
		if (actor.tenantId !== accountTenant || (kind !== 'direct' && !served.has(tenantId))) return false;
		const channel = await fact('channel', channelId, signal);
		if (channel === null) return false;
		const guildId = asId(channel['guild_id']);
		if (kind === 'direct') return guildId === '' && asObjects(channel['recipients']).some(({ id }) => id === actor.accountId);
		// A link may name any guild with any channel.
		return guildId === tenantId && (await mayReadIn(guildId, channel, actor, signal));
	}

	/** People are not listed, as that takes a privileged intent: what everybody may read is all that is known of who reads along. */
	async function audienceOf({ tenantId, channelId }: Place, signal: AbortSignal): Promise<PlaceAudience> {
		const [guild, channel] = await Promise.all([fact('guild', tenantId, signal), fact('channel', channelId, signal)]);
		if (guild === null || channel === null || asId(channel['guild_id']) !== tenantId) return unknownAudience;
		const isThread = threadTypes.has(channel['type']);
		const ruling = isThread ? await fact('channel', asId(channel['parent_id']), signal) : channel;
		const isOpen =
			ruling !== null && channel['type'] !== privateThread && mayRead(permissionsOf({ userId: '', member: { roles: [] } }, guild, ruling));
		const features = Array.isArray(guild['features']) ? guild['features'] : [];
		return { isOpen, hasOutsiders: isOpen && features.includes(letsGuestsRead), accountIds: null };
	}

	return {
		fetchAudience: async (place, signal) => (served.has(place.tenantId) ? await audienceOf(place, signal) : unknownAudience),
		fetchMembers: async (place, actor, signal) => new Set((await isReader(place, actor, signal)) ? [actor.accountId] : []),
	};
}
