/** A person in the guilds that are served, as Discord tells when it is asked: who they are there, and which roles they have. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { askUnlessAbsent, type DiscordCall } from './client.ts';
import { asId, type Json } from './json.ts';
import { accountTenant } from './profiles.ts';

/** Nothing is kept: without the privileged intent for members, Discord does not tell when somebody leaves or loses a role. */
export interface Members extends Pick<ChatPlatform, 'fetchGroups'> {
	/**
	 * The person in the first guild that has them, the one where they were met before the others; null when none has.
	 * @throws BotError as `ChatPlatform`.
	 */
	find(actor: Actor, place: Place, signal: AbortSignal): Promise<Json | null>;
	/** The person in this guild; null when it has them not. @throws BotError as `ChatPlatform`. */
	findIn(guildId: string, actor: Actor, signal: AbortSignal): Promise<Json | null>;
}

/** "Guild Member": not in this guild, nobody's account, or a guild that the bot is not in. */
const absences = ['member-unknown', 'user-unknown', 'guild-gone', 'no-access'];

export function createMembers({ call, served }: { call: DiscordCall; served: ReadonlySet<string> }): Members {
	async function findIn(guildId: string, { accountId }: Actor, signal: AbortSignal): Promise<Json | null> {
		return await askUnlessAbsent(call, 'get member', `/guilds/${guildId}/members/${accountId}`, absences, signal);
	}

	/** Where they were met first. */
	function guildsFor(place: Place): string[] {
		return [...served].sort((left, right) => Number(right === place.tenantId) - Number(left === place.tenantId));
	}

	async function rolesIn(guildId: string, actor: Actor, signal: AbortSignal): Promise<string[]> {
		const member = await findIn(guildId, actor, signal);
		const roles = Array.isArray(member?.['roles']) ? member['roles'] : [];
		// The role of everybody has the guild's own id.
		return roles.map(asId).filter((id) => id !== '' && id !== guildId);
	}

	return {
		findIn,
		async find(actor, place, signal) {
			for (const guildId of guildsFor(place)) {
				const member = await findIn(guildId, actor, signal);
				if (member !== null) return member;
			}
			return null;
		},
		async fetchGroups(actor, place, signal) {
			if (actor.tenantId !== accountTenant) return [];
			const roles: string[] = [];
			for (const guildId of guildsFor(place)) roles.push(...(await rolesIn(guildId, actor, signal)));
			return roles;
		},
	};
}
