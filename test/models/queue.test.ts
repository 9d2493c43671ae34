/** Waiting for a slot over HTTP: positions, turns, limits, and slots that are learned. */

import { describe, expect, it } from 'vitest';
import type { OllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { ChatBody, Failure } from '#test/emulators/ollama/types.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { type Asked, answersOf, ask, createPool, startOllama, until } from './pool-fixture.ts';

const question = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const askedInOrder = (ollama: OllamaEmulator): string[] =>
	answersOf(ollama).map(({ body }) => (body as ChatBody).messages?.[0]?.content ?? '');

describe('the queue', () => {
	it('tells everybody their position each time it changes, and serves users in turn', async () => {
		const ollama = await startOllama({ tokensPerSecond: 200 });
		ollama.answer('word '.repeat(10));
		const { pool } = createPool([ollama], { slots: 1 });
		const names = ['ana-1', 'ana-2', 'ana-3', 'berta-1', 'carla-1'];
		const asked = names.map((name) => ask(pool, { ...question(name), userId: name.split('-')[0] ?? '' }));
		await until(() => pool.queueLength() === 4);
		expect(await Promise.all(asked.map((one) => one.ended))).toEqual([null, null, null, null, null]);
		expect(askedInOrder(ollama)).toEqual(['ana-1', 'berta-1', 'carla-1', 'ana-2', 'ana-3']);
		expect(asked.map((one) => one.positions())).toEqual([[], [3, 2, 1], [4, 3, 2, 1], [1], [2, 1]]);
		expect(pool.queueLength()).toBe(0);
	});

	it('estimates the wait once it knows how long an answer takes', async () => {
		const ollama = await startOllama({ tokensPerSecond: 100 });
		ollama.answer('word '.repeat(20));
		const { pool } = createPool([ollama], { slots: 1 });
		await ask(pool).ended;
		const first = ask(pool);
		const second = ask(pool);
		await Promise.all([first.ended, second.ended]);
		expect(second.events[0]).toEqual({ type: 'queued', position: 1, estimateMs: 1000 });
	});

	it('serves background requests last', async () => {
		const ollama = await startOllama({ tokensPerSecond: 200 });
		const { pool } = createPool([ollama], { slots: 1 });
		ollama.answer('short');
		const asked = [
			ask(pool, question('running')),
			ask(pool, { ...question('background'), priority: 'background' }),
			ask(pool, { ...question('person'), userId: 'berta' }),
		];
		await Promise.all(asked.map((one) => one.ended));
		expect(askedInOrder(ollama)).toEqual(['running', 'person', 'background']);
	});

	it('that is full refuses whoever would be served last', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens' });
		const { pool } = createPool([ollama], { slots: 1, queueLimit: 2 });
		const running = ask(pool);
		await until(() => running.text() !== '');
		const ana = [ask(pool), ask(pool), ask(pool)];
		expect(await ana[2]?.ended).toMatchObject({ code: 'RATE_LIMITED', reason: 'queue-full', retryable: true });
		const berta = ask(pool, { userId: 'berta' });
		expect(await ana[1]?.ended).toMatchObject({ code: 'RATE_LIMITED', reason: 'queue-full' });
		expect(pool.queueLength()).toBe(2);
		running.abort();
		expect(await Promise.all([ana[0]?.ended, berta.ended])).toEqual([null, null]);
	});

	it('has a time limit', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens' });
		const { pool } = createPool([ollama], { slots: 1, deadlines: { queueMs: 50, firstTokenMs: 5000, silenceMs: 5000, totalMs: 5000 } });
		const running = ask(pool);
		await until(() => running.text() !== '');
		expect(await ask(pool).ended).toMatchObject({ code: 'TIMEOUT', reason: 'queue' });
		expect(pool.queueLength()).toBe(0);
		running.abort();
	});

	it('is left at once by an abort, and those behind move up', async () => {
		const ollama = await startOllama();
		ollama.fail({ kind: 'stall-between-tokens' });
		const { pool } = createPool([ollama], { slots: 1 });
		const running = ask(pool);
		await until(() => running.text() !== '');
		const leaving = ask(pool, { userId: 'berta' });
		const staying = ask(pool, { userId: 'carla' });
		await until(() => staying.positions().at(-1) === 2);
		leaving.abort();
		expect(await leaving.ended).toMatchObject({ code: 'CANCELLED' });
		await until(() => staying.positions().at(-1) === 1);
		expect(answersOf(ollama)).toHaveLength(1);
		running.abort();
		expect(await staying.ended).toBeNull();
	});
});

describe('automatic slots', () => {
	it('send everything first, then learn, and take back what only waits on the host', async () => {
		const ollama = await startOllama({ parallel: 2 });
		ollama.fail({ kind: 'stall-between-tokens', times: 2 });
		const clock = createManualClock();
		const { pool } = createPool([ollama], { slots: 'auto', clock });
		const asked = Array.from({ length: 6 }, (_, index) => ask(pool, { userId: `user-${index}` }));
		await clock.advanceUntil(() => asked.filter((one) => one.text() !== '').length === 2 && answersOf(ollama).length === 6, 1000);
		expect(pool.queueLength()).toBe(0);
		await clock.advance(6_000);
		expect(pool.status()[0]?.slots).toBe(2);
		// One more than streams stays on the host, so that it never idles.
		expect(pool.queueLength()).toBe(3);
		expect(asked.slice(3).map((one) => one.positions().length > 0)).toEqual([true, true, true]);
		for (const one of asked.slice(0, 2)) one.abort();
		await Promise.all(asked.map((one) => one.ended));
		expect(asked.slice(2).map((one) => one.events.at(-1)?.type)).toEqual(['end', 'end', 'end', 'end']);
	});
});

describe('waiting on the host', () => {
	const limits = { queueMs: 600_000, firstTokenMs: 20_000, silenceMs: 900_000, totalMs: 900_000 };

	/** The first one is being answered and goes on for ever; the others were sent to the same host, which answers one at a time. */
	async function busyHost(slots: number | 'auto', others: string[], deadlines: Partial<typeof limits> = {}, failures: Failure[] = []) {
		const ollama = await startOllama({ parallel: 1 });
		for (const failure of [{ kind: 'stall-between-tokens' } as const, ...failures]) ollama.fail(failure);
		const clock = createManualClock();
		const { pool } = createPool([ollama], { slots, clock, deadlines: { ...limits, ...deadlines } });
		const first = ask(pool, { userId: 'ana' });
		await clock.advanceUntil(() => first.text() !== '', 1_000);
		const waiting: Asked[] = [];
		for (const userId of others) {
			waiting.push(ask(pool, { userId }));
			await clock.advanceUntil(() => answersOf(ollama).length === waiting.length + 1, 1_000);
		}
		return { ollama, clock, pool, first, waiting };
	}

	it.each(['auto', 4] as const)('has a position, and no limit but that of the queue (slots: %s)', async (slots) => {
		const { clock, first, waiting } = await busyHost(slots, ['berta']);
		const [berta] = waiting as [Asked];
		await clock.advance(7_000);
		expect(berta.positions()).toEqual([1]);
		await clock.advance(300_000);
		expect(berta.events.map(({ type }) => type)).toEqual(['started', 'queued']);
		first.abort();
		expect(await berta.ended).toBeNull();
		expect(berta.text()).not.toBe('');
	});

	it('has one after those before it, and before those that wait here', async () => {
		const { clock, pool, waiting } = await busyHost('auto', ['berta', 'carla']);
		await clock.advance(12_000);
		const dora = ask(pool, { userId: 'dora' });
		await clock.advance(100);
		expect([...waiting, dora].map((one) => one.positions().at(-1))).toEqual([1, 2, 3]);
		const set = await busyHost(4, ['berta', 'carla']);
		await set.clock.advance(7_000);
		expect(set.waiting.map((one) => one.positions())).toEqual([[1], [2]]);
	});

	it('ends with the limit of the queue', async () => {
		const { clock, waiting } = await busyHost(4, ['berta'], { queueMs: 60_000 });
		await clock.advance(63_000);
		expect(await waiting[0]?.ended).toMatchObject({ code: 'TIMEOUT', reason: 'queue', retryable: true });
	});

	it('counts towards the limit of the queue when it goes on here', async () => {
		const { clock, waiting } = await busyHost('auto', ['berta', 'carla'], { queueMs: 60_000 });
		await clock.advance(58_000);
		expect(waiting[1]?.events.filter(({ type }) => type === 'queued')).not.toEqual([]);
		await clock.advance(5_000);
		expect(await waiting[1]?.ended).toMatchObject({ code: 'TIMEOUT', reason: 'queue' });
	});

	it('over, the limit of the first token begins, and the sign of work comes back', async () => {
		const { clock, first, waiting } = await busyHost(4, ['berta'], {}, [{ kind: 'stall-before-headers' }]);
		const [berta] = waiting as [Asked];
		await clock.advance(100_000);
		first.abort();
		await first.ended;
		await clock.advance(14_000);
		expect(berta.events.map(({ type }) => type)).toEqual(['started', 'queued', 'working']);
		await clock.advance(8_000);
		expect(await berta.ended).toMatchObject({ code: 'TIMEOUT', reason: 'first-token' });
	});
});
