/** Slack's requests over HTTP, on the one Fastify server: checks the signature, hands the body to Bolt, answers when it is stored. */

import { type App, type Receiver, verifySlackRequest } from '@slack/bolt';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BotError, toBotError } from '#src/errors.ts';

export type RejectionReason = 'signature' | 'timestamp' | 'type' | 'body' | 'size';

export interface HttpReceiverOptions {
	server: FastifyInstance;
	path: string;
	signingSecret: string;
	now: () => number;
	onRejected: (reason: RejectionReason) => void;
	onFailed: (error: unknown) => void;
}

/** Events are a few kilobytes; interaction payloads carry a whole message. Slack documents no limit. */
const bodyLimitBytes = 1024 * 1024;
/** "Verifying requests from Slack": older than five minutes is a replay. The SDK takes any time in the future, we do not. */
const maxSkewSeconds = 300;
const formType = 'application/x-www-form-urlencoded';
const statusOf: Readonly<Record<RejectionReason, number>> = { signature: 401, timestamp: 401, type: 415, body: 400, size: 413 };

/** Registers `POST path`. Slack sends events, commands and button presses all to this one address. */
export function createHttpReceiver(options: HttpReceiverOptions): Receiver {
	let app: App | null = null;
	const { server } = options;

	server.register((scope, _options, done) => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: bodyLimitBytes }, (_request, body, parsed) => parsed(null, body));
		scope.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
			const status = error.statusCode ?? 500;
			if (status < 500) return reject(reply, status === 413 ? 'size' : status === 415 ? 'type' : 'body');
			options.onFailed(error);
			return reply.code(status).send();
		});
		scope.post(options.path, async (request, reply) => await handle(request, reply));
		done();
	});

	async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
		const raw = typeof request.body === 'string' ? request.body : '';
		const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
		// Slack does not sign these ("Slash commands", checking the certificate), and there is nothing to do.
		if (type === formType && new URLSearchParams(raw).get('ssl_check') === '1') return await reply.code(200).send();
		const refusal = check(request, raw);
		if (refusal !== null) return reject(reply, refusal);
		if (type !== formType && type !== 'application/json') return reject(reply, 'type');
		const body = parseBody(raw, type);
		if (body === null) return reject(reply, 'body');
		if (body['type'] === 'url_verification') return await reply.send({ challenge: body['challenge'] });
		return await process(request, reply, body);
	}

	function check(request: FastifyRequest, raw: string): RejectionReason | null {
		const timestamp = Number(request.headers['x-slack-request-timestamp']);
		const signature = request.headers['x-slack-signature'];
		if (!Number.isInteger(timestamp) || typeof signature !== 'string') return 'signature';
		if (Math.abs(options.now() / 1_000 - timestamp) > maxSkewSeconds) return 'timestamp';
		const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
		try {
			verifySlackRequest({ signingSecret: options.signingSecret, headers, body: raw, nowMilliseconds: options.now() });
			return null;
		} catch {
			return 'signature';
		}
	}

	/** Whatever is wrong with it will be wrong with it the next time too ("Events API", retries). */
	function reject(reply: FastifyReply, reason: RejectionReason): FastifyReply {
		options.onRejected(reason);
		return reply.code(statusOf[reason]).header('x-slack-no-retry', '1').send();
	}

	async function process(request: FastifyRequest, reply: FastifyReply, body: Record<string, unknown>): Promise<FastifyReply> {
		let answer: unknown;
		const retry = Number(request.headers['x-slack-retry-num']);
		const reason = request.headers['x-slack-retry-reason'];
		try {
			await app?.processEvent({
				body,
				ack: async (response) => {
					answer = response;
				},
				...(Number.isInteger(retry) ? { retryNum: retry } : {}),
				...(typeof reason === 'string' ? { retryReason: reason } : {}),
			});
			return await reply.code(200).send(answer ?? '');
		} catch (thrown) {
			options.onFailed(toBotError(thrown));
			// Not stored, so not acknowledged: Slack sends it again. What cannot be read would come back as it is.
			return thrown instanceof BotError ? await reply.code(503).send() : reject(reply, 'body');
		}
	}

	return {
		init: (value) => {
			app = value;
		},
		start: async () => {},
		stop: async () => {},
	};
}

/** Events are JSON; commands are a form; button presses are a form whose `payload` is JSON. Null when it is none of these. */
function parseBody(raw: string, contentType: string): Record<string, unknown> | null {
	try {
		if (contentType !== formType) return objectOrNull(JSON.parse(raw));
		const form = Object.fromEntries(new URLSearchParams(raw));
		return form['payload'] === undefined ? form : objectOrNull(JSON.parse(form['payload']));
	} catch {
		return null;
	}
}

function objectOrNull(value: unknown): Record<string, unknown> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
