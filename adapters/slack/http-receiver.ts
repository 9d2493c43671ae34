/** Slack's requests over HTTP, on the one Fastify server: checks the signature, hands the body to Bolt, answers when it is stored. */

import type { App, Receiver } from '@slack/bolt';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BotError, toBotError } from '#src/errors.ts';
import { leaveBodiesUnread, readBody } from '#src/http/read-body.ts';
import { type Json, textOf } from '#src/platform/untrusted-json.ts';
import { readForm } from './form.ts';
import { parseBody } from './readable-body.ts';
import { isSignedWith, readSignature } from './signature.ts';

export type RejectionReason = 'signature' | 'timestamp' | 'type' | 'body' | 'size';

export interface HttpReceiverOptions {
	server: FastifyInstance;
	path: string;
	signingSecret: string;
	now: () => number;
	onRejected: (reason: RejectionReason) => void;
	onFailed: (error: unknown) => void;
}

/**
 * Slack documents no limit. A text has 40,000 characters at most ("chat.postMessage"), comes twice, as text and in blocks, and each of its
 * characters has six bytes at most, escaped; an edit brings the text before, too: 960,000 bytes and what stands around them.
 */
const eventLimitBytes = 1024 * 1024;
/** Commands are typed, and buttons are at messages of our own, once: half of that, although a form writes each character in more bytes. */
const formLimitBytes = 512 * 1024;
/** What Slack sends without a signature is a word and a token. */
const unsignedLimitBytes = 256;
const formType = 'application/x-www-form-urlencoded';
const statusOf: Readonly<Record<RejectionReason, number>> = { signature: 401, timestamp: 401, type: 415, body: 400, size: 413 };

/** Registers `POST path`. Slack sends events, commands and button presses all to this one address. */
export function createHttpReceiver(options: HttpReceiverOptions): Receiver {
	let app: App | null = null;
	const { server } = options;

	server.register((scope, _options, done) => {
		leaveBodiesUnread(scope);
		scope.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
			const status = error.statusCode ?? 500;
			if (status < 500) return reject(reply, status === 415 ? 'type' : 'body');
			options.onFailed(error);
			return reply.code(status).send();
		});
		scope.post(options.path, async (request, reply) => await handle(request, reply));
		done();
	});

	async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
		const type = typeOf(request);
		const raw = await readSigned(request, type === formType ? formLimitBytes : eventLimitBytes);
		if (raw === 'certificate') return await reply.code(200).send();
		if (typeof raw === 'string') return reject(reply, raw);
		if (type !== formType && type !== 'application/json') return reject(reply, 'type');
		const body = type === formType ? parseForm(raw) : parseBody(raw.toString());
		if (body === null) return reject(reply, 'body');
		if (body['type'] === 'url_verification') return await reply.send({ challenge: textOf(body['challenge']) });
		return await process(request, reply, body);
	}

	/** What the headers can tell comes first, then the signature. Of a request that Slack did not sign nothing is decoded or parsed. */
	async function readSigned(request: FastifyRequest, limitBytes: number): Promise<Buffer | RejectionReason | 'certificate'> {
		const signature = readSignature(request.headers, options.now());
		if (typeof signature === 'string') return (await isCertificateCheck(request)) ? 'certificate' : signature;
		const raw = await readBody(request.raw, limitBytes);
		if (typeof raw === 'string') return raw;
		return isSignedWith(options.signingSecret, signature, raw) ? raw : 'signature';
	}

	/** Whatever is wrong with it will be wrong with it the next time too ("Events API", retries). */
	function reject(reply: FastifyReply, reason: RejectionReason): FastifyReply {
		options.onRejected(reason);
		// The rest of a body that nobody wants is not waited for.
		if (!reply.request.raw.complete) reply.header('connection', 'close');
		return reply.code(statusOf[reason]).header('x-slack-no-retry', '1').send();
	}

	async function process(request: FastifyRequest, reply: FastifyReply, body: Json): Promise<FastifyReply> {
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

function typeOf({ headers }: FastifyRequest): string | undefined {
	return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
}

/**
 * Slack does not sign these ("Slash commands", checking the certificate), and there is nothing to do but to say 200. A few bytes are compared:
 * the field is there, wherever it stands.
 */
async function isCertificateCheck(request: FastifyRequest): Promise<boolean> {
	const { headers } = request;
	const isShort = Number(headers['content-length']) <= unsignedLimitBytes;
	if (headers['x-slack-signature'] !== undefined || typeOf(request) !== formType || !isShort) return false;
	const body = await readBody(request.raw, unsignedLimitBytes);
	return Buffer.isBuffer(body) && `&${body.toString('latin1')}&`.includes('&ssl_check=1&');
}

/** Commands are a form; button presses are a form whose `payload` is JSON. Null when it is neither. */
function parseForm(raw: Buffer): Json | null {
	const form = readForm(raw);
	const payload = form?.get('payload');
	if (payload !== undefined) return parseBody(payload);
	return form === null ? null : Object.fromEntries(form);
}
