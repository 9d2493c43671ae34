/** One call of the REST API: ordered failures, token, rate limits, latency, the route itself, and the record of it all. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from './core.ts';
import { DiscordFailure, refusal } from './failure.ts';
import type { Fault, Faults } from './faults.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { isJson } from './json.ts';
import type { BucketState, Limiter } from './limits.ts';
import { type RequestBody, readRequestBody } from './request-body.ts';
import type { Reply, Route } from './routes/route.ts';
import { findRoute } from './routes/routes.ts';
import type { Json, RecordedCall } from './types.ts';

export interface ApiRequest {
	httpMethod: string;
	/** Path below `/api/v10`. */
	url: URL;
	authorization: string | undefined;
	contentType: string;
	content: Buffer;
}

/** `reset` cuts the connection, `hang` leaves it open without an answer. */
export type ApiAnswer = { status: number; headers: Record<string, string>; body: Json | Json[] | undefined } | 'reset' | 'hang';

export interface RestApi {
	handle(request: ApiRequest): Promise<ApiAnswer>;
}

export interface RestApiSettings {
	core: Core;
	faults: Faults;
	limiter: Limiter;
	invalid: InvalidRequests;
	/** Read at each call. Half passes before the call is carried out, half after. */
	latencyMs: () => number;
	calls: RecordedCall[];
}

/** "Maximum request size" of the page "API Reference", Uploading Files. */
const requestLimitBytes = 25 * 1024 * 1024;

const unknownRoute: Route = {
	operation: 'unknown',
	method: 'GET',
	path: '',
	handle() {
		throw new DiscordFailure(404, 0, '404: Not Found');
	},
};

/** Creates the handler of all REST calls. */
export function createRestApi(settings: RestApiSettings): RestApi {
	return {
		async handle(request) {
			const { route, parameters } = findRoute(request.httpMethod, request.url.pathname) ?? { route: unknownRoute, parameters: {} };
			const path = `${request.url.pathname}${request.url.search}`;
			const call = record(settings, { operation: route.operation, httpMethod: request.httpMethod, path });
			const oneWayMs = settings.latencyMs() / 2;
			if (oneWayMs > 0) await wait(oneWayMs);
			const body = await readBody(request, call);
			const answer = answerCall(settings, { route, parameters, request, body });
			if (oneWayMs > 0) await wait(oneWayMs);
			if (typeof answer === 'string') return answer;
			call.answeredAtMs = settings.core.now();
			call.status = answer.status;
			if (answer.status >= 400 && isJson(answer.body) && typeof answer.body.code === 'number') call.code = answer.body.code;
			settings.invalid.count(answer.status, answer.headers['x-ratelimit-scope'] === 'shared');
			return answer;
		},
	};
}

function record({ core, calls }: RestApiSettings, call: Pick<RecordedCall, 'operation' | 'httpMethod' | 'path'>): RecordedCall {
	const recorded: RecordedCall = { ...call, body: {}, files: [], atMs: core.now(), answeredAtMs: null, status: null };
	calls.push(recorded);
	return recorded;
}

async function readBody({ contentType, content }: ApiRequest, call: RecordedCall): Promise<RequestBody | DiscordFailure> {
	try {
		if (content.length > requestLimitBytes) throw refusal(40005);
		const body = await readRequestBody(contentType, content);
		call.body = body.given;
		call.files = body.files.map(({ name }) => name);
		return body;
	} catch (error) {
		if (error instanceof DiscordFailure) return error;
		throw error;
	}
}

interface Call {
	route: Route;
	parameters: Readonly<Record<string, string>>;
	request: ApiRequest;
	body: RequestBody | DiscordFailure;
}

function answerCall(settings: RestApiSettings, call: Call): ApiAnswer {
	const { route, parameters, request } = call;
	const fault = settings.faults.take(route.operation);
	if (fault?.kind === 'reset' || fault?.kind === 'hang') return fault.kind;
	const isCarriedOut = fault === undefined || fault.kind === 'stored-then-502' || fault.kind === 'stored-then-hang';
	if (!isCarriedOut) return faultAnswer(fault);
	if (route.byToken !== true && request.authorization !== `Bot ${settings.core.identity.botToken}`) {
		return failed(new DiscordFailure(401, 0, '401: Unauthorized'));
	}
	const globalWaitMs = route.byToken === true ? null : settings.limiter.takeGlobal();
	if (globalWaitMs !== null) return rateLimited(globalWaitMs, 'global');
	const major = parameters.channel ?? parameters.guild ?? parameters.token ?? '';
	const bucket = settings.limiter.take(route.operation, major);
	if (bucket?.isExceeded) return rateLimited(bucket.resetAfterMs, 'user', bucketHeaders(bucket, settings.core.now()));
	const headers = bucket === null ? {} : bucketHeaders(bucket, settings.core.now());
	try {
		const { status, body } = carryOut(settings, call);
		if (fault?.kind === 'stored-then-hang') return 'hang';
		if (fault !== undefined) return { status: 502, headers: {}, body: undefined };
		return { status, headers, body };
	} catch (error) {
		return failed(error, headers);
	}
}

function carryOut({ core, limiter }: RestApiSettings, { route, parameters, request, body }: Call): Reply {
	if (body instanceof DiscordFailure) throw body;
	const { given, files } = body;
	return route.handle({
		core,
		parameters,
		query: request.url.searchParams,
		given: Array.isArray(given) ? {} : given,
		list: Array.isArray(given) ? given : [],
		files,
		rationOldEdit(channelId) {
			const waitMs = limiter.takeOldEdit(channelId);
			if (waitMs !== null) throw new OldEditRefusal(waitMs);
		},
	});
}

/** Error 30046 comes as a 429. */
class OldEditRefusal extends Error {
	readonly waitMs: number;

	constructor(waitMs: number) {
		super('Maximum number of edits to messages older than 1 hour reached. Try again later');
		this.waitMs = waitMs;
	}
}

function bucketHeaders({ name, limit, remaining, resetAfterMs }: BucketState, nowMs: number): Record<string, string> {
	return {
		'x-ratelimit-bucket': name,
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': ((nowMs + resetAfterMs) / 1000).toFixed(3),
		'x-ratelimit-reset-after': (resetAfterMs / 1000).toFixed(3),
	};
}

/** The header has whole seconds, the body fractions (page "Rate Limits", Exceeding A Rate Limit). */
function rateLimited(waitMs: number, scope: 'user' | 'shared' | 'global', headers: Record<string, string> = {}): ApiAnswer {
	const body = { message: 'You are being rate limited.', retry_after: Math.ceil(waitMs) / 1000, global: scope === 'global' };
	return {
		status: 429,
		headers: {
			...headers,
			'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))),
			'x-ratelimit-scope': scope,
			...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
		},
		body,
	};
}

function faultAnswer(fault: Fault): ApiAnswer {
	const waitMs = (fault.retryAfterSeconds ?? 1) * 1000;
	switch (fault.kind) {
		case '429':
			return rateLimited(waitMs, 'shared');
		case '429-global':
			return rateLimited(waitMs, 'global');
		case 'error':
			return failed(new DiscordFailure(fault.status ?? 400, fault.code ?? 0, 'Ordered by a test'));
		default:
			return { status: Number(fault.kind), headers: {}, body: undefined };
	}
}

/** A mistake in the emulator itself must not look like an answer of Discord, so it is thrown on. */
function failed(error: unknown, headers: Record<string, string> = {}): ApiAnswer {
	if (error instanceof OldEditRefusal) {
		const answer = rateLimited(error.waitMs, 'user', headers);
		if (typeof answer === 'string') return answer;
		return { ...answer, body: { ...answer.body, message: error.message, code: 30046 } };
	}
	if (!(error instanceof DiscordFailure)) throw error;
	const { status, code, message, errors } = error;
	return { status, headers, body: { message, code, ...(errors !== undefined && { errors }) } };
}
