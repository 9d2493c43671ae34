/** One model for vectors follows another without a gap: searches go on with the old one until the new one has all passages. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toBotError } from '#src/errors.ts';
import type { VectorOperations } from '#src/knowledge/vectors/vector-operations.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeVectors, type FakeVectors } from '#test/fakes/vectors.ts';
import { type IngestScene, openIngestScene } from '../ingest/ingest-scene.ts';

describe('another model for vectors', () => {
	let store: TestDatabase;
	let models: FakeVectors;
	let at: IngestScene;
	let operations: VectorOperations;

	beforeAll(async () => {
		store = await openEmbeddedDatabase();
	});
	afterAll(() => store.close());
	beforeEach(async () => {
		models = createFakeVectors();
		models.installed['other:latest'] = ['other'];
		await open();
		await at.share({ name: 'first.txt', content: 'one\ntwo' });
		await at.work();
	});
	afterEach(async () => {
		await at.query(
			'update ccb_knowledge.vector_use set chosen = null, target_id = null, takes_gaps = false, problem = null, problem_at = null',
		);
		for (const table of ['document_placements', 'documents', 'ccb_knowledge.vector_models']) await at.query(`delete from ${table}`);
	});

	/** As after a start: nothing that lies in a process is left. */
	async function open(standardModel: string | null = 'fake:latest'): Promise<void> {
		at = await openIngestScene(store, { models, standardModel });
		if (at.vectorOperations === null) throw new Error('the database keeps no vectors');
		operations = at.vectorOperations;
	}
	const searchedWith = async () => ((await at.isSearchedByVectors()) ? models.asked.at(-1) : 'words');
	/** How many vectors there are by model, and how many of them are in a search. */
	const counts = async () => {
		const rows = await at.query<{ model: string; count: number }>(
			`select model || ' ' || digest as model, count(*)::int as count from ccb_knowledge.chunk_vectors
				join ccb_knowledge.vector_models on id = model_id group by 1`,
		);
		return Object.fromEntries(rows.map(({ model, count }) => [model.replace(':latest', ''), count]));
	};
	const aMinuteLater = async () => {
		await at.query(`update ccb_knowledge.vector_models set completed_at = completed_at - interval '2 minutes'`);
		await at.runNow('forget-vectors');
	};

	it('is searched with once it has all passages, measured; the old vectors go a minute later', async () => {
		expect(await operations.choose('Other')).toBe('begun');
		expect(await searchedWith()).toBe('fake first');
		await at.work();
		expect(await searchedWith()).toBe('other other');
		expect(await at.query('select noise from ccb_knowledge.vector_models where is_complete')).toEqual([{ noise: expect.any(Number) }]);
		await at.runNow('forget-vectors');
		expect(await counts()).toEqual({ 'fake first': 2, 'other other': 2 });
		await aMinuteLater();
		expect(await counts()).toEqual({ 'other other': 2 });
		expect(await operations.standing()).toMatchObject({ chosen: 'other:latest', standard: 'fake:latest', target: null, problem: null });

		await open();
		await at.runNow('embed-due');
		await at.work();
		expect(await searchedWith()).toBe('other other');
		expect(await operations.choose('other')).toBe('kept');
		expect(await operations.chooseStandard()).toBe('begun');
		await at.work();
		expect(await searchedWith()).toBe('fake first');
		expect(await operations.standing()).toMatchObject({ chosen: null });
	});

	it('goes on where its process died, and files that come meanwhile are found with the old one at once', async () => {
		const text = Array.from({ length: 90 }, (_, number) => `line ${number}`).join('\n');
		await at.share({ messageId: '200', name: 'long.txt', content: text });
		await at.work();
		await operations.choose('other');
		models.embedded = [];
		at.doAfter('half embedded', async () => {
			models.isAway = true;
			await at.share({ messageId: '300', name: 'meanwhile.txt', content: 'meanwhile' });
		});
		await at.work();
		expect(await operations.standing()).toMatchObject({ target: { made: 64, total: 93 }, problem: { reason: 'no-host' } });
		models.isAway = false;
		expect(await searchedWith()).toBe('fake first');

		await open();
		await at.runNow('embed-due');
		await at.work();
		expect(models.embedded.indexOf('meanwhile.txt\nmeanwhile')).toBe(64);
		expect(models.embedded).toHaveLength(93 + 1);
		expect(await counts()).toEqual({ 'fake first': 93, 'other other': 93 });
		expect(await searchedWith()).toBe('other other');
	});

	it('is called off, and so is one for which another is chosen: what they made goes', async () => {
		models.installed['third:latest'] = ['third'];
		models.refuses = (text, model) => model !== 'fake:latest' && text.endsWith('two');
		await operations.choose('other');
		await at.work();
		expect(await operations.choose('other')).toBe('running');
		expect(await operations.choose('third')).toBe('begun');
		await at.work();
		expect(await counts()).toEqual({ 'fake first': 2, 'other other': 1, 'third third': 1 });
		await aMinuteLater();
		expect(await counts()).toEqual({ 'fake first': 2, 'third third': 1 });
		expect(await operations.cancel()).toBe('third:latest');
		expect(await operations.cancel()).toBe(null);
		await at.work();
		expect(await counts()).toEqual({ 'fake first': 2 });
		expect(await operations.standing()).toMatchObject({ chosen: null, target: null, problem: null });
		expect(await searchedWith()).toBe('fake first');
	});

	it('that makes no vector of some passages is taken when an administrator says so', async () => {
		models.refuses = (text, model) => model === 'other:latest' && text.endsWith('two');
		await operations.choose('other');
		await at.work();
		expect(await operations.standing()).toMatchObject({ target: { made: 1, total: 2 }, problem: { reason: 'bad-vector' } });
		expect(await searchedWith()).toBe('fake first');
		expect(await operations.takeGaps()).toBe(true);
		await at.work();
		expect(await searchedWith()).toBe('other other');
		expect(await operations.takeGaps()).toBe(false);
	});

	it('under the same name, and one that the settings name now, follow in the same way by themselves', async () => {
		models.installed['fake:latest'] = ['second'];
		expect(await searchedWith()).toBe('words');
		expect(await operations.standing()).toMatchObject({ searched: { model: 'fake:latest', isReplaced: true } });
		// It is no reason to wait that the old one could read more.
		models.refuses = (text) => text.endsWith('two');
		await at.runNow('embed-due');
		await at.work();
		expect(await searchedWith()).toBe('fake second');
		await aMinuteLater();
		expect(await counts()).toEqual({ 'fake second': 1 });

		models.refuses = () => false;
		await open('other:latest');
		await at.runNow('embed-due');
		await at.work();
		expect(await searchedWith()).toBe('other other');
		await open(null);
		await at.share({ messageId: '200', name: 'later.txt', content: 'later' });
		await at.work();
		expect(await counts()).toMatchObject({ 'other other': 3 });
		await expect(operations.chooseStandard()).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it('is not begun where no host makes vectors with it', async () => {
		await expect(operations.choose('unknown')).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'model-missing' });
		models.isAway = true;
		expect(toBotError(await operations.choose('other').catch((thrown) => thrown)).reason).toBe('no-host');
		expect(await operations.standing()).toMatchObject({ chosen: null, target: null });
	});
});
