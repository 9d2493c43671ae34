import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import * as waiting from '#src/waiting.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const never = new Promise<never>(() => {});
const late = () => new BotError('TIMEOUT', 'too late');
const abandoned = () => new BotError('CANCELLED', 'abandoned');

/** A signal that lives on and a clock, and what they still hold. */
function open() {
	const clock = createManualClock();
	const controller = new AbortController();
	const { signal } = controller;
	let timers = 0;
	const counted = {
		...clock,
		wait: async (durationMs: number, until?: AbortSignal) => {
			timers++;
			await clock.wait(durationMs, until).finally(() => timers--);
		},
	};
	const left = async () => {
		await clock.advance(0);
		return { timers, listeners: getEventListeners(signal, 'abort').length };
	};
	return { clock: counted, signal, abort: () => controller.abort(), left };
}

const nothing = { timers: 0, listeners: 0 };

describe('a pause', () => {
	it.each([
		['when its time is over', (world: ReturnType<typeof open>) => world.clock.advance(1_000)],
		['when the signal fires', async (world: ReturnType<typeof open>) => world.abort()],
	])('ends %s, and leaves nothing behind', async (_name, end) => {
		const world = open();
		const done = waiting.pause(world.clock, 1_000, world.signal);
		await end(world);
		await done;
		expect(await world.left()).toEqual(nothing);
	});
});

describe('waiting for a promise for a time', () => {
	it('tells whether it was there, and leaves nothing behind', async () => {
		const world = open();
		expect(await waiting.isInTime(world.clock, Promise.resolve(), 1_000, world.signal)).toBe(true);
		const missed = waiting.isInTime(world.clock, never, 1_000, world.signal);
		await world.clock.advance(1_000);
		expect(await missed).toBe(false);
		expect(await world.left()).toEqual(nothing);
	});

	it('ends with the signal, at once if it has fired', async () => {
		const world = open();
		const cut = waiting.isInTime(world.clock, never, 1_000, world.signal);
		world.abort();
		expect([await cut, await waiting.isInTime(world.clock, never, 1_000, world.signal)]).toEqual([false, false]);
		expect(await world.left()).toEqual(nothing);
	});

	it('gives what the promise gives, an error too', async () => {
		const world = open();
		expect(await waiting.inTime(world.clock, Promise.resolve('there'), 1_000, late)).toBe('there');
		await expect(waiting.inTime(world.clock, Promise.reject(abandoned()), 1_000, late)).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(await world.left()).toEqual(nothing);
	});

	it('is rejected when the time is up, and what comes later disturbs nobody', async () => {
		const world = open();
		const { promise, reject } = Promise.withResolvers<string>();
		const waited = expect(waiting.inTime(world.clock, promise, 1_000, late)).rejects.toMatchObject({ code: 'TIMEOUT' });
		await world.clock.advance(1_000);
		await waited;
		reject(abandoned());
		expect(await world.left()).toEqual(nothing);
	});
});

describe('waiting for a promise unless a signal fires', () => {
	it('gives what the promise gives, and leaves nothing behind', async () => {
		const world = open();
		expect(await waiting.unlessAborted(Promise.resolve('there'), world.signal, abandoned)).toBe('there');
		await expect(waiting.unlessAborted(Promise.reject(late()), world.signal, abandoned)).rejects.toMatchObject({ code: 'TIMEOUT' });
		expect(await world.left()).toEqual(nothing);
	});

	it('ends with the signal, even if both are there', async () => {
		const world = open();
		const cut = expect(waiting.unlessAborted(never, world.signal, abandoned)).rejects.toMatchObject({ code: 'CANCELLED' });
		world.abort();
		await cut;
		const both = waiting.unlessAborted(Promise.resolve('there'), world.signal, abandoned);
		await expect(both).rejects.toMatchObject({ code: 'CANCELLED' });
	});
});

describe('a time limit', () => {
	it('fires when the time is up, and holds no timer after its end', async () => {
		const world = open();
		const [passed, ended] = [waiting.startTimeLimit(world.clock, 1_000), waiting.startTimeLimit(world.clock, 5_000)];
		await world.clock.advance(1_000);
		expect([passed.signal.aborted, ended.signal.aborted]).toEqual([true, false]);
		ended.end();
		expect(await world.left()).toEqual(nothing);
	});
});

describe('what happens when a signal fires', () => {
	it('happens once, at once if it has, and can be taken back', () => {
		const { signal, abort } = open();
		const calls: string[] = [];
		waiting.onAbort(signal, () => calls.push('before'));
		const forget = waiting.onAbort(signal, () => calls.push('taken back'));
		forget();
		abort();
		waiting.onAbort(signal, () => calls.push('after'));
		expect(calls).toEqual(['before', 'after']);
	});
});

describe('growing pauses', () => {
	const pauses = { firstMs: 250, mostMs: 2_000 };

	it('double up to the longest', () => {
		const failures = [1, 2, 3, 4, 5, 5_000];
		expect(failures.map((count) => waiting.growingPauseMs(count, pauses))).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000]);
	});

	it('vary by no more than their share', () => {
		const some = Array.from({ length: 200 }, () => waiting.growingPauseMs(1, { ...pauses, jitter: 0.2 }));
		expect(Math.min(...some)).toBeGreaterThanOrEqual(200);
		expect(Math.max(...some)).toBeLessThanOrEqual(300);
		expect(new Set(some).size).toBeGreaterThan(1);
	});

	it('lie between attempts, until one is good or the signal fires', async () => {
		const world = open();
		const atMs: number[] = [];
		const startMs = world.clock.now();
		const attempt = async (number: number) => atMs.push(world.clock.now() - startMs) === 3 && number === 3;
		const good = waiting.repeatUntilDone(attempt, { ...pauses, clock: world.clock, signal: world.signal });
		await world.clock.advance(10_000);
		expect(await good).toBe(true);
		expect(atMs).toEqual([0, 250, 750]);
		const endless = waiting.repeatUntilDone(async () => false, { ...pauses, clock: world.clock, signal: world.signal });
		await world.clock.advance(1_000);
		world.abort();
		expect(await endless).toBe(false);
		expect(await world.left()).toEqual(nothing);
	});
});
