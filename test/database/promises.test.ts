/** What the documents promise, asked of the database with whole statements: under every isolation level, and of what errors give away. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditReason } from '#src/administration/audit-request.ts';
import { openDatabase } from '#src/database/database.ts';
import type { SigningKey } from '#src/database/signature.ts';
import type { Principal } from '#src/database/transaction.ts';
import { type Account, accountKey, homeUserIdOf, identityIdOf } from '#src/identity/account.ts';
import { stableId } from '#src/identity/stable-id.ts';
import {
	createAdmin,
	createConversation,
	createUser,
	openEmbeddedDatabase,
	openOwnedDatabase,
	type TestDatabase,
} from '#test/fakes/database.ts';
import { isolationLevels, keyOf, openSignedClient, type SignedClient } from './signed-client.ts';

const databases = [
	{ name: 'pglite', open: openEmbeddedDatabase },
	{ name: 'a server, under the documented login', open: openOwnedDatabase },
];

const remove = 'update users set role = null where id = $1';
const enterUser = 'insert into users (id, display_name) values ($1, $2)';
const enterAccount = `insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
	values ($1, $2, $2, 'slack', 'T1', $3, 'x')`;

describe('under every isolation level', () => {
	let store: TestDatabase;
	let key: SigningKey;
	let survivor: Principal;

	beforeAll(async () => {
		store = await openOwnedDatabase();
		key = await keyOf(store);
		survivor = await createAdmin(store.database);
	});
	afterAll(() => store.close());

	/** What is done on one connection while the other's transaction has begun, and is not over. */
	const outcomeOf = async (step: Promise<unknown>) =>
		(await step.then(
			() => 'done',
			({ code }) => code,
		)) as string;
	const end = async ({ client }: SignedClient) => void (await client.query('commit').catch(() => {}));

	test.each(isolationLevels.flatMap((first) => isolationLevels.map((second) => [first, second] as const)))(
		'of two admins who remove each other, one under %s and one under %s, one stays',
		async (first, second) => {
			const rival = await createAdmin(store.database);
			await using one = await openSignedClient(store, key);
			await using other = await openSignedClient(store, key);
			await one.begin(first, 'ccb_admin', survivor.userId);
			await other.begin(second, 'ccb_admin', rival.userId);
			const begun = await outcomeOf(one.client.query(remove, [rival.userId]));
			const answered = outcomeOf(other.client.query(remove, [survivor.userId]));
			await end(one);
			expect(begun).toBe('done');
			// The last one may not go, or what was seen at the beginning has changed since.
			expect(await answered).toBe(second === 'read committed' ? '23514' : '40001');
			await end(other);
			const left = await store.database.asUser(survivor, ({ query }) => query(`select id from users where role = 'ccb_admin'`));
			expect(left).toEqual([{ id: survivor.userId }]);
		},
	);

	test.each(isolationLevels)("nobody plants an account, or a neighbour's words, under %s", async (level) => {
		const neighbour = await createUser(store.database);
		const shared = await createConversation(store.database, [neighbour, survivor]);
		const id = randomUUID();
		const write = `insert into messages (id, conversation_id, role, author_user_id, content, status) values ($1, $2, 'user', $3, 'own', 'received')`;
		await store.database.asUser(neighbour, ({ query }) => query(write, [id, shared, neighbour.userId]));
		await using attacker = await openSignedClient(store, key);
		await attacker.begin(level, 'ccb_admin', survivor.userId);
		expect((await attacker.client.query(`update messages set content = 'x' where id = $1 returning 1`, [id])).rows).toEqual([]);
		const home = homeUserIdOf({ platform: 'slack', tenantId: 'T1', accountId: `U-${level}` });
		await attacker.client.query(enterUser, [home, 'x']);
		expect(await outcomeOf(attacker.client.query(enterAccount, [randomUUID(), home, 'U-accomplice']))).toBe('42501');
		await attacker.client.query('rollback');
		await attacker.begin(level, 'ccb_admin', survivor.userId);
		await attacker.client.query(enterUser, [home, 'x']);
		expect(await outcomeOf(attacker.client.query('commit'))).toBe('42501');
	});
});

describe.each(databases)('promises on $name', ({ open }) => {
	let store: TestDatabase;
	let admin: Principal;
	let person: Principal;
	let neighbour: Principal;

	beforeAll(async () => {
		store = await open();
		[admin, person, neighbour] = [await createAdmin(store.database), await createUser(store.database), await createUser(store.database)];
	});
	afterAll(() => store.close());

	const accounts: Account[] = [
		['slack', 'T1', 'U1'],
		['teams', '8f2c-…', "29:1a_b.c!d~e*f'g(h)i"],
		['discord', 'a:b', 'c%d e/f?g'],
		['slack', 'ñandú', '😀'],
		['slack', '', 'a\tb'],
	].map(([platform = '', tenantId = '', accountId = '']) => ({ platform, tenantId, accountId }));

	test.each(accounts)('the database and the program call $platform $tenantId $accountId the same', async (account) => {
		const ids = `select ccb_account_key($1, $2, $3) as key, ccb_stable_id('user:' || ccb_account_key($1, $2, $3)) as "userId",
			ccb_stable_id('identity:' || ccb_account_key($1, $2, $3)) as "identityId"`;
		const known = await store.database.asUser(admin, ({ query }) => query(ids, [account.platform, account.tenantId, account.accountId]));
		expect(known).toEqual([{ key: accountKey(account), userId: homeUserIdOf(account), identityId: identityIdOf(account) }]);
	});

	const reasons: [string, object, number][] = [
		['none', {}, 0],
		['an empty one', { reason: '' }, 0],
		['spaces', { reason: ' \n\t ' }, 0],
		['one word', { reason: 'because' }, 0],
		['one word between spaces', { reason: '  because  ' }, 0],
		['null', { reason: null }, 0],
		['one that is no text', { reason: [] }, 0],
		['a reason in another field', { given: 'asked by legal' }, 0],
		['two dots', { reason: '. .' }, 0],
		['a word and a dash', { reason: 'because –' }, 0],
		['pictures', { reason: '🙂 👍' }, 0],
		['letters that nobody sees', { reason: 'a \u3164' }, 0],
		['two words', { reason: 'asked twice' }, 1],
		['two words in quotes', { reason: '«asked» (twice)' }, 1],
		['numbers', { reason: '§ 7, 12/2026' }, 1],
		['words with a line break between', { reason: 'asked\ntwice' }, 1],
		['words with an unbreakable space between', { reason: 'año\u00a0ñandú' }, 1],
		['words of another alphabet', { reason: 'по просьбе' }, 1],
	];

	test.each(reasons)('with %s for a reason %j an entry opens %i messages', async (_which, details, count) => {
		const conversation = await createConversation(store.database, [person, neighbour]);
		await say(person, conversation, 'by the person');
		await say(neighbour, conversation, 'by a neighbour');
		expect(await audited(person, details, conversation)).toEqual(count === 0 ? [] : ['by the person', 'to by the person']);
	});

	test.each(
		reasons.flatMap(([, { reason = null }]: [string, { reason?: unknown }, number]) => (typeof reason === 'string' ? [reason] : [])),
	)('the database and the program think the same of the reason %j', async (reason) => {
		const opened = await audited(person, { reason });
		expect(auditReason.safeParse(reason).success).toBe(opened.length > 0);
	});

	test('an entry about nobody opens nothing', async () => {
		expect(await audited(null, { reason: 'asked by legal' })).toEqual([]);
	});

	async function say(author: Principal, conversation: string, content: string): Promise<void> {
		const id = randomUUID();
		await store.database.asUser(author, async ({ query }) => {
			await query(
				`insert into messages (id, conversation_id, role, author_user_id, content, status) values ($1, $2, 'user', $3, $4, 'received')`,
				[id, conversation, author.userId, content],
			);
			await query(
				`insert into messages (conversation_id, role, in_reply_to, content, status) values ($1, 'assistant', $2, $3, 'answered')`,
				[conversation, id, `to ${content}`],
			);
		});
	}

	async function audited(subject: Principal | null, details: object, conversation: string | null = null): Promise<string[]> {
		const entry = `insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details)
			values ('person', $1, 'audit', 'done', $2, $3) returning sequence`;
		const [written] = await store.database.asUser(admin, ({ query }) =>
			query<{ sequence: number }>(entry, [admin.userId, subject?.userId ?? null, JSON.stringify(details)]),
		);
		const said = 'select content from messages where $1::uuid is null or conversation_id = $1 order by sequence';
		const rows = await store.database.asUser(admin, ({ query }) => query<{ content: string }>(said, [conversation]), {
			auditEntry: written?.sequence ?? 0,
		});
		return rows.map(({ content }) => content);
	}

	test('whether a foreign message is there cannot be learned by taking its place, answering it or rating it', async () => {
		const [foreign, own] = [await createConversation(store.database, [neighbour]), await createConversation(store.database, [person])];
		await store.database.asUser(neighbour, async ({ query }) => {
			// As the program writes it: under the id that follows from where it was asked.
			await query(
				`insert into messages (id, conversation_id, role, author_user_id, platform_message_id, status)
				select ccb_stable_id(concat_ws(':', 'message', platform, tenant_id, channel_id, $2::text)), id, 'user', $3, $2, 'received'
				from conversations where id = $1`,
				[foreign, '1.0', neighbour.userId],
			);
		});
		const [present, absent] = [stableId('message:slack:T1:C1:1.0'), stableId('message:slack:T1:C9:1.0')];
		const attempts = [
			`insert into messages (id, conversation_id, role, author_user_id, status) values ($1, $2, 'user', $3, 'received')`,
			`insert into messages (id, conversation_id, role, author_user_id, status) values ($1, $2, 'user', $3, 'received') on conflict do nothing returning 1`,
			`insert into messages (conversation_id, role, in_reply_to, status, author_user_id) select $2, 'assistant', $1, 'answered', null where $3::uuid is not null`,
			`insert into feedback (message_id, user_id, rating) select $1, $3, 1 where $2::uuid is not null`,
		];
		for (const sql of attempts) {
			const answers = [present, absent].map((id) =>
				store.database
					.asUser(person, ({ query }) => query(sql, [id, own, person.userId]))
					.catch(({ code, reason, message }) => ({ code, reason, message })),
			);
			const [first, second] = await Promise.all(answers);
			expect(first).toMatchObject({ code: 'FORBIDDEN' });
			expect(second).toEqual(first);
		}
	});

	test("nobody takes the place of another's message with one of their own", async () => {
		const conversation = await createConversation(store.database, [person, neighbour]);
		const write = `insert into messages (id, conversation_id, role, author_user_id, platform_message_id, status)
			select coalesce($4::uuid, ccb_stable_id(concat_ws(':', 'message', platform, tenant_id, channel_id, $3::text))), id, 'user', $2, $3, 'received'
			from conversations where id = $1 returning 1`;
		const squat = store.database.asUser(person, ({ query }) => query(write, [conversation, person.userId, 'M9', randomUUID()]));
		await expect(squat).rejects.toMatchObject({ code: 'FORBIDDEN' });
		const genuine = store.database.asUser(neighbour, ({ query }) => query(write, [conversation, neighbour.userId, 'M9', null]));
		expect(await genuine).toHaveLength(1);
	});

	test('nothing that a part of a statement calls stops the numbers of rows that are written later', async () => {
		const conversation = await createConversation(store.database, [person]);
		for (const table of ['inbox', 'messages', 'audit_log', 'migrations']) {
			const sequence = `(select pg_get_serial_sequence('public.${table}', '${table === 'migrations' ? 'id' : 'sequence'}'))`;
			for (const call of [`setval(${sequence}, 2147483647)`, `setval(${sequence}, 1, false)`, `nextval(${sequence})`]) {
				const stop = `select (select set_config('role', 'none', true)), ${call}`;
				await expect(store.database.asUser(person, ({ query }) => query(stop))).rejects.toMatchObject({ code: 'FORBIDDEN' });
			}
		}
		await say(person, conversation, 'still written');
		const keep = `insert into inbox (key, platform, type, payload) values (gen_random_uuid()::text, 'slack', 'message', '{}') returning sequence`;
		expect(await store.database.query(keep)).toHaveLength(1);
		expect(await audited(person, { reason: 'asked twice' }, conversation)).toHaveLength(2);
	});

	test('nobody has a right to any sequence, the owner included', async () => {
		const rights = `select s.relname as name, count(granted.grantee)::int as rights
			from pg_class s left join lateral aclexplode(coalesce(s.relacl, acldefault('s', s.relowner))) as granted on true
			where s.relkind = 'S' and s.relpersistence <> 't' group by s.relname order by s.relname`;
		expect(await store.database.query(rights)).toEqual(
			[
				'audit_log_sequence_seq',
				'chunks_id_seq',
				'feedback_cases_number_seq',
				'inbox_sequence_seq',
				'messages_sequence_seq',
				'migrations_id_seq',
			].map((name) => ({
				name,
				rights: 0,
			})),
		);
	});

	test('whoever asked may still ask again, change and take back what they said, and it is answered', async () => {
		const conversation = await createConversation(store.database, [person, neighbour]);
		await say(person, conversation, 'once');
		const changed = await store.database.asUser(person, ({ query }) =>
			query(`update messages set content = 'again' where conversation_id = $1 returning 1`, [conversation]),
		);
		expect(changed).toHaveLength(2);
		const both = `with question as (
			insert into messages (id, conversation_id, role, author_user_id, status) values ($1, $2, 'user', $3, 'received') returning id
		) insert into messages (conversation_id, role, in_reply_to, status) select $2, 'assistant', id, 'generating' from question returning 1`;
		const begun = store.database.asUser(person, ({ query }) => query(both, [randomUUID(), conversation, person.userId]));
		expect(await begun).toHaveLength(1);
	});
});

test('where reading was on before, its policies are those of today after the next start', async () => {
	await using store = await openOwnedDatabase();
	const admin = await createAdmin(store.database);
	await (await openDatabase({ ...store.settings, audit: false })).close();
	await (await openDatabase({ ...store.settings, audit: true })).close();
	const shown = await store.database.asUser(admin, ({ query }) =>
		query<{ count: number }>(
			`select count(*)::int as count from pg_policies where policyname like '%\\_audit' and qual like '%ccb_audited_user%'`,
		),
	);
	expect(shown).toEqual([{ count: 5 }]);
});
