/** Gateway intents: which bits there are, which need the portal's consent, and what is wrong with a wish for some (page "Gateway"). */

import type { Portal } from './core.ts';

export const intents = {
	guilds: 1 << 0,
	guildMembers: 1 << 1,
	guildPresences: 1 << 8,
	guildMessages: 1 << 9,
	guildMessageReactions: 1 << 10,
	guildMessageTyping: 1 << 11,
	directMessages: 1 << 12,
	directMessageReactions: 1 << 13,
	directMessageTyping: 1 << 14,
	messageContent: 1 << 15,
} as const;

/** Bits 0 to 16, 20, 21, 24 and 25. */
const knownIntents = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** The close code that answers such a wish: 4013 for bits that do not exist, 4014 for those not granted; null when all is well. */
export function intentProblem(wished: unknown, portal: Portal): 4013 | 4014 | null {
	if (typeof wished !== 'number' || !Number.isInteger(wished) || wished < 0 || (wished & ~knownIntents) !== 0) return 4013;
	const refused =
		(portal.messageContentIntent ? 0 : intents.messageContent) |
		(portal.guildMembersIntent ? 0 : intents.guildMembers) |
		intents.guildPresences;
	return (wished & refused) === 0 ? null : 4014;
}
