/** What is attached to a message and is no file: messages that it refers to, cards of apps, and things of Teams' own. Pure. */

import { asObject, type Json, parseUntrusted, textOf } from '../json.ts';
import { readCard } from './cards.ts';
import { type Citation, toCitation } from './citations.ts';
import { inBrackets } from './named.ts';
import { isImage } from './pictures.ts';

/** Words of others, or what stands for the thing in the author's own text. */
export type Attached = { citations: Citation[] } | { own: string };

export interface Within {
	/** The words of a message in HTML, and those of the messages within it. */
	readMessage(html: string): { text: string; citations: Citation[] };
	/** As much of a text as may still be read of this message. */
	allow(text: string): string;
}

/** `reference` is one of OneDrive or SharePoint. */
const fileTypes = new Set(['reference', 'application/vnd.microsoft.teams.file.download.info']);

/** What the author made in Teams' own box, by its type: it has a name at most, its words are elsewhere. */
const things: readonly (readonly [RegExp, string])[] = [
	[/card\.fluid|loopcomponent/, 'Loop component'],
	[/card\.codesnippet$/, 'code snippet'],
	[/^meetingreference$/, 'meeting'],
	[/^tabreference$/, 'tab'],
	[/^audio\//, 'audio'],
	[/^video\//, 'video'],
];

/** Null for what is known otherwise: the text in HTML, files, images, and what is nothing. */
export function readAttached(attachment: Json, within: Within): Attached | null {
	const type = textOf(attachment['contentType']).toLowerCase();
	const name = textOf(attachment['name']);
	if (type === '' || isHtmlForm(attachment) || isImage(attachment) || fileTypes.has(type)) return null;
	const content = readContent(attachment['content'], within);
	if (type === 'messagereference' || type === 'forwardedmessagereference') return readReference(type, asObject(content), within);
	const thing = things.find(([pattern]) => pattern.test(type));
	if (thing !== undefined) return { own: inBrackets(thing[1], name || textOf(asObject(content)['name'])) };
	const text = readCard(content, (html) => within.readMessage(html).text);
	// The heading of a post in a channel.
	if (type.endsWith('card.announcement')) return { own: text };
	return text === ''
		? { own: inBrackets(type.includes('card') ? 'card' : 'attachment', name) }
		: { citations: [toCitation('shown', { text })] };
}

/** The message once more, formatted. */
export function isHtmlForm({ contentType }: Json): boolean {
	return /^text\/html(?:;|$)/i.test(textOf(contentType));
}

/** Graph writes it as JSON within the JSON. */
function readContent(content: unknown, { allow }: Within): unknown {
	if (typeof content !== 'string') return content;
	const text = allow(content);
	return /^\s*[[{]/.test(text) ? parseUntrusted(text) : text;
}

/**
 * "chatMessageAttachment": of a quoted message the beginning of its words is told, of a forwarded one all of them. A sender who is gone is
 * left out.
 */
function readReference(type: string, about: Json, { readMessage }: Within): Attached {
	const { text, citations } = readMessage(textOf(about['originalMessageContent'], textOf(about['messagePreview'])));
	const citation = toCitation(type === 'messagereference' ? 'quoted' : 'forwarded', {
		id: about['originalMessageId'] ?? about['messageId'],
		author: senderName(asObject(about['originalMessageSender'] ?? about['messageSender'])),
		at: about['originalSentDateTime'] ?? about['createdDateTime'],
		text,
	});
	return { citations: [citation, ...citations] };
}

/** An identity of Graph: a person, an app or a device. */
function senderName({ user, application, device, displayName }: Json): string {
	const names = [displayName, ...[user, application, device].map((one) => asObject(one)['displayName'])].map((name) => textOf(name));
	return names.find((name) => name !== '') ?? '';
}
