/** Budgets in Redis and in memory are two programs with one meaning: the same schedule must get the same answers from both. */

import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createRedisCache, type RedisCache } from '#src/cache/redis-cache.ts';
import { BUDGET_KEY_COUNT, budgetKeys } from '#src/pacing/budget-script.ts';
import type { BudgetRequest } from '#src/pacing/budgets.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';

/**
 * Time passes in whole seconds here, and everything that ends does so on a half, so the milliseconds by which the two clocks differ
 * decide nothing. Windows: 2,450 ms counted as 2,500; 10,500 ms counted as 11,500.
 */
const WINDOWS = [2_450, 10_500];
const TOLERANCE_MS = 400;

type Step = { id: string } & (
	| { do: 'take'; reservation: string | null; keepFree: number }
	| { do: 'settle' | 'release' }
	| { do: 'reserve' | 'penalise'; durationMs: number }
	| { do: 'wait'; durationMs: number }
);

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * 1_000);
const halves = (min: number, max: number) => seconds(min, max).map((durationMs) => durationMs + 500);
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			id,
			do: fc.constant('take' as const),
			reservation: fc.option(id),
			keepFree: fc.integer({ min: 0, max: 2 }),
		}),
	},
	{ weight: 4, arbitrary: fc.record({ id, do: fc.constant('settle' as const) }) },
	{ weight: 3, arbitrary: fc.record({ id, do: fc.constant('reserve' as const), durationMs: halves(0, 20) }) },
	{ weight: 1, arbitrary: fc.record({ id, do: fc.constant('release' as const) }) },
	{ weight: 1, arbitrary: fc.record({ id, do: fc.constant('penalise' as const), durationMs: halves(0, 8) }) },
	{ weight: 4, arbitrary: fc.record({ id, do: fc.constant('wait' as const), durationMs: seconds(1, 9) }) },
	{ weight: 1, arbitrary: fc.record({ id, do: fc.constant('wait' as const), durationMs: fc.constantFrom(31_000, 300_000) }) },
);

const windowsArbitrary = fc
	.uniqueArray(fc.constantFrom(...WINDOWS), { minLength: 1 })
	.chain((lengths) =>
		fc.tuple(...lengths.map((windowMs) => fc.record({ limit: fc.integer({ min: 1, max: 8 }), windowMs: fc.constant(windowMs) }))),
	);

/** Makes everything in the keys look as much older as the first argument says. */
const AGE_SCRIPT = `
for _, key in ipairs(KEYS) do
	for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -ARGV[1], member) end
end`;

let redis: RedisCache;
let plain: Redis;
let serial = 0;

beforeAll(async () => {
	redis = createRedisCache({ url: inject('redisUrl'), logger: createRecordingLogger(), answerWithinMs: 5_000 });
	await redis.connect();
	plain = new Redis(inject('redisUrl'));
});

afterAll(async () => {
	await redis.close();
	plain.disconnect();
});

test('memory and Redis answer alike, whatever the schedule', async () => {
	const promised = fc.option(fc.integer({ min: 1, max: 4 }));
	await fc.assert(fc.asyncProperty(windowsArbitrary, promised, fc.array(stepArbitrary, { maxLength: 40 }), answerAlike), { numRuns: 150 });
});

async function answerAlike(windows: BudgetRequest['windows'], promised: number | null, steps: Step[]): Promise<void> {
	serial += 1;
	const budget = { key: `parity:${process.pid}:${performance.now()}:${serial}`, windows, ...(promised === null ? {} : { promised }) };
	let skippedMs = 0;
	const memory = createMemoryCache({ clock: () => performance.now() + skippedMs });
	for (const step of steps) {
		if (step.do === 'wait') {
			const keys = budgetKeys(budget.key).map((key) => `ccb:${key}`);
			await plain.eval(AGE_SCRIPT, BUDGET_KEY_COUNT, ...keys, step.durationMs);
			skippedMs += step.durationMs;
			continue;
		}
		expectAlike(await play(redis, budget, step), await play(memory, budget, step));
		expectAlike(await redis.budgetState(budget), await memory.budgetState(budget));
	}
}

async function play(cache: Cache, budget: BudgetRequest, step: Exclude<Step, { do: 'wait' }>): Promise<object> {
	switch (step.do) {
		case 'take':
			return cache.takeSlot(budget, step.id, {
				keepFree: step.keepFree,
				...(step.reservation === null ? {} : { reservation: step.reservation }),
			});
		case 'settle':
			await cache.settleSlot(budget, step.id);
			return {};
		case 'reserve':
			return { isReserved: await cache.reserveSlot(budget, step.id, step.durationMs) };
		case 'release':
			await cache.releaseSlot(budget, step.id);
			return {};
		default:
			await cache.penalise(budget, step.durationMs);
			return {};
	}
}

/** The same, save for the few milliseconds between the two answers. */
function expectAlike(fromRedis: object, fromMemory: object): void {
	const untimed = (answer: object) => ({ ...answer, retryInMs: 0, refreshInMs: 0 });
	expect(untimed(fromRedis)).toEqual(untimed(fromMemory));
	for (const name of ['retryInMs', 'refreshInMs']) {
		const [left, right] = [fromRedis, fromMemory].map((answer) => Number(Object.entries(answer).find(([key]) => key === name)?.[1] ?? 0));
		expect(Math.abs((left ?? 0) - (right ?? 0)), name).toBeLessThan(TOLERANCE_MS);
	}
}
