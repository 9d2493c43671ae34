/** Accepted cases asked by the program itself: for an administrator who wants it, and when answers may have changed. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import { createEvaluation } from '#src/evaluation/create-evaluation.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import { english } from '#src/locales/english.ts';
import { silentLogger } from '#src/log.ts';
import { foundCompany } from '#test/administration/company.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { enterDocument } from '#test/fakes/documents.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, says } from '#test/fakes/model-pool.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const { evaluation: words } = english;
const right = 'En la puerta norte [1].';
const wrong = 'En la cantina [1].';

let opened: TestDatabase;
let admin: Principal;
let platform: FakePlatform;
let number: number;

beforeAll(async () => {
	opened = await openServerDatabase();
	const { database } = opened;
	const company = await foundCompany(database);
	({ admin } = company);
	await database.queryAsRegistrar('update identities set last_place = $2 where user_id = $1', [admin.userId, newPlace()]);
	const ana = await newPerson(database);
	await enterDocument(database, {
		...{ name: 'emergencia.md', texts: ['Si suena la sirena, el punto de encuentro es la puerta norte.'], channelId: null },
	});
	const [placed] = await company.rows<{ id: string }>('select id from document_placements');
	const store = createConversationStore(database);
	const { id } = await say(
		database,
		ana,
		questionIn(newPlace(), 'm1', '¿Dónde está el punto de encuentro si suena la sirena?'),
		'No sé [1].',
	);
	await store.update(ana, id, { status: 'answered', sources: [sourceOf()] });
	await store.rate(ana, { id, sources: [] }, { rating: -1, comment: null });
	number = (await company.rows<{ number: number }>('select number from feedback_cases'))[0]?.number ?? 0;
	await company.command(`feedback accept ${number} ${documentNumber(placed?.id ?? '')} with "puerta norte"`);
});
afterAll(() => opened.close());
beforeEach(async () => {
	platform = createFakePlatform();
	await opened.database.query('delete from evaluation_runs');
});

/** The jobs of a program whose model says this to the case; null where no model is asked. */
function program(answer: string | null, model = 'fake-model') {
	const models = Object.assign(createFakeModelPool(), { model, models: [{ name: model, contextTokens: 8_192, answerTokens: 4_096 }] });
	if (answer !== null) models.script(says(answer));
	const { jobDefinitions } = createEvaluation({
		...{ database: opened.database, models, use: 'prefer', timeZone: 'Europe/Madrid', clock: createManualClock(Date.now()) },
		...{
			jobs: { enqueue: async () => null },
			platforms: new Map([['slack', platform]]),
			pacers: unpaced,
			language: 'en',
			logger: silentLogger,
		},
	});
	const run = async (name: string, data: object) => {
		const job = jobDefinitions.find((each) => each.name === name) as JobDefinition;
		await job.run(data, createFakeJobContext());
	};
	return { models, ask: () => run('evaluate', { by: admin.userId }), look: () => run('evaluate-changes', {}) };
}
const told = () => platform.privately.map(({ text }) => text);

it('tells whoever wants it how much passes, and what got worse since the last time', async () => {
	await program(right).ask();
	await program(wrong).ask();
	await program(right).ask();
	const [first = '', worse = '', better = ''] = told();
	expect(first).toBe(words.summary(1, 1));
	expect(worse).toContain(words.regressions);
	expect(worse).toContain(`#${number}: ${words.check.words}`);
	expect(worse).not.toContain(words.failures);
	expect(better).toContain(words.improvements);
	expect(better).toContain(words.same);
});

it('says what fails and why, when there is nothing to compare it with, and when it failed before', async () => {
	await program(wrong).ask();
	await program(wrong).ask();
	for (const failed of told()) {
		expect(failed).toContain(words.summary(0, 1));
		expect(failed).toContain(`${words.failures}\n• #${number}: ${words.check.citations}; ${words.check.words}`);
	}
});

it('asks by itself when a model is another, and tells administrators of what fails now alone', async () => {
	await program(right).look();
	const same = program(null);
	await same.look();
	expect(same.models.requests).toEqual([]);
	expect(told()).toEqual([]);
	await program(wrong, 'another-model').look();
	expect(told()).toEqual([expect.stringContaining(words.news)]);
	expect(told()[0]).toContain(words.changed('model', 'fake-model', 'another-model'));
	await program(right, 'fake-model').look();
	expect(told()).toHaveLength(1);
});
