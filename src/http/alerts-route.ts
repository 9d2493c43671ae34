/** `POST /alerts` for Alertmanager: what it sends is told in the operations channel. Only with the token that both know. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Alerts } from '../alerts/alerts.ts';
import { notificationSchema } from '../alerts/notification.ts';
import { toBotError } from '../errors.ts';
import { readBody } from './read-body.ts';

export interface AlertsRoute {
	alerts: Pick<Alerts, 'take'>;
	token: string;
}

/** Fifty alerts with all their labels take a tenth of it. */
const mostBytes = 512 * 1024;
/** Alertmanager tries again after that. */
const withinMs = 25_000;

/** 200 once it is told, 401 without the token, 400 for what is no notification, 413 for one that is too long, else 503 with the code of the error. */
export function addAlertsRoute(server: FastifyInstance, { alerts, token }: AlertsRoute): void {
	const expected = digestOf(`Bearer ${token}`);
	server.post('/alerts', async (request, reply) => {
		if (!timingSafeEqual(digestOf(request.headers.authorization ?? ''), expected)) return await reply.code(401).send();
		const body = await readBody(request.raw, mostBytes);
		if (!Buffer.isBuffer(body)) return await reply.code(body === 'size' ? 413 : 400).send();
		const notification = notificationSchema.safeParse(parsed(body));
		if (!notification.success) return await reply.code(400).send({ code: 'notification' });
		try {
			await alerts.take(notification.data, AbortSignal.timeout(withinMs));
			return await reply.code(200).send({});
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			return await reply.code(503).send({ code, reason });
		}
	});
}

function digestOf(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return null;
	}
}
