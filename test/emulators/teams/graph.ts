/** What the emulator knows of Microsoft Graph: a message with its file references, the bytes behind a reference, and who is in which group. */

import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import { listMemberships } from './memberships.ts';
import { type Json, ServiceFailure, type StoredFile, type StoredMessage } from './types.ts';
import { visibleText } from './visible-text.ts';

/** The endpoint of a request below `/v1.0`; undefined when there is none. */
export function findGraphEndpoint(core: Core, { method, query }: EndpointRequest, path: string[]): Endpoint | undefined {
	const handle = method === 'GET' ? (findMembershipsHandler(core, path, query) ?? findFileHandler(core, path)) : undefined;
	return handle && { operation: 'graph', audience: 'graph', counted: '', handle };
}

function findMembershipsHandler(core: Core, path: string[], query: URLSearchParams): (() => Result) | undefined {
	const [collection, id = '', relation, ...rest] = path;
	if (collection !== 'users' || relation !== 'transitiveMemberOf' || rest.length > 0) return undefined;
	return () => listMemberships(core, id, query);
}

function findFileHandler(core: Core, path: string[]): (() => Result) | undefined {
	const [collection, id = '', ...rest] = path;
	if (collection === 'chats' && rest[0] === 'messages' && rest.length === 2) {
		return () => getMessage(core, core.tenant.conversation(id)?.kind === 'channel' ? '' : id, rest[1]);
	}
	if (collection === 'teams' && rest[0] === 'channels' && rest[2] === 'messages') {
		const [, channelId = '', , messageId, , replyId] = rest;
		if (rest.length === 4) return () => getMessage(core, inTeam(core, id, channelId), messageId);
		if (rest.length === 6 && rest[4] === 'replies') return () => getMessage(core, inTeam(core, id, channelId), replyId, messageId);
	}
	if (collection === 'shares' && rest[0] === 'driveItem') {
		if (rest.length === 1) return () => ({ status: 200, body: toDriveItem(openShare(core, id)) });
		if (rest[1] === 'content') return () => ({ status: 302, headers: { location: core.downloads.issue(openShare(core, id)) } });
	}
	return undefined;
}

function getMessage(core: Core, conversationId: string, id = '', threadRootId?: string): Result {
	if (!core.settings.graph.messages) throw forbidden('Missing role permissions on the request.');
	const message = core.messages.get(conversationId, id);
	if (message === undefined || message.threadRootId !== threadRootId) throw notFound();
	return { status: 200, body: toChatMessage(core, message) };
}

/** Empty when the channel is not one of the team's. */
function inTeam(core: Core, aadGroupId: string, channelId: string): string {
	return core.tenant.conversation(channelId)?.team?.aadGroupId === aadGroupId ? channelId : '';
}

function toChatMessage(core: Core, message: StoredMessage): Json {
	const sender = core.tenant.user(message.from);
	const marks = message.files.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
	return {
		id: message.id,
		replyToId: message.threadRootId ?? null,
		messageType: 'message',
		createdDateTime: new Date(message.atMs).toISOString(),
		deletedDateTime: message.deleted ? new Date(message.atMs).toISOString() : null,
		from: sender === undefined ? null : { user: { id: sender.aadObjectId, displayName: sender.name } },
		body: { contentType: 'html', content: `<p>${visibleText(message)}</p>${marks}` },
		attachments: message.files.map(({ id, name, contentUrl }) => ({ id, contentType: 'reference', contentUrl, content: null, name })),
	};
}

/** "Access shared items": `u!` and the address in base64url without padding. */
function openShare(core: Core, shareId: string): StoredFile {
	if (!core.settings.graph.files) throw forbidden('Access denied.');
	const url = shareId.startsWith('u!') ? Buffer.from(shareId.slice(2), 'base64url').toString() : '';
	const file = core.tenant.files().find(({ contentUrl }) => contentUrl === url);
	if (file === undefined) throw notFound();
	return file;
}

function toDriveItem({ id, name, mimetype, content, contentUrl }: StoredFile): Json {
	return { id, name, size: content.length, webUrl: contentUrl, file: { mimeType: mimetype } };
}

function forbidden(message: string): ServiceFailure {
	return new ServiceFailure(403, 'accessDenied', message);
}

function notFound(): ServiceFailure {
	return new ServiceFailure(404, 'itemNotFound', 'The resource could not be found.');
}
