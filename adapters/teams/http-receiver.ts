/** Teams' requests on the one Fastify server: who sent it, whether it is for us, and an answer as soon as it is stored. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BotError, toBotError } from '#src/errors.ts';
import { leaveBodiesUnread, readBody } from '#src/http/read-body.ts';
import type { EventSink } from '#src/platform/chat-event.ts';
import { type Json, parseObject } from '#src/platform/untrusted-json.ts';
import { checkEnvelope, type EnvelopeRefusal } from './activity.ts';
import type { SentForm, TeamsForms } from './forms.ts';
import { readEvents } from './inbound.ts';
import { answerInvoke, answerWithCard } from './invoke.ts';
import { readPlaceEvents } from './place-events.ts';
import type { SdkCheck } from './sdk-check.ts';
import type { TeamsSettings } from './settings.ts';
import type { TokenCheck } from './token-check.ts';

export type RejectionReason = 'token' | 'endorsement' | 'type' | 'body' | 'size' | EnvelopeRefusal;

export interface HttpReceiverOptions {
	server: FastifyInstance;
	path: string;
	settings: TeamsSettings;
	/** Null in anonymous mode. */
	checkToken: TokenCheck | null;
	checkWithSdk: SdkCheck;
	forms: TeamsForms;
	onRejected: (reason: RejectionReason) => void;
	onFailed: (error: unknown) => void;
}

export interface HttpReceiver {
	start(sink: EventSink): void;
	/** From now on nothing is taken in, so that Teams delivers it again, to another process or later. */
	stop(): void;
}

/**
 * A message has at most 100 KB in UTF-16 ("Format your bot messages"), which are 50,000 characters, comes twice, as text and as HTML, and a
 * character has three bytes at most, for Teams does not escape them: 300,000 bytes and what stands around them.
 */
const bodyLimitBytes = 512 * 1024;

/** What is not for us is acknowledged: it would come again as it is. */
const statusOf: Readonly<Record<RejectionReason, number>> = {
	token: 401,
	endorsement: 401,
	type: 415,
	body: 400,
	size: 413,
	// The token is genuine, but vouches for nothing here.
	'service-url': 401,
	ignored: 200,
};

/** Registers `POST path`, the bot's messaging endpoint. */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
	const { server, settings, checkToken } = options;
	let sink: EventSink | null = null;

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
		if (sink === null) return await reply.code(503).send();
		try {
			return await take(request, reply, sink);
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'UNAUTHENTICATED') return reject(reply, error.reason === 'endorsement' ? 'endorsement' : 'token');
			// Not checked, or not stored: then it is not acknowledged, and Teams delivers it again.
			options.onFailed(error);
			return await reply.code(503).send();
		}
	}

	async function take(request: FastifyRequest, reply: FastifyReply, intoStore: EventSink): Promise<FastifyReply> {
		const { authorization } = request.headers;
		const activity = await readGenuine(request);
		if (typeof activity === 'string') return reject(reply, activity);
		if (!(await options.checkWithSdk(authorization, activity))) {
			throw new BotError('UNAUTHENTICATED', 'the SDK refused a request', { reason: 'token' });
		}
		const homeTenantId = settings.anonymous ? null : settings.tenantId;
		const reading = { hasGraph: settings.graphUrl !== null, homeTenantId };
		const form = options.forms.read(activity, reading);
		if (form !== null) return await takeForm(activity, form, reply, intoStore);
		const events = readEvents(activity, reading);
		const happenings = readPlaceEvents(activity, reading);
		if (events.length + happenings.length === 0) options.onRejected('ignored');
		for (const event of [...events, ...happenings]) await intoStore(event);
		const { status, body } = activity['type'] === 'invoke' ? answerInvoke(activity, events.length > 0) : { status: 200 };
		return await reply.code(status).send(body);
	}

	async function takeForm({ type }: Json, { event, shown }: SentForm, reply: FastifyReply, intoStore: EventSink): Promise<FastifyReply> {
		if (event !== null) await intoStore(event);
		const { status, body } = type === 'invoke' ? answerWithCard(shown) : { status: 200 };
		return await reply.code(status).send(body);
	}

	/** Of a request without a good token not a byte of the body is read. @throws as `checkToken`. */
	async function readGenuine(request: FastifyRequest): Promise<Json | RejectionReason> {
		const problem = checkHeaders(request);
		if (problem !== null) return problem;
		const voucher = checkToken === null ? null : await checkToken(request.headers.authorization, request.signal);
		const raw = await readBody(request.raw, bodyLimitBytes);
		if (typeof raw === 'string') return raw;
		const activity = parseObject(raw.toString());
		if (activity === null) return 'body';
		return checkEnvelope(activity, voucher?.serviceUrl ?? null, settings) ?? activity;
	}

	function reject(reply: FastifyReply, reason: RejectionReason): FastifyReply {
		options.onRejected(reason);
		// The rest of a body that nobody wants is not waited for.
		if (!reply.request.raw.complete) reply.header('connection', 'close');
		return reply.code(statusOf[reason]).send();
	}

	return {
		start(given) {
			sink = given;
		},
		stop() {
			sink = null;
		},
	};
}

function checkHeaders({ headers }: FastifyRequest): RejectionReason | null {
	if (Number(headers['content-length'] ?? 0) > bodyLimitBytes) return 'size';
	const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
	return type === 'application/json' ? null : 'type';
}
