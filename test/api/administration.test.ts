/** What administrators look at and order over the API, and what everybody else finds there: nothing. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonView, UsageCountView } from '#src/api/contract/administration.ts';
import type { ChannelView } from '#src/api/contract/operating.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { Place } from '#src/platform/place.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let berta: Visitor;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database);
	ana = await world.signIn('UANA');
	const { userId } = await world.meet('UBERTA');
	await world.registrar(`update users set role = 'ccb_admin', display_name = 'Berta' where id = $1`, [userId]);
	berta = await world.signIn('UBERTA');
});
afterAll(async () => {
	await world.close();
	await opened.close();
});

const routes: [method: string, path: string, body?: unknown][] = [
	['POST', '/admin/orders', { order: 'admin roles' }],
	['GET', '/admin/people'],
	['GET', '/admin/usage'],
	['GET', '/admin/health'],
	['GET', '/admin/models'],
	['GET', '/admin/channels'],
	['POST', '/admin/orders', { order: 'channel mode off', channel: '00000000-0000-4000-8000-000000000000' }],
];
const order = async (text: string, visitor = berta) => await visitor.call('POST', '/admin/orders', { order: text });
const entriesOf = async (action: string) =>
	await opened.database.asUser(berta.person, ({ query }) =>
		query<{ actor: string; outcome: string; details: object }>(
			'select actor_user_id as actor, outcome, details from audit_log where action = $1 order by sequence',
			[action],
		),
	);

const orderIn = async (channel: string, text: string, visitor = berta) =>
	await visitor.call('POST', '/admin/orders', { order: text, channel });

let minutes = 0;
it.each(routes)('is not there for whoever is no administrator, which is written down once a minute: %s %s', async (method, path, body) => {
	const before = (await entriesOf('admin-page')).length;
	world.aheadMs = ++minutes * 61_000;
	const missing = await ana.call('GET', '/admin/nothing');
	for (let time = 0; time < 2; time++) {
		const refused = await ana.call(method, path, body);
		expect([refused.status, refused.text]).toEqual([404, missing.text]);
	}
	const entries = await entriesOf('admin-page');
	expect(entries.slice(before)).toMatchObject([{ actor: ana.person.userId, outcome: 'refused', details: { route: expect.any(String) } }]);
	world.aheadMs = 0;
});

it.each(routes)('asks whoever is not signed in to sign in: %s %s', async (method, path, body) => {
	expect((await world.visit().call(method, path, body)).status).toBe(401);
});

it('carries out orders in the words of the chat, as data, and writes them down', async () => {
	const done = await order('admin grant fake:T:UANA admin');
	expect(done).toMatchObject({ status: 200, body: { result: [expect.stringContaining('admin')] } });
	expect(await entriesOf('grant')).toMatchObject([{ actor: berta.person.userId, outcome: 'done' }]);
	await order('administrar revocar fake:T:UANA');
	await order('admin revoke fake:T:UANA');
	expect((await order('admin roles')).body).toMatchObject({ result: expect.arrayContaining([expect.objectContaining({})]) });
	expect((await order('queue')).body).toMatchObject({ result: expect.arrayContaining([expect.any(String)]) });
	for (const other of ['dance', 'my-data delete', 'web']) expect((await order(other)).text).toContain('do not know the command');
});

it('takes what changes something only soon after signing in, and what looks at any time', async () => {
	world.aheadMs = 16 * 60_000;
	expect((await order('admin log')).status).toBe(200);
	for (const change of ['admin grant fake:T:UANA admin', 'queue pause', 'audit fake:T:UANA complaint of May'])
		expect(await order(change)).toMatchObject({ status: 403, body: { error: { message: expect.stringContaining('15') } } });
	world.aheadMs = 0;
});

it('lists people by name with their accounts, found by parts of names and by account', async () => {
	const list = async (query: string) =>
		(await berta.call('GET', `/admin/people?query=${encodeURIComponent(query)}`)).body as { people: PersonView[]; roles: string[] };
	const { people, roles } = await list('');
	expect(people.map(({ name }) => name.toLowerCase())).toEqual(people.map(({ name }) => name.toLowerCase()).sort());
	expect(roles).toEqual(['admin', 'employee', 'guest']);
	expect((await list('ERT')).people).toMatchObject([{ name: 'Berta', role: 'admin', isLocked: false }]);
	expect((await list('UANA')).people).toMatchObject([{ role: null, accounts: [{ reference: 'fake:T:UANA', isClosed: false }] }]);
	expect((await list('%')).people).toEqual([]);
});

it('goes through many people fifty at a time', async () => {
	await world.registrar(`
		with new_people as (
			insert into users (id, display_name) select gen_random_uuid(), 'Zoe ' || lpad(n::text, 5, '0') from generate_series(1, 120) as n returning id, display_name
		)
		insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
			select gen_random_uuid(), id, id, 'fake', 'T', id::text, display_name from new_people`);
	const page = async (number: number) =>
		(await berta.call('GET', `/admin/people?query=zoe&page=${number}`)).body as { people: PersonView[]; hasMore: boolean };
	const [first, last] = [await page(0), await page(2)];
	expect([first.people.length, first.people[0]?.name, first.hasMore]).toEqual([50, 'Zoe 00001', true]);
	expect([last.people.at(-1)?.name, last.hasMore]).toEqual(['Zoe 00120', false]);
});

it('counts what was asked by day, platform, model and person, without a word of it', async () => {
	const carla = await newPerson(opened.database);
	const place = newPlace();
	const first = await say(opened.database, carla, questionIn(place, 'one', 'what is secret'), 'an answer');
	await say(opened.database, carla, questionIn(place, 'two', 'and this'));
	await opened.database.asUser(carla, ({ query }) =>
		query(`update messages set model = 'small', prompt_tokens = 30, output_tokens = 12 where id = $1`, [first.id]),
	);
	const { body, text } = await berta.call('GET', '/admin/usage?days=7');
	const usage = body as Record<'days' | 'platforms' | 'models' | 'people', UsageCountView[]>;
	expect(text).not.toContain('secret');
	expect(usage.people).toEqual([
		{ key: carla.userId, name: expect.any(String), questions: 2, answers: expect.any(Number), promptTokens: 30, outputTokens: 12 },
	]);
	expect(usage.days).toMatchObject([{ key: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), questions: 2 }]);
	expect(usage.platforms).toMatchObject([{ key: 'fake', questions: 2, outputTokens: 12 }]);
	expect(usage.models).toMatchObject([{ key: 'small', outputTokens: 12 }]);
	expect((await berta.call('GET', '/admin/usage?days=8')).status).toBe(400);
});

it('lets nobody but administrators count, whatever they tell the database', async () => {
	const counts = ({ query }: { query: (sql: string) => Promise<unknown> }) => query(`select * from ccb_private.usage_counts(now(), 'UTC')`);
	await expect(opened.database.asUser(ana.person, counts)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('says of each part whether it works, and what to do', async () => {
	expect((await berta.call('GET', '/admin/health')).body).toEqual({
		isReady: false,
		version: '1.2.3',
		parts: [
			{ name: 'database', state: 'up', reason: null },
			{ name: 'models', state: 'down', reason: 'start Ollama' },
		],
	});
});

it('shows what the model hosts have, what is being installed, and who may use what', async () => {
	const loaded = { gpuShare: 1, contextTokens: 8_192, bytes: 5_000_000_000, videoBytes: 5_000_000_000 };
	world.hosts = [
		{ host: 'http://one', reason: null, models: [{ name: 'a:1', digest: 'd', sizeBytes: 3, loaded }] },
		{ host: 'http://two', reason: 'timeout', models: null },
	];
	const running = { model: 'b', state: 'running', host: 'http://one', step: 'pulling', bytes: { done: 1, total: 4 }, code: null } as const;
	world.pulls = { running: [running], lastEnded: { model: 'c', reason: 'disk-full' } };
	await order('admin limit employee models a:1,fake-model');
	await order('admin limit guest models none');
	const { gpuShare: _, ...shown } = loaded;
	expect((await berta.call('GET', '/admin/models')).body).toEqual({
		...{ standard: 'fake-model', offered: ['fake-model'], mayPull: true },
		hosts: [
			{ host: 'http://one', reason: null, models: [{ name: 'a:1', sizeBytes: 3, loaded: shown }] },
			{ host: 'http://two', reason: 'timeout', models: null },
		],
		running: [running],
		lastEnded: { model: 'c', reason: 'disk-full' },
		roles: [
			{ name: 'admin', models: 'standard' },
			{ name: 'employee', models: ['a:1', 'fake-model'] },
			{ name: 'guest', models: null },
		],
	});
});

describe('channels', () => {
	const list = async (query = '') =>
		((await berta.call('GET', `/admin/channels?query=${query}`)).body as { channels: ChannelView[] }).channels;
	const channelOf = async (place: Place) => {
		const [found] = await list(place.channelId);
		if (found === undefined) throw new Error('the channel is not listed');
		return found;
	};
	const heldIn = async (place: Place) => (await channelOf(place)).settings;
	const isKnownThere = async (place: Place) =>
		await world.registrar('select from channel_members where channel_id = $1 and user_id = $2', [channelIdOf(place), berta.person.userId]);

	it('are listed with what was decided for them, for the company and by the settings; personal chats are not', async () => {
		const dora = await newPerson(opened.database);
		const place = newPlace();
		await say(opened.database, dora, questionIn(place, 'one', 'something'));
		const alone: Place = { ...newPlace(), kind: 'direct' };
		await say(opened.database, dora, questionIn(alone, 'two', 'something else'));
		expect(await list(alone.channelId)).toEqual([]);
		const channel = await channelOf(place);
		expect(channel).toMatchObject({ platform: 'fake', tenant: place.tenantId, channel: place.channelId, isGroup: false });
		expect(channel.settings.mode).toEqual({ own: null, company: null, usual: 'threads' });
		expect(channel.settings.ingest).toEqual({ own: null, company: null, usual: 'off' });
		expect(channel.settings.model).toEqual({ own: null, company: null, usual: 'fake-model' });
		expect((await berta.call('GET', '/admin/channels?page=1')).body).toEqual({ channels: [], hasMore: false });
	});

	it('are changed by what is typed in them, as the room shows it, without letting the administrator in; each change is written down', async () => {
		const dora = await newPerson(opened.database);
		const place = newPlace();
		await say(opened.database, dora, questionIn(place, 'one', 'something'));
		const { id } = await channelOf(place);
		const values = {
			...{ mode: 'mention', model: 'fake-model', locale: 'spanish', knowledge: 'only', ingest: 'ask', quiet: '22:00-07:00 Europe/Madrid' },
			...{ budget: '200000', retention: '90', stale: '365', digest: 'on' },
		};
		for (const [name, value] of Object.entries(values)) {
			const { status, text } = await orderIn(id, `channel ${name} ${value}`);
			expect([status, text.includes('Only administrators')]).toEqual([200, false]);
		}
		const held = await heldIn(place);
		expect(Object.fromEntries(Object.entries(held).map(([name, { own }]) => [name, own]))).toEqual(values);
		await orderIn(id, 'channel mode all everywhere');
		await orderIn(id, 'channel quiet off everywhere');
		for (const name of Object.keys(values)) await orderIn(id, `channel ${name} default`);
		const taken = Object.values(await heldIn(place)).map(({ own }) => own);
		expect(taken.every((own) => own === null)).toBe(true);
		expect(await heldIn(place)).toMatchObject({ mode: { company: 'all' }, quiet: { company: 'off' }, budget: { company: null } });
		await orderIn(id, 'channel mode default everywhere');
		await orderIn(id, 'channel quiet default everywhere');
		expect(await isKnownThere(place)).toEqual([]);
		const noted = (await entriesOf('channel')).filter(({ details }) => JSON.stringify(details).includes(place.channelId));
		expect(noted).toHaveLength(2 * Object.keys(values).length);
		expect(noted.map(({ details }) => details)).toContainEqual(expect.objectContaining({ model: 'fake-model' }));
	});

	it('take nothing but what is decided in them, and not for whoever is no administrator or in a channel that is none', async () => {
		const place = newPlace();
		await say(opened.database, await newPerson(opened.database), questionIn(place, 'one', 'something'));
		const { id } = await channelOf(place);
		for (const other of ['admin roles', 'new', 'docs']) expect((await orderIn(id, other)).text).toContain('do not know the command');
		expect((await order('channel mode off everywhere')).text).toContain('do not know the command');
		expect((await orderIn(randomUUID(), 'channel mode off')).status).toBe(404);
		expect((await orderIn(id, 'channel mode off', ana)).status).toBe(404);
		expect((await heldIn(place)).mode.own).toBeNull();
	});
});
