/** Two pools with one queue: what one does and learns counts for the other. */

import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { silentLogger } from '#src/log.ts';
import { createFallbackTicketQueue } from '#src/queue/fallback-ticket-queue.ts';
import { createMemoryTicketBook } from '#src/queue/memory/memory-ticket-book.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import type { TicketQueue } from '#src/queue/ticket-queue.ts';
import type { OllamaEmulator } from '#test/emulators/ollama/index.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { answersOf, ask, createPool, type Fixture, startOllama, until } from './pool-fixture.ts';

async function openTwo(ollama: OllamaEmulator): Promise<[Fixture, Fixture]> {
	const name = `pools-${randomUUID()}`;
	const queues: TicketQueue[] = [];
	const open = (): Fixture => {
		const queue = openTicketQueue({ url: inject('redisUrl'), name, processId: randomUUID(), logger: silentLogger });
		queues.push(queue);
		return createPool([ollama], { slots: 1, queue });
	};
	const pools: [Fixture, Fixture] = [open(), open()];
	await until(() => queues.every((queue) => queue.mode() === 'shared'));
	return pools;
}

describe('two pools over one Redis', () => {
	let ollama: OllamaEmulator;
	beforeEach(async () => {
		ollama = await startOllama({ parallel: 4 });
	});

	it('have one slot between them, and a cancelled answer frees it for the other within a second', async () => {
		const [{ pool: one }, { pool: two }] = await openTwo(ollama);
		ollama.fail({ kind: 'stall-between-tokens' });
		const running = ask(one);
		await until(() => running.text() !== '');
		const waiting = ask(two, { userId: 'berta' });
		await until(() => waiting.positions().at(-1) === 1);
		expect(answersOf(ollama)).toHaveLength(1);
		const cancelledAtMs = performance.now();
		running.abort();
		await until(() => waiting.events.some(({ type }) => type === 'started'));
		expect(performance.now() - cancelledAtMs).toBeLessThan(1_000);
		expect(await waiting.ended).toBeNull();
	});

	it('are paused, drained and opened together', async () => {
		const [{ pool: one }, { pool: two }] = await openTwo(ollama);
		await one.setQueueState('paused');
		const waiting = ask(two);
		await until(() => waiting.events.length > 0);
		expect(waiting.events).toEqual([{ type: 'queued', position: 1, estimateMs: null, paused: true }]);
		await two.setQueueState('draining');
		expect(await waiting.ended).toBeNull();
		expect(await ask(one).ended).toMatchObject({ code: 'RATE_LIMITED', reason: 'draining', retryable: true });
		// What a process died over was accepted before.
		expect(await ask(one, { resumes: true }).ended).toBeNull();
		expect(await two.queue()).toMatchObject({ state: 'draining', mode: 'shared', hosts: [{ host: ollama.url, running: 0, slots: 1 }] });
		await one.setQueueState('open');
		expect(await ask(two).ended).toBeNull();
	});

	it('count together what one user has in flight', async () => {
		const [{ pool: one }, { pool: two }] = await openTwo(ollama);
		ollama.fail({ kind: 'stall-between-tokens' });
		const running = ask(one, { inFlightLimit: 2 });
		await until(() => running.text() !== '');
		const waiting = ask(two, { inFlightLimit: 2 });
		await until(() => waiting.positions().length > 0);
		expect(await ask(one, { inFlightLimit: 2 }).ended).toMatchObject({ code: 'RATE_LIMITED', reason: 'in-flight' });
		const resumed = ask(one, { inFlightLimit: 2, resumes: true });
		await until(() => resumed.positions().at(-1) === 1);
		running.abort();
		expect(await Promise.all([resumed.ended, waiting.ended])).toEqual([null, null]);
		expect(await ask(one, { inFlightLimit: 2 }).ended).toBeNull();
	});

	it('give back what they have when they stop', async () => {
		const [{ pool: one }, { pool: two }] = await openTwo(ollama);
		ollama.fail({ kind: 'stall-between-tokens' });
		const running = ask(one);
		await until(() => running.text() !== '');
		const waiting = ask(two);
		await until(() => waiting.positions().length > 0);
		await one.stop();
		expect(await waiting.ended).toBeNull();
	});
});

describe('two pools that learn the slots of one host', () => {
	it('learn what it takes from both together', async () => {
		const ollama = await startOllama({ parallel: 4 });
		ollama.fail({ kind: 'stall-between-tokens', times: 4 });
		const clock = createManualClock();
		const book = createMemoryTicketBook({ now: clock.now });
		const openPool = (processId: string): Fixture => {
			const openMemory = (hear: Parameters<typeof book.open>[1]) => book.open(processId, hear);
			const queue = createFallbackTicketQueue({ processId, clock, logger: silentLogger, openMemory, openRedis: null });
			return createPool([ollama], { slots: 'auto', clock, queue });
		};
		const pools = [openPool('one').pool, openPool('two').pool];
		const asked = Array.from({ length: 12 }, (_, index) => ask(pools[index % 2] ?? expect.fail(), { userId: `user-${index}` }));
		await clock.advanceUntil(() => asked.filter((one) => one.text() !== '').length === 4 && answersOf(ollama).length === 12, 1_000);
		await clock.advance(6_000);
		expect(pools.map((pool) => pool.status()[0]?.slots)).toEqual([4, 4]);
		// Four stream, one waits on the host, and the others went back into the queue.
		expect(pools.reduce((sum, pool) => sum + pool.queueLength(), 0)).toBe(7);
		for (const one of asked.filter((candidate) => candidate.text() !== '')) one.abort();
		await Promise.all(asked.map((one) => one.ended));
		expect(asked.filter((one) => one.events.at(-1)?.type === 'end')).toHaveLength(8);
	});
});
