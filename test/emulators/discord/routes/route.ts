/** What a route is: a method, a path with named parts, and what it does. */

import type { Core } from '../core.ts';
import type { UploadedFile } from '../request-body.ts';
import type { Json } from '../types.ts';

export interface RouteRequest {
	core: Core;
	/** The named parts of the path. */
	parameters: Readonly<Record<string, string>>;
	query: URLSearchParams;
	/** The JSON object; empty when there is none. */
	given: Json;
	/** The JSON list, for the routes that take one. */
	list: unknown[];
	files: UploadedFile[];
	/** Refuses the call when the message is too old to be edited that often. */
	rationOldEdit: (channelId: string) => void;
}

export interface Reply {
	status: number;
	/** Nothing for 204. */
	body?: Json | Json[];
}

export interface Route {
	/** The name by which tests and records know the call. */
	operation: string;
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** `/channels/:channel/messages`; a part with a colon matches anything. */
	path: string;
	/** Interactions and webhooks carry their secret in the path: no bot token, and no share of the global limit. */
	byToken?: boolean;
	handle(request: RouteRequest): Reply;
}

export function ok(body: Json | Json[]): Reply {
	return { status: 200, body };
}

export const noContent: Reply = { status: 204 };
