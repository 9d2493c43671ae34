/** Transactions on both databases: in whose name they run, what they keep, and which errors come out. */

import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Message } from '#src/database/entities/message.ts';
import { User } from '#src/database/entities/user.ts';
import type { UserRole } from '#src/database/roles.ts';
import type { Transaction } from '#src/database/transaction.ts';
import { createConversation, createUser, type TestDatabase, testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('the database on $name', ({ open }) => {
	let store: TestDatabase;

	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	const whoAmI = `select current_user::text as role, current_setting('ccb.user_id', true) as "userId"`;

	test.each(['ccb_guest', 'ccb_employee', 'ccb_admin'] as const)('a transaction for a %s runs under that role and id', async (role) => {
		const asker = await createUser(store.database, role);
		expect(await store.database.asUser(asker, (transaction) => transaction.query(whoAmI))).toEqual([asker]);
	});

	test('after a transaction nothing is left of the user', async () => {
		const asker = await createUser(store.database);
		await store.database.asUser(asker, (transaction) => transaction.query(whoAmI));
		await expect(store.database.asUser(asker, (transaction) => transaction.query('select 1 / 0'))).rejects.toThrow();
		// As many at once as the pool has connections, so that each of them is looked at.
		const seen = await Promise.all(Array.from({ length: 20 }, () => store.database.query<{ userId: string | null }>(whoAmI)));
		for (const [row] of seen) expect(row).toMatchObject({ role: 'ccb_app', userId: expect.toSatisfy((id) => !id) });
	});

	test.each([
		['a role that is none of ours', { userId: randomUUID(), role: 'postgres' }],
		['the role of the program', { userId: randomUUID(), role: 'ccb_app' }],
		['a statement as the role', { userId: randomUUID(), role: 'ccb_guest; reset role' }],
		['a statement as the id', { userId: "'; reset role; select '", role: 'ccb_employee' }],
		['a UUID and more', { userId: `${randomUUID()}'; reset role --`, role: 'ccb_employee' }],
		['no id', { userId: '', role: 'ccb_employee' }],
	])('%s gets no transaction', async (_name, { userId, role }) => {
		const asked = store.database.asUser({ userId, role: role as UserRole }, async () => 'was run');
		await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	const readUsers = (ids: string[]) => store.database.asRegistrar(({ query }) => query('select id from users where id = any($1)', [ids]));

	test('what a transaction wrote is kept when it resolves and gone when it throws', async () => {
		const insert = 'insert into users (id, display_name) values ($1, $2)';
		const [kept, gone] = [randomUUID(), randomUUID()];
		await store.database.asRegistrar((transaction) => transaction.query(insert, [kept, 'kept']));
		const failure = new Error('work failed');
		await expect(
			store.database.asRegistrar(async (transaction) => {
				await transaction.query(insert, [gone, 'gone']);
				throw failure;
			}),
		).rejects.toBe(failure);
		expect(await readUsers([kept, gone])).toEqual([{ id: kept }]);
	});

	test('whoever wants to know hears of a commit, and of nothing else', async () => {
		const heard: string[] = [];
		await store.database.asApp(async ({ query, afterCommit }) => {
			afterCommit(() => heard.push('committed'));
			await query('select 1');
			expect(heard).toEqual([]);
		});
		const failed = store.database.asApp(async ({ afterCommit }) => {
			afterCommit(() => heard.push('rolled back'));
			throw new Error('no');
		});
		await expect(failed).rejects.toThrow();
		expect(heard).toEqual(['committed']);
	});

	test('a transaction that swallowed the error of a statement does not pretend to be committed', async () => {
		const id = randomUUID();
		await expect(
			store.database.asRegistrar(async (transaction) => {
				await transaction.query('insert into users (id, display_name) values ($1, $2)', [id, 'lost']);
				await transaction.query('select 1 / 0').catch(() => {});
			}),
		).rejects.toMatchObject({ code: 'INTERNAL' });
		expect(await readUsers([id])).toEqual([]);
	});

	test('a transaction cannot be used after its end', async () => {
		let leaked: Transaction | undefined;
		await store.database.asApp(async (transaction) => {
			leaked = transaction;
		});
		await expect(leaked?.query('select 1')).rejects.toMatchObject({ code: 'INTERNAL' });
	});

	test('a broken constraint is a conflict that names it, and no value', async () => {
		const id = randomUUID();
		const insert = () =>
			store.database.asRegistrar(({ query }) => query('insert into users (id, display_name) values ($1, $2)', [id, 'secret words']));
		await insert();
		const error = await insert().catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code: 'CONFLICT', reason: 'users_pkey', retryable: false });
		expect(error).not.toHaveProperty('cause');
		expect(String(error)).not.toMatch(new RegExp(`${id}|secret`));
	});

	test('a value that the database cannot read does not appear in the error', async () => {
		const error = await store.database.query('select id from users where id = $1', ['secret words']).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code: 'INTERNAL', reason: '22P02' });
		expect(error).not.toHaveProperty('cause');
		expect(String(error)).not.toContain('secret');
	});

	test('numbers, times and JSON come back as themselves', async () => {
		const [row] = await store.database.query(
			`select 9007199254740991::bigint as big, timestamptz '2030-01-01Z' as at, '{"a": [1]}'::jsonb as json`,
		);
		expect(row).toEqual({ big: Number.MAX_SAFE_INTEGER, at: new Date('2030-01-01T00:00:00Z'), json: { a: [1] } });
	});

	test('entities are written and read inside the transaction of their user', async () => {
		const [author, stranger] = [await createUser(store.database), await createUser(store.database)];
		const conversation = await createConversation(store.database, [author]);
		const id = randomUUID();
		await store.database.asUser(author, async ({ em }) => {
			const attachments = [{ id: 'f1', name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 3 }];
			await em.insert(Message, {
				id,
				conversation,
				role: 'user',
				author: author.userId,
				content: 'hello',
				status: 'received',
				attachments,
			});
		});
		const read = (asker: typeof author) => store.database.asUser(asker, ({ em }) => em.findOne(Message, { id }));
		expect(await read(author)).toMatchObject({
			content: 'hello',
			sequence: expect.any(Number),
			createdAt: expect.any(Date),
			attachments: [{ id: 'f1' }],
		});
		expect(await read(stranger)).toBeNull();
	});

	test('an error through entities carries no statement and no value', async () => {
		const author = await createUser(store.database);
		const conversation = await createConversation(store.database, []);
		const written = store.database.asUser(author, ({ em }) =>
			em.insert(Message, { conversation, role: 'user', author: author.userId, content: 'secret words', status: 'received' }),
		);
		const error = await written.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code: 'FORBIDDEN' });
		expect(error).not.toHaveProperty('cause');
		expect(String(error)).not.toMatch(/secret|insert/);
	});

	test('an entity that was changed meanwhile is read as it is', async () => {
		const author = await createUser(store.database);
		const read = await store.database.asRegistrar(async ({ em, query }) => {
			const before = await em.findOne(User, author.userId, { fields: ['displayName'] });
			await query(`update users set display_name = 'new' where id = $1`, [author.userId]);
			return [before?.displayName, (await em.findOne(User, author.userId, { fields: ['displayName'] }))?.displayName];
		});
		expect(read).toEqual([`user ${author.userId}`, 'new']);
	});

	test('entities have no way around the transaction, nor past its end', async () => {
		let leaked: Transaction | undefined;
		const { userId } = await createUser(store.database);
		const around = store.database.asRegistrar(async (transaction) => {
			leaked = transaction;
			await (transaction.em as EntityManager).fork().findOne(User, userId);
		});
		await expect(around).rejects.toMatchObject({ code: 'INTERNAL', reason: '25P01' });
		await expect(leaked?.em.findOne(User, userId)).rejects.toThrow('after its transaction had ended');
	});

	test('many transactions at once all get their turn', async () => {
		const askers = await Promise.all(Array.from({ length: 50 }, () => createUser(store.database)));
		const seen = await Promise.all(askers.map((asker) => store.database.asUser(asker, (transaction) => transaction.query(whoAmI))));
		expect(seen.flat()).toEqual(askers);
	});

	test('it is up', async () => {
		expect(await store.database.health()).toEqual({ state: 'up' });
	});
});
