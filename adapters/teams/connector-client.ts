/** The one way to call the Bot Connector: our own requests, since the SDK's lose what is in entities (botbuilder-js issue 4902). */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { Place } from '#src/platform/place.ts';
import { growingPauseMs } from '#src/waiting.ts';
import { teamsConversationId } from './activity.ts';
import type { Credentials } from './credentials.ts';
import { toPlatformError } from './errors.ts';
import { readFailure, readJson, send } from './http.ts';
import { idOf, type Json } from './json.ts';
import { serviceUrlIn } from './route.ts';

export interface ConnectorCall {
	/** For errors and the log. `edit` and `remove` are about one message that must be there. */
	operation: string;
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/v3/`, with its parts encoded. */
	path: string;
	body?: Json;
}

export interface Connector {
	/**
	 * Calls the connector that the place's route names.
	 * @throws BotError as `ChatPlatform`; `PLATFORM_REJECTED` with `no-route` when there is none or it is not allowed any more.
	 */
	call(place: Place, call: ConnectorCall, signal: AbortSignal): Promise<Json>;
	/** Posts an activity. @returns its id; empty where the connector gives none, as within a stream. */
	post(place: Place, activity: Json, signal: AbortSignal, query?: string): Promise<string>;
	/** The path of a message of the bot, for `call`. */
	pathOf(place: Place, messageId: string): string;
}

export interface ConnectorDependencies {
	credentials: Credentials;
	clock: Clock;
	/** Whether the bot's token may go to the service URL of this route. */
	isAllowed: (route: string) => boolean;
}

/**
 * "Optimize your bot: rate limiting" calls 412 an error to try again after: two changes met and this one did nothing. Nobody reads a
 * question twice either. Everything else is for the core to repeat, which knows whether it may.
 */
const maxRepeats = 3;
const repeatPauses = { firstMs: 200, mostMs: 800, jitter: 0.5 };

export function createConnector({ credentials, clock, isAllowed }: ConnectorDependencies): Connector {
	async function attempt(url: string, { operation, method, body }: ConnectorCall, signal: AbortSignal): Promise<Response> {
		const token = await credentials.token('connector', signal);
		const headers = {
			...(token === null ? {} : { authorization: `Bearer ${token}` }),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		};
		const request = { operation, url, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
		const response = await send(request, signal);
		if (response.status === 401 && token !== null) credentials.forget('connector', token);
		return response;
	}

	/** A token that was taken back is renewed once. */
	async function repeatWhileUseful(url: string, call: ConnectorCall, signal: AbortSignal): Promise<Response> {
		let hasRenewed = false;
		for (let repeats = 0; ; repeats++) {
			const response = await attempt(url, call, signal);
			const isToRenew = response.status === 401 && !hasRenewed;
			const isInPassing = response.status === 412 || (call.method === 'GET' && response.status >= 500);
			if (!isToRenew && (!isInPassing || repeats >= maxRepeats)) return response;
			await response.body?.cancel();
			if (isToRenew) hasRenewed = true;
			else await clock.wait(growingPauseMs(repeats + 1, repeatPauses), signal);
		}
	}

	const connector: Connector = {
		async call(place, call, signal) {
			const url = toUrl(place, call, isAllowed);
			const response = await repeatWhileUseful(url, call, signal);
			if (response.ok) return await readJson(call.operation, response, signal);
			throw toPlatformError(call.operation, await readFailure(call.operation, response, signal), clock.now());
		},
		async post(place, activity, signal, query = '') {
			const path = `conversations/${encodeURIComponent(teamsConversationId(place))}/activities${query}`;
			const answer = await connector.call(place, { operation: 'post', method: 'POST', path, body: activity }, signal);
			return idOf(answer['id']);
		},
		pathOf: (place, messageId) =>
			`conversations/${encodeURIComponent(teamsConversationId(place))}/activities/${encodeURIComponent(messageId)}`,
	};
	return connector;
}

function toUrl({ route = '' }: Place, { operation, path }: ConnectorCall, isAllowed: (route: string) => boolean): string {
	if (isAllowed(route)) return `${serviceUrlIn(route).replace(/\/+$/, '')}/v3/${path}`;
	throw new BotError('PLATFORM_REJECTED', `${operation} has no service URL that may be called: see TEAMS_SERVICE_HOSTS`, {
		reason: 'no-route',
	});
}
