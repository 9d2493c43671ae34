/** One call of the Web API: ordered failures, token, rate limit, latency, the method itself, and the record of it all. */

import { setTimeout as wait } from 'node:timers/promises';
import { optionalText, readArguments } from './arguments.ts';
import type { Core } from './core.ts';
import type { Fault, Faults } from './faults.ts';
import type { Limiter } from './limits.ts';
import { assistantMethods } from './methods/assistant.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import type { Methods } from './methods/method.ts';
import { peopleMethods } from './methods/people.ts';
import { streamMethods } from './methods/stream.ts';
import { scopeOfMethod } from './scopes.ts';
import { type Json, type RecordedCall, SlackFailure } from './types.ts';

export interface ApiRequest {
	method: string;
	authorization: string | undefined;
	contentType: string;
	body: string;
}

/** `reset` cuts the connection, `hang` leaves it open without an answer. */
export type ApiAnswer = { status: number; retryAfterSeconds?: number; body: Json } | 'reset' | 'hang';

export interface WebApi {
	handle(request: ApiRequest): Promise<ApiAnswer>;
}

export interface WebApiSettings {
	core: Core;
	faults: Faults;
	limiter: Limiter;
	/** Read at each call. Half passes before the method is carried out, half after. */
	latencyMs: () => number;
	/** Gives the socket URL for `apps.connections.open`. */
	openConnection: () => string;
	calls: RecordedCall[];
}

const methods: Methods = {
	...assistantMethods,
	...chatMethods,
	...conversationMethods,
	...fileMethods,
	...peopleMethods,
	...streamMethods,
	'auth.test': ({ identity }) => ({
		url: identity.workspaceUrl,
		team: 'Emulated',
		user: 'openccb',
		team_id: identity.teamId,
		user_id: identity.botUserId,
		bot_id: identity.botId,
		...(identity.enterpriseId !== undefined && { enterprise_id: identity.enterpriseId }),
		is_enterprise_install: false,
	}),
};

/** Creates the handler of all Web API calls. */
export function createWebApi(settings: WebApiSettings): WebApi {
	return {
		async handle(request) {
			const { given, token, unreadable } = readRequest(request);
			const call: RecordedCall = {
				method: request.method,
				arguments: given,
				atMs: settings.core.now(),
				answeredAtMs: null,
				httpStatus: null,
			};
			settings.calls.push(call);
			const oneWayMs = settings.latencyMs() / 2;
			if (oneWayMs > 0) await wait(oneWayMs);
			const answer = unreadable ?? answerCall(settings, request.method, given, token);
			if (oneWayMs > 0) await wait(oneWayMs);
			if (typeof answer === 'string') return answer;
			call.answeredAtMs = settings.core.now();
			call.httpStatus = answer.status;
			if (answer.body.ok !== true) call.error = String(answer.body.error);
			return answer;
		},
	};
}

/** The token comes in the header or in the body; the header wins. */
function readRequest(request: ApiRequest): { given: Json; token: string | undefined; unreadable?: ApiAnswer } {
	const header = request.authorization?.replace(/^Bearer /, '');
	try {
		const { token, ...given } = readArguments(request.contentType, request.body);
		return { given, token: header ?? (typeof token === 'string' ? token : undefined) };
	} catch (error) {
		return { given: {}, token: header, unreadable: failed(error) };
	}
}

function answerCall(settings: WebApiSettings, method: string, given: Json, token: string | undefined): ApiAnswer {
	const fault = settings.faults.take(method);
	if (fault?.kind === 'reset' || fault?.kind === 'hang') return fault.kind;
	const isCarriedOut = fault === undefined || fault.kind === 'stored-then-502' || fault.kind === 'stored-then-hang';
	if (!isCarriedOut) return faultAnswer(fault);
	try {
		checkToken(settings.core, method, token);
		checkScope(settings.core, method, given);
		const seconds = settings.limiter.take(method, optionalText(given, 'channel') ?? '');
		if (seconds !== null) return { status: 429, retryAfterSeconds: seconds, body: { ok: false, error: 'ratelimited' } };
		const body = { ok: true, ...perform(settings, method, given) };
		if (fault?.kind === 'stored-then-hang') return 'hang';
		return fault === undefined ? { status: 200, body } : { status: 502, body: { ok: false, error: 'bad_gateway' } };
	} catch (error) {
		return failed(error);
	}
}

function perform(settings: WebApiSettings, method: string, given: Json): Json {
	if (method === 'apps.connections.open') return { url: settings.openConnection() };
	const carryOut = methods[method];
	if (carryOut === undefined) throw new SlackFailure('unknown_method');
	return carryOut(settings.core, given);
}

function checkToken({ identity }: Core, method: string, token: string | undefined): void {
	if (token === undefined || token === '') throw new SlackFailure('not_authed');
	if (token !== identity.botToken && token !== identity.appToken) throw new SlackFailure('invalid_auth');
	if ((token === identity.appToken) !== (method === 'apps.connections.open')) throw new SlackFailure('not_allowed_token_type');
}

/** The app-level token has a scope of its own. @throws SlackFailure `missing_scope`, which says what was needed. */
function checkScope({ scopes, workspace }: Core, method: string, given: Json): void {
	const needed = scopeOfMethod(method, workspace.channel(optionalText(given, 'channel') ?? ''));
	if (needed === undefined || scopes().includes(needed)) return;
	throw new SlackFailure('missing_scope', [], { needed, provided: scopes().join(',') });
}

function faultAnswer(fault: Fault): ApiAnswer {
	switch (fault.kind) {
		case '429':
			return { status: 429, retryAfterSeconds: fault.retryAfterSeconds ?? 1, body: { ok: false, error: 'ratelimited' } };
		case 'error':
			return { status: 200, body: { ok: false, error: fault.error ?? 'internal_error' } };
		default:
			return { status: Number(fault.kind), body: { ok: false, error: fault.error ?? 'internal_error' } };
	}
}

/** A mistake in the emulator itself must not look like an answer of Slack, so it is thrown on. */
function failed(error: unknown): ApiAnswer {
	if (!(error instanceof SlackFailure)) throw error;
	const details = error.details.length > 0 ? { response_metadata: { messages: error.details } } : {};
	return { status: 200, body: { ok: false, error: error.error, ...error.more, ...details } };
}
