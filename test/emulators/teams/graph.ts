/** What the emulator knows of Microsoft Graph: messages, the bytes behind the references to files in them, and who is in which group. */

import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import { findMessagesHandler } from './graph-messages.ts';
import { listMemberships } from './memberships.ts';
import { type Json, ServiceFailure, type StoredFile } from './types.ts';

/** The endpoint of a request below `/v1.0`; undefined when there is none. */
export function findGraphEndpoint(core: Core, { method, query }: EndpointRequest, path: string[]): Endpoint | undefined {
	const handle = method === 'GET' ? findHandler(core, path, query) : undefined;
	return handle && { operation: 'graph', audience: 'graph', counted: '', handle };
}

function findHandler(core: Core, path: string[], query: URLSearchParams): (() => Result) | undefined {
	return findMembershipsHandler(core, path, query) ?? findMessagesHandler(core, path, query) ?? findFileHandler(core, path);
}

function findMembershipsHandler(core: Core, path: string[], query: URLSearchParams): (() => Result) | undefined {
	const [collection, id = '', relation, ...rest] = path;
	if (collection !== 'users' || relation !== 'transitiveMemberOf' || rest.length > 0) return undefined;
	return () => listMemberships(core, id, query);
}

function findFileHandler(core: Core, path: string[]): (() => Result) | undefined {
	const [collection, id = '', ...rest] = path;
	if (collection === 'shares' && rest[0] === 'driveItem') {
		if (rest.length === 1) return () => ({ status: 200, body: toDriveItem(openShare(core, id)) });
		if (rest[1] === 'content') return () => ({ status: 302, headers: { location: core.downloads.issue(openShare(core, id)) } });
	}
	return undefined;
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
