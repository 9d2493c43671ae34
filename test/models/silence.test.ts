/** What is told of a model from which nothing comes, before its first words and between them. */

import type { Ollama } from 'ollama';
import { describe, expect, it } from 'vitest';
import type { Clock } from '#src/clock.ts';
import { type AnswerEvent, type ChatCall, streamAnswer } from '#src/models/chat-stream.ts';
import type { ModelEvent } from '#src/models/model-pool.ts';
import type { EmulatorOptions, Failure } from '#test/emulators/ollama/types.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { type Asked, answersOf, ask, createPool, startOllama, until } from './pool-fixture.ts';

const deadlines = { queueMs: 600_000, firstTokenMs: 180_000, silenceMs: 60_000, totalMs: 900_000 };

async function asking({
	failure,
	ollama: options = {},
	isStarted = false,
}: {
	failure?: Failure;
	ollama?: EmulatorOptions;
	isStarted?: boolean;
}) {
	const ollama = await startOllama(options);
	if (failure) ollama.fail(failure);
	const clock = createManualClock();
	const { pool } = createPool([ollama], { clock, deadlines });
	if (isStarted) {
		pool.start();
		await until(() => pool.status()[0]?.state !== 'unknown');
	}
	const asked = ask(pool);
	await until(() => answersOf(ollama).length === 1);
	return { ollama, clock, pool, asked };
}

const told = ({ events }: Asked) => events.filter(({ type }) => type !== 'text-delta' && type !== 'started');
const silent = (forMs: number, cause: Extract<ModelEvent, { type: 'silent' }>['cause'] = 'unknown') => ({ type: 'silent', cause, forMs });

describe('a silent model', () => {
	it('is told of from 15 s on, until its limit', async () => {
		const { clock, asked } = await asking({ failure: { kind: 'stall-before-headers' } });
		await clock.advance(14_900);
		expect(told(asked)).toEqual([]);
		await clock.advance(100);
		expect(told(asked)).toEqual([silent(15_000)]);
		await clock.advance(30_000);
		expect(told(asked)).toEqual([silent(15_000), silent(30_000), silent(45_000)]);
		await clock.advance(136_000);
		expect(await asked.ended).toMatchObject({ code: 'TIMEOUT', reason: 'first-token' });
	});

	it('is told of within an answer too', async () => {
		const { clock, asked } = await asking({ failure: { kind: 'stall-between-tokens' } });
		await clock.advanceUntil(() => asked.text() !== '', 1_000);
		await clock.advance(16_000);
		expect(told(asked)).toEqual([silent(15_000)]);
		await clock.advance(46_000);
		expect(await asked.ended).toMatchObject({ code: 'TIMEOUT', reason: 'silence' });
	});

	it('that is being loaded is told of as that', async () => {
		const { clock, asked } = await asking({ ollama: { loadMs: 400 }, isStarted: true });
		await clock.advance(15_000);
		expect(told(asked)).toEqual([silent(15_000, 'loading')]);
		expect(await asked.ended).toBeNull();
	});

	it('on a host that is not there any more is told of as that', async () => {
		const { ollama, pool, clock, asked } = await asking({ failure: { kind: 'stall-before-headers' }, isStarted: true });
		ollama.fail({ kind: 'status', status: 502, path: '/api/tags', times: 1_000 });
		await clock.advanceUntil(() => pool.status()[0]?.state === 'down', 14_000);
		await clock.advance(15_000);
		expect(told(asked).at(-1)).toEqual(silent(15_000, 'away'));
		asked.abort();
	});

	it('that thinks is not silent, and is told of as working once it does', async () => {
		const clock = createManualClock();
		const thinking = { message: { role: 'assistant', content: '', thinking: 'hm' }, done: false };
		async function* lines() {
			await clock.wait(16_000);
			for (let count = 0; count < 6; count++) {
				yield thinking;
				await clock.wait(5_000);
			}
			yield { message: { role: 'assistant', content: 'Yes.' }, done: true };
		}
		const events: AnswerEvent[] = [];
		const read = async () => {
			for await (const event of streamAnswer(callOf(clock, lines()))) events.push(event);
		};
		const reading = read();
		await clock.advance(50_000);
		await reading;
		expect(events.slice(0, -1)).toEqual([silent(15_000), { type: 'working' }, { type: 'text-delta', text: 'Yes.' }]);
	});

	it('that never was silent is not told of', async () => {
		const { clock, asked } = await asking({});
		await asked.ended;
		await clock.advance(60_000);
		expect(told(asked).map(({ type }) => type)).toEqual(['end']);
	});
});

/** A call whose host says these lines. */
function callOf(clock: Clock, lines: AsyncIterable<object>): ChatCall {
	return {
		host: 'a',
		connect: () => ({ chat: async () => lines }) as unknown as Ollama,
		body: { model: 'demo', messages: [], stream: true },
		maxOutputTokens: 100,
		limits: deadlines,
		clock,
		place: async () => ({ isBehindOthers: false, position: null }),
		cause: () => 'unknown',
		waitUntilMs: Number.POSITIVE_INFINITY,
		onFirstToken: () => {},
		signal: new AbortController().signal,
	};
}
