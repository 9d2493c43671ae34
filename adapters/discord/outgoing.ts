/** What holds for everything that the bot says: it pings nobody, and shows no previews. */

/** "Message Flags", SUPPRESS_EMBEDS. */
const suppressEmbeds = 1 << 2;

/**
 * To be sent with each new message and with each edit: an edit without `allowed_mentions` is read anew with Discord's defaults, which ping
 * ("Allowed Mentions").
 */
export const quiet = { allowed_mentions: { parse: [], replied_user: false }, flags: suppressEmbeds };
