/** Attacks with plain SQL under each role: whatever the code above asks, the database neither shows nor changes what is somebody else's. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeUserIdOf, identityIdOf } from '#src/identity/account.ts';
import { openEmbeddedDatabase, openOwnedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { contentReads, contentWrites } from './attacks/content.ts';
import { peopleReads, peopleWrites } from './attacks/people.ts';
import { loginTakeovers, nestedPretences, pretences, takeovers } from './attacks/takeovers.ts';
import {
	type Attack,
	type Attacker,
	actAs,
	attackerIn,
	belongings,
	createWorld,
	everybody,
	untouched,
	type World,
} from './attacks/world.ts';

/** A superuser's session could become itself again: such a login is warned of at the start. */
const databases = [
	{ name: 'pglite', open: openEmbeddedDatabase },
	{ name: 'a server, under the documented login', open: openOwnedDatabase },
];

const byAttacker = (attacks: Attack[]) => attacks.flatMap((attack) => attack.by.map((attacker) => ({ ...attack, attacker })));
const attempts = byAttacker([...contentReads, ...contentWrites, ...peopleReads, ...peopleWrites]);
const refusals = byAttacker(takeovers);
const pretended = pretences.flatMap((pretence) => (pretence.by ?? everybody).map((attacker) => ({ ...pretence, attacker })));
const nested = nestedPretences.flatMap((pretence) => everybody.map((attacker) => ({ ...pretence, attacker })));

test('there are hundreds of attacks', () => {
	expect(attempts.length).toBeGreaterThan(600);
	expect(refusals.length).toBeGreaterThan(200);
	expect(pretended.length + nested.length).toBeGreaterThan(200);
});

describe.each(databases)('row-level security on $name', ({ name, open }) => {
	let store: TestDatabase;
	let world: World;

	beforeAll(async () => {
		store = await open();
		world = await createWorld(store.database);
	});
	afterAll(() => store.close());

	test.each(attempts)('the $attacker cannot $name', async ({ attacker, sql, parameters }) => {
		const { userId } = attackerIn(world, attacker);
		// An error is as good as no row.
		const rows = await actAs(store.database, world, attacker, ({ query }) => query(sql, parameters(world, userId))).catch(() => []);
		expect(rows).toEqual([]);
		expect(await belongings(store.database, world)).toEqual(untouched);
	});

	test.each(name === 'pglite' ? refusals : [...refusals, ...byAttacker(loginTakeovers)])(
		'the $attacker is refused to $name',
		async ({ attacker, sql, parameters }) => {
			const { userId } = attackerIn(world, attacker);
			await expect(actAs(store.database, world, attacker, ({ query }) => query(sql, parameters(world, userId)))).rejects.toThrow();
		},
	);

	const questions = [
		'select content from messages',
		'select title from conversations where title is not null',
		'select display_name from users order by id',
		'select email from identities where email is not null',
		'select action from audit_log',
		'select code_hash from link_codes',
		'select token_hash from web_sessions',
		'select secret_hash from sign_in_links',
		'select secret_hash from api_tokens',
		"select message_id from ccb_private.messages_with('secret', 100)",
		'select words::text from ccb_private.message_words',
		'select payload from inbox',
		'select value from adapter_state',
		'select key from ccb_private.proof_key',
	];

	async function ask(attacker: Attacker, question: string, ...before: string[]): Promise<string[]> {
		const rows: object[] = [];
		const asked = actAs(store.database, world, attacker, async ({ query }) => {
			for (const statement of before) await query(statement);
			rows.push(...(await query(question)));
			throw new Error('nothing of it is kept');
		});
		await expect(asked).rejects.toThrow();
		return rows.map((row) => JSON.stringify(row));
	}

	/** What each attacker is told who pretends nothing, by question: the same every time, since nothing of it is kept. */
	const honest = new Map<string, string[]>();
	async function askHonestly(attacker: Attacker, question: string): Promise<string[]> {
		const key = `${attacker}: ${question}`;
		const answer = honest.get(key) ?? (await ask(attacker, question));
		honest.set(key, answer);
		return answer;
	}

	test.each(pretended)('the $attacker gains nothing by pretending $name', async ({ attacker, pretend }) => {
		for (const question of questions) {
			const known = await askHonestly(attacker, question);
			const answer = await ask(attacker, question, pretend(world));
			expect(answer.filter((row) => !known.includes(row))).toEqual([]);
		}
	});

	test.each(nested)('the $attacker gains nothing by $name', async ({ attacker, pretend }) => {
		expect(await actAs(store.database, world, attacker, ({ query }) => query(pretend(world))).catch(() => [])).toEqual([]);
	});

	const escapes = ['reset role', 'set role none', 'set role postgres', 'set role ccb_admin', 'reset ccb.proof'];
	const embeddedEscapes = ['reset session authorization', 'discard all'];

	test.each(name === 'pglite' ? [...escapes, ...embeddedEscapes] : escapes)(
		'after "%s" the program reads no more than before',
		async (statement) => {
			await store.database.query(statement).catch(() => []);
			const read = () => store.database.query('select content from messages union all select email from identities').catch(() => []);
			expect((await Promise.all(Array.from({ length: 20 }, read))).flat()).toEqual([]);
			await store.database.query('set role ccb_app');
		},
	);
});

describe.each(databases)('what row-level security allows on $name', ({ open }) => {
	let store: TestDatabase;
	let world: World;

	beforeAll(async () => {
		store = await open();
		world = await createWorld(store.database);
	});
	afterAll(() => store.close());

	test('participants read and write their own conversation', async () => {
		await store.database.asUser(world.victim, async ({ query }) => {
			expect(await query('select id from messages')).toHaveLength(2);
			expect(await query('select id from conversations')).toEqual([{ id: world.conversationId }]);
			expect(await query(`update messages set status = 'stopped' where id = $1 returning 1`, [world.answerId])).toHaveLength(1);
			expect(await query('update conversations set memory_from = 1 returning 1')).toHaveLength(1);
			expect(await query('update feedback set rating = 1 returning 1')).toHaveLength(1);
			expect(await query('select id from channels')).toHaveLength(2);
		});
	});

	test('a made role does what employees do', async () => {
		const write = `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'x', 'received') returning 1`;
		await store.database.asUser(world.made, async ({ query }) => {
			expect(await query('select current_user::text as role')).toEqual([{ role: 'ccb_sales' }]);
			expect(await query('select id from conversations')).toEqual([{ id: world.sharedId }]);
			expect(await query(write, [world.sharedId, world.made.userId])).toHaveLength(1);
			expect(await query('select id from users')).toEqual([{ id: world.made.userId }]);
		});
	});

	test('an admin sees who there is, and a guest only themselves', async () => {
		const count = 'select count(*) as users from users';
		const everyone = await store.database.asRegistrar(({ query }) => query(count));
		expect(await store.database.asUser(world.admin, ({ query }) => query(count))).toEqual(everyone);
		expect(await store.database.asUser(world.admin, ({ query }) => query('select id from identities'))).toHaveLength(1);
		expect(await store.database.asUser(world.admin, ({ query }) => query('select id from channels'))).toEqual([
			{ id: world.publicChannelId },
		]);
		expect(await store.database.asUser(world.guest, ({ query }) => query('select id from users'))).toEqual([{ id: world.guest.userId }]);
	});

	test('an admin enters an account together with its user, in one statement or in several', async () => {
		const user = 'insert into users (id, display_name) values ($1, $2) on conflict do nothing';
		const account = `insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
			values ($3, $1, $1, 'slack', 'T1', $2, $2) returning 1`;
		const ids = (accountId: string) => {
			const named = { platform: 'slack', tenantId: 'T1', accountId };
			return [homeUserIdOf(named), accountId, identityIdOf(named)];
		};
		await store.database.asUser(world.admin, async ({ query }) => {
			await query(user, ids('U-one').slice(0, 2));
			expect(await query(account, ids('U-one'))).toHaveLength(1);
			expect(await query(`with entered as (${user}) ${account}`, ids('U-two'))).toHaveLength(1);
		});
	});

	test('the registrar finds a conversation by its key, and creating it again changes nothing', async () => {
		await store.database.asRegistrar(async ({ query }) => {
			const [found] = await query<{ key: string }>('select id, key from conversations where id = $1', [world.conversationId]);
			const again = `insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind) values ($1, 'a', 'b', 'c', 'd', 'direct')
				on conflict (key) do nothing returning id`;
			expect(await query(again, [found?.key])).toEqual([]);
			const joined = 'insert into conversation_participants (conversation_id, user_id) values ($1, $2) on conflict do nothing';
			expect(await query(joined, [world.conversationId, world.victim.userId])).toEqual([]);
		});
	});

	test('a role without an id sees nothing', async () => {
		const rows = await store.database.asApp(async ({ query }) => {
			await query('set local role ccb_admin');
			return await query('select content from messages');
		});
		expect(rows).toEqual([]);
	});
});
