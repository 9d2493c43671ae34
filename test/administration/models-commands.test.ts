/** How administrators take another model for vectors, and what they see of it. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedDatabase, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeVectors } from '#test/fakes/vectors.ts';
import { openIngestScene } from '#test/knowledge/ingest/ingest-scene.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const { vectors } = words;
let store: TestDatabase;

beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());

it('another model is taken, looked after, called off, and taken back; whatever changes is written down', async () => {
	const models = createFakeVectors();
	models.installed['other:latest'] = ['other'];
	models.refuses = (text, model) => model === 'other:latest' && text.endsWith('two');
	const scene = await openIngestScene(store, { models });
	const company: Company = await foundCompany(store.database, {
		...noBooks,
		ingestion: scene.operations,
		vectors: scene.vectorOperations,
	});
	const order = async (typed: string) => (await company.command(typed)).text;
	await scene.share({ content: 'one\ntwo' });
	expect(await order('models embed')).toContain(`${vectors.searched}: ${vectors.byWords}`);
	await scene.work();

	expect(await order('models embed unknown')).toBe(vectors.refused.missing('unknown'));
	expect(await order('models embed other:cloud')).toBe(vectors.refused.missing('other:cloud'));
	expect(await order('models embed cancel')).toBe(vectors.refused.nothingBegun);
	expect(await order('models embed other')).toBe(vectors.done.begun('other'));
	await scene.work();
	const standing = await order('models embed');
	expect(standing).toContain(`${vectors.searched}: ${vectors.progress('fake:latest', 2, 2)}`);
	expect(standing).toContain(`${vectors.decidedBy}: ${vectors.byAdministrator('other:latest', 'fake:latest')}`);
	expect(standing).toContain(`${vectors.beingMade}: ${vectors.progress('other:latest', 1, 2)}`);
	expect(standing).toContain(`${vectors.problem}: ${vectors.reasons['bad-vector']}`);
	expect(standing).toContain(vectors.gaps(1));
	expect(await order('ingest')).toContain(vectors.gaps(1));
	expect(await order('models embed switch')).toBe(vectors.done.takesGaps('other:latest'));
	await scene.work();
	expect(await order('models embed')).toContain(`${vectors.searched}: ${vectors.progress('other:latest', 1, 2)}`);

	expect(await order('models embed default')).toBe(vectors.done.begun('fake:latest'));
	expect(await order('models embed cancel')).toBe(vectors.done.cancelled('fake:latest'));
	expect(await order('models embed other')).toBe(vectors.done.kept('other'));
	models.isAway = true;
	expect(await order('models embed fake')).toBe(vectors.refused.away('fake'));
	expect((await company.entries()).map(({ action, outcome, details }) => ({ action, outcome, details }))).toMatchObject([
		{ action: 'models-embed', outcome: 'refused', details: { model: 'unknown', reason: 'model-missing' } },
		{ outcome: 'refused', details: { model: 'other:cloud' } },
		{ outcome: 'refused', details: { order: 'cancel' } },
		{ outcome: 'done', details: { model: 'other', outcome: 'begun' } },
		{ outcome: 'done', details: { order: 'switch', model: 'other:latest' } },
		{ outcome: 'done', details: { model: 'fake:latest', outcome: 'begun' } },
		{ outcome: 'done', details: { order: 'cancel', model: 'fake:latest' } },
		{ outcome: 'done', details: { model: 'other', outcome: 'kept' } },
		{ outcome: 'refused', details: { model: 'fake', reason: 'no-host' } },
	]);
});

it('is refused where there are no vectors, and where no program runs that makes them', async () => {
	const [server, machine] = await Promise.all([openServerDatabase(), openServerDatabase()]);
	const { operations: ingestion } = await openIngestScene(server);
	const without = await foundCompany(server.database, { ...noBooks, ingestion });
	expect((await without.command('models embed')).text).toBe(vectors.refused.noPgvector);
	const console = await foundCompany(machine.database);
	expect((await console.command('models embed bge-m3', 'console')).text).toBe(vectors.refused.inChatAlone);
	await Promise.all([server.close(), machine.close()]);
});
