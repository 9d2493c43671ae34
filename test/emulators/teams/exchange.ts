/** The way of one call: record, latency, ordered failures, token, limits, the endpoint itself. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import type { Fault, Faults } from './faults.ts';
import { isJson } from './json.ts';
import type { Login } from './login.ts';
import { type RecordedCall, ServiceFailure } from './types.ts';

/** `reset` cuts the connection, `hang` leaves it open without an answer. */
export type Outcome = Result | 'reset' | 'hang';

export interface Exchange {
	carryOut(endpoint: Endpoint, request: EndpointRequest, path: string): Promise<Outcome>;
}

export interface ExchangeSettings {
	core: Core;
	login: Login;
	faults: Faults;
	/** Whether a 429 of the limits says how long to wait. */
	retryAfterHeader: boolean;
	calls: RecordedCall[];
}

const reasons: Readonly<Record<string, [code: string, message: string]>> = {
	'412': ['PreconditionFailed', 'Precondition failed, please try again.'],
	'500': ['InternalServerError', 'An error has occurred.'],
	'502': ['BadGateway', 'Bad gateway.'],
	'503': ['ServiceUnavailable', 'Service unavailable.'],
	'504': ['GatewayTimeout', 'Gateway timeout.'],
};

/** Creates the way that every call takes. Half of the latency passes before the call is carried out, half after. */
export function createExchange(settings: ExchangeSettings): Exchange {
	const { core } = settings;
	return {
		async carryOut(endpoint, request, path) {
			const call = startRecord(endpoint, request, path, core.now());
			settings.calls.push(call);
			const oneWayMs = core.settings.latencyMs / 2;
			if (oneWayMs > 0) await wait(oneWayMs);
			const outcome = decide(settings, endpoint, request);
			if (oneWayMs > 0) await wait(oneWayMs);
			if (typeof outcome === 'string') return outcome;
			Object.assign(call, { answeredAtMs: core.now(), status: outcome.status });
			const error = isJson(outcome.body) ? outcome.body.error : undefined;
			if (error !== undefined) call.error = String(isJson(error) ? error.code : error);
			return outcome;
		},
	};
}

/** The form of the token endpoint holds the secret, so only the names of its fields are kept. */
function startRecord({ operation }: Endpoint, request: EndpointRequest, path: string, atMs: number): RecordedCall {
	const { method, authorization, text } = request;
	const body = operation === 'token' ? [...new URLSearchParams(text).keys()] : request.body;
	return { operation, method, path, body, hasToken: authorization !== undefined, atMs, answeredAtMs: null, status: null };
}

function decide(settings: ExchangeSettings, endpoint: Endpoint, request: EndpointRequest): Outcome {
	const fault = settings.faults.take(endpoint.operation);
	if (fault?.kind === 'reset' || fault?.kind === 'hang') return fault.kind;
	try {
		if (fault !== undefined && !fault.kind.startsWith('stored-')) throw failureOf(fault);
		const result = perform(settings, endpoint, request);
		if (fault === undefined) return result;
		const lost = fault.kind.replace('stored-then-', '');
		if (lost === 'reset' || lost === 'hang') return lost;
		throw failureOf({ ...fault, kind: lost as Fault['kind'] });
	} catch (error) {
		// A mistake in the emulator itself must not look like an answer of the service, so it is thrown on.
		if (!(error instanceof ServiceFailure)) throw error;
		return { status: error.status, body: error.body, headers: { ...error.headers } };
	}
}

function perform({ core, login, retryAfterHeader }: ExchangeSettings, endpoint: Endpoint, request: EndpointRequest): Result {
	if (endpoint.audience !== null && !login.accepts(request.authorization, endpoint.audience)) throw unauthorized();
	const seconds = core.limiter.take(endpoint.operation, endpoint.counted);
	if (seconds !== null) throw throttled(retryAfterHeader ? seconds : null);
	return endpoint.handle();
}

function failureOf({ kind, error, retryAfterSeconds = 1 }: Fault): ServiceFailure {
	if (kind === '429') return throttled(retryAfterSeconds);
	if (kind === 'expired-token') return unauthorized();
	if (kind === 'error' && error !== undefined) return new ServiceFailure(error.status, error.code, error.message);
	const [code, message] = reasons[kind] ?? ['InternalServerError', 'An error has occurred.'];
	return new ServiceFailure(kind in reasons ? Number(kind) : 500, code, message);
}

function throttled(seconds: number | null): ServiceFailure {
	const headers: Record<string, string> = seconds === null ? {} : { 'retry-after': String(seconds) };
	return new ServiceFailure(429, 'Throttled', 'Too many requests', { headers });
}

function unauthorized(): ServiceFailure {
	return new ServiceFailure(401, 'Unauthorized', 'Authorization has been denied for this request.');
}
