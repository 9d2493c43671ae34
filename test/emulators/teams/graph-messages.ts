/** Messages as Microsoft Graph tells of them ("chatMessage"): one, the replies of a thread, those of a channel or a chat. */

import type { Core } from './core.ts';
import type { Result } from './endpoint.ts';
import { objectOf, textOf } from './json.ts';
import { type Json, ServiceFailure, type StoredMessage } from './types.ts';
import { visibleText } from './visible-text.ts';
import { encode } from './wording.ts';

/** "List replies", "List messages in a chat": the usual and the largest page. */
const pageSizes = { usual: 20, most: 50 };

export function findMessagesHandler(core: Core, path: string[], query: URLSearchParams): (() => Result) | undefined {
	const [collection, id = '', ...rest] = path;
	if (collection === 'chats' && rest[0] === 'messages') return inChat(core, { id, rest, path, query });
	if (collection === 'teams' && rest[0] === 'channels' && rest[2] === 'messages') return inChannel(core, { id, rest, path, query });
	return undefined;
}

interface Asked {
	/** Of the chat, or of the team's group. */
	id: string;
	/** What stands behind it in the path. */
	rest: readonly string[];
	path: readonly string[];
	query: URLSearchParams;
}

function inChat(core: Core, { id, rest, path, query }: Asked): (() => Result) | undefined {
	const conversationId = core.tenant.conversation(id)?.kind === 'channel' ? '' : id;
	if (rest.length === 1) return () => listMessages(core, { conversationId, path, query });
	return rest.length === 2 ? () => getMessage(core, conversationId, rest[1]) : undefined;
}

function inChannel(core: Core, { id, rest, path, query }: Asked): (() => Result) | undefined {
	const [, channelId = '', , messageId = '', replies, replyId] = rest;
	// A channel of another team is none.
	const conversationId = core.tenant.conversation(channelId)?.team?.aadGroupId === id ? channelId : '';
	if (rest.length === 3) return () => listMessages(core, { conversationId, path, query });
	if (rest.length === 4) return () => getMessage(core, conversationId, messageId);
	if (replies !== 'replies') return undefined;
	if (rest.length === 5) return () => listMessages(core, { conversationId, threadRootId: messageId, path, query });
	return rest.length === 6 ? () => getMessage(core, conversationId, replyId, messageId) : undefined;
}

function getMessage(core: Core, conversationId: string, id = '', threadRootId?: string): Result {
	checkRight(core, conversationId);
	const message = core.messages.get(conversationId, id);
	if (message === undefined || message.threadRootId !== threadRootId) throw notFound();
	return { status: 200, body: toChatMessage(core, message) };
}

interface Listing {
	conversationId: string;
	/** Lists its replies, without itself. */
	threadRootId?: string;
	path: readonly string[];
	query: URLSearchParams;
}

/** The newest first; deleted ones too. Graph promises no order of replies: this is the emulator's reading of it. */
function listMessages(core: Core, { conversationId, threadRootId, path, query }: Listing): Result {
	checkRight(core, conversationId);
	if (core.tenant.conversation(conversationId) === undefined) throw notFound();
	if (threadRootId !== undefined && core.messages.get(conversationId, threadRootId) === undefined) throw notFound();
	const size = Number(query.get('$top') ?? pageSizes.usual);
	if (!Number.isInteger(size) || size < 1 || size > pageSizes.most)
		throw new ServiceFailure(400, 'BadRequest', 'The limit of 50 for Top query has been exceeded.');
	const start = Number(query.get('$skiptoken') ?? 0);
	const all = core.messages
		.list(conversationId)
		.filter((message) => message.threadRootId === threadRootId && message.visibleTo === undefined);
	const page = all.reverse().slice(start, start + size);
	const expanding = query.get('$expand') === 'replies';
	const more = `$top=${size}${expanding ? '&$expand=replies' : ''}&$skiptoken=${start + size}`;
	const next = `${core.identity.graphUrl}/v1.0/${path.map(encodeURIComponent).join('/')}?${more}`;
	const repliesTo = (rootId: string) => core.messages.list(conversationId).filter(({ threadRootId: root }) => root === rootId);
	const body = {
		'@odata.count': page.length,
		...(start + size < all.length && { '@odata.nextLink': next }),
		value: page.map((message) => ({
			...toChatMessage(core, message),
			...(expanding && { replies: repliesTo(message.id).map((reply) => toChatMessage(core, reply)) }),
		})),
	};
	return { status: 200, body };
}

function toChatMessage(core: Core, message: StoredMessage): Json {
	const others = message.attachments.filter(({ contentType }) => contentType !== 'text/html');
	const attachments = [...others.map(toAttachment), ...message.files.map(toReference)];
	const mentions = message.entities.filter(({ type }) => type === 'mention');
	return {
		id: message.id,
		replyToId: message.threadRootId ?? null,
		messageType: 'message',
		createdDateTime: new Date(message.atMs).toISOString(),
		deletedDateTime: message.deleted ? new Date(message.atMs).toISOString() : null,
		subject: null,
		from: toIdentity(core, message.from),
		body: { contentType: 'html', content: message.deleted ? '' : htmlOf(message, attachments) },
		attachments: message.deleted ? [] : attachments,
		mentions: mentions.map((mention, id) => ({ id, mentionText: nameIn(mention), mentioned: toMentioned(core, mention) })),
	};
}

/** The bot and other apps are applications. */
function toIdentity({ identity, tenant }: Core, from: string): Json | null {
	if (from === 'bot') return toApplication(identity.appId, identity.botName);
	const app = tenant.app(from);
	if (app !== undefined) return toApplication(app.id.replace(/^28:/, ''), app.name);
	const user = tenant.user(from);
	return user === undefined
		? null
		: { application: null, user: { id: user.aadObjectId, displayName: user.name, userIdentityType: 'aadUser' } };
}

function toApplication(id: string, displayName: string): Json {
	return { user: null, application: { id, displayName, applicationIdentityType: 'bot' } };
}

function toMentioned(core: Core, mention: Json): Json | null {
	const id = textOf(objectOf(mention['mentioned']).id);
	return toIdentity(core, id === core.identity.botId ? 'bot' : id);
}

function nameIn(mention: Json): string {
	return textOf(objectOf(mention['mentioned']).name);
}

/** What the box made of it, with mentions in Graph's own form; of an app's message the text. */
function htmlOf(message: StoredMessage, attachments: readonly Json[]): string {
	const twin = textOf(message.attachments.find(({ contentType }) => contentType === 'text/html')?.content);
	const ofApp = message.attachments.length > 0 ? encode(message.text) : encode(visibleText(message));
	const html = twin === '' ? `<p>${ofApp}</p>` : twin;
	const marks = attachments.map(({ id }) => `<attachment id="${id}"></attachment>`).filter((mark) => !html.includes(mark));
	const mention = /<span itemscope="" itemtype="http:\/\/schema\.skype\.com\/Mention" itemid="(\d+)">([^<]*)<\/span>/g;
	return html.replaceAll(mention, '<at id="$1">$2</at>') + marks.join('');
}

/** Its content is JSON within the JSON. */
function toAttachment({ contentType, contentUrl = null, content, name = null }: Json, index: number): Json {
	return { id: `attachment-${index}`, contentType, contentUrl, content: content === undefined ? null : JSON.stringify(content), name };
}

function toReference({ id, name, contentUrl }: StoredMessage['files'][number]): Json {
	return { id, contentType: 'reference', contentUrl, content: null, name };
}

/** Resource-specific consent was given with the app, and goes with it. */
function checkRight({ settings, tenant }: Core, conversationId: string): void {
	if (!settings.graph.messages || tenant.conversation(conversationId)?.botIsMember === false)
		throw new ServiceFailure(403, 'Forbidden', 'Missing role permissions on the request.');
}

function notFound(): ServiceFailure {
	return new ServiceFailure(404, 'NotFound', 'The resource could not be found.');
}
