/** The REST surface of the connector, below `/v3`. */

import { deleteActivity, postActivity, updateActivity } from './activities.ts';
import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import type { Operation } from './faults.ts';
import { isJson } from './json.ts';
import { createConversation, getChannels, getMember, getMembers, getPagedMembers, getTeam } from './rosters.ts';
import { streamInfo } from './streams.ts';
import { ServiceFailure } from './types.ts';

interface Route {
	operation: Operation | ((body: unknown) => Operation);
	/** `id` names the conversation, team or attachment, `inner` the activity or member. */
	handle(core: Core, given: { id: string; inner: string; request: EndpointRequest }): Result;
}

const routes: Readonly<Record<string, Route>> = {
	'POST conversations': { operation: 'create', handle: (core, { request }) => createConversation(core, request.body) },
	'POST conversations/*/activities': { operation: sending, handle: (core, { id, request }) => post(core, request, id, undefined) },
	'POST conversations/*/activities/*': { operation: sending, handle: (core, { id, inner, request }) => post(core, request, id, inner) },
	'PUT conversations/*/activities/*': {
		operation: 'update',
		handle: (core, { id, inner, request }) => updateActivity(core, id, inner, request.body),
	},
	'DELETE conversations/*/activities/*': { operation: 'delete', handle: (core, { id, inner }) => deleteActivity(core, id, inner) },
	'GET conversations/*/members': { operation: 'members', handle: (core, { id }) => getMembers(core, id) },
	'GET conversations/*/members/*': { operation: 'member', handle: (core, { id, inner }) => getMember(core, id, inner) },
	'GET conversations/*/pagedmembers': { operation: 'members', handle: (core, { id, request }) => getPagedMembers(core, id, request.query) },
	'GET teams/*': { operation: 'team', handle: (core, { id }) => getTeam(core, id) },
	'GET teams/*/conversations': { operation: 'channels', handle: (core, { id }) => getChannels(core, id) },
	'GET attachments/*/views/*': { operation: 'image', handle: (core, { id }) => openImage(core, id) },
};

/** The endpoint of a request; undefined when there is none. */
export function findConnectorEndpoint(core: Core, request: EndpointRequest, path: readonly string[]): Endpoint | undefined {
	const shape = path.map((part, index) => (index % 2 === 0 ? part : '*')).join('/');
	const route = routes[`${request.method} ${shape}`];
	const [, id = '', , inner = ''] = path;
	return (
		route && {
			operation: typeof route.operation === 'string' ? route.operation : route.operation(request.body),
			audience: 'connector',
			// A thread counts with its channel.
			counted: core.tenant.conversation(id)?.id ?? id,
			handle: () => route.handle(core, { id, inner, request }),
		}
	);
}

function sending(body: unknown): Operation {
	if (streamInfo(body) !== undefined) return 'stream';
	return isJson(body) && body.type === 'typing' ? 'typing' : 'post';
}

function post(core: Core, { query, body }: EndpointRequest, conversationId: string, replyToId: string | undefined): Result {
	return postActivity(core, { conversationId, replyToId, isTargeted: query.get('isTargetedActivity') === 'true', body });
}

function openImage(core: Core, id: string): Result {
	const file = core.tenant.file(id);
	if (file === undefined) throw new ServiceFailure(404, 'NotFound', 'Attachment not found.');
	return { status: 200, body: file.content, headers: { 'content-type': file.mimetype } };
}
