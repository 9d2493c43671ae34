/** "List a user's memberships (direct and transitive)" of Microsoft Graph: rights first, then the person, then pages. */

import type { Core } from './core.ts';
import type { Result } from './endpoint.ts';
import { type DirectoryEntry, type Json, ServiceFailure } from './types.ts';

/** The default and the maximum page size. */
const pageSizes = { usual: 100, most: 999 };

export function listMemberships(core: Core, userId: string, query: URLSearchParams): Result {
	if (!core.settings.graph.groups)
		throw new ServiceFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
	const user = core.tenant.directory.find(userId);
	if (user === undefined) {
		const message = `Resource '${userId}' does not exist or one of its queried reference-property objects are not present.`;
		throw new ServiceFailure(404, 'Request_ResourceNotFound', message);
	}
	const size = Number(query.get('$top') ?? pageSizes.usual);
	if (!Number.isInteger(size) || size < 1 || size > pageSizes.most) throw badRequest('Invalid page size specified.');
	const start = readSkipToken(query.get('$skiptoken'));
	const memberships = core.tenant.directory.membershipsOf(user.id);
	const end = start + size;
	return {
		status: 200,
		body: {
			'@odata.context': `${core.identity.graphUrl}/v1.0/$metadata#directoryObjects`,
			...(end < memberships.length && { '@odata.nextLink': nextLink(core, userId, query, end) }),
			value: memberships.slice(start, end).map((entry) => toObject(entry, query.get('$select'))),
		},
	};
}

function toObject({ id, name, type }: DirectoryEntry, select: string | null): Json {
	const fields: Json = { id, displayName: name };
	const wanted = select?.split(',') ?? Object.keys(fields);
	return {
		'@odata.type': `#microsoft.graph.${type}`,
		...Object.fromEntries(Object.entries(fields).filter(([field]) => wanted.includes(field))),
	};
}

/** Graph keeps the other parameters of the first request in it. */
function nextLink(core: Core, userId: string, query: URLSearchParams, end: number): string {
	const next = new URLSearchParams(query);
	next.set('$skiptoken', Buffer.from(`after:${end}`).toString('base64url'));
	return `${core.identity.graphUrl}/v1.0/users/${encodeURIComponent(userId)}/transitiveMemberOf?${next}`;
}

function readSkipToken(token: string | null): number {
	if (token === null) return 0;
	const start = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
	if (start === undefined) throw badRequest('The specified skip token is not valid.');
	return Number(start);
}

function badRequest(message: string): ServiceFailure {
	return new ServiceFailure(400, 'Request_BadRequest', message);
}
