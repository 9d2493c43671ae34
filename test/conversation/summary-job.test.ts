/** A summary as a job: it goes by what the conversation is when its turn comes. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemories } from '#src/conversation/memory.ts';
import { createSummaries } from '#src/conversation/summary.ts';
import { createSummaryJob } from '#src/conversation/summary-job.ts';
import { createConversationStore } from '#src/history/store.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, says } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn, say } from './conversation-fixture.ts';

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());

const words = 'word '.repeat(80);

async function openTalk() {
	const person = await newPerson(opened.database);
	const place = newPlace();
	const store = createConversationStore(opened.database);
	const models = createFakeModelPool();
	const memories = createMemories({ store, clock: createManualClock(), pacers: () => ({ run: (_call, _signal, send) => send() }) });
	const budgetOf = (model?: string) => ({ contextTokens: model === 'large' ? 32_768 : 2_048, answerTokens: 1_024 });
	const summaries = createSummaries({ models, store, budgetOf, timeZone: 'UTC' });
	const job = createSummaryJob({ memories, summaries });
	let conversationId = '';
	for (let turn = 0; turn < 6; turn++) {
		const answer = await say(opened.database, person, questionIn(place, String(1_000 + turn), `${turn} ${words}`), `${turn} ${words}`);
		conversationId = answer.conversationId;
	}
	const { userId, role } = person;
	const due = { conversationId, userId, role, isShared: true };
	const summary = async () => (await memories.recall(person, { id: conversationId, isShared: true })).summary;
	return { job, due, models, store, person, place, summary };
}

test('it sums the conversation up once, and leaves it alone when that was done meanwhile', async () => {
	const { job, due, models, summary } = await openTalk();
	models.script(says('They said words.'));
	await job.run(job.data.parse(due), createFakeJobContext());
	expect(await summary()).toBe('They said words.');
	await job.run(due, createFakeJobContext());
	expect(models.requests).toHaveLength(1);
});

test('it asks no model for what was forgotten meanwhile', async () => {
	const { job, due, models, store, person, place, summary } = await openTalk();
	await store.forgetChannel(person, place);
	await job.run(due, createFakeJobContext());
	expect(models.requests).toEqual([]);
	expect(await summary()).toBeNull();
});

test('it goes by the model that has answered there', async () => {
	const { job, due, models } = await openTalk();
	await job.run(job.data.parse({ ...due, model: 'large' }), createFakeJobContext());
	expect(models.requests).toEqual([]);
});

test('one conversation has one job, of the person who asked last', async () => {
	const { job, due } = await openTalk();
	expect([job.key?.(due), job.userId?.(due)]).toEqual([due.conversationId, due.userId]);
	expect(job.data.safeParse({ ...due, role: 'ccb_app' }).success).toBe(false);
});
