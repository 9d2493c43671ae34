/** Links to messages of Discord, as people copy them. Pure. */

import type { MessageReference } from '#src/platform/chat-platform.ts';
import { placeOf } from './inbound.ts';
import { messageOf } from './interaction-events.ts';

/** The application, its test versions, and the name it had before. */
const hosts = new Set(['discord.com', 'canary.discord.com', 'ptb.discord.com', 'discordapp.com']);

/** `https://discord.com/channels/<guild>/<channel>/<message>`, with `@me` for a guild in direct conversations. Which chain it belongs to is not told. */
export function readMessageLink(link: string): MessageReference | null {
	const address = URL.canParse(link) ? new URL(link) : null;
	if (address?.protocol !== 'https:' || !hosts.has(address.hostname)) return null;
	const match = /^\/channels\/(@me|\d{15,20})\/(\d{15,20})\/(\d{15,20})\/?$/.exec(address.pathname);
	if (match === null) return null;
	const [, guild = '', id = '', messageId = ''] = match;
	const place = placeOf({ id, guildId: guild === '@me' ? null : guild, isThread: false }, '');
	return { place, messageId };
}

export function messageLink({ place, messageId }: MessageReference): string {
	const guild = place.kind === 'direct' ? '@me' : place.tenantId;
	return `https://discord.com/channels/${guild}/${place.channelId}/${messageOf(messageId)}`;
}
