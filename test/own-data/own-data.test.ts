/** All that is held of a person, in every store: they get it whole, and it is erased whole, whatever breaks off in between. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/database/database.ts';
import { languages } from '#src/locales/locales.ts';
import { heldRows } from '#src/own-data/held-rows.ts';
import { createOwnStatements, type OwnRows } from '#src/own-data/own-statements.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { keptRowsWith } from '#test/fakes/everything-kept.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createHeldWorld, type HeldWorld, sentinel } from './held-world.ts';
import { openOwnDataRoom } from './own-data-room.ts';

/** Partitions hold the rows of their tables. */
const selectTables = `
	select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
/** Only where pgvector is. */
const optional = ['ccb_knowledge.chunk_vectors'];

describe.each(testDatabases())('what is held of a person on $name', ({ open }) => {
	let opened: TestDatabase;
	let database: Database;
	let world: HeldWorld;
	let room: Awaited<ReturnType<typeof openOwnDataRoom>>;
	beforeAll(async () => {
		opened = await open();
		({ database } = opened);
		room = await openOwnDataRoom(database);
		world = await createHeldWorld(database, room.files);
	});
	afterAll(() => opened.remove());

	const asked = () => {
		const place = { platform: 'fake', tenantId: 'T', channelId: 'D', threadId: '', kind: 'direct' as const };
		return { userId: world.ana.userId, place, account: { tenantId: 'T', accountId: 'ana' }, language: 'en' as const };
	};
	const held = async (): Promise<Record<string, OwnRows>> => Object.fromEntries(await createOwnStatements(database).read(world.ana.userId));

	it('is listed for each table that there is, so that no new one is forgotten', async () => {
		const found = await database.query<{ name: string }>(selectTables);
		const names = found.map(({ name }) => name).filter((name) => !optional.includes(name));
		expect(
			Object.keys(heldRows)
				.filter((name) => !optional.includes(name))
				.sort(),
		).toEqual(names.sort());
		for (const { left, why } of Object.values(heldRows)) expect(left === 'nothing' || why !== undefined).toBe(true);
	});

	it('comes as files, with every word and nobody else’s', async () => {
		const asking = { person: world.ana, account: asked().account, platform: room.platform, place: asked().place, words: languages.en };
		await room.room.requests.beginExport({ ...asking, signal: new AbortController().signal });
		const before = await held();
		for (const [table, { own }] of Object.entries(heldRows)) {
			if (own === null) continue;
			expect(before[table]?.length, table).toBeGreaterThan(0);
		}
		const told = JSON.stringify(before);
		for (const word of ['asked alone', 'answered alone', 'stands in it']) expect(told).toContain(`${sentinel} ${word}`);
		expect(told).not.toContain(world.luisSaid);
		const sent: { name: string; text: string }[] = [];
		room.platform.sendFile = async (_place, { name, bytes }) => void sent.push({ name, text: Buffer.from(bytes).toString() });
		await room.jobNamed('export-person').run(asked(), createFakeJobContext());
		const rows = sent.map(({ text }) => (JSON.parse(text) as { held: Record<string, OwnRows> }).held);
		for (const { text } of sent) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
		for (const [table, { length }] of Object.entries(before)) {
			expect(
				rows.reduce((sum, part) => sum + (part[table]?.length ?? 0), 0),
				table,
			).toBe(length);
		}
	});

	it('is gone afterwards from every store, though the work broke off twice, and others keep theirs', async () => {
		const erase = room.jobNamed('erase-person');
		await room.cache.keep(`live:${world.directId}`, sentinel, 60_000);
		for (const breaksAt of [1, 3]) {
			let asks = 0;
			const broken = { queryAsLibrarian: database.queryAsLibrarian };
			database.queryAsLibrarian = async (...given) => {
				if (++asks === breaksAt) throw new Error('the process dies');
				return await broken.queryAsLibrarian(...given);
			};
			await expect(erase.run(asked(), createFakeJobContext())).rejects.toThrow('the process dies');
			database.queryAsLibrarian = broken.queryAsLibrarian;
		}
		await erase.run(asked(), createFakeJobContext());
		await room.forgetDocuments();
		for (const [table, rows] of Object.entries(await held())) {
			if (heldRows[table]?.left === 'nothing') expect(rows, table).toEqual([]);
			expect(JSON.stringify(rows), table).not.toContain(sentinel);
		}
		expect(await room.cache.recall(`live:${world.directId}`)).toBeNull();
		expect([...room.files.kept.values()]).toEqual([]);
		expect(room.platform.privately.map(({ text }) => text)).toEqual([languages.en.myData.erased]);
		const luis = await database.queryAs<{ content: string }>(
			world.luis,
			`select content from messages where content <> '' order by sequence`,
		);
		expect(luis.map(({ content }) => content)).toEqual([world.luisSaid, 'Luis is answered']);
		const tombstone = `select action, outcome from audit_log where subject_user_id = $1`;
		expect(await database.queryAsRegistrar(tombstone, [world.ana.userId])).toEqual([{ action: 'my-data-delete', outcome: 'done' }]);
	});

	it('stands in no column of any table any more', async () => {
		await room.jobs.close();
		await database.close();
		expect(await keptRowsWith(sentinel, opened.settings)).toEqual([]);
	});
});
