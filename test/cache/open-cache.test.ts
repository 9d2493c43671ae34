/** The cache as the program opens it: with Redis, without, and through outages of a Redis that is really killed. */

import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createFallbackCache } from '#src/cache/fallback-cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { openCache } from '#src/cache/open-cache.ts';
import { createRedisCache } from '#src/cache/redis-cache.ts';
import type { BudgetRequest } from '#src/pacing/budgets.ts';
import { createListeners } from '#src/redis/listeners.ts';
import { describeCacheContract } from '#test/contract/cache.contract.ts';
import { createBreakableRoad } from '../redis/breakable-road.ts';
import { createOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { createRecordingLogger, type RecordingLogger } from '../redis/recording-logger.ts';

/** How long these tests wait for an answer of Redis, and what a call may take then while it is away, on a busy machine. */
const PATIENT_MS = 400;
const SOON_MS = 800;

const minute = (key: string, limit: number): BudgetRequest => ({ key, windows: [{ limit, windowMs: 60_000 }] });

const reached = (cache: Cache, mode: ReturnType<Cache['mode']>) => expect.poll(() => cache.mode(), { interval: 10 }).toBe(mode);

/** As `openCache` does it, but with time for a Redis that runs beside busy tests, which would otherwise count as away now and then. */
function openPatient(url: string, logger: RecordingLogger): Cache {
	const subscriptions = createListeners(logger);
	const redis = createRedisCache({ url, logger, subscriptions, answerWithinMs: PATIENT_MS });
	return createFallbackCache({ redis, memory: createMemoryCache({ subscriptions }), logger });
}

async function unusedAddress(): Promise<string> {
	return (await createOwnRedis()).url;
}

describeCacheContract({
	name: 'memory in place of Redis',
	mode: 'degraded',
	stated: (limit) => limit * 2,
	open: async () => {
		let now = 0;
		const cache = openCache({ url: await unusedAddress(), logger: createRecordingLogger(), clock: () => now });
		return {
			cache,
			now: () => now,
			pause: async (durationMs) => {
				now += durationMs;
			},
			close: () => cache.close(),
		};
	},
});

describeCacheContract({
	name: 'the cache opened with a Redis',
	mode: 'shared',
	open: async () => {
		const cache = openPatient(inject('redisUrl'), createRecordingLogger());
		await reached(cache, 'shared');
		return { cache, now: () => performance.now(), pause: (durationMs) => delay(durationMs), close: () => cache.close() };
	},
});

test('without an address the cache is local and logs nothing', async () => {
	const logger = createRecordingLogger();
	const cache = openCache({ url: null, logger });
	await cache.takeSlot(minute('calls', 10), 'a');
	expect([cache.mode(), (await cache.budgetState(minute('calls', 10))).free, logger.lines]).toEqual(['local', 9, []]);
	await cache.close();
});

test('with the address of a Redis that is there the cache is shared and says so once', async () => {
	const logger = createRecordingLogger();
	const cache = openCache({ url: inject('redisUrl'), logger });
	const budget = minute(`first-calls:${process.pid}`, 10);
	await reached(cache, 'shared');
	await cache.takeSlot(budget, 'a');
	expect(await cache.budgetState(budget)).toMatchObject({ free: 9, limit: 10 });
	expect(logger.lines).toMatchObject([{ level: 'info', fields: { mode: 'shared' } }]);
	await cache.close();
});

test('connections that died without a word are replaced, for commands and for channels', async () => {
	const road = await createBreakableRoad(Number(new URL(inject('redisUrl')).port));
	const cache = openCache({ url: `redis://127.0.0.1:${road.port}`, logger: createRecordingLogger() });
	const direct = openCache({ url: inject('redisUrl'), logger: createRecordingLogger() });
	await Promise.all([reached(cache, 'shared'), reached(direct, 'shared')]);
	const channel = `replaced:${process.pid}`;
	const heard: string[] = [];
	await cache.subscribe(channel, (message) => heard.push(message));
	await expect.poll(() => road.connections()).toBe(2);
	road.swallow();
	await cache.budgetState(minute('anything', 10));
	expect(cache.mode()).toBe('degraded');
	await reached(cache, 'shared');
	await expect
		.poll(async () => {
			await direct.publish(channel, 'hello');
			return heard;
		})
		.toContain('hello');
	expect(road.connections()).toBe(4);
	await Promise.all([cache.close(), direct.close()]);
	await road.close();
});

test('a wrong password is named as the reason, and not shown', async () => {
	const logger = createRecordingLogger();
	const plain = new Redis(inject('redisUrl'));
	const user = `guest-${process.pid}`;
	await plain.acl('SETUSER', user, 'on', '>right', '~*', '&*', '+@all');
	const address = new URL(inject('redisUrl'));
	address.username = user;
	address.password = 'wrong-secret';
	const cache = openCache({ url: address.href, logger });
	await expect.poll(() => logger.lines).toMatchObject([{ level: 'warn', fields: { mode: 'degraded', reason: 'WRONGPASS' } }]);
	expect(JSON.stringify(logger.lines)).not.toContain('wrong-secret');
	await cache.close();
	await plain.acl('DELUSER', user);
	plain.disconnect();
});

describe('a Redis that goes away', () => {
	let server: OwnRedis;
	let logger: RecordingLogger;
	let cache: Cache;
	let other: Cache;

	beforeEach(async () => {
		server = await createOwnRedis();
		logger = createRecordingLogger();
	});

	afterEach(async () => {
		await Promise.all([cache, other].map((opened) => opened?.close()));
		await server.kill();
	});

	async function openShared(): Promise<void> {
		await server.start();
		cache = openPatient(server.url, logger);
		other = openPatient(server.url, createRecordingLogger());
		await Promise.all([reached(cache, 'shared'), reached(other, 'shared')]);
	}

	/** Makes calls without a break until `end`; returns how long the slowest took. */
	async function callUntil(end: () => boolean): Promise<number> {
		let slowestMs = 0;
		for (let index = 0; !end(); index += 1) {
			const start = performance.now();
			await Promise.all([
				cache.takeSlot(minute('busy', 10), `call-${index}`),
				cache.budgetState(minute('busy', 10)),
				cache.publish('nobody', 'message'),
			]);
			slowestMs = Math.max(slowestMs, performance.now() - start);
			await delay(5);
		}
		return slowestMs;
	}

	test('is missed by nobody: calls go on at once, and use it again when it is back', async () => {
		await openShared();
		let isOver = false;
		const calls = callUntil(() => isOver);
		await server.kill();
		await reached(cache, 'degraded');
		await server.start();
		await reached(cache, 'shared');
		isOver = true;
		expect(await calls).toBeLessThan(SOON_MS);
		const modes = logger.lines.map(({ level, fields }) => [level, 'mode' in fields && fields.mode]);
		// A machine that stands still for a moment may send it away once more after that.
		expect(modes.slice(0, 3)).toEqual([
			['info', 'shared'],
			['warn', 'degraded'],
			['info', 'shared'],
		]);
	});

	test('may be there only later', async () => {
		cache = openCache({ url: server.url, logger });
		await cache.takeSlot(minute('calls', 10), 'a');
		expect([cache.mode(), await cache.budgetState(minute('calls', 10))]).toMatchObject(['degraded', { free: 4, limit: 5 }]);
		await server.start();
		await reached(cache, 'shared');
		expect(logger.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
	});

	test('is given up after one answer’s time when it hangs, and used again when it answers', async () => {
		await server.start();
		cache = openCache({ url: server.url, logger });
		await reached(cache, 'shared');
		server.freeze();
		const start = performance.now();
		await cache.takeSlot(minute('calls', 10), 'a');
		expect(performance.now() - start).toBeLessThan(PATIENT_MS);
		expect([cache.mode(), (await cache.budgetState(minute('calls', 10))).free]).toEqual(['degraded', 4]);
		server.thaw();
		await reached(cache, 'shared');
	});

	test('halves limits, never below one, and does not make this process forget what it has spent', async () => {
		await openShared();
		for (const id of ['a', 'b', 'c']) await cache.takeSlot(minute('used', 10), id);
		await cache.reserveSlot(minute('used', 10), 'final', 60_000);
		await server.kill();
		expect((await cache.budgetState(minute('unused', 10))).free).toBe(5);
		expect((await cache.budgetState(minute('smallest', 1))).free).toBe(1);
		expect(await cache.budgetState(minute('used', 10))).toMatchObject({ free: 1, limit: 5 });
	});

	test('is told afterwards which calls were made without it', async () => {
		await openShared();
		await server.kill();
		for (const id of ['a', 'b']) expect((await cache.takeSlot(minute('edits', 10), id)).granted).toBe(true);
		await cache.settleSlot(minute('edits', 10), 'a');
		await cache.reserveSlot(minute('edits', 10), 'final', 60_000);
		await cache.penalise(minute('posts', 10), 60_000);
		await server.start();
		await Promise.all([reached(cache, 'shared'), reached(other, 'shared')]);
		expect(await other.budgetState(minute('edits', 10))).toMatchObject({ free: 7, limit: 10 });
		expect(await other.budgetState(minute('posts', 10))).toMatchObject({ free: 0, limit: 8 });
	});

	test('does not part listeners from their channels', async () => {
		await openShared();
		const heard: string[] = [];
		await cache.subscribe('stop', (message) => heard.push(message));
		// Channels are followed on a connection of their own, which is there a moment before or after the one that writes.
		await expect
			.poll(async () => {
				await other.publish('stop', 'before');
				return heard;
			})
			.toContain('before');
		await server.kill();
		await cache.publish('stop', 'own');
		const leave = await cache.subscribe('late', (message) => heard.push(message));
		await expect.poll(() => heard).toContain('own');
		await server.start();
		await Promise.all([reached(cache, 'shared'), reached(other, 'shared')]);
		await expect
			.poll(async () => {
				await other.publish('stop', 'after');
				await other.publish('late', 'late');
				return heard;
			})
			.toEqual(expect.arrayContaining(['after', 'late']));
		await leave();
	});
});
