/** What is found for whom. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { newestPlacements } from '#src/database/named-documents.ts';
import type { Principal } from '#src/database/transaction.ts';
import { findNamed, type SearchScope, searchWords } from '#src/knowledge/search/legs.ts';
import { namingsIn } from '#src/knowledge/search/naming.ts';
import { createKnowledgeSearch, type SearchDependencies } from '#src/knowledge/search/search.ts';
import { questionLexemes } from '#src/knowledge/text/lexemes.ts';
import { createVectorStore, findModelId } from '#src/knowledge/vectors/vector-store.ts';
import { silentLogger } from '#src/log.ts';
import { createUser, openEmbeddedDatabase, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';

const signal = new AbortController().signal;
const clock = systemClock;

describe.each(testDatabases())('search on $name', ({ open }) => {
	let store: TestDatabase;
	let reader: Principal;
	let stranger: Principal;
	let scope: SearchScope;
	let hidden: string;
	let manual: string;

	beforeAll(async () => {
		store = await open();
		const { database } = store;
		reader = await createUser(database);
		stranger = await createUser(database);
		const channel = await createChannel(database, [reader]);
		hidden = await createChannel(database, [stranger]);
		scope = { channelIds: [channel, hidden], withCompany: true };
		manual = await enterDocument(database, {
			name: 'Manual BL-300.pdf',
			texts: [
				'El par de apriete de la tapa es de 40 Nm. Repita el apriete a las 24 horas.',
				'La bomba BL-300 se ceba antes del primer arranque con agua limpia.',
			],
			channelId: channel,
		});
		await enterDocument(database, {
			name: 'Salaries.xlsx',
			texts: ['The director of the pump factory earns 90,000 euros.'],
			channelId: hidden,
		});
		await enterDocument(database, {
			name: 'Vacaciones.docx',
			texts: ['Cada persona tiene veintitrés días laborables de vacaciones al año.', 'The canteen serves lunch from one o’clock.'],
			channelId: null,
		});
		// Words that many chunks have tell little.
		const common = Array.from({ length: 30 }, (_, at) => `La bomba número ${at} está en el almacén de la empresa.`);
		await enterDocument(database, { name: 'Almacén.csv', texts: common, channelId: null });
	});
	afterAll(() => store.close());

	const searcher = (embed: SearchDependencies['embed'] = async () => null) =>
		createKnowledgeSearch({ database: store.database, embed, clock, log: silentLogger });
	const find = async (question: string, who = reader, where = scope) => {
		const { passages } = await searcher().search(who, { question, scope: where, wanted: 5 }, signal);
		return passages;
	};

	test('the passage that answers comes first, with its file', async () => {
		const [first] = await find('¿Con cuánto par aprieto la tapa de la BL-300?');
		expect(first).toMatchObject({ documentId: manual, name: 'Manual BL-300.pdf', language: 'es' });
		expect(first?.content).toContain('40 Nm');
		expect((await find('cuantos dias de vacaciones tengo'))[0]?.content).toContain('veintitrés');
	});

	test('a channel is searched for whoever may read it, and in its own scope alone', async () => {
		expect((await find('director salary factory', stranger))[0]?.name).toBe('Salaries.xlsx');
		expect(await find('director salary factory')).toEqual([]);
		expect((await find('par de apriete de la tapa', stranger)).map(({ name }) => name)).not.toContain('Manual BL-300.pdf');
		expect(await find('par de apriete de la tapa', reader, { channelIds: [], withCompany: false })).toEqual([]);
	});

	test('of the documents that a question names, the newest are found, and no more than a hundred', async () => {
		const { database } = store;
		const add = (sql: string) => database.queryAsLibrarian(sql);
		const number = 'generate_series(1, 120) as number';
		await add(
			`insert into documents (id, content_hash, size_bytes, status) select md5('f' || number)::uuid, 'f' || number, 1, 'ready' from ${number}`,
		);
		await add(`insert into document_placements (id, document_id, name, status, shared_at)
			select md5('p' || number)::uuid, md5('f' || number)::uuid, 'Acta ' || number || '.pdf', 'placed', now() - number * interval '1 day' from ${number}`);
		const found = await findNamed(database, reader, namingsIn('¿Qué dice el acta?', new Date()), scope);
		await add("delete from documents where content_hash ~ '^f[0-9]+$'");
		const newest = await database.queryAsLibrarian<{ id: string }>(
			`select md5('f' || number)::uuid as id from generate_series(1, 100) as number`,
		);
		expect(found).toEqual(newest.map(({ id }) => id));
	});

	test.each([
		['channel_id is null', 'document_placements_newest_published_index'],
		["channel_id = '00000000-0000-4000-8000-000000000000'", 'document_placements_newest_index'],
	])('the newest names where %s are read in the order of an index', async (where, index) => {
		const plan = await store.database.asLibrarian(async ({ query }) => {
			await query('set local enable_seqscan = off');
			return await query(`explain (format json) ${newestPlacements(where, '100')}`);
		});
		expect(JSON.stringify(plan)).toContain(index);
		expect(JSON.stringify(plan)).not.toMatch(/"Node Type": ?"(Sort|Seq Scan)"/);
	});

	test('what nothing is about finds nothing, and that is told', async () => {
		const ask = (question: string) => searcher().search(reader, { question, scope, wanted: 5 }, signal);
		expect(await ask('bitcoin mining hardware prices')).toEqual({ passages: [], isRelevant: false, isByWordsAlone: true });
		expect(await ask('récord olímpico de salto con pértiga en el almacén')).toMatchObject({ isRelevant: false });
		expect(await ask('par de apriete de la tapa')).toMatchObject({ isRelevant: true });
	});

	test('a document that the question names goes first, by its kind, its month and whatever else is said of it', async () => {
		const { database } = store;
		const year = new Date().getFullYear();
		const enter = (name: string, where: string | null, datedAt?: Date) =>
			enterDocument(database, {
				name,
				texts: [`Ventas de ${name}: dos millones de euros.`],
				channelId: where,
				...(datedAt && { datedAt }),
			});
		const entered = [
			await enter('Informe mensual marzo.pdf', null),
			await enter(`2024-04_report.docx`, null),
			await enter('Informe ventas.pdf', null, new Date(`${year - 1}-07-31`)),
			await enter('Listado ventas.xlsx', null),
			await enter('Informe mayo.pdf', hidden),
		];
		const first = async (question: string) => (await find(question))[0]?.name;
		expect(await first('¿Qué ventas dice el informe de marzo?')).toBe('Informe mensual marzo.pdf');
		expect(await first('ventas en el report de abril')).toBe('2024-04_report.docx');
		expect(await first('¿Qué ventas hay según el informe de julio del año pasado?')).toBe('Informe ventas.pdf');
		expect(await first('What do the ventas in the Excel come to?')).toBe('Listado ventas.xlsx');
		expect((await find('ventas en el informe de mayo')).map(({ name }) => name)).not.toContain('Informe mayo.pdf');
		expect((await find('ventas en el contrato de alquiler')).length).toBeGreaterThan(0);
		await database.queryAsLibrarian('delete from documents where id = any($1)', [entered]);
	});

	test('counts follow what is removed', async () => {
		const before = await count();
		const id = await enterDocument(store.database, { name: 'x.txt', texts: ['zyzzyva bomba', 'zyzzyva'], channelId: null });
		expect(await count()).toMatchObject({ zyzzyva: 2, total: before.total + 2 });
		await store.database.queryAsLibrarian('delete from documents where id = $1', [id]);
		expect(await count()).toEqual({ ...before, zyzzyva: 0 });
		expect(await find('zyzzyva')).toEqual([]);
		expect(await store.database.queryAsLibrarian(`select from ccb_private.chunks_with('zyzzyva')`)).toEqual([]);
	});

	test('nobody reads the words that are searched, but for who searches', async () => {
		const { database } = store;
		const table = 'select lexemes from ccb_private.chunk_words';
		const lookup = `select * from ccb_private.chunks_with('bomb', null, 10)`;
		for (const sql of [table, lookup, `select * from ccb_private.chunks_with('bomb')`]) {
			await expect(database.queryAs(reader, sql)).rejects.toMatchObject({ code: 'FORBIDDEN' });
			await expect(database.query(sql)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		await expect(database.queryAsLibrarian(table)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		// Whoever becomes the librarian by a statement of theirs has no proof of it.
		const unproven = database.asApp(async ({ query }) => {
			await query('set local role ccb_librarian');
			await query(lookup);
		});
		await expect(unproven).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	test('who may read very many passages finds what they would find among a few', async () => {
		const { database } = store;
		const seek = (text: string) => searchWords(database, reader, questionLexemes(text), scope, { named: [], wanted: 5 });
		const before = await seek('par de apriete de la tapa');
		expect(before).not.toEqual([]);
		await database.queryAsLibrarian('update documents set chunk_count = chunk_count + 100000');
		expect(await seek('par de apriete de la tapa')).toEqual(before);
		await database.queryAsLibrarian('update documents set chunk_count = chunk_count - 100000');
	});

	test('of words that very many passages have, those come first that have two of them', async () => {
		const { database } = store;
		const seek = () => searchWords(database, reader, questionLexemes('zigurat obelisco'), scope, { named: [], wanted: 5 });
		const id = await enterDocument(database, { name: 'x.txt', texts: ['zigurat'], channelId: null });
		const add = `insert into chunks (document_id, position, context, content, lexemes, length)
			select $1, $3 + number, '', 'x', $2::tsvector, 2 from generate_series(1, $4::int) as number`;
		for (const [at, [words, times]] of [
			['zigurat:1', 2_100],
			['obelisc:1', 2_100],
			['zigurat:1 obelisc:2', 3],
		].entries())
			await database.queryAsLibrarian(add, [id, words, 10_000 * (at + 1), times]);
		const few = await seek();
		expect(few.map(({ coverage }) => Number(coverage.toFixed(2)))).toEqual([1, 1, 1, 0.5, 0.5]);
		await database.queryAsLibrarian('update documents set chunk_count = 100000 where id = $1', [id]);
		expect(await seek()).toEqual(few.slice(0, 3));
		await database.queryAsLibrarian('delete from documents where id = $1', [id]);
	});

	async function count() {
		const [row] = await store.database.queryAsLibrarian<{ total: number; zyzzyva: number; bomb: number }>(
			`select (select chunks::int from ccb_knowledge.totals) as total,
				coalesce((select chunks from ccb_knowledge.lexeme_counts where lexeme = 'zyzzyva'), 0) as zyzzyva,
				(select chunks from ccb_knowledge.lexeme_counts where lexeme = 'bomb') as bomb`,
		);
		if (row === undefined) throw new Error('no counts');
		return row;
	}
});

test('a question in other words is found by its vector, and only by vectors of one model', async () => {
	await using store = await openEmbeddedDatabase();
	const { database } = store;
	expect(database.keepsVectors).toBe(true);
	const reader = await createUser(database);
	await enterDocument(database, {
		name: 'Canteen.txt',
		texts: ['The canteen serves lunch from one o’clock.', 'Closed in August.'],
		channelId: null,
	});
	const vectors = createVectorStore(database);
	const identity = { model: 'embedder', digest: 'sha256:1', prefixVersion: 'none', dimensions: 3 };
	const model = await findModelId(database.queryAsLibrarian, identity);
	expect(await findModelId(database.queryAsLibrarian, identity)).toBe(model);
	const other = await findModelId(database.queryAsLibrarian, { ...identity, prefixVersion: 'e5-1' });
	expect(other).not.toBe(model);
	const chunks = await vectors.unembedded(model, [], 100);
	expect(chunks.map(({ text }) => text)).toEqual([
		'Canteen.txt\nThe canteen serves lunch from one o’clock.',
		'Canteen.txt\nClosed in August.',
	]);
	await vectors.keep(
		model,
		chunks.map(({ chunkId, text }) => ({ chunkId, vector: text.includes('lunch') ? [0, 1, 0] : [1, 0, 0] })),
	);
	expect(await vectors.unembedded(model, [], 100)).toEqual([]);
	expect(await vectors.unembedded(other, [], 1)).toHaveLength(1);

	const scope = { channelIds: [], withCompany: true };
	const ask = async (asked: number) => {
		const embed = async () => ({ model: asked, vectors: [[0, 1, 0]], noise: 0.8 });
		const searching = createKnowledgeSearch({ database, embed, clock, log: silentLogger });
		return await searching.search(reader, { question: '¿Dónde se come?', scope, wanted: 3 }, signal);
	};
	expect(await ask(model)).toMatchObject({ isByWordsAlone: false, passages: [{ similarity: 1 }, { similarity: 0 }] });
	expect((await ask(other)).passages).toEqual([]);
});
