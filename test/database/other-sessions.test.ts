/** What one session can see and use of another, and of what was done on the same connection before: nothing that says who somebody is. */

import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Message } from '#src/database/entities/message.ts';
import type { Principal, Transaction } from '#src/database/transaction.ts';
import { createConversation, createUser, openOwnedDatabase, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';

type Run = (work: (transaction: Transaction) => Promise<unknown>) => Promise<unknown>;

interface Scene extends TestDatabase {
	victim: Principal;
	admin: Principal;
	attacker: Principal;
}

let scene: Scene;

beforeAll(async () => {
	const store = await openOwnedDatabase();
	const [victim, admin, attacker] = [
		await createUser(store.database),
		await createUser(store.database, 'ccb_admin'),
		await createUser(store.database),
	];
	const conversation = await createConversation(store.database, [victim]);
	const write = `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'secret', 'received')`;
	await store.database.asUser(victim, ({ query }) => query(write, [conversation, victim.userId]));
	await store.database.query(`insert into inbox (key, platform, type, payload) values ('E1', 'slack', 'message', '{"text": "secret"}')`);
	scene = Object.assign(store, { victim, admin, attacker });
});
afterAll(() => scene.close());

const everybody: [string, (scene: Scene) => Run, string][] = [
	[
		'a person',
		({ database, victim }) =>
			(work) =>
				database.asUser(victim, work),
		'select content from messages',
	],
	[
		'an admin',
		({ database, admin }) =>
			(work) =>
				database.asUser(admin, work),
		'select id from users',
	],
	[
		'the registrar',
		({ database }) =>
			(work) =>
				database.asRegistrar(work),
		'select id from users',
	],
	[
		'the program',
		({ database }) =>
			(work) =>
				database.asApp(work),
		'select payload from inbox',
	],
];

/** The settings and the role that a transaction was opened with, as a statement inside it sees them. */
const readOwn = `select current_setting('role') as role, current_setting('ccb.user_id') as "userId", current_setting('ccb.proof') as proof,
	pg_backend_pid() as pid`;

interface Worn {
	role: string;
	userId: string;
	proof: string;
	pid: number;
}

const putOn = `select set_config('ccb.user_id', $1, true), set_config('ccb.proof', $2, true), set_config('role', $3, true)`;

test.each(everybody)('the statements of %s hold neither an id nor a proof that others could read', async (_who, runOf) => {
	await runOf(scene)(async () => {
		const seen = await scene.database.asUser(scene.attacker, async ({ query }) => {
			await query(`select set_config('role', 'none', true)`);
			return await query<{ query: string }>('select query from pg_stat_activity where datname = current_database()');
		});
		const texts = seen.map(({ query }) => query);
		expect(texts.some((text) => /begin|ccb_open/.test(text))).toBe(true);
		expect(texts.filter((text) => /[0-9a-f]{64}/.test(text) || text.includes(scene.victim.userId))).toEqual([]);
	});
});

test.each(everybody)('the proof of %s is worth nothing in another session', async (_who, runOf, question) => {
	await runOf(scene)(async ({ query }) => {
		const [worn] = (await query<Worn>(readOwn)) as [Worn];
		expect(await query(question)).not.toEqual([]);
		const found = scene.database.asUser(scene.attacker, async (other) => {
			await other.query(putOn, [worn.userId, worn.proof, worn.role]);
			const [own] = await other.query<Worn>(readOwn);
			expect(own).toMatchObject({ role: worn.role, userId: worn.userId, proof: worn.proof });
			expect(own?.pid).not.toBe(worn.pid);
			return await other.query(question);
		});
		expect(await found).toEqual([]);
	});
});

test.each(everybody)(
	'the proof of %s is worth nothing once its transaction is over, on the same connection',
	async (_who, runOf, question) => {
		let worn: Worn | undefined;
		await runOf(scene)(async ({ query }) => {
			[worn] = await query<Worn>(readOwn);
		});
		const found = scene.database.asUser(scene.attacker, async (later) => {
			await later.query(putOn, [worn?.userId, worn?.proof, worn?.role]);
			expect(await later.query(readOwn)).toEqual([worn]);
			return await later.query(question);
		});
		expect(await found).toEqual([]);
	},
);

test.each(everybody)('a statement that ends the transaction of %s leaves nobody to act as', async (_who, runOf, question) => {
	for (const ending of ['commit', 'rollback', 'commit and chain', 'rollback and chain']) {
		const found: object[] = [];
		await runOf(scene)(async ({ query }) => {
			await query(ending);
			found.push(...(await query(question).catch(() => [])));
			found.push(...(await query('select payload from inbox').catch(() => [])));
		}).catch(() => {});
		expect(found).toEqual([]);
	}
});

test('what is written and looked for through entities stands in no statement either', async () => {
	await using store = await openServerDatabase();
	const author = await createUser(store.database);
	const conversation = await createConversation(store.database, [author]);
	const seen = async () => {
		const client = new Client({ connectionString: store.settings.url ?? '' });
		await client.connect();
		const { rows } = await client.query(`select string_agg(query, ' ') as texts from pg_stat_activity where datname = current_database()`);
		await client.end();
		return rows[0].texts;
	};
	await store.database.asUser(author, async ({ em }) => {
		await em.insert(Message, { conversation, role: 'user', author: author.userId, content: `secret 'words' \\`, status: 'received' });
		expect(await seen()).toContain('insert into "messages"');
		expect(await seen()).not.toContain('secret');
		expect(await em.findOne(Message, { content: `secret 'words' \\` })).toMatchObject({
			content: `secret 'words' \\`,
			author: { id: author.userId },
		});
		expect(await seen()).not.toContain('secret');
	});
});
