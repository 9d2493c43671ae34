/** Anonymous mode, in front of a service that behaves as Microsoft's Agents Playground does: no tokens, ids of its own, this machine only. */

import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#src/clock.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { isPlaceEvent } from '#src/platform/place-event.ts';
import { createTeamsAdapter } from '../../../adapters/teams/index.ts';

const tenantId = '00000000-0000-0000-0000-0000000000001';
const alex = { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: '00000000-0000-0000-0000-0000000000020', tenantId, userRole: 'user' };

describe('in anonymous mode', () => {
	let playground: FastifyInstance;
	let server: FastifyInstance;
	let platform: ChatPlatform;
	let address: string;
	let serviceUrl: string;
	const events: PersonalEvent[] = [];
	const headers: (string | undefined)[] = [];
	const { signal } = new AbortController();

	beforeAll(async () => {
		playground = Fastify();
		playground.addHook('onRequest', async (request) => void headers.push(request.headers.authorization));
		playground.post('/_connector/v3/conversations/:id/activities', async (_request, reply) => reply.code(201).send({ id: '1' }));
		playground.get('/_connector/v3/conversations/:id/pagedmembers', async () => ({ members: [alex] }));
		serviceUrl = `${(await playground.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost')}/_connector`;
		server = Fastify();
		const settings = {
			appId: '',
			appPassword: null,
			appType: 'SingleTenant',
			tenantId: '',
			openIdUrl: 'http://127.0.0.1:9/',
			loginUrl: 'http://127.0.0.1:9/',
			serviceHosts: [],
			graphUrl: null,
			fileHosts: [],
			anonymous: true,
			language: 'en',
		} as const;
		const ignore = () => {};
		platform = createTeamsAdapter(settings, { server, clock: systemClock, onRejected: ignore, onFailed: ignore, onHealth: ignore });
		address = await server.listen({ host: '127.0.0.1', port: 0 });
		await platform.start(
			async (event) => void (isPlaceEvent(event) || events.push(event)),
			async () => {},
		);
	});
	afterAll(async () => {
		await platform.stop();
		await server.close();
		await playground.close();
	});

	const deliver = async (change: Record<string, unknown> = {}) => {
		const activity = {
			type: 'message',
			id: '1700000000001',
			channelId: 'msteams',
			serviceUrl,
			text: 'hi',
			from: { id: alex.id, name: alex.name, aadObjectId: alex.aadObjectId },
			recipient: { id: '00000000-0000-0000-0000-00000000000011', name: 'Test Bot' },
			conversation: { id: 'personal-chat-id', conversationType: 'personal', tenantId },
			channelData: { tenant: { id: tenantId } },
			...change,
		};
		const body = JSON.stringify(activity);
		return (await fetch(`${address}/teams/messages`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status;
	};

	it('takes messages of this machine without a token, answers them without one, and knows who wrote', async () => {
		await expect.poll(() => platform.health().state).toBe('up');
		expect(await deliver()).toBe(200);
		const [event] = events;
		if (event === undefined) throw new Error('nothing arrived');
		expect(event).toMatchObject({ type: 'message-received', text: 'hi', author: { tenantId, accountId: alex.aadObjectId } });
		await platform.post(event.place, { text: 'hello', buttons: [] }, signal);
		const profile = await platform.fetchProfile({ tenantId, accountId: alex.aadObjectId }, event.place, signal);
		expect(profile).toMatchObject({ displayName: 'Alex Wilber', isGuest: false, isExternal: false, isDeactivated: false });
		expect(headers).toEqual([undefined, undefined]);
	});

	it('takes nothing that is to be answered elsewhere', async () => {
		expect(await deliver({ serviceUrl: 'https://smba.trafficmanager.net/emea/' })).toBe(401);
		expect(await deliver({ serviceUrl: 'http://localhost.evil.example/' })).toBe(401);
	});
});
