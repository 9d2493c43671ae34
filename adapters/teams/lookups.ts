/** What the bot asks the connector: who somebody is. What was said, it cannot ask there. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import type { Connector } from './connector-client.ts';
import { asObjects, type Json, textOf } from './json.ts';
import { absent, toProfile } from './profiles.ts';
import type { Rosters } from './rosters.ts';

/** A member of the conversation; null for whoever is not in it. */
export type FindMember = (place: Place, actor: Actor, signal: AbortSignal) => Promise<{ id: string; profile: Profile } | null>;

/** What the connector says of somebody who is not in the conversation. */
const goneReasons: ReadonlySet<string> = new Set(['MemberNotFoundInConversation', 'NotFound', 'http-404']);
/** "Get paged members": the most that one page holds. */
const pageSize = 500;

/** @param homeTenantId The tenant that is served; null in anonymous mode. */
export function createFindMember(connector: Connector, homeTenantId: string | null): FindMember {
	async function ask(place: Place, accountId: string, signal: AbortSignal): Promise<Json | undefined> {
		// The whole channel's members, not a thread's, which has none of its own.
		const conversation = `conversations/${encodeURIComponent(place.channelId)}`;
		const call = { operation: 'member', method: 'GET' } as const;
		if (homeTenantId !== null)
			return await connector.call(place, { ...call, path: `${conversation}/members/${encodeURIComponent(accountId)}` }, signal);
		// The Agents Playground finds people by its own ids only.
		const { members } = await connector.call(place, { ...call, path: `${conversation}/pagedmembers?pageSize=${pageSize}` }, signal);
		return asObjects(members).find(({ aadObjectId, objectId }) => aadObjectId === accountId || objectId === accountId);
	}

	return async (place, actor, signal) => {
		try {
			const member = await ask(place, actor.accountId, signal);
			if (member === undefined) return null;
			const profile = toProfile(member, actor, homeTenantId ?? actor.tenantId);
			return { id: textOf(member['id'], actor.accountId), profile };
		} catch (thrown) {
			if (thrown instanceof BotError && goneReasons.has(thrown.reason ?? '')) return null;
			throw thrown;
		}
	};
}

/** @param rosters Null in anonymous mode. */
export function createLookups(
	findMember: FindMember,
	homeTenantId: string | null,
	rosters: Pick<Rosters, 'noteQuestion'> | null,
): Pick<ChatPlatform, 'fetchProfile' | 'fetchMembers' | 'findOwnMessages'> {
	return {
		async fetchProfile(actor, place, signal) {
			rosters?.noteQuestion(place, actor);
			return (await findMember(place, actor, signal))?.profile ?? absent(actor, homeTenantId ?? actor.tenantId);
		},
		async fetchMembers(place, actor, signal) {
			// People of other tenants are strangers wherever they are met.
			if (homeTenantId !== null && actor.tenantId !== homeTenantId) return new Set();
			const member = await findMember(place, actor, signal).catch(nullWhereShutOut);
			return new Set(member === null ? [] : [actor.accountId]);
		},
		findOwnMessages: async () => [],
	};
}

/** What the connector says of a conversation that the bot is not in, or that is gone. */
export function nullWhereShutOut(thrown: unknown): null {
	const refusal = thrown instanceof BotError ? refusalOf(thrown) : null;
	if (refusal === 'may-not-post' || refusal === 'place-gone') return null;
	throw thrown;
}
