/** Reading what others said: with an entry that was written before, by the same admin, about that person, and lately; and where it is switched off, never. */

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#src/database/database.ts';
import type { Principal } from '#src/database/transaction.ts';
import { silentLogger } from '#src/log.ts';
import { asSuperuser, createConversation, createUser, openServerDatabase, type TestDatabase, testDatabases } from '#test/fakes/database.ts';

interface Scene {
	admin: Principal;
	otherAdmin: Principal;
	person: Principal;
	stranger: Principal;
}

const writeEntry = `insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details)
	values ('person', $1, $2, $3, $4, '{"reason": "asked by legal", "count": 20}') returning sequence`;

async function createScene({ database }: TestDatabase): Promise<Scene> {
	const [admin, otherAdmin] = [await createUser(database, 'ccb_admin'), await createUser(database, 'ccb_admin')];
	const [person, stranger] = [await createUser(database), await createUser(database)];
	for (const author of [person, stranger]) {
		const conversation = await createConversation(database, [author]);
		const write = `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, $3, 'received')`;
		await database.asUser(author, ({ query }) =>
			query(write, [conversation, author.userId, author === person ? 'by the person' : 'by a stranger']),
		);
	}
	return { admin, otherAdmin, person, stranger };
}

async function enter(
	{ database }: TestDatabase,
	admin: Principal,
	subject: Principal,
	action = 'audit',
	outcome = 'done',
): Promise<number> {
	const [entry] = await database.asUser(admin, ({ query }) =>
		query<{ sequence: number }>(writeEntry, [admin.userId, action, outcome, subject.userId]),
	);
	return entry?.sequence ?? 0;
}

async function read({ database }: Pick<TestDatabase, 'database'>, asker: Principal, auditEntry: number): Promise<object[]> {
	const said = 'select m.content from messages m join conversations c on c.id = m.conversation_id';
	return await database.asUser(asker, ({ query }) => query(said), { auditEntry });
}

describe.each(testDatabases())('reading under audit on $name', ({ open }) => {
	let store: TestDatabase;
	let scene: Scene;

	beforeAll(async () => {
		store = await open();
		scene = await createScene(store);
	});
	afterAll(() => store.close());

	test('an entry shows the admin who wrote it the conversations of that person, and of nobody else', async () => {
		const entry = await enter(store, scene.admin, scene.person);
		expect(await read(store, scene.admin, entry)).toEqual([{ content: 'by the person' }]);
		expect(await store.database.asUser(scene.admin, ({ query }) => query('select content from messages'))).toEqual([]);
	});

	test('it opens nothing in the transaction that wrote it', async () => {
		const rows = await store.database.asUser(scene.admin, async ({ query }) => {
			const [entry] = await query<{ sequence: number }>(writeEntry, [scene.admin.userId, 'audit', 'done', scene.person.userId]);
			await query(`set local ccb.audit_entry = ${entry?.sequence}`);
			return await query('select content from messages');
		});
		expect(rows).toEqual([]);
	});

	test.each([
		['of another admin', () => enter(store, scene.otherAdmin, scene.person)],
		['that was refused', () => enter(store, scene.admin, scene.person, 'audit', 'refused')],
		['about something else', () => enter(store, scene.admin, scene.person, 'grant')],
		['of an employee', () => enterAsEmployee()],
		['that is not there', async () => 999_999],
	])('an entry %s opens nothing', async (_name, entry) => {
		expect(await read(store, scene.admin, await entry())).toEqual([]);
	});

	/** Employees may write entries, but read none. */
	async function enterAsEmployee(): Promise<number> {
		const entry = writeEntry.replace(' returning sequence', '');
		await store.database.asUser(scene.stranger, ({ query }) => query(entry, [scene.stranger.userId, 'audit', 'done', scene.person.userId]));
		const [row] = await store.database.asUser(scene.admin, ({ query }) =>
			query<{ last: number }>('select max(sequence) as last from audit_log'),
		);
		return row?.last ?? 0;
	}

	test('an entry about somebody else opens only what that one said', async () => {
		expect(await read(store, scene.admin, await enter(store, scene.admin, scene.stranger))).toEqual([{ content: 'by a stranger' }]);
	});

	test('nobody but an admin reads with it', async () => {
		const entry = await enter(store, scene.admin, scene.person);
		expect(await read(store, { ...scene.admin, role: 'ccb_employee' }, entry)).toEqual([]);
		expect(await read(store, scene.stranger, entry)).toEqual([{ content: 'by a stranger' }]);
	});

	test('it allows reading alone', async () => {
		const auditEntry = await enter(store, scene.admin, scene.person);
		const change = (sql: string) => store.database.asUser(scene.admin, ({ query }) => query(sql), { auditEntry });
		expect(await change(`update messages set content = 'x' returning 1`)).toEqual([]);
		expect(await change(`update conversations set title = 'x' returning 1`)).toEqual([]);
		expect(await change('select content from messages for update')).toEqual([]);
		expect(await change('select rating from feedback')).toEqual([]);
	});

	test.each([0, -1, 1.5, Number.NaN, '1; reset role' as unknown as number])('%s is no entry', async (auditEntry) => {
		await expect(read(store, scene.admin, auditEntry)).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	test('switched off, an entry opens nothing, and switched on again it does', async () => {
		const other = await open();
		onTestFinished(() => other.remove());
		const people = await createScene(other);
		const entry = await enter(other, people.admin, people.person);
		await other.database.close();
		for (const [audit, seen] of [
			[false, []],
			[false, []],
			[true, [{ content: 'by the person' }]],
		] as const) {
			const again = await openDatabase({ ...other.settings, audit });
			expect(await read({ database: again }, people.admin, entry)).toEqual(seen);
			await again.close();
		}
	});
});

test.each([
	['9 minutes', 1],
	['11 minutes', 0],
	['-1 minute', 1],
])('an entry of %s ago opens %i messages', async (age, count) => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const { admin, person } = await createScene(store);
	const entry = `insert into audit_log (sequence, at, actor, actor_user_id, action, outcome, subject_user_id, details) overriding system value
		values (4711, now() - interval '${age}', 'person', '${admin.userId}', 'audit', 'done', '${person.userId}', '{"reason": "asked by legal"}')`;
	await asSuperuser(entry, store.settings.url ?? '');
	expect(await read(store, admin, 4711)).toHaveLength(count);
});

test('switching it is a matter of the start that changes it, and is logged', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const lines: string[] = [];
	const logger = { ...silentLogger, info: (_fields: object, message: string) => void lines.push(message) };
	for (const audit of [true, false, false, true]) await (await openDatabase({ ...store.settings, audit, logger })).close();
	expect(lines).toEqual(['reading under audit switched', 'reading under audit switched']);
});
