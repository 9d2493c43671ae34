import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notification } from '#src/alerts/notification.ts';
import { BotError } from '#src/errors.ts';
import { addAlertsRoute } from '#src/http/alerts-route.ts';
import { createBoundedServer } from '#src/http/bounded-server.ts';

const token = 'a-token-of-sixteen-characters';
const sent = {
	version: '4',
	status: 'firing',
	receiver: 'openccb',
	groupKey: '{}:{}',
	truncatedAlerts: 0,
	groupLabels: {},
	commonLabels: {},
	commonAnnotations: {},
	externalURL: 'http://alertmanager:9093',
	alerts: [
		{
			status: 'firing',
			labels: { alertname: 'RedisGone' },
			annotations: {},
			startsAt: '2030-01-01T00:00:00.000Z',
			endsAt: '0001-01-01T00:00:00Z',
			generatorURL: 'http://prometheus:9090/graph',
			fingerprint: '5ef77f1f8a3ecb2d',
		},
	],
};

async function open(take: (notification: Notification) => Promise<void> = async () => {}) {
	const server = createBoundedServer();
	addAlertsRoute(server, { alerts: { take }, token });
	onTestFinished(() => server.close());
	const address = await server.listen({ port: 0, host: '127.0.0.1' });
	return async (body: string, authorization: string | null = `Bearer ${token}`) => {
		const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) };
		const answer = await fetch(`${address}/alerts`, { method: 'POST', headers, body });
		return { status: answer.status, text: await answer.text() };
	};
}

describe('the address for alerts', () => {
	it('takes what Alertmanager sends', async () => {
		const taken: Notification[] = [];
		const post = await open(async (notification) => void taken.push(notification));
		expect(await post(JSON.stringify(sent))).toMatchObject({ status: 200 });
		expect(taken[0]?.alerts[0]).toMatchObject({ status: 'firing', fingerprint: '5ef77f1f8a3ecb2d', labels: { alertname: 'RedisGone' } });
	});

	it.each([null, '', 'Bearer', 'Bearer other', token, `Bearer ${token} `.trim().slice(0, -1)])(
		'refuses whoever says %j',
		async (authorization) => {
			const post = await open(() => Promise.reject(new Error('must not be called')));
			expect(await post(JSON.stringify(sent), authorization)).toEqual({ status: 401, text: '' });
		},
	);

	it.each(['', 'no JSON', '{}', JSON.stringify({ ...sent, version: '3' }), JSON.stringify({ ...sent, alerts: [{ status: 'else' }] })])(
		'refuses what is no notification: %s',
		async (body) => {
			const post = await open(() => Promise.reject(new Error('must not be called')));
			expect((await post(body)).status).toBe(400);
		},
	);

	it('refuses what is too long', async () => {
		const post = await open();
		expect((await post(JSON.stringify({ ...sent, padding: 'x'.repeat(600_000) }))).status).toBe(413);
	});

	it('lets it come again when nobody could be told', async () => {
		const post = await open(() => Promise.reject(new BotError('PLATFORM_UNAVAILABLE', 'something private', { reason: 'not-sent' })));
		expect(await post(JSON.stringify(sent))).toEqual({ status: 503, text: '{"code":"PLATFORM_UNAVAILABLE","reason":"not-sent"}' });
	});
});
