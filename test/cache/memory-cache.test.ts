/** The in-process cache: the shared contract, what only a clock moved by hand can show, and its bounds. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { BudgetRequest } from '#src/pacing/budgets.ts';
import { type CacheUnderTest, describeCacheContract } from '#test/contract/cache.contract.ts';

function openMemory(): CacheUnderTest {
	let now = 1_000_000;
	const cache = createMemoryCache({ clock: () => now });
	return {
		cache,
		now: () => now,
		pause: async (durationMs) => {
			now += durationMs;
		},
		close: () => cache.close(),
	};
}

describeCacheContract({ name: 'memory', mode: 'local', open: async () => openMemory() });

describe('a budget in memory', () => {
	test('takes a call that nobody settles as settled after thirty seconds', async () => {
		const { cache, pause } = openMemory();
		const request = { key: 'edits', windows: [{ limit: 1, windowMs: 60_000 }] };
		await cache.takeSlot(request, 'lost');
		await pause(29_999);
		expect((await cache.budgetState(request)).refreshInMs).toBe(61_000);
		await pause(61_000);
		expect((await cache.takeSlot(request, 'next')).granted).toBe(false);
		await pause(1);
		expect((await cache.takeSlot(request, 'next')).granted).toBe(true);
	});

	test.each([
		{ windowMs: 60_000, spanMs: 61_000 },
		{ windowMs: 10_000, spanMs: 11_000 },
		{ windowMs: 9_999, spanMs: 10_049 },
		{ windowMs: 1_000, spanMs: 1_050 },
	])('counts a call of a window of $windowMs ms for $spanMs ms', async ({ windowMs, spanMs }) => {
		const { cache, pause } = openMemory();
		const request = { key: 'edits', windows: [{ limit: 1, windowMs }] };
		await cache.takeSlot(request, 'call');
		await cache.settleSlot(request, 'call');
		await pause(spanMs - 1);
		expect(await cache.takeSlot(request, 'next')).toEqual({ granted: false, retryInMs: 1 });
		await pause(1);
		expect(await cache.takeSlot(request, 'next')).toEqual({ granted: true });
	});

	test('has its whole limit again ten minutes after a penalty', async () => {
		const { cache, pause } = openMemory();
		const request = { key: 'edits', windows: [{ limit: 50, windowMs: 60_000 }] };
		await cache.penalise(request, 1_000);
		await pause(599_999);
		expect((await cache.budgetState(request)).limit).toBe(40);
		await pause(1);
		expect((await cache.budgetState(request)).limit).toBe(50);
	});

	test('that was learned is tried again in small steps, two minutes apart', async () => {
		const { cache, pause } = openMemory();
		const request = { key: 'posts', windows: [{ limit: 600, windowMs: 60_000 }], promised: 200 };
		for (let index = 0; index < 300; index += 1) await cache.settleSlot(request, `call ${index}`);
		await cache.penalise(request, 1_000);
		const limits: number[] = [];
		for (const waitMs of [0, 599_999, 1, 120_000, 120_000, 120_000]) {
			await pause(waitMs);
			limits.push((await cache.budgetState(request)).limit);
		}
		expect(limits).toEqual([245, 245, 307, 384, 480, 600]);
	});

	test('names the call that must leave when several slots are missing', async () => {
		const { cache, pause } = openMemory();
		const request = { key: 'edits', windows: [{ limit: 3, windowMs: 60_000 }] };
		for (const id of ['a', 'b', 'c']) {
			await cache.takeSlot(request, id);
			await cache.settleSlot(request, id);
			await pause(1_000);
		}
		expect(await cache.takeSlot(request, 'd')).toEqual({ granted: false, retryInMs: 58_000 });
		expect(await cache.takeSlot(request, 'd', { keepFree: 1 })).toEqual({ granted: false, retryInMs: 59_000 });
	});

	test('refuses a request without windows, which would ration nothing', async () => {
		const { cache } = openMemory();
		await expect(cache.takeSlot({ key: 'none', windows: [] }, 'call')).rejects.toMatchObject({ code: 'INTERNAL' });
	});

	test('never lets more calls than the limit reach the platform in any window, whatever the schedule', async () => {
		await fc.assert(fc.asyncProperty(windowsArbitrary, fc.array(stepArbitrary, { maxLength: 120 }), neverExceeds), { numRuns: 500 });
	});
});

type Step =
	| { do: 'take'; reserved: boolean; keepFree: number; answerAfterMs: number; reachesAt: number }
	| { do: 'reserve'; ttlMs: number }
	| { do: 'penalise'; pauseMs: number }
	| { do: 'wait'; durationMs: number };

const windowsArbitrary = fc.array(
	fc.record({
		limit: fc.integer({ min: 1, max: 6 }),
		windowMs: fc.oneof(fc.integer({ min: 20, max: 2_000 }), fc.integer({ min: 9_000, max: 12_000 })),
	}),
	{
		minLength: 1,
		maxLength: 3,
	},
);

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('take' as const),
			reserved: fc.boolean(),
			keepFree: fc.integer({ min: 0, max: 2 }),
			// Above thirty seconds stands for a call that is never settled.
			answerAfterMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 60_000 })),
			// Where between taking and settling the platform counts the call, from 0 to 1.
			reachesAt: fc.constantFrom(0, 0.5, 1),
		}),
	},
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), durationMs: fc.integer({ min: 0, max: 4_000 }) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('reserve' as const), ttlMs: fc.integer({ min: 1, max: 20_000 }) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('penalise' as const), pauseMs: fc.integer({ min: 0, max: 2_000 }) }) },
);

/** Plays the schedule and checks the moments at which the platform counted the calls. */
async function neverExceeds(windows: BudgetRequest['windows'], steps: Step[]): Promise<void> {
	const request = { key: 'edits', windows };
	const { cache, now, pause } = openMemory();
	const answersDue: { id: string; at: number }[] = [];
	const reachedAt: number[] = [];

	async function settleUntil(end: number): Promise<void> {
		for (const { id, at } of answersDue.filter((due) => due.at <= end).sort((a, b) => a.at - b.at)) {
			await pause(Math.max(0, at - now()));
			await cache.settleSlot(request, id);
		}
		answersDue.splice(0, answersDue.length, ...answersDue.filter((due) => due.at > end));
		await pause(Math.max(0, end - now()));
	}

	for (const [index, step] of steps.entries()) {
		const id = `call-${index}`;
		if (step.do === 'wait') await settleUntil(now() + step.durationMs);
		else if (step.do === 'take' && (await takeStep(cache, request, id, step))) {
			const lastsMs = Math.min(step.answerAfterMs, 30_000);
			reachedAt.push(now() + lastsMs * step.reachesAt);
			if (step.answerAfterMs <= 30_000) answersDue.push({ id, at: now() + lastsMs });
		} else await otherStep(cache, request, id, step);
	}
	for (const { limit, windowMs } of windows) expect(mostWithin(reachedAt, windowMs)).toBeLessThanOrEqual(limit);
}

async function takeStep(cache: Cache, request: BudgetRequest, id: string, step: Extract<Step, { do: 'take' }>): Promise<boolean> {
	const options = step.reserved ? { reservation: 'final' } : { keepFree: step.keepFree };
	return (await cache.takeSlot(request, id, options)).granted;
}

async function otherStep(cache: Cache, request: BudgetRequest, id: string, step: Step): Promise<void> {
	if (step.do === 'reserve') await cache.reserveSlot(request, id.endsWith('0') ? 'final' : id, step.ttlMs);
	if (step.do === 'penalise') await cache.penalise(request, step.pauseMs);
}

function mostWithin(times: readonly number[], windowMs: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	return Math.max(0, ...sorted.map((start) => sorted.filter((time) => time >= start && time < start + windowMs).length));
}
