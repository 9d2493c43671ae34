/** Counters in a real Redis, in memory, and through outages of a Redis that is really killed or hangs. */

import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type Counter, type Counters, openCounters } from '#src/limits/counters.ts';
import { createOwnRedis, type OwnRedis } from '../redis/own-redis.ts';

/** How long these tests wait for an answer of Redis, and what a call may take then while it is away, on a busy machine. */
const PATIENT_MS = 400;
const SOON_MS = 800;

const minuteMs = 60_000;
const opened: Counters[] = [];

afterEach(async () => {
	await Promise.all(opened.splice(0).map((counters) => counters.close()));
});

function open(url: string | null): Counter {
	const counters = openCounters({ url, answerWithinMs: PATIENT_MS });
	opened.push(counters);
	return counters.open('tests', minuteMs);
}

/** Counts in Redis from the first call of the test on: without a connection after 50 ms it would be memory. */
async function openShared(url: string): Promise<Counter> {
	const [counter, redis] = [open(url), new Redis(url)];
	await expect
		.poll(async () => {
			const key = randomUUID();
			await counter.add(key, 1);
			return await redis.get(redisKey(key));
		})
		.toBe('1');
	redis.disconnect();
	return counter;
}

const redisKey = (key: string) => `ccb:count:tests:${key}`;

describe.each([
	['in memory', async () => open(null)],
	['in Redis', () => openShared(inject('redisUrl'))],
] as const)('counters %s', (_name, openOne) => {
	test('begin at nothing, and reading begins no window', async () => {
		const counter = await openOne();
		expect(await counter.read(randomUUID())).toEqual({ used: 0, resetInMs: 0 });
	});

	test('add up, and the window is not lengthened by what follows', async () => {
		const [counter, key] = [await openOne(), randomUUID()];
		const first = await counter.add(key, 1);
		expect(first.used).toBe(1);
		const second = await counter.add(key, 12_345);
		expect(second.used).toBe(12_346);
		expect(second.resetInMs).toBeGreaterThan(0);
		expect(second.resetInMs).toBeLessThanOrEqual(first.resetInMs);
		expect(first.resetInMs).toBeLessThanOrEqual(minuteMs);
		expect((await counter.read(key)).used).toBe(12_346);
	});

	test('keep each key apart and lose nothing of what comes at once', async () => {
		const [counter, key, other] = [await openOne(), randomUUID(), randomUUID()];
		const counts = await Promise.all(Array.from({ length: 50 }, () => counter.add(key, 1)));
		expect(new Set(counts.map(({ used }) => used)).size).toBe(50);
		expect((await counter.read(other)).used).toBe(0);
	});

	test('take back what was counted, and never fall below nothing', async () => {
		const [counter, key] = [await openOne(), randomUUID()];
		await counter.add(key, 3);
		await counter.giveBack(key, 2);
		expect((await counter.read(key)).used).toBe(1);
		await counter.giveBack(key, 2);
		expect((await counter.read(key)).used).toBe(0);
	});
});

test('several processes share their counts through Redis, under the prefix of this program', async () => {
	const [one, two, key] = [await openShared(inject('redisUrl')), await openShared(inject('redisUrl')), randomUUID()];
	await one.add(key, 2);
	await two.add(key, 3);
	const redis = new Redis(inject('redisUrl'));
	expect([(await one.read(key)).used, await redis.get(redisKey(key))]).toEqual([5, '5']);
	await redis.pexpire(redisKey(key), 1);
	// Over with its window, everywhere.
	await expect.poll(async () => [await one.read(key), await two.read(key)]).toEqual(Array(2).fill({ used: 0, resetInMs: 0 }));
	redis.disconnect();
});

describe('a Redis that goes away', () => {
	let server: OwnRedis;
	beforeEach(async () => {
		server = await createOwnRedis();
	});
	afterEach(() => server.kill());

	async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
		const startMs = performance.now();
		return [await work(), performance.now() - startMs];
	}

	test('does not stop the counting, and forgets nothing that this process knew', async () => {
		await server.start();
		const [counter, key] = [await openShared(server.url), randomUUID()];
		await counter.add(key, 7);
		await server.kill();
		const [counts, tookMs] = await timed(async () => [await counter.read(key), await counter.add(key, 1), await counter.add(key, 1)]);
		expect(counts.map(({ used }) => used)).toEqual([7, 8, 9]);
		expect(counts[2]?.resetInMs).toBeGreaterThan(minuteMs - 30_000);
		expect(tookMs).toBeLessThan(SOON_MS);
	});

	test('is used again when it is back, with what it still holds', async () => {
		await server.start();
		const [counter, key] = [await openShared(server.url), randomUUID()];
		await counter.add(key, 7);
		await server.kill();
		await counter.add(key, 1);
		await server.start();
		const redis = new Redis(server.url);
		await redis.set(redisKey(key), 100, 'EX', 60);
		await expect.poll(async () => (await counter.read(key)).used).toBe(100);
		redis.disconnect();
	});

	test('may be there only later', async () => {
		const [counter, key] = [open(server.url), randomUUID()];
		const [count, tookMs] = await timed(() => counter.add(key, 1));
		expect(count.used).toBe(1);
		expect(tookMs).toBeLessThan(SOON_MS);
		await server.start();
		await expect.poll(async () => (await counter.read(key)).used).toBe(0);
	});

	test('costs one answer’s time when it hangs, then nothing', async () => {
		await server.start();
		const [counter, key] = [await openShared(server.url), randomUUID()];
		await counter.add(key, 7);
		server.freeze();
		const [first, firstMs] = await timed(() => counter.add(key, 1));
		const [, nextMs] = await timed(async () => {
			for (let index = 0; index < 20; index += 1) await counter.add(key, 1);
		});
		expect(first.used).toBe(8);
		expect(firstMs).toBeLessThan(SOON_MS);
		expect(nextMs).toBeLessThan(PATIENT_MS);
		server.thaw();
		const direct = new Redis(server.url);
		await direct.set(redisKey(key), 50, 'EX', 60);
		await expect.poll(async () => (await counter.read(key)).used).toBe(50);
		direct.disconnect();
	});
});
