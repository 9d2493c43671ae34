/** Two processes on one database and one Redis: whatever reaches either of them is done once. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnRedis, type OwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from './eventually.ts';
import { type FanOut, startFanOut } from './fan-out.ts';
import { modelRequests } from './observe.ts';
import type { Program } from './program.ts';
import { answerText, expectOneAnswer, leaks, question, settled } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const eventsAt = (program: Program) => `${program.address}/slack/events`;

describe('two processes', () => {
	let redis: OwnRedis;
	let workplace: Workplace;
	let first: Program;
	let second: Program;
	let both: FanOut;
	beforeAll(async () => {
		redis = await createOwnRedis();
		await redis.start();
		const environment = { REDIS_URL: redis.url, SLACK_STREAMING: 'edit', OLLAMA_SLOTS: '8' };
		workplace = await openWorkplace({ environment, ollama: { tokensPerSecond: 60 } });
		first = workplace.program;
		second = await workplace.start();
		both = await startFanOut([first, second].map(eventsAt));
	});
	afterAll(async () => {
		expect(leaks(workplace)).toEqual([]);
		await both.close();
		await workplace.close();
		await redis.kill();
	});

	/** Asks, and tells which of the two writes the answer, which other does not, and where. */
	async function askAndWatch(text: string) {
		workplace.slack.setEventsUrl(eventsAt(first));
		const threadTs = await workplace.ask(question(text));
		const message = await eventually(() => workplace.answers(workplace.channels.general, threadTs)[0]);
		const isFirst = (await first.metric('openccb_running_turns')) === 1;
		return { threadTs, message, other: isFirst ? second : first };
	}

	it('answer once what is delivered to both of them at the same time', async () => {
		const text = answerText(10);
		workplace.ollama.answer(text);
		workplace.slack.setEventsUrl(both.url);
		const threads: string[] = [];
		for (let count = 0; count < 6; count++) threads.push(await workplace.ask(question(`how often, ${count}`)));
		for (const threadTs of threads) await expectOneAnswer(workplace, threadTs, text);
		expect(modelRequests(workplace)).toHaveLength(threads.length);
		const taken = async (result: string) =>
			(await first.metric('openccb_events_total', `result="${result}"`)) +
			(await second.metric('openccb_events_total', `result="${result}"`));
		expect(await taken('new')).toBe(threads.length);
		// Each mention is two events, and each of these came to both.
		expect(await taken('duplicate')).toBe(threads.length * 3);
		expect(workplace.slack.calls.filter((call) => call.httpStatus === 429)).toEqual([]);
	});

	it('stop an answer within a second wherever Stop is pressed', async () => {
		workplace.ollama.answer(answerText(400));
		const { threadTs, message, other } = await askAndWatch('write a long one');
		workplace.slack.setEventsUrl(eventsAt(other));
		const pressedAtMs = Date.now();
		const { tom: user } = workplace.people;
		await workplace.slack.press({ user, channel: message.channel, ts: message.ts, actionId: 'openccb_stop' });
		const { hungUpAtMs } = await eventually(() => modelRequests(workplace).findLast(({ record }) => record.hungUpAtMs !== null)?.record);
		expect((hungUpAtMs ?? 0) - pressedAtMs).toBeLessThan(1_000);
		const stopped = await workplace.answered(message.channel, threadTs);
		expect(stopped.visibleText).toMatch(/^quokka0 .*Stopped\.$/s);
		expect(stopped.buttons.map((button) => button.actionId)).toEqual(['openccb_retry']);
		await settled(other);
		expect(workplace.answers(message.channel, threadTs)).toHaveLength(1);
	});

	it('stop an answer when its asker says so in the thread', async () => {
		workplace.ollama.answer(answerText(400));
		const { threadTs, message, other } = await askAndWatch('write another long one');
		workplace.slack.setEventsUrl(eventsAt(other));
		await workplace.slack.say({ user: workplace.people.tom, channel: message.channel, threadTs, text: 'stop' });
		const stopped = await workplace.answered(message.channel, threadTs);
		expect(stopped.visibleText).toMatch(/Stopped\.$/);
	});
});
