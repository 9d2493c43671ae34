/** From a request to an answer: what is sent is read as the route says, what is answered holds no more than that, and every error has one form. */

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { browserHeaders } from '../http/browser-guard.ts';
import { readBody } from '../http/read-body.ts';
import { type Language, type Words, wordsFor } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import { parseUntrusted } from '../platform/untrusted-json.ts';
import type { SignedIn } from '../sessions/signed-in.ts';
import { apiRoot, type RouteDefinition } from './contract/define-route.ts';
import type { Gate } from './gate.ts';
import { ApiRefusal, errorAnswerOf, statusOf, toApiRefusal } from './refusal.ts';
import type { ApiServices } from './services.ts';

/** What a handler is given. `signal` fires when the client has gone, or waits too long; a file may take as long as it comes. */
export interface Call<Route extends RouteDefinition> {
	variables: OutputOf<Route['variables']>;
	query: OutputOf<Route['query']>;
	headers: OutputOf<Route['headers']>;
	/** Undefined for bytes: they are still to be read from the request. */
	body: OutputOf<Route['body']>;
	/** Who asks; null on routes for anybody. */
	caller: Route['for'] extends 'anybody' ? null : SignedIn;
	services: ApiServices;
	words: Words;
	request: FastifyRequest;
	reply: FastifyReply;
	signal: AbortSignal;
}

type OutputOf<Schema> = Exclude<Schema, undefined> extends infer Given ? (Given extends z.ZodType ? z.output<Given> : undefined) : never;

/** A file to be saved. */
export interface FileAnswer {
	name: string;
	mediaType: string;
	content: string | Uint8Array;
}

type AnswerOf<Route extends RouteDefinition> = Route['answer']['body'] extends infer Body
	? Body extends z.ZodType
		? z.input<Body>
		: Body extends 'file'
			? FileAnswer
			: undefined
	: never;

/** A route and what it does. */
export interface ServedRoute {
	route: RouteDefinition;
	handle(call: Call<RouteDefinition>): Promise<unknown>;
}

export function serve<Route extends RouteDefinition>(route: Route, handle: (call: Call<Route>) => Promise<AnswerOf<Route>>): ServedRoute {
	return { route, handle: handle as ServedRoute['handle'] };
}

export interface ServingDependencies {
	gate: Gate;
	services: () => ApiServices;
	publicUrl: string;
	language: Language;
	logger: Logger;
}

/** Text is most of it, and JSON writes a character in six bytes at most. */
const mostBodyBytes = 1024 * 1024;
/** Secrets and nothing else. */
const mostStrangerBodyBytes = 4 * 1024;
/** Nobody waits longer for a list or a word. */
const patienceMs = 10_000;

/** Adds all of them to a scope of their own, with the same form of error for what is none of them. */
export function serveRoutes(scope: FastifyInstance, routes: readonly ServedRoute[], deps: ServingDependencies): void {
	const { gate, services, logger } = deps;
	const headers = { ...browserHeaders(deps.publicUrl), 'cache-control': 'no-store' };

	async function answer({ route, handle }: ServedRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
		let words = gate.wordsOf(request);
		try {
			gate.checkOrigin(request);
			const signal = signalOf(route, reply);
			const caller = await admit(route, request, reply, signal);
			if (caller !== null) words = wordsFor(caller.person.locale, deps.language);
			const sent = await readSent(route, request);
			const call = { ...sent, caller, words, request, reply, signal, services: services() } as Call<RouteDefinition>;
			const result = await handle(call);
			// A stream has taken the line over.
			return reply.sent ? reply : send(route, reply, result);
		} catch (thrown) {
			return refuse(request, reply, thrown, words);
		}
	}

	async function admit(
		route: RouteDefinition,
		request: FastifyRequest,
		reply: FastifyReply,
		signal: AbortSignal,
	): Promise<SignedIn | null> {
		if (route.for === 'whoever is signed in') return await gate.admitPerson(request, reply, signal);
		await gate.admitStranger(request, 'stranger');
		return null;
	}

	function refuse(request: FastifyRequest, reply: FastifyReply, thrown: unknown, words: Words): FastifyReply {
		const { refusal, problem } = toApiRefusal(thrown);
		if (problem !== null)
			logger.error(
				{ err: problem, requestId: reply.getHeader('x-request-id'), route: request.routeOptions.url },
				'a request to the API failed',
			);
		const { retryAfterMs } = refusal.details;
		if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1_000));
		// What nobody reads is not waited for either.
		if (!request.raw.complete) reply.header('connection', 'close');
		return reply
			.code(statusOf(refusal))
			.type('application/json; charset=utf-8')
			.send(JSON.stringify(errorAnswerOf(refusal, words)));
	}

	const notThere = (request: FastifyRequest, reply: FastifyReply) =>
		refuse(request, reply, new ApiRefusal('NOT_FOUND'), gate.wordsOf(request));

	scope.addHook('onRequest', async (_request, reply) => void reply.headers({ ...headers, 'x-request-id': randomUUID() }));
	for (const served of routes) {
		const { method, path } = served.route;
		const url = `${apiRoot}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
		scope.route({ method, url, handler: (request, reply) => answer(served, request, reply) });
	}
	for (const url of ['/api', '/api/*']) scope.all(url, notThere);
	// What the server itself cannot make sense of, such as a type that is none.
	scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
		const { statusCode = 500 } = error;
		const refusal = statusCode === 415 ? new ApiRefusal('UNSUPPORTED_TYPE') : new ApiRefusal('INVALID');
		return refuse(request, reply, statusCode < 500 ? refusal : error, gate.wordsOf(request));
	});
}

type Sent = Pick<Call<RouteDefinition>, 'variables' | 'query' | 'headers' | 'body'>;

/** @throws ApiRefusal */
async function readSent(route: RouteDefinition, request: FastifyRequest): Promise<Sent> {
	return {
		variables: parse(route.variables ?? nothing, request.params),
		query: parse(route.query ?? nothing, request.query),
		headers: route.headers === undefined ? undefined : parse(route.headers.strip(), request.headers),
		body: await readRouteBody(route, request),
	} as Sent;
}

async function readRouteBody(route: RouteDefinition, request: FastifyRequest): Promise<unknown> {
	if (route.body === undefined) return undefined;
	if (route.body !== 'bytes') return parse(route.body, await readJson(route, request));
	if (request.headers['content-type']?.toLowerCase() !== 'application/octet-stream') throw new ApiRefusal('UNSUPPORTED_TYPE');
	return undefined;
}

const nothing = z.strictObject({});

function parse(schema: z.ZodType, sent: unknown): unknown {
	const read = schema.safeParse(sent);
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const unknownField = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
	const field = [...(issue?.path ?? []), ...unknownField].map(String).join('.').slice(0, 100);
	throw new ApiRefusal('INVALID', field === '' ? {} : { field });
}

async function readJson(route: RouteDefinition, request: FastifyRequest): Promise<unknown> {
	if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) throw new ApiRefusal('UNSUPPORTED_TYPE');
	const bytes = await readBody(request.raw, route.for === 'anybody' ? mostStrangerBodyBytes : mostBodyBytes);
	if (bytes === 'size') throw new ApiRefusal('TOO_LARGE');
	if (bytes === 'body') throw new ApiRefusal('INVALID');
	const value = parseUntrusted(bytes.toString());
	if (value === undefined) throw new ApiRefusal('INVALID');
	return value;
}

function signalOf({ body }: RouteDefinition, reply: FastifyReply): AbortSignal {
	const gone = new AbortController();
	reply.raw.once('close', () => gone.abort());
	return body === 'bytes' ? gone.signal : AbortSignal.any([gone.signal, AbortSignal.timeout(patienceMs)]);
}

/** A file is saved, and never shown: what people wrote stands in it. */
function send({ answer: { status, body } }: RouteDefinition, reply: FastifyReply, result: unknown): FastifyReply {
	reply.code(status);
	if (body === null || body === 'events') return reply.send();
	if (body !== 'file') return reply.type('application/json; charset=utf-8').send(JSON.stringify(body.parse(result)));
	const { name, mediaType, content } = result as FileAnswer;
	return reply
		.type(mediaType)
		.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
		.send(typeof content === 'string' ? content : Buffer.from(content));
}
