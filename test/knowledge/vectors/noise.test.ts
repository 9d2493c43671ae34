/** When it is measured anew how near nothing is: where many passages came, not with each file. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeVectors } from '#test/fakes/vectors.ts';
import { openIngestScene } from '../ingest/ingest-scene.ts';

let store: TestDatabase;

beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());

const lines = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name} ${at}`).join('\n');

it('is measured again once a quarter of the passages are new, and when nobody knows how many are', async () => {
	const models = createFakeVectors();
	let at = await openIngestScene(store, { models });
	const share = async (messageId: string, count: number) => {
		await at.share({ messageId, name: `${messageId}.txt`, content: lines(messageId, count) });
		await at.work();
	};
	/** Whether sharing so many passages has it measured. */
	const isMeasuredAfter = async (messageId: string, count: number) => {
		await at.query('update ccb_knowledge.vector_models set noise = -2');
		await share(messageId, count);
		return (await at.query<{ noise: number }>('select noise from ccb_knowledge.vector_models'))[0]?.noise !== -2;
	};
	await share('1', 20);
	expect(await isMeasuredAfter('2', 2)).toBe(false);
	expect(await isMeasuredAfter('3', 2)).toBe(false);
	expect(await isMeasuredAfter('4', 6)).toBe(true);
	expect(await isMeasuredAfter('5', 1)).toBe(false);

	at = await openIngestScene(store, { models });
	expect(await isMeasuredAfter('6', 1)).toBe(true);
	expect(await isMeasuredAfter('7', 1)).toBe(false);
});
