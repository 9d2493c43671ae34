/** A digest of a channel: what several asked in vain, once a week, to whom it was switched on for. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannelOrders, type DigestMode } from '#src/administration/channel-orders.ts';
import type { Database } from '#src/database/database.ts';
import { createChannelDigests } from '#src/digest/channel-digests.ts';
import { createDigestJob } from '#src/digest/digest-job.ts';
import { createVainQuestions } from '#src/digest/vain-questions.ts';
import { BotError } from '#src/errors.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createTellAlone } from '#src/identity/tell-alone.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { silentLogger } from '#src/log.ts';
import type { Place } from '#src/platform/place.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeRules } from '#test/fakes/rules.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const questions = ['¿Cuándo cierra la cantina de Porto?', 'La cantina de Porto, ¿cuándo abre?', '¿Hay menú en la cantina de Porto?'];

describe('the digest of a channel', () => {
	let opened: TestDatabase;
	let database: Database;
	let admin: Person;
	let people: Person[];
	let place: Place;
	let platform: FakePlatform;
	beforeAll(async () => {
		opened = await openServerDatabase();
		database = opened.database;
		admin = await newPerson(database, { role: 'ccb_admin' });
		people = [];
		for (const displayName of ['Ana', 'Luis', 'Eva']) people.push(await newPerson(database, { displayName }));
	});
	afterAll(() => opened.close());
	beforeEach(() => {
		place = newPlace();
		platform = createFakePlatform();
	});

	const store = () => createConversationStore(database);

	async function askInVain(text: string, who: Person, messageId: string): Promise<void> {
		const { id } = await say(database, who, questionIn(place, messageId, text), 'Nothing about it.');
		await store().update(who, id, { status: 'answered', found: [] });
	}
	async function allAsk(): Promise<void> {
		for (const [at, who] of people.entries()) await askInVain(questions[at] ?? '', who, `m${at}`);
	}
	async function switchTo(digest: DigestMode | null): Promise<void> {
		const backfills = { begin: async () => 'begun' as const, stop: async () => false };
		await createChannelOrders({ database, store: store(), backfills, rules: createFakeRules() }).decide(admin, place, { digest });
	}
	async function post(isAsked = false): Promise<void> {
		const models = { embed: () => Promise.reject(new BotError('MODEL_REJECTED', 'none', { reason: 'no-embedding-model' })) };
		const platforms = new Map([['fake', platform]]);
		const job = createDigestJob({
			digests: createChannelDigests(database),
			readVain: createVainQuestions({ database, models, logger: silentLogger }),
			tellAlone: createTellAlone({ database, platforms, pacers: unpaced }),
			...{ platforms, pacers: unpaced, language: 'en', clock: createManualClock(Date.now()), logger: silentLogger },
		});
		await job.run({ channelId: channelIdOf(place), isAsked }, createFakeJobContext());
	}
	const posted = () => platform.messages.map(({ text }) => text);

	it('tells there what three people asked in vain, in the language of the channel, without their names and questions', async () => {
		await allAsk();
		await askInVain('¿Me pueden despedir por estar embarazada?', people[0] as Person, 'm9');
		await switchTo('here');
		await post();
		const { digest } = spanish;
		const counts = { questions: 3, people: 3, foundNothing: 3, calledWrong: 0 };
		expect(posted()).toEqual([
			[digest.headingHere, `- ${digest.topic('cantina, porto', counts)}`, `${digest.others(1)} ${digest.what}`].join('\n\n'),
		]);
		for (const secret of ['Ana', 'Luis', 'Eva', 'embarazada', 'menú']) expect(posted().join()).not.toContain(secret);
	});

	it('is sent once a week, whoever tries again, and in between only when an administrator wants it', async () => {
		await allAsk();
		await switchTo('here');
		await post();
		await post();
		expect(posted()).toHaveLength(1);
		await post(true);
		expect(posted()).toHaveLength(2);
		await database.queryAsRegistrar(`update channels set digest_at = now() - interval '7 days' where id = $1`, [channelIdOf(place)]);
		await post();
		expect(posted()).toHaveLength(3);
	});

	it('is tried again when it was surely not sent', async () => {
		await allAsk();
		await switchTo('here');
		platform.failNext('post', new BotError('PLATFORM_RATE_LIMITED', 'slower', { retryable: true }));
		await expect(post()).rejects.toMatchObject({ code: 'PLATFORM_RATE_LIMITED' });
		await post();
		expect(posted()).toHaveLength(1);
	});

	it('is told whoever switched it on, alone, and nobody once it is off', async () => {
		await allAsk();
		await switchTo('private');
		await post();
		expect(posted()).toEqual([]);
		expect(platform.privately).toMatchObject([{ accountId: admin.identityId, text: expect.stringContaining(english.digest.heading) }]);
		await switchTo(null);
		await post(true);
		expect(platform.privately).toHaveLength(1);
	});

	it('counts what was called wrong, and says nothing where nothing was asked in vain, or it was taken back', async () => {
		await switchTo('here');
		await post();
		const [ana, luis, eva] = people as [Person, Person, Person];
		for (const [at, who] of [ana, luis, eva].entries()) {
			const answer = await say(database, who, questionIn(place, `w${at}`, questions[at]), 'It closes at nine.');
			await store().rate(who, answer, { rating: -1, comment: null });
		}
		await post(true);
		expect(posted()).toEqual([expect.stringContaining('3 con una respuesta que se llamó incorrecta')]);
		for (const [at, who] of [ana, luis, eva].entries()) await store().eraseQuestion(who, place, `w${at}`);
		await post(true);
		expect(posted()).toHaveLength(1);
	});
});
