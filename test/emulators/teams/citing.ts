/** Messages that quote others or pass them on, in all the forms in which Teams tells a bot of it. */

import type { Core } from './core.ts';
import { textOf } from './json.ts';
import type { Forwarded, Json, StoredMessage } from './types.ts';
import { visibleText } from './visible-text.ts';
import { encode, type Wording } from './wording.ts';

/** How much of a quoted message is shown. Teams publishes no figure: this is the emulator's reading of it. */
const previewCharacters = 200;

/** Above the words of the reply: a marker in the text, the beginning of the message in the HTML, and an entity with both. */
export function withQuotes(
	core: Core,
	{ conversation, quotes = [] }: { conversation: string; quotes?: readonly string[] },
	own: Wording,
): Wording {
	const quoted = quotes.map((id) => messageOf(core, conversation, id));
	return {
		text: quoted.map(({ id }) => `<quoted messageId="${id}"/>`).join('') + own.text,
		html: quoted.map((message) => toBlockquote(core, message)).join('') + own.html,
		entities: [...own.entities, ...quoted.map((message) => toEntity(core, message))],
	};
}

/** Below the words about it, and without a word of who wrote it or when. */
export function withForward(core: Core, forwards: { conversation: string; id: string } | undefined, own: Wording): Wording {
	if (forwards === undefined) return own;
	const message = messageOf(core, forwards.conversation, forwards.id);
	const twin = textOf(message.attachments.find(({ contentType }) => contentType === 'text/html')?.content);
	const html = twin === '' ? `<p>${encode(visibleText(message))}</p>` : twin;
	return {
		...own,
		text: [own.text, encode(visibleText(message))].filter((part) => part !== '').join('\n\n'),
		html: `${own.html}\n<blockquote itemtype="http://schema.skype.com/Forward">\n${html}\n</blockquote>`,
	};
}

/** The same as people see it. */
export function forwardedBy(
	core: Core,
	forwards: { conversation: string; id: string } | undefined,
	comment: string,
): Forwarded | undefined {
	if (forwards === undefined) return undefined;
	const message = messageOf(core, forwards.conversation, forwards.id);
	return { from: message.from, visibleText: visibleText(message), comment };
}

/** Throws TypeError when there is none, as nobody could choose it. */
function messageOf(core: Core, conversation: string, id: string): StoredMessage {
	const message = core.messages.get(conversation, id);
	if (message === undefined) throw new TypeError(`no such message: ${id}`);
	return message;
}

function toBlockquote(core: Core, message: StoredMessage): string {
	const { id, name } = authorOf(core, message);
	const heading = `<strong itemprop="mri" itemid="${id}">${encode(name)}</strong><span itemprop="time" itemid="${message.id}"></span>`;
	const preview = `<p itemprop="preview">${encode(previewOf(message))}</p>`;
	return `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${message.id}">\r\n${heading}\r\n${preview}\r\n</blockquote>\r\n`;
}

/** "QuotedReplyData": of a message that was deleted meanwhile only that. */
function toEntity(core: Core, message: StoredMessage): Json {
	const messageId = message.id;
	if (message.deleted) return { type: 'quotedReply', quotedReply: { messageId, isReplyDeleted: true } };
	const { id: senderId, name: senderName } = authorOf(core, message);
	return { type: 'quotedReply', quotedReply: { messageId, senderId, senderName, preview: previewOf(message), time: messageId } };
}

function previewOf(message: StoredMessage): string {
	const text = visibleText(message);
	return text.length <= previewCharacters ? text : `${text.slice(0, previewCharacters)}…`;
}

function authorOf({ identity, tenant }: Core, { from }: StoredMessage): { id: string; name: string } {
	return from === 'bot'
		? { id: identity.botId, name: identity.botName }
		: { id: from, name: (tenant.user(from) ?? tenant.app(from))?.name ?? '' };
}
