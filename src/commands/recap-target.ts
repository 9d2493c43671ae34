/** What is to be summed up, and how it is said: here, or where a link leads, as a thread or as a whole. */

import type { NotRead, ReadMessages, RecapAsking } from '../conversation/recap.ts';
import type { Words } from '../locales/locales.ts';
import type { Place } from '../platform/place.ts';
import type { CommandContext } from './definition.ts';
import { createCommandRegistry } from './registry.ts';

export type Extent = 'thread' | 'channel';

export interface RecapTarget {
	/** Without a thread for the place as a whole. */
	place: Place;
	extent: Extent;
}

/** What stands behind the words, a link perhaps in the marks that chats put around it. */
const linkAtEnd = /(?:^|\s)<?(https?:\/\/[^\s<>|]{1,1000})(?:\|[^\s>]{0,1000})?>?$/;

/** What was typed, and the link at its end; null where there is none. */
export function splitLink(typed: string): { words: string; link: string | null } {
	const text = typed.trim();
	const found = linkAtEnd.exec(text);
	return found === null ? { words: text, link: null } : { words: text.slice(0, found.index).trim(), link: found[1] ?? null };
}

/** @param extent As it was said; null where it was not. @returns null for what is no link to a message of this platform. */
export function targetOf(
	{ platform, place }: Pick<CommandContext, 'platform' | 'place'>,
	link: string | null,
	extent: Extent | null,
): RecapTarget | null {
	if (link === null) {
		const said = extent ?? (place.threadId === '' ? 'channel' : 'thread');
		return { place: said === 'channel' ? { ...place, threadId: '' } : place, extent: said };
	}
	const reference = platform.messageAt(link, place);
	if (reference === null) return null;
	const said = extent ?? 'thread';
	const threadId = said === 'channel' ? '' : reference.place.threadId || reference.messageId;
	return { place: { ...reference.place, threadId }, extent: said };
}

export function askingFor({ place }: RecapTarget, since: Date | null, context: CommandContext): RecapAsking {
	const { person, account, platform, words, commands } = context;
	const registry = createCommandRegistry(commands);
	return { person, account, platform, words, place, since, isCommand: (text) => registry.findSpoken(text) !== null };
}

/** Why nothing is summed up. */
export function sentenceFor(notRead: NotRead, { recap }: Words): string {
	return { 'not-there': recap.notThere, nothing: recap.nothing, unreadable: recap.unreadable }[notRead];
}

/** By a link: that of its beginning for a thread, that of the newest message else. Empty where messages have no links. */
export async function linkFor(
	{ place }: RecapTarget,
	{ newest }: ReadMessages,
	context: CommandContext,
	signal: AbortSignal,
): Promise<string> {
	const { platform, services } = context;
	const reference = place.threadId === '' ? newest : { place, messageId: place.threadId };
	return (await services.recaps.linkTo(platform, reference, signal)) ?? '';
}

/** Markdown; the label alone where there is no address. */
export function linked(label: string, address: string): string {
	return address === '' ? label : `[${label}](${address})`;
}
