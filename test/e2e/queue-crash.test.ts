/** A full queue for the model, shared by two processes: one of them dies, or Redis does, and every question gets its one answer. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { createServerDatabase } from '#test/fakes/database.ts';
import { createOwnRedis, type OwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from './eventually.ts';
import { openSlackStage, type SlackStage } from './platforms/slack-stage.ts';
import type { Question } from './platforms/stage.ts';
import { answerText, leaks, question, settled } from './promises.ts';
import {
	busiest,
	countEnded,
	highestPlace,
	isAskedTooOften,
	killOne,
	openQueueScene,
	type QueueLoad,
	type QueueScene,
	requestsOf,
	untilAllEnded,
} from './queue-load.ts';

/** `npm run bench -- "queue crash"` does the same with a thousand. */
const turns = 60;
const slots = 2;
const words = { question: (index: number) => question(`what is number ${index} of them`), answer: answerText(6) };
/** A process that is not heard of for 10 s has lost its slots; the others look every 3 s. */
const slotsBackMs = 13_000;

describe('a queue that two processes share', () => {
	let stage: SlackStage;
	let redis: OwnRedis;
	let database: Awaited<ReturnType<typeof createServerDatabase>>;
	beforeAll(async () => {
		redis = await createOwnRedis();
		[database] = await Promise.all([createServerDatabase(), redis.start()]);
	});
	afterAll(async () => {
		await redis.kill();
		await database.drop();
	});

	async function open(load: Partial<QueueLoad> = {}): Promise<QueueScene> {
		const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url };
		// The queue is what is looked at here: Slack's own limits would make the end of it wait.
		stage = await openSlackStage({ limits: false });
		const openStage = async () => stage;
		return await openQueueScene({ openStage, turns, people: 20, slots, answerMs: 300, words, environment, ...load });
	}

	it('loses no question and answers none twice when one of them is killed', async () => {
		// Long enough that most of them wait at once, however slowly they are taken in.
		await using scene = await open({ answerMs: 600 });
		const asked = await scene.askAll();
		const killing = await killOne(scene, asked, 4);
		await untilAllEnded(scene, asked, 120_000);
		await settled(killing.survivor);

		const shown = (one: Question) => scene.stage.answers(one).map(({ text, isOpen }) => `${isOpen ? 'open' : 'whole'}: ${text}`);
		const isAnswered = (one: Question) => shown(one).join() === `whole: ${words.answer}`;
		expect(asked.filter((one) => !isAnswered(one)).map((one) => [one.text, shown(one)])).toEqual([]);
		expect(asked.filter((one) => isAskedTooOften(scene, one, killing))).toEqual([]);
		expect(busiest(scene).requests).toBe(slots);
		const signs = stage.slack.callsTo('assistant.threads.setStatus').map((call) => String(call.arguments['status']));
		expect(highestPlace(signs)).toBeGreaterThan(turns / 2);
		expect(busiest(scene, killing.atMs + slotsBackMs).requests).toBe(slots);
		expect(leaks({ programs: scene.programs, environment: scene.stage.environment })).toEqual([]);
	});

	it('gives everybody who waits a turn, or a sentence, when Redis goes away and comes back', async () => {
		await using scene = await open({ turns: 24, people: 8 });
		const asked = await scene.askAll();
		await eventually(() => countEnded(scene, asked) >= 4);
		await redis.kill();
		const endedBefore = countEnded(scene, asked);
		await eventually(() => countEnded(scene, asked) >= endedBefore + 6);
		await redis.start();
		await untilAllEnded(scene, asked, 120_000);
		for (const program of scene.programs) await settled(program);

		const ends = [words.answer, english.failure.queueFull, english.failure.modelUnavailable, english.failure.timeout];
		for (const one of asked) {
			const shown = scene.stage.answers(one);
			expect(
				shown.map(({ isOpen }) => isOpen),
				one.text,
			).toEqual([false]);
			expect(ends).toContain(shown[0]?.text);
			expect(requestsOf(scene, one).length, one.text).toBe(shown[0]?.text === words.answer ? 1 : 0);
		}
		const againAtMs = performance.timeOrigin + performance.now();
		const next = await scene.askAll();
		await untilAllEnded(scene, next, 120_000);
		expect(countEnded(scene, next)).toBe(next.length);
		expect(busiest(scene, againAtMs).requests).toBe(slots);
	});
});
