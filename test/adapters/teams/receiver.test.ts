/** Who is let in at the messaging endpoint, when an activity is acknowledged, and what a forger cannot do. */

import { queryObjects } from 'node:v8';
import { ClaimsIdentity, EmulatorValidation } from 'botframework-connector';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { isPlaceEvent } from '#src/platform/place-event.ts';
import type { Forgery } from '#test/emulators/teams/signing.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

const storeAway = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
const storeBroken = new BotError('INTERNAL', 'the database refused a statement');

describe('a request', () => {
	let world: TeamsWorld;
	beforeAll(async () => {
		world = await openTeamsWorld();
	});
	afterAll(() => world.close());

	const compose = (text: string) => world.teams.compose({ user: world.tom.id, conversation: world.conversations.direct, text });
	const post = (body: string, headers: Record<string, string> = {}) =>
		fetch(`${world.address}/teams/messages`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

	it.each<[Forgery | { authorization: string }, string]>([
		['none', 'token'],
		['expired', 'token'],
		['wrong-audience', 'token'],
		['wrong-issuer', 'token'],
		['unknown-key', 'token'],
		['forged-signature', 'token'],
		['emulator-issuer', 'token'],
		['missing-endorsement', 'endorsement'],
		[{ authorization: 'Basic abc' }, 'token'],
		[{ authorization: 'Bearer no.token.atall' }, 'token'],
		[{ authorization: `Bearer ${'a'.repeat(12_000)}` }, 'token'],
	])('with the token %j is refused, and told nothing', async (token, reason) => {
		const before = world.rejected.length;
		const { status, body } = await world.teams.deliver(compose('forged'), { token });
		expect({ status, body }).toEqual({ status: 401, body: '' });
		expect(world.rejected.slice(before)).toEqual([reason]);
		expect(world.events).toEqual([]);
	});

	it('with a token for another address is refused, and so is one that names none', async () => {
		const { status } = await world.teams.deliver(compose('forged'), { token: 'wrong-service-url' });
		expect(status).toBe(401);
		expect(world.rejected.at(-1)).toBe('service-url');
		expect((await world.teams.deliver({ ...compose('nowhere'), serviceUrl: undefined })).status).toBe(401);
		expect(world.rejected.slice(-2)).toEqual(['service-url', 'service-url']);
	});

	it.each([
		['of another channel', { channelId: 'AseChannel' }],
		['without an id', { id: undefined }],
		['without a conversation', { conversation: null }],
		['of no tenant at all', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: null }],
		['of an unknown type', { type: 'weather' }],
		['with nothing where lists should be', { entities: null, attachments: null, text: null, from: null }],
		['of somebody without an account', { from: { name: 'Nobody' } }],
	])('%s is acknowledged, counted once, and gives no event', async (_name, change) => {
		const before = world.rejected.length;
		expect((await world.teams.deliver({ ...compose('x'), ...change })).status).toBe(200);
		expect(world.rejected.slice(before)).toHaveLength(1);
		expect([world.events, world.failed]).toEqual([[], []]);
	});

	it.each(['', '[]', 'null', '7', '{"type":', '"message"'])('whose body is %j is refused', async (body) => {
		expect((await world.teams.deliver(body)).status).toBe(400);
	});

	it('that is too large or no JSON is refused before it is looked at', async () => {
		expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
		expect((await post('a=b', { 'content-type': 'text/plain' })).status).toBe(415);
		expect(world.rejected.slice(-2)).toEqual(['size', 'type']);
	});

	it('of a forger teaches the program nothing, however many come', async () => {
		const { keys } = (await (await fetch(new URL('keys', world.teams.openIdMetadataUrl))).json()) as { keys: { kid: string }[] };
		const issuers = [...(EmulatorValidation.ToBotFromEmulatorTokenValidationParameters.issuer ?? [])];
		const calls = world.teams.callsTo('keys').length;
		const identities = queryObjects(ClaimsIdentity, { format: 'count' });
		const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
		const forge = async (number: number) => {
			const header = { alg: 'RS256', kid: number % 2 === 0 ? keys[0]?.kid : `unknown-${number}` };
			const claims = {
				iss: `https://sts.windows.net/${number}/`,
				tid: `tenant-${number}`,
				aud: world.teams.appId,
				appid: world.teams.appId,
			};
			const authorization = `Bearer ${encode(header)}.${encode(claims)}.${encode('no signature')}`;
			return (await post('{}', { authorization })).status;
		};
		const statuses = new Set<number>();
		for (let number = 0; number < 1_000; number += 100) {
			for (const status of await Promise.all(Array.from({ length: 100 }, (_, index) => forge(number + index)))) statuses.add(status);
		}
		expect([...statuses]).toEqual([401]);
		expect(EmulatorValidation.ToBotFromEmulatorTokenValidationParameters.issuer).toEqual(issuers);
		expect(queryObjects(ClaimsIdentity, { format: 'count' })).toBeLessThanOrEqual(identities);
		expect(world.teams.callsTo('keys').length - calls).toBeLessThanOrEqual(2);
	});
});

describe('an activity', () => {
	let world: TeamsWorld;
	afterEach(() => world.close());

	const say = (text: string) => world.teams.say({ user: world.tom.id, conversation: world.conversations.direct, text });
	const deliveries = (id: string) => world.teams.deliveries.filter(({ activityId }) => activityId === id);

	it.each([
		['is away', storeAway],
		['is broken', storeBroken],
	])('comes again as long as the store %s, and is acknowledged once it is kept', async (_state, error) => {
		world = await openTeamsWorld();
		world.sinkFails(error);
		const { id } = await say('hi');
		await expect.poll(() => deliveries(id).some(({ attempt }) => attempt > 0), { timeout: 5_000 }).toBe(true);
		expect(deliveries(id).every(({ status }) => status === null || status === 503)).toBe(true);
		world.sinkFails(null);
		await expect.poll(() => world.events.length, { timeout: 5_000 }).toBe(1);
		await expect.poll(() => deliveries(id).at(-1)?.status).toBe(200);
		expect(world.failed.length).toBeGreaterThan(0);
	});

	it('is not taken before the program listens, nor after it stops, and comes again', async () => {
		world = await openTeamsWorld({ start: false });
		const { id } = await say('early');
		await expect.poll(() => deliveries(id)[0]?.status).toBe(503);
		await world.platform.start(
			async (event) => void (isPlaceEvent(event) || world.events.push(event)),
			async () => {},
		);
		await expect.poll(() => world.events.length, { timeout: 5_000 }).toBe(1);
		await world.platform.stop();
		const late = await say('late');
		await expect.poll(() => deliveries(late.id)[0]?.status).toBe(503);
	});

	it('waits for the keys of the connector, which are asked for rarely', async () => {
		world = await openTeamsWorld();
		world.teams.fail({ operation: 'keys', kind: '503' });
		const { id } = await say('hi');
		await expect.poll(() => deliveries(id).length).toBeGreaterThan(2);
		expect(new Set(deliveries(id).map(({ status }) => status ?? 503))).toEqual(new Set([503]));
		expect(world.teams.callsTo('keys')).toHaveLength(1);
		world.advance(5_000);
		await expect.poll(() => world.events.length, { timeout: 5_000 }).toBe(1);
	});

	it('signed with a new key is taken', async () => {
		world = await openTeamsWorld();
		await world.teams.rotateKeys();
		await say('hi');
		await expect.poll(() => world.events.length, { timeout: 5_000 }).toBe(1);
	});

	it('is answered within the HTTP answer where Teams asks for it', async () => {
		world = await openTeamsWorld();
		const { teams, platform, tom, conversations, placeOf } = world;
		const buttons = [{ label: 'Stop', action: { name: 'stop', replyId: 'r1' } as const }];
		const { messageId } = await platform.post(placeOf('group'), { text: 'writing', buttons }, new AbortController().signal);
		const press = { user: tom.id, conversation: conversations.group, id: messageId };
		expect(await teams.pressCard(press)).toMatchObject({ status: 200, body: { statusCode: 200 }, shown: '✓' });
		world.sinkFails(storeAway);
		expect(await teams.pressCard(press)).toMatchObject({ status: 503, failure: expect.anything() });
		world.sinkFails(null);
		const invoke = { ...teams.compose({ user: tom.id, conversation: conversations.group, text: '' }), type: 'invoke' };
		expect((await teams.deliver({ ...invoke, name: 'composeExtension/query' })).status).toBe(501);
		expect(JSON.parse((await teams.deliver({ ...invoke, name: 'adaptiveCard/action', value: {} })).body)).toMatchObject({
			statusCode: 400,
		});
	});

	it('tells what somebody thinks of an answer, and why', async () => {
		world = await openTeamsWorld();
		const { teams, platform, tom, conversations, placeOf, events } = world;
		const rate = (rating: 'up' | 'down') => ({ label: rating, action: { name: 'feedback', replyId: 'r1', rating } as const });
		const message = { text: 'hi', buttons: [rate('up'), rate('down')], replyId: 'r1' };
		const { messageId } = await platform.post(placeOf('direct'), message, new AbortController().signal);
		const rated = await teams.giveFeedback({
			user: tom.id,
			conversation: conversations.direct,
			id: messageId,
			reaction: 'dislike',
			text: 'wrong',
		});
		expect(rated).toEqual({ status: 200, body: {} });
		expect(events).toMatchObject([{ messageId, button: { name: 'feedback', replyId: null, rating: 'down', comment: 'wrong' } }]);
	});

	it('of a person who mentions the bot twice has a clean text', async () => {
		world = await openTeamsWorld();
		const { teams, tom, lucia, conversations, events } = world;
		await teams.say({ user: tom.id, conversation: conversations.group, text: 'what now?', mentionBot: 'twice', mentions: [lucia.id] });
		await expect.poll(() => events).toMatchObject([{ text: '@Lucía Ferrer what now?', addressedBy: 'mention', locale: 'en-GB' }]);
	});

	it('opens the chat when somebody installs the app, and tells of commands and of what came back', async () => {
		world = await openTeamsWorld();
		const { teams, tom, conversations, events } = world;
		const place = { user: tom.id, conversation: conversations.direct };
		await teams.installationUpdate({ ...place, action: 'add' });
		await expect.poll(() => events.map(({ type }) => type)).toContain('direct-opened');
		await teams.slash({ user: tom.id, conversation: conversations.group, text: 'status' });
		await expect.poll(() => events.at(-1)).toMatchObject({ type: 'command-invoked', text: 'status' });
		const { id } = await say('oops');
		await teams.remove({ ...place, id });
		await teams.undelete({ ...place, id });
		await expect.poll(() => events.map(({ type }) => type)).toEqual(expect.arrayContaining(['message-deleted', 'message-edited']));
	});
});
