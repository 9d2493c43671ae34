/** What every cache must do, whatever is behind it. Run against memory, Redis, and memory standing in for a Redis that is away. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import type { BudgetRequest, SlotAnswer } from '#src/pacing/budgets.ts';

export interface CacheUnderTest {
	cache: Cache;
	/** Milliseconds on the clock that the cache goes by. */
	now(): number;
	/** Lets time pass on that clock. */
	pause(durationMs: number): Promise<void>;
	close(): Promise<void>;
}

export interface CacheContract {
	name: string;
	mode: ReturnType<Cache['mode']>;
	open(): Promise<CacheUnderTest>;
	/** What to state as the limit so that the cache counts with `limit`: twice as much where limits are halved. */
	stated?(limit: number): number;
}

/** Long enough that no window passes while a slow machine runs the lines of one test. */
const LONG_MS = 10_000;
const SHORT_MS = 150;
const STEP_MS = 10;
const PATIENCE_MS = 5_000;

export function describeCacheContract(contract: CacheContract): void {
	const stated = contract.stated ?? ((limit: number) => limit);
	let held: CacheUnderTest;
	let cache: Cache;
	let serial = 0;

	function name(): string {
		serial += 1;
		return `contract:${contract.name}:${process.pid}:${serial}:${performance.now()}`;
	}

	function budget(...windows: [limit: number, windowMs: number][]): BudgetRequest {
		return { key: name(), windows: windows.map(([limit, windowMs]) => ({ limit: stated(limit), windowMs })) };
	}

	/** Waits until `condition` holds; returns how long that took. */
	async function until(condition: () => Promise<boolean> | boolean): Promise<number> {
		const start = held.now();
		while (!(await condition())) {
			if (held.now() - start > PATIENCE_MS) throw new Error('What was waited for did not happen.');
			await held.pause(STEP_MS);
		}
		return held.now() - start;
	}

	async function take(request: BudgetRequest, count: number): Promise<boolean[]> {
		const answers: SlotAnswer[] = [];
		for (let index = 0; index < count; index += 1) answers.push(await cache.takeSlot(request, name()));
		return answers.map(({ granted }) => granted);
	}

	beforeEach(async () => {
		held = await contract.open();
		cache = held.cache;
	});

	afterEach(() => held.close());

	test(`${contract.name} says that its mode is ${contract.mode}`, () => {
		expect(cache.mode()).toBe(contract.mode);
	});

	describe(`channels in ${contract.name}`, () => {
		test('bring every message to every listener of the channel, once and in order', async () => {
			const [channel, other] = [name(), name()];
			const received: string[] = [];
			await cache.subscribe(channel, (message) => received.push(`a:${message}`));
			await cache.subscribe(channel, (message) => received.push(`b:${message}`));
			await cache.subscribe(other, (message) => received.push(`other:${message}`));
			await cache.publish(channel, '1');
			await cache.publish(channel, '2\nwith a second line');
			await cache.publish(other, 'end');
			await until(() => received.includes('other:end'));
			expect(received).toEqual(['a:1', 'b:1', 'a:2\nwith a second line', 'b:2\nwith a second line', 'other:end']);
		});

		test('are silent for a listener that has left, and for that one only', async () => {
			const channel = name();
			const received: string[] = [];
			const leave = await cache.subscribe(channel, () => received.push('left'));
			await cache.subscribe(channel, (message) => received.push(message));
			await leave();
			await leave();
			await cache.publish(channel, 'hello');
			await until(() => received.length > 0);
			expect(received).toEqual(['hello']);
		});

		test('survive a listener that throws', async () => {
			const channel = name();
			const received: string[] = [];
			await cache.subscribe(channel, () => {
				throw new Error('a faulty listener');
			});
			await cache.subscribe(channel, (message) => received.push(message));
			await cache.publish(channel, 'hello');
			await until(() => received.length > 0);
		});
	});

	describe(`values in ${contract.name}`, () => {
		test('are recalled as they were kept last, until they are forgotten', async () => {
			const [key, other] = [name(), name()];
			expect(await cache.recall(key)).toBeNull();
			await cache.keep(key, 'first', LONG_MS);
			await cache.keep(other, '', LONG_MS);
			await cache.keep(key, 'second\nwith ü and \u{1f680}', LONG_MS);
			expect([await cache.recall(key), await cache.recall(other)]).toEqual(['second\nwith ü and \u{1f680}', '']);
			await cache.forget(key);
			expect([await cache.recall(key), await cache.recall(other)]).toEqual([null, '']);
		});

		test('are gone when their time is over', async () => {
			const key = name();
			await cache.keep(key, 'soon gone', SHORT_MS);
			await until(async () => (await cache.recall(key)) === null);
		});
	});

	describe(`calls in a budget of ${contract.name}`, () => {
		test('are granted up to the limit, and the next is told when to come back', async () => {
			const request = budget([3, LONG_MS]);
			expect(await take(request, 3)).toEqual([true, true, true]);
			const refused = await cache.takeSlot(request, name());
			expect(refused.granted).toBe(false);
			if (refused.granted) return;
			expect(refused.retryInMs).toBeGreaterThan(0);
			expect(refused.retryInMs).toBeLessThanOrEqual(LONG_MS + 1_000);
		});

		test('of one key leave another key alone', async () => {
			const [one, two] = [budget([1, LONG_MS]), budget([1, LONG_MS])];
			expect([...(await take(one, 1)), ...(await take(two, 1))]).toEqual([true, true]);
		});

		test('come free one window after they were settled, not after they were taken', async () => {
			const request = budget([1, SHORT_MS]);
			await cache.takeSlot(request, 'call');
			await held.pause(SHORT_MS * 2);
			expect((await cache.takeSlot(request, name())).granted).toBe(false);
			const settledAt = held.now();
			await cache.settleSlot(request, 'call');
			await until(async () => (await cache.takeSlot(request, name())).granted);
			expect(held.now() - settledAt).toBeGreaterThan(SHORT_MS);
		});

		test('are worth waiting for as long as the refusal said', async () => {
			const request = budget([2, SHORT_MS]);
			for (const id of ['a', 'b']) {
				await cache.takeSlot(request, id);
				await cache.settleSlot(request, id);
			}
			const refused = await cache.takeSlot(request, 'c');
			if (refused.granted) throw new Error('The window passed before the third call: the machine is too slow for this test.');
			await held.pause(refused.retryInMs + 2);
			expect((await cache.takeSlot(request, 'c')).granted).toBe(true);
		});

		test('count in every window, and the fullest decides', async () => {
			const request = budget([5, LONG_MS], [2, LONG_MS * 2]);
			expect(await take(request, 3)).toEqual([true, true, false]);
			expect(await cache.budgetState(request)).toMatchObject({ free: 0, limit: 2 });
		});

		test('count each for itself when an id is used again, settled or not', async () => {
			const request = budget([3, LONG_MS]);
			await cache.takeSlot(request, 'same');
			await cache.settleSlot(request, 'same');
			await cache.takeSlot(request, 'same');
			await cache.takeSlot(request, 'same');
			expect((await cache.budgetState(request)).free).toBe(0);
		});

		test('count once however often they are settled', async () => {
			const request = budget([3, LONG_MS]);
			await cache.takeSlot(request, 'call');
			await cache.settleSlot(request, 'call');
			await cache.settleSlot(request, 'call');
			expect((await cache.budgetState(request)).free).toBe(2);
		});

		test('count when they are settled without having been taken here', async () => {
			const request = budget([2, LONG_MS]);
			await cache.settleSlot(request, 'taken elsewhere');
			expect((await cache.budgetState(request)).free).toBe(1);
		});

		test('leave the slots that are to be kept free', async () => {
			const request = budget([3, LONG_MS]);
			const answers = [];
			for (let index = 0; index < 3; index += 1) answers.push((await cache.takeSlot(request, name(), { keepFree: 1 })).granted);
			expect(answers).toEqual([true, true, false]);
			expect(await take(request, 2)).toEqual([true, false]);
		});
	});

	describe(`reservations in a budget of ${contract.name}`, () => {
		test('keep a slot from others until they are used, and each only once', async () => {
			const request = budget([2, LONG_MS]);
			expect(await cache.reserveSlot(request, 'final', LONG_MS)).toBe(true);
			expect(await take(request, 2)).toEqual([true, false]);
			expect((await cache.takeSlot(request, name(), { reservation: 'final' })).granted).toBe(true);
			expect((await cache.budgetState(request)).free).toBe(0);
			expect((await cache.takeSlot(request, name(), { reservation: 'final' })).granted).toBe(false);
		});

		test('are refused when nothing is free, but can always be renewed', async () => {
			const request = budget([2, LONG_MS]);
			expect(await cache.reserveSlot(request, 'a', LONG_MS)).toBe(true);
			expect(await cache.reserveSlot(request, 'b', LONG_MS)).toBe(true);
			expect(await cache.reserveSlot(request, 'c', LONG_MS)).toBe(false);
			expect(await cache.reserveSlot(request, 'a', LONG_MS)).toBe(true);
			expect((await cache.budgetState(request)).free).toBe(0);
		});

		test('run out, unless they are renewed', async () => {
			const request = budget([2, LONG_MS]);
			await cache.reserveSlot(request, 'renewed', SHORT_MS);
			await cache.reserveSlot(request, 'forgotten', SHORT_MS);
			await cache.reserveSlot(request, 'renewed', LONG_MS);
			const refused = await cache.takeSlot(request, name());
			if (!refused.granted) expect(refused.retryInMs).toBeLessThanOrEqual(SHORT_MS);
			await until(async () => (await cache.budgetState(request)).free > 0);
			await held.pause(SHORT_MS);
			expect((await cache.budgetState(request)).free).toBe(1);
		});

		test('give their slot back when they are released', async () => {
			const request = budget([1, LONG_MS]);
			await cache.reserveSlot(request, 'final', LONG_MS);
			expect(await take(request, 1)).toEqual([false]);
			await cache.releaseSlot(request, 'final');
			await cache.releaseSlot(request, 'never reserved');
			expect(await take(request, 1)).toEqual([true]);
		});

		test('count in windows of ten seconds and more, and in a shorter one keep nobody waiting', async () => {
			const short = budget([1, SHORT_MS * 10]);
			for (const id of ['a', 'b', 'c']) expect(await cache.reserveSlot(short, id, LONG_MS)).toBe(true);
			expect((await cache.budgetState(short)).free).toBe(1);
			expect(await take(short, 1)).toEqual([true]);
			const both = budget([3, SHORT_MS * 10], [2, LONG_MS]);
			expect(await cache.reserveSlot(both, 'a', LONG_MS)).toBe(true);
			expect((await cache.budgetState(both)).free).toBe(1);
			expect(await cache.reserveSlot(both, 'b', LONG_MS)).toBe(true);
			expect(await cache.reserveSlot(both, 'c', LONG_MS)).toBe(false);
			expect(await take(both, 1)).toEqual([false]);
		});

		test('go before slots that are to be kept free and before other reservations', async () => {
			const request = budget([2, LONG_MS]);
			await cache.reserveSlot(request, 'a', LONG_MS);
			await cache.reserveSlot(request, 'b', LONG_MS);
			expect((await cache.takeSlot(request, name(), { reservation: 'a', keepFree: 2 })).granted).toBe(true);
		});
	});

	describe(`the state of a budget in ${contract.name}`, () => {
		test('tells what is free, the limit, and when the oldest call leaves', async () => {
			const request = budget([4, LONG_MS]);
			expect(await cache.budgetState(request)).toEqual({ free: 4, limit: 4, refreshInMs: 0 });
			await cache.takeSlot(request, 'call');
			await cache.settleSlot(request, 'call');
			await cache.reserveSlot(request, 'final', LONG_MS);
			const state = await cache.budgetState(request);
			expect(state).toMatchObject({ free: 2, limit: 4 });
			expect(state.refreshInMs).toBeGreaterThan(0);
			expect(state.refreshInMs).toBeLessThanOrEqual(LONG_MS + 1_000);
		});

		test('is a pause for everybody after a penalty, and a fifth less afterwards', async () => {
			const request = budget([10, LONG_MS]);
			await cache.reserveSlot(request, 'final', LONG_MS);
			await cache.penalise(request, SHORT_MS);
			expect(await cache.budgetState(request)).toMatchObject({ free: 0, limit: 8 });
			for (const options of [{}, { reservation: 'final' }]) {
				const refused = await cache.takeSlot(request, name(), options);
				if (refused.granted) throw new Error('A call was granted in a pause.');
				expect(refused.retryInMs).toBeLessThanOrEqual(SHORT_MS);
			}
			await until(async () => (await cache.budgetState(request)).free > 0);
			expect(await cache.budgetState(request)).toMatchObject({ free: 7, limit: 8 });
		});

		test.each([
			{ limit: 10, penalties: 2, shrunk: 6 },
			{ limit: 125, penalties: 3, shrunk: 64 },
			{ limit: 2, penalties: 1, shrunk: 1 },
			{ limit: 1, penalties: 1, shrunk: 1 },
			{ limit: 1000, penalties: 30, shrunk: 11 },
		])('has a limit of $shrunk when $limit is penalised $penalties times', async ({ limit, penalties, shrunk }) => {
			const request = budget([limit, LONG_MS]);
			for (let index = 0; index < penalties; index += 1) await cache.penalise(request, 0);
			expect(await cache.budgetState(request)).toMatchObject({ free: shrunk, limit: shrunk });
		});

		test.each([
			{ answered: 30, promised: 20, shrunk: 26, what: 'below what was answered' },
			{ answered: 30, promised: 40, shrunk: 80, what: 'by a fifth, where fewer were answered than are promised' },
		])('that is learned falls $what', async ({ answered, promised, shrunk }) => {
			const request = { ...budget([100, LONG_MS], [100, SHORT_MS]), promised: stated(promised) };
			for (let index = 0; index < answered; index += 1) await cache.settleSlot(request, name());
			await cache.takeSlot(request, 'in flight');
			await cache.penalise(request, SHORT_MS);
			// On the way together with the one that was refused.
			await cache.penalise(request, SHORT_MS);
			expect(await cache.budgetState(request)).toMatchObject({ limit: shrunk });
		});

		test('that is learned spreads only what goes beyond its promise', async () => {
			const request = { ...budget([40, LONG_MS], [5, SHORT_MS]), promised: stated(10) };
			expect(await take(request, 12)).toEqual([...Array.from({ length: 10 }, () => true), false, false]);
		});

		test('that is learned does not shrink where it only spreads calls', async () => {
			const request = { ...budget([40, LONG_MS], [5, SHORT_MS]), promised: stated(10) };
			for (let index = 0; index < 5; index += 1) await cache.penalise(request, 0);
			expect(await take(request, 5)).toEqual([true, true, true, true, true]);
		});

		test('may be better at the end of a penalty already, before any call has left', async () => {
			const request = budget([5, 3_600_000]);
			await cache.penalise(request, 0);
			expect(await take(request, 4)).toEqual([true, true, true, true]);
			const refused = await cache.takeSlot(request, name());
			if (refused.granted) throw new Error('The penalty did not lower the limit.');
			expect(refused.retryInMs).toBeLessThanOrEqual(600_000);
		});

		test('is never paused for less than the longest pause asked for', async () => {
			const request = budget([10, LONG_MS]);
			await cache.penalise(request, LONG_MS);
			await cache.penalise(request, 1);
			await held.pause(STEP_MS);
			expect((await cache.budgetState(request)).free).toBe(0);
		});
	});
}
