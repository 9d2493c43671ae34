/** What administrators look at and order over the API, and what everybody else finds there: nothing. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonView, UsageCountView } from '#src/api/contract/administration.ts';
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
];
const order = async (text: string, visitor = berta) => await visitor.call('POST', '/admin/orders', { order: text });
const entriesOf = async (action: string) =>
	await opened.database.asUser(berta.person, ({ query }) =>
		query<{ actor: string; outcome: string; details: object }>(
			'select actor_user_id as actor, outcome, details from audit_log where action = $1 order by sequence',
			[action],
		),
	);

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
