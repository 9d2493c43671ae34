/** Bringing activities to the bot: signed POST requests, repeated with the same id until the bot answers. */

import { request } from 'node:http';
import type { Settings } from './core.ts';
import { textOf } from './json.ts';
import type { Forgery, Signing } from './signing.ts';
import type { Json, RecordedDelivery } from './types.ts';

/** What came of one request. `status` is null when no answer came in time, or none at all. */
export interface Answer {
	status: number | null;
	body: string;
	tookMs: number;
}

export interface Deliveries {
	/** In the background, again and again until it is answered or given up. */
	send(activity: Json): void;
	/** One attempt; the answer is what the person sees. */
	invoke(activity: Json): Promise<Answer>;
	/** One attempt with any body and any token, which is not recorded. */
	forge(body: string, token: Forgery | { authorization: string } | undefined): Promise<Answer>;
	/** Whether this id was given to an activity of a person. */
	isDelivered(activityId: string): boolean;
}

export interface DeliverySettings {
	signing: Signing;
	settings: Settings;
	/** How long the bot may take to answer. */
	ackTimeoutMs: number;
	/** How long it may take to answer an invoke. */
	invokeTimeoutMs: number;
	/** Waiting times before the second, third, … delivery. */
	retryDelaysMs: readonly number[];
	records: RecordedDelivery[];
	now: () => number;
	/** Ends all waiting when the emulator closes. */
	signal: AbortSignal;
}

/** Creates the deliveries. An answer of 2xx or 4xx ends them; 5xx and silence do not. */
export function createDeliveries(given: DeliverySettings): Deliveries {
	const delivered = new Set<string>();
	const post = (body: string, authorization: string | undefined, timeoutMs: number) => {
		const { messagingEndpoint } = given.settings;
		if (messagingEndpoint === undefined) return Promise.resolve({ status: null, body: '', tookMs: 0 });
		return postOnce(messagingEndpoint, body, authorization, AbortSignal.any([given.signal, AbortSignal.timeout(timeoutMs)]));
	};
	const attempt = async (activity: Json, number: number, timeoutMs: number): Promise<Answer> => {
		const record = startRecord(activity, number, given.now());
		given.records.push(record);
		delivered.add(record.activityId);
		const answer = await post(JSON.stringify(activity), given.signing.authorization(), timeoutMs);
		if (answer.status !== null && given.settings.acksToDrop > 0) {
			given.settings.acksToDrop -= 1;
			return { ...answer, status: null };
		}
		if (answer.status !== null) Object.assign(record, { answeredAtMs: given.now(), status: answer.status, answer: answer.body });
		return answer;
	};
	const deliver = async (activity: Json): Promise<void> => {
		let { status } = await attempt(activity, 0, given.ackTimeoutMs);
		for (const [index, delayMs] of given.retryDelaysMs.entries()) {
			if ((status !== null && status < 500) || !(await waited(delayMs, given.signal))) return;
			({ status } = await attempt(activity, index + 1, given.ackTimeoutMs));
		}
	};
	return {
		send(activity) {
			for (let copies = given.settings.duplicates ? 2 : 1; copies > 0; copies -= 1) void deliver(activity);
		},
		invoke: (activity) => attempt(activity, 0, given.invokeTimeoutMs),
		async forge(body, token) {
			if (given.settings.messagingEndpoint === undefined) throw new TypeError('no messaging endpoint is set');
			const authorization = typeof token === 'object' ? token.authorization : given.signing.authorization(token);
			return post(body, authorization, given.ackTimeoutMs);
		},
		isDelivered: (activityId) => delivered.has(activityId),
	};
}

function startRecord(activity: Json, attempt: number, atMs: number): RecordedDelivery {
	const conversation = textOf((activity.conversation as Json | undefined)?.id);
	const type = activity.type === 'invoke' ? `invoke:${textOf(activity.name)}` : textOf(activity.type);
	return { activityId: textOf(activity.id), type, conversation, atMs, answeredAtMs: null, status: null, attempt, answer: '' };
}

function postOnce(url: string, body: string, authorization: string | undefined, signal: AbortSignal): Promise<Answer> {
	const startedAt = performance.now();
	return new Promise((resolve) => {
		const end = (status: number | null, text: string) => resolve({ status, body: text, tookMs: performance.now() - startedAt });
		const headers = {
			'content-type': 'application/json; charset=utf-8',
			'content-length': Buffer.byteLength(body),
			...(authorization !== undefined && { authorization }),
		};
		const outgoing = request(url, { method: 'POST', agent: false, signal, headers });
		outgoing.on('error', () => end(null, ''));
		outgoing.on('response', (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('error', () => end(null, ''));
			response.on('end', () => end(response.statusCode ?? 0, Buffer.concat(parts).toString()));
		});
		outgoing.end(body);
	});
}

/** Gives false when the emulator closed meanwhile. */
function waited(delayMs: number, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return Promise.resolve(false);
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve(!signal.aborted);
		};
		const timer = setTimeout(end, delayMs);
		signal.addEventListener('abort', end);
	});
}
