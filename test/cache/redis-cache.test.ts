/** The shared cache on a real Redis: the contract, several processes on one budget, and what Redis keeps. */

import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createRedisCache, type RedisCache } from '#src/cache/redis-cache.ts';
import { budgetKeys } from '#src/pacing/budget-script.ts';
import { describeCacheContract } from '#test/contract/cache.contract.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';

const url = inject('redisUrl');

async function openRedis(): Promise<RedisCache> {
	const cache = createRedisCache({ url, logger: createRecordingLogger(), answerWithinMs: 5_000 });
	await cache.connect();
	return cache;
}

describeCacheContract({
	name: 'Redis',
	mode: 'shared',
	open: async () => {
		const cache = await openRedis();
		return { cache, now: () => performance.now(), pause: (durationMs) => delay(durationMs), close: () => cache.close() };
	},
});

describe('two processes on one Redis', () => {
	let one: RedisCache;
	let two: RedisCache;
	let plain: Redis;
	let key: string;

	beforeEach(async () => {
		[one, two] = await Promise.all([openRedis(), openRedis()]);
		plain = new Redis(url);
		key = `two-processes:${process.pid}:${performance.now()}`;
	});

	afterEach(async () => {
		await Promise.all([one.close(), two.close()]);
		plain.disconnect();
	});

	/** Makes what is in the budget look older, as if time had passed. */
	async function age(byMs: number): Promise<void> {
		for (const budgetKey of budgetKeys(key).map((name) => `ccb:${name}`)) {
			for (const member of await plain.zrange(budgetKey, 0, '-1')) await plain.zincrby(budgetKey, -byMs, member);
		}
	}

	test('never get more slots together than the budget has, however they race', async () => {
		const budget = { key, windows: [{ limit: 50, windowMs: 60_000 }] };
		const caches = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? one : two));
		const answers = await Promise.all(caches.map((cache, index) => cache.takeSlot(budget, `call-${index}`)));
		expect(answers.filter(({ granted }) => granted)).toHaveLength(50);
	});

	test('never get more than the limit in any window while both call as fast as they may', async () => {
		const budget = { key, windows: [{ limit: 5, windowMs: 200 }] };
		const settledAt: number[] = [];
		const end = performance.now() + 1_500;
		async function call(cache: RedisCache, name: string): Promise<void> {
			for (let index = 0; performance.now() < end; index += 1) {
				const id = `${name}-${index}`;
				const answer = await cache.takeSlot(budget, id);
				if (!answer.granted) {
					await delay(Math.min(answer.retryInMs, 20));
					continue;
				}
				// Redis counts the call at some moment before its answer is here, so these times are never too early.
				settledAt.push(performance.now());
				await cache.settleSlot(budget, id);
			}
		}
		await Promise.all([call(one, 'a'), call(one, 'b'), call(two, 'c'), call(two, 'd')]);
		settledAt.sort((a, b) => a - b);
		for (const start of settledAt) expect(settledAt.filter((at) => at >= start && at < start + 200).length).toBeLessThanOrEqual(5);
		expect(settledAt.length).toBeGreaterThan(15);
	});

	test('see each other’s reservations, settlings and penalties', async () => {
		const budget = { key, windows: [{ limit: 10, windowMs: 60_000 }] };
		await one.reserveSlot(budget, 'final', 60_000);
		await one.takeSlot(budget, 'call');
		await two.settleSlot(budget, 'call');
		expect(await two.budgetState(budget)).toMatchObject({ free: 8, limit: 10 });
		await two.penalise(budget, 60_000);
		expect(await one.budgetState(budget)).toMatchObject({ free: 0, limit: 8 });
	});

	test('hear each other', async () => {
		const heard: string[] = [];
		await one.subscribe(key, (message) => heard.push(`one:${message}`));
		await two.subscribe(key, (message) => heard.push(`two:${message}`));
		await one.publish(key, 'stop');
		await expect.poll(() => [...heard].sort()).toEqual(['one:stop', 'two:stop']);
	});

	test('take a call that nobody settles as settled after thirty seconds', async () => {
		const budget = { key, windows: [{ limit: 1, windowMs: 60_000 }] };
		await one.takeSlot(budget, 'lost');
		await age(80_000);
		const refused = await two.takeSlot(budget, 'next');
		expect(refused.granted ? 0 : refused.retryInMs).toBeGreaterThan(9_000);
		expect(refused.granted ? 0 : refused.retryInMs).toBeLessThanOrEqual(11_000);
		await age(11_000);
		expect((await two.takeSlot(budget, 'next')).granted).toBe(true);
	});

	test('have the whole limit again ten minutes after a penalty', async () => {
		const budget = { key, windows: [{ limit: 50, windowMs: 60_000 }] };
		await one.penalise(budget, 1_000);
		await age(590_000);
		expect((await two.budgetState(budget)).limit).toBe(40);
		await age(10_000);
		expect(await two.budgetState(budget)).toMatchObject({ free: 50, limit: 50 });
	});

	test('leave nothing in Redis that does not expire by itself', async () => {
		const budget = { key, windows: [{ limit: 3, windowMs: 1_000 }] };
		await one.takeSlot(budget, 'settled');
		await one.settleSlot(budget, 'settled');
		await one.takeSlot(budget, 'lost');
		await one.reserveSlot(budget, 'final', 5_000);
		await one.penalise(budget, 1_000);
		const keys = budgetKeys(key).map((name) => `ccb:${name}`);
		const lifetimes = await Promise.all(keys.map((name) => plain.pttl(name)));
		const longest = [31_050, 1_050, 5_000, 600_000];
		for (const [index, lifetimeMs] of lifetimes.entries()) {
			expect(lifetimeMs).toBeGreaterThan(0);
			expect(lifetimeMs).toBeLessThanOrEqual(longest[index] ?? 0);
		}
	});
});

test('errors of Redis carry neither keys nor values', async () => {
	const cache = await openRedis();
	const plain = new Redis(url);
	const key = `wrong-type:${process.pid}:${performance.now()}`;
	const [flight = ''] = budgetKeys(key).map((name) => `ccb:${name}`);
	await plain.lpush(flight, 'a list');
	const error = await cache.budgetState({ key, windows: [{ limit: 1, windowMs: 1_000 }] }).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'WRONGTYPE' });
	expect((error as Error).cause).toBeUndefined();
	expect((error as Error).message).not.toContain(key);
	await plain.del(flight);
	plain.disconnect();
	await cache.close();
});

test('an answer that came while this process was busy is not taken for a late one', async () => {
	const cache = createRedisCache({ url, logger: createRecordingLogger(), answerWithinMs: 50 });
	await cache.connect();
	const answer = cache.budgetState({ key: `busy:${process.pid}`, windows: [{ limit: 1, windowMs: 1_000 }] });
	setImmediate(() => {
		for (const end = performance.now() + 300; performance.now() < end; );
	});
	expect(await answer).toMatchObject({ free: 1 });
	await cache.close();
});
