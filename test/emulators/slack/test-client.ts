/** What the emulator's own tests share: a quiet WebClient, the error of a call, and a small app that receives deliveries. */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { vi } from 'vitest';
import { patienceMs } from '#test/setup/patience.ts';
import type { SlackEmulator } from './slack-emulator.ts';

/** A logger that says nothing: refused calls are what these tests are about. */
export const quiet: Logger = {
	debug: () => undefined,
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	setLevel: () => undefined,
	getLevel: () => LogLevel.ERROR,
	setName: () => undefined,
};

/** The real client of the bot, without retries and without waiting when it is rate limited. */
export function createTestClient(slack: SlackEmulator): WebClient {
	return new WebClient(slack.botToken, {
		slackApiUrl: slack.apiUrl,
		retryConfig: { retries: 0 },
		rejectRateLimitedCalls: true,
		logger: quiet,
	});
}

/** The `error` that a call was answered with, or the client's own code for it, or `ok`. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
	return call.then(
		() => 'ok',
		(error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code ?? String(error),
	);
}

/** Waits until the check passes. */
export function eventually(check: () => void): Promise<void> {
	return vi.waitFor(check, { timeout: patienceMs, interval: 5 });
}

export interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

export interface TestApp {
	url: string;
	received: Received[];
	/** The events received, parsed. */
	events(): { event_id: string; event: Record<string, unknown> }[];
	/** How requests are answered; `silence` never answers. */
	answer: { status: number; headers?: Record<string, string> } | 'silence';
	/** Statuses for the next requests, instead of `answer`. */
	nextStatuses: number[];
	close(): Promise<void>;
}

/** Starts an app that records what it is sent and answers as told. */
export async function startTestApp(): Promise<TestApp> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			app.received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
			const status = app.nextStatuses.shift();
			if (status !== undefined) response.writeHead(status).end();
			else if (app.answer !== 'silence') response.writeHead(app.answer.status, app.answer.headers).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const app: TestApp = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
		received: [],
		events: () => app.received.map(({ body }) => JSON.parse(body) as ReturnType<TestApp['events']>[number]),
		answer: { status: 200 },
		nextStatuses: [],
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return app;
}
