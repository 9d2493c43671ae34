/** What a route of the API is, as data: from this come the checks of what is sent, the document of the API, and the types of the page. */

import type { z } from 'zod';
import type { TokenScope } from '../../sessions/api-tokens.ts';
import type { ApiErrorCode } from './errors.ts';

export type RouteMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Every part is strict: a field that is not named here is refused. */
export interface RouteDefinition<
	Path extends Fields = Fields,
	Query extends Fields = Fields,
	Body extends RouteBody = RouteBody,
	Answer extends z.ZodType = z.ZodType,
	Admitted extends RouteAdmission = RouteAdmission,
	Headers extends Fields = Fields,
> {
	/** What programs call it by: unique. */
	name: string;
	method: RouteMethod;
	/** Behind `apiRoot`, its variables as `{id}`. */
	path: `/${string}`;
	about: string;
	/** `anybody`: what leads to a session, and the document. */
	for: Admitted;
	/** What a program's token has to allow. Absent: for browsers alone. */
	scope?: TokenScope;
	/** The variables of `path`. */
	variables?: Path;
	query?: Query;
	/** Beside those of every request. */
	headers?: Headers;
	/** JSON, or the bytes of a file, which the handler takes as they come. Absent: no body is read. */
	body?: Body;
	answer: RouteAnswer<Answer>;
	/** Beside those that every route can answer with. */
	errors: readonly ApiErrorCode[];
}

/** The schema of a JSON body. */
export type RouteBody = z.ZodType | 'bytes';

export type RouteAdmission = 'whoever is signed in' | 'anybody';

export interface RouteAnswer<Answer extends z.ZodType = z.ZodType> {
	status: 200 | 202 | 204;
	about: string;
	/** Null for no body, `file` for one to be saved, `events` for a stream of them. */
	body: Answer | 'file' | 'events' | null;
}

/** A strict object of text fields. */
export type Fields = z.ZodObject;

/** All of version 1 lies below. */
export const apiRoot = '/api/v1';

export function defineRoute<
	Path extends Fields = z.ZodObject<Record<never, never>>,
	Query extends Fields = z.ZodObject<Record<never, never>>,
	Body extends RouteBody = z.ZodUndefined,
	Answer extends z.ZodType = z.ZodUndefined,
	Admitted extends RouteAdmission = RouteAdmission,
	Headers extends Fields = z.ZodObject<Record<never, never>>,
>(
	definition: RouteDefinition<Path, Query, Body, Answer, Admitted, Headers>,
): RouteDefinition<Path, Query, Body, Answer, Admitted, Headers> {
	return definition;
}
