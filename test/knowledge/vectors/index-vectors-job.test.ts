/** With an index the nearest passages are those that comparing all of them gives. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import { readVectorIndexes } from '#src/database/vector-indexes.ts';
import { searchVectors } from '#src/knowledge/search/legs.ts';
import { createIndexVectorsJob } from '#src/knowledge/vectors/index-vectors-job.ts';
import { createVectorStore, findModelId } from '#src/knowledge/vectors/vector-store.ts';
import type { SearchableModel } from '#src/knowledge/vectors/vector-use.ts';
import { createUser, openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';

const identity = { model: 'embedder', digest: 'sha256:1', prefixVersion: 'none', dimensions: 3 };
/** On a half circle, so that no two are as near to anything. */
const at = (share: number) => [Math.cos(share * Math.PI), Math.sin(share * Math.PI), 0];

describe('the index of the nearest vectors', () => {
	let store: TestDatabase;
	let reader: Principal;
	let named: string;
	let channelIds: string[];
	let model: SearchableModel;
	const statements: string[] = [];

	beforeAll(async () => {
		store = await openEmbeddedDatabase();
		const { database } = store;
		reader = await createUser(database);
		channelIds = [await createChannel(database, [reader]), await createChannel(database)];
		const [open = '', hidden = ''] = channelIds;
		const spanish = Array.from({ length: 40 }, (_, number) => `La bomba número ${number} está en el almacén de la empresa.`);
		const english = Array.from({ length: 40 }, (_, number) => `Pump number ${number} is in the warehouse of the company.`);
		for (const [name, texts, channelId] of [
			['a', spanish, open],
			['b', english, null],
			['c', [...spanish, ...english], hidden],
			['d', ['12', '13'], hidden],
		] as const)
			await enterDocument(database, { name, texts, channelId });
		named = await enterDocument(database, { name: 'e', texts: ['14', '15'], channelId: open });
		model = { ...identity, modelId: await findModelId(database.queryAsLibrarian, identity), noise: null };
		const vectors = createVectorStore(database);
		const chunks = await vectors.unembedded(model.modelId, [], 1_000);
		await vectors.keep(
			model.modelId,
			chunks.map(({ chunkId }, number) => ({ chunkId, vector: at(((number * 61) % chunks.length) / chunks.length) })),
		);
		// As of somebody who may read very many.
		await database.queryAsLibrarian('update documents set chunk_count = 100000');
	});
	afterAll(() => store.close());

	/** An embedded database keeps an index, too, where somebody makes it within a transaction. */
	const runWith = (searched: SearchableModel | null, beyond: number) => {
		const { queryAsLibrarian } = store.database;
		const maintain = async (sql: string) => {
			statements.push(sql);
			await queryAsLibrarian(sql.replace('concurrently', ''));
		};
		const use = { searchable: async () => searched, target: async () => null };
		const job = createIndexVectorsJob({ database: store.database, maintain, use, beyond });
		return job.run({}, createFakeJobContext());
	};
	const indexes = () => store.database.queryAsLibrarian<{ name: string; isWhole: boolean }>(readVectorIndexes);
	const search = (share: number, wanted: number) =>
		searchVectors(
			store.database,
			reader,
			{ vector: at(share), model: model.modelId },
			{ channelIds, withCompany: true },
			{ named: [named], wanted },
		);

	it('is made where there are many vectors, one for each language, and finds the same', async () => {
		await runWith(model, 1_000);
		expect(await indexes()).toEqual([]);
		const compared = [await search(0.1, 10), await search(0.5, 10), await search(0.9, 100)];
		expect(new Set(compared[2]?.map(({ language, isNamed }) => `${language} ${isNamed}`))).toEqual(
			new Set(['es false', 'en false', 'null true']),
		);
		await runWith(model, 100);
		expect(await indexes()).toHaveLength(3);
		expect([await search(0.1, 10), await search(0.5, 10), await search(0.9, 100)]).toEqual(compared);
		const [plan] = await store.database.queryAsLibrarian<{ used: boolean }>('select ccb_knowledge.is_indexed($1::smallint) as used', [
			model.modelId,
		]);
		expect(plan).toEqual({ used: true });
	});

	it('is left alone once it is there, and goes with its model', async () => {
		statements.length = 0;
		await runWith(model, 100);
		expect(statements).toEqual([]);
		await runWith(null, 100);
		expect(await indexes()).toEqual([]);
		await expect(search(0.5, 10)).resolves.not.toEqual([]);
	});
});
