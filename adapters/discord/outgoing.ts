/** What holds for everything that the bot says: it pings nobody, and shows no previews. */

import type { Json } from './json.ts';

/** "Message Flags", SUPPRESS_EMBEDS: of addresses in the content, and of embeds that a bot brings. */
const suppressEmbeds = 1 << 2;

/** What one person is told: lines, or embeds in place of them. Addresses in embeds have no previews. */
export type PrivateMessage = { content: string; components?: object[] } | { embeds: object[] };

/**
 * To be sent with each new message and with each edit: an edit without `allowed_mentions` is read anew with Discord's defaults, which ping
 * ("Allowed Mentions").
 */
export const quiet = { allowed_mentions: { parse: [], replied_user: false }, flags: suppressEmbeds };

/** The same for words of our own, which may be in embeds. */
export function quietly(message: PrivateMessage): Json & { flags: number } {
	return { ...message, ...quiet, flags: 'embeds' in message ? 0 : quiet.flags };
}
