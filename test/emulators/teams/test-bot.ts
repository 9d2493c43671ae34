/** What the emulator's own tests share: a bot that calls the connector with plain requests, and the endpoint that it listens on. */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { patienceMs } from '#test/setup/patience.ts';
import type { Json, TeamsEmulator } from './index.ts';

export interface Called {
	status: number;
	headers: Headers;
	/** Parsed; an empty object when there is none. */
	body: Json & { id?: string; error?: { code: string; message: string } };
}

export interface TestBot {
	token(scope?: string): Promise<string>;
	call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Called>;
	post(conversation: string, activity: Json, query?: string): Promise<Called>;
	update(conversation: string, id: string, activity: Json): Promise<Called>;
	remove(conversation: string, id: string): Promise<Called>;
	/** One request of a stream; without a type it is the last one. */
	stream(
		conversation: string,
		text: string,
		info: { streamType?: string; streamSequence?: number; streamId?: string | undefined },
	): Promise<Called>;
}

/** A bot that repeats nothing and waits for nothing. */
export function createTestBot(teams: TeamsEmulator): TestBot {
	let token: Promise<string> | undefined;
	const bot: TestBot = {
		async token(scope = 'https://api.botframework.com/.default') {
			const form = { grant_type: 'client_credentials', client_id: teams.appId, client_secret: teams.appPassword, scope };
			const response = await fetch(`${teams.loginUrl}/${teams.tenantId}/oauth2/v2.0/token`, {
				method: 'POST',
				body: new URLSearchParams(form),
			});
			return ((await response.json()) as { access_token: string }).access_token;
		},
		async call(method, path, body, headers) {
			if (headers === undefined) token ??= bot.token();
			const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
				method,
				headers: headers ?? { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
				...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
			});
			const text = await response.text();
			return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
		},
		post: (conversation, activity, query = '') => bot.call('POST', `${activities(conversation)}${query}`, { type: 'message', ...activity }),
		update: (conversation, id, activity) => bot.call('PUT', `${activities(conversation)}/${id}`, { type: 'message', ...activity }),
		remove: (conversation, id) => bot.call('DELETE', `${activities(conversation)}/${id}`),
		stream(conversation, text, info) {
			const isFinal = info.streamType === undefined;
			const entities = [{ type: 'streaminfo', streamType: 'final', ...info }];
			return bot.post(conversation, { type: isFinal ? 'message' : 'typing', text, entities });
		},
	};
	return bot;
}

/** Waits until the check passes. */
export function eventually(check: () => void): Promise<void> {
	return vi.waitFor(check, { timeout: patienceMs, interval: 5 });
}

export interface TestEndpoint {
	url: string;
	received: { headers: IncomingHttpHeaders; activity: Json & { id: string; text?: string } }[];
	/** How requests are answered; `silence` never answers. */
	answer: { status: number; body?: unknown } | 'silence';
	/** Statuses for the next requests, instead of `answer`. */
	nextStatuses: number[];
	close(): Promise<void>;
}

/** Starts an endpoint that records what it is sent and answers as told. */
export async function startTestEndpoint(): Promise<TestEndpoint> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			endpoint.received.push({ headers: request.headers, activity: JSON.parse(Buffer.concat(parts).toString()) });
			const status = endpoint.nextStatuses.shift();
			if (status !== undefined) response.writeHead(status).end();
			else if (endpoint.answer !== 'silence') {
				const { answer } = endpoint;
				response.writeHead(answer.status).end(answer.body === undefined ? '' : JSON.stringify(answer.body));
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const endpoint: TestEndpoint = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
		received: [],
		answer: { status: 200 },
		nextStatuses: [],
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return endpoint;
}

function activities(conversation: string): string {
	return `conversations/${encodeURIComponent(conversation)}/activities`;
}
