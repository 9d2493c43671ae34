/** Messages as Teams sends them, in all the forms that the reader is tried on. */

import type { MessageWords } from '#src/platform/chat-event.ts';
import { readMessageWords } from '../../../../adapters/teams/reading/message-words.ts';

export type Json = Record<string, unknown>;

const recipient = { id: '28:app', name: 'Bot' };
export const botMention = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: '28:app', name: 'Bot' } };
export const mentionSpan = '<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">Bot</span>';

export function read(activity: Json): MessageWords {
	return readMessageWords({ recipient, ...activity }, '28:app');
}

/** The same message once more, formatted. */
export function html(content: string): Json {
	return { contentType: 'text/html', content };
}

export function readHtml(content: string, more: Json = {}): MessageWords {
	return read({ attachments: [html(content)], entities: [botMention], ...more });
}

export function cardType(name: string): string {
	return `application/vnd.microsoft.card.${name}`;
}

/** A reply as Teams' clients write it, to what Bea said. */
export function replyHtml(words: string, id = '1789000'): string {
	return (
		`<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${id}">\r\n<strong itemprop="mri" itemid="8:orgid:b">Bea Sol</strong>` +
		`<span itemprop="time" itemid="${id}"></span>\r\n<p itemprop="preview">Disk of db-1 is full</p>\r\n</blockquote>\r\n${words}`
	);
}

export const quoted = { kind: 'quoted', author: 'Bea Sol', writtenAt: null, text: 'Disk of db-1 is full' };
