/** Answers to programs whose process died are ended, though nobody asks there again. */

import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLostAnswersJob, type WatchedConversation } from '#src/conversation/lost-answers-job.ts';
import { createConversationStore } from '#src/history/store.ts';
import { stableId } from '#src/identity/stable-id.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());

/** When something began stands in a column that no role of the program may change. */
async function asSuperuser(sql: string, parameters: string[]): Promise<void> {
	const url = new URL(inject('postgresUrl'));
	url.pathname = new URL(opened.settings.url ?? '').pathname;
	const client = new Client({ connectionString: url.href });
	await client.connect();
	await client.query(sql, parameters).finally(() => client.end());
}

test('they end once none is written for so long, and the job comes again for one that began meanwhile', async () => {
	const store = createConversationStore(opened.database);
	const person = await newPerson(opened.database);
	const place = newPlace();
	const conversationId = (await store.joinToAsk(person, place, '1')) ?? '';
	const ids = [stableId('the first'), stableId('the second')] as const;
	for (const [index, id] of ids.entries()) await store.begin(person, conversationId, id, questionIn(place, String(index + 1), 'Why?'));
	const [old, young] = ids;
	await asSuperuser("update messages set created_at = now() - interval '61 minutes' where id = $1", [old]);
	const left: WatchedConversation[] = [];
	const job = createLostAnswersJob({ store, leave: (again) => left.push(again) });
	const { userId, role } = person;
	const due = { conversationId, userId, role };
	const statuses = async () => Promise.all(ids.map(async (id) => (await store.findAnswer(person, id))?.status));

	await job.run(job.data.parse(due), createFakeJobContext());
	expect(await statuses()).toEqual(['interrupted', 'generating']);
	expect(left).toEqual([due]);

	await store.update(person, young, { status: 'answered', content: 'Because.' });
	await job.run(due, createFakeJobContext());
	expect(await statuses()).toEqual(['interrupted', 'answered']);
	expect(left).toHaveLength(1);
});
