import { describe, expect, it } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { BotError } from '#src/errors.ts';
import { createBudgetQueue, type Priority, type Waiter } from '#src/pacing/budget-queue.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const minute = 60_000;
/** Windows are counted a second longer than the platform states them. */
const window = minute + 1_000;

describe('a budget queue', () => {
	it('admits at once while the budget lasts, and the rest when it is refilled', async () => {
		const world = openWorld(3);
		for (const id of ['a', 'b', 'c', 'd', 'e']) world.enter(id, 'first');
		await world.clock.advance(0);
		expect(world.admitted()).toEqual(['a', 'b', 'c']);
		await world.clock.advance(window - 1_500);
		expect(world.admitted()).toHaveLength(3);
		await world.clock.advance(2_500);
		expect(world.admitted()).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it('lets finals go before first texts, and those before updates', async () => {
		const world = openWorld(2);
		await world.spend(2);
		for (const [id, priority] of [
			['update', 'update'],
			['first 1', 'first'],
			['final 1', 'final'],
			['first 2', 'first'],
			['final 2', 'final'],
		] as const) {
			world.enter(id, priority);
		}
		await world.clock.advance(window + 1_000);
		expect(world.admitted()).toEqual(['final 1', 'final 2']);
		await world.clock.advance(window + 1_000);
		expect(world.admitted()).toEqual(['final 1', 'final 2', 'first 1', 'first 2']);
	});

	it('lets the most urgent update go first, by what is urgent when it is chosen', async () => {
		const world = openWorld(20);
		await world.spend(20);
		const urgency = new Map([
			['calm', 5],
			['pressing', 1],
		]);
		for (const id of urgency.keys()) world.enter(id, 'update', { urgency: () => urgency.get(id) ?? 0 });
		await world.clock.advance(1_000);
		urgency.set('pressing', 10);
		await world.clock.advance(window + 2_000);
		expect(world.admitted()[0]).toBe('pressing');
	});

	it('sends updates without a pause while the budget is full', async () => {
		const world = openWorld(50);
		for (let index = 0; index < 20; index++) world.enter(`u${index}`, 'update');
		await world.clock.advance(0);
		expect(world.admitted()).toHaveLength(20);
	});

	it('spreads updates over the window when the budget runs low', async () => {
		const world = openWorld(50);
		await world.spend(30);
		for (let index = 0; index < 50; index++) world.enter(`u${index}`, 'update');
		await world.clock.advance(10_000);
		const soon = world.admitted().length;
		await world.clock.advance(10_000);
		const later = world.admitted().length;
		expect(soon).toBeGreaterThan(0);
		expect(later).toBeGreaterThan(soon);
		expect(later).toBeLessThan(15);
		const pauses = world.admittedAtMs.slice(2).map((atMs, index) => atMs - (world.admittedAtMs[index + 1] ?? 0));
		expect(Math.min(...pauses)).toBeGreaterThan(500);
	});

	it('leaves a tenth of the budget to those who have not begun', async () => {
		const world = openWorld(50);
		for (let index = 0; index < 100; index++) world.enter(`u${index}`, 'update');
		await world.clock.advance(window - 2_000);
		expect(world.admitted()).toHaveLength(45);
		world.enter('newcomer', 'first');
		await world.clock.advance(0);
		expect(world.admitted()).toContain('newcomer');
	});

	it('does not let updates stand in the way of a newcomer', async () => {
		const world = openWorld(10);
		await world.spend(9);
		world.enter('update', 'update');
		await world.clock.advance(10);
		world.enter('newcomer', 'first');
		await world.clock.advance(0);
		expect(world.admitted()).toEqual(['newcomer']);
	});

	it('uses the slot that was reserved for a call, although the budget is spent for everybody else', async () => {
		const world = openWorld(2);
		await world.cache.reserveSlot(world.budget, 'kept', minute);
		await world.spend(1);
		world.enter('without', 'final');
		await world.clock.advance(2_000);
		expect(world.admitted()).toEqual([]);
		const other = openWorld(2);
		await other.cache.reserveSlot(other.budget, 'kept', minute);
		await other.spend(1);
		other.enter('with', 'final', { reservation: 'kept' });
		await other.clock.advance(0);
		expect(other.admitted()).toEqual(['with']);
	});

	it('looks again at once when a slot is given back', async () => {
		const world = openWorld(1);
		await world.cache.reserveSlot(world.budget, 'kept', minute);
		world.enter('a', 'first');
		await world.clock.advance(10);
		expect(world.admitted()).toEqual([]);
		await world.cache.releaseSlot(world.budget, 'kept');
		world.queue.wake();
		await world.clock.advance(0);
		expect(world.admitted()).toEqual(['a']);
	});

	it('notices within a second that another process gave a slot back', async () => {
		const world = openWorld(1);
		await world.cache.reserveSlot(world.budget, 'kept', minute);
		world.enter('a', 'first');
		await world.clock.advance(10);
		await world.cache.releaseSlot(world.budget, 'kept');
		await world.clock.advance(1_000);
		expect(world.admitted()).toEqual(['a']);
	});

	it('lets a cancelled waiter go at once and keeps the others in their order', async () => {
		const world = openWorld(1);
		await world.spend(1);
		const cancel = new AbortController();
		const { admission: gone } = world.enter('gone', 'first', {}, cancel.signal);
		world.enter('a', 'first');
		await world.clock.advance(10);
		expect(world.queue.length).toBe(2);
		cancel.abort();
		await expect(gone).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(world.queue.length).toBe(1);
		await world.clock.advance(window + 1_000);
		expect(world.admitted()).toEqual(['a']);
		expect(world.queue.length).toBe(0);
	});

	it('does not take in a waiter that is cancelled already', async () => {
		const world = openWorld(1);
		const { admission } = world.enter('gone', 'first', {}, AbortSignal.abort());
		await expect(admission).rejects.toMatchObject({ code: 'CANCELLED' });
		world.enter('a', 'first');
		await world.clock.advance(0);
		expect(world.admitted()).toEqual(['a']);
	});

	it('tells a waiter when the budget cannot be asked, and serves the next one', async () => {
		const world = openWorld(5, (cache) => {
			let isBroken = true;
			return {
				...cache,
				takeSlot: async (...values) => {
					if (!isBroken) return await cache.takeSlot(...values);
					isBroken = false;
					throw new BotError('INTERNAL', 'no cache');
				},
			};
		});
		const { admission: refused } = world.enter('a', 'first');
		world.enter('b', 'first');
		await expect(refused).rejects.toMatchObject({ code: 'INTERNAL' });
		await world.clock.advance(0);
		expect(world.admitted()).toEqual(['b']);
	});

	it('serves everybody in the end, in a crowd', async () => {
		const world = openWorld(50);
		for (let index = 0; index < 120; index++) world.enter(`w${index}`, (['update', 'first', 'final'] as const)[index % 3] ?? 'final');
		await world.clock.advance(5 * minute);
		expect(world.admitted()).toHaveLength(120);
		for (const from of world.admittedAtMs) {
			const inWindow = world.admittedAtMs.filter((atMs) => atMs >= from && atMs < from + minute);
			expect(inWindow.length).toBeLessThanOrEqual(50);
		}
	});
});

function openWorld(limit: number, wrap: (cache: Cache) => Cache = (cache) => cache) {
	const clock = createManualClock();
	const cache = wrap(createMemoryCache({ clock: clock.now }));
	const budget = { key: 'k', windows: [{ limit, windowMs: minute }] };
	const queue = createBudgetQueue({ budgets: cache, clock, budget });
	const entered: string[] = [];
	const admittedAtMs: number[] = [];
	const { signal: never } = new AbortController();

	function enter(id: string, priority: Priority, given: Partial<Waiter> = {}, signal: AbortSignal = never): { admission: Promise<void> } {
		const waiter = { id, priority: () => priority, reservation: undefined, urgency: () => 0, ...given };
		const admission = queue.enter(waiter, signal).then(async () => {
			entered.push(id);
			admittedAtMs.push(clock.now());
			await cache.settleSlot(budget, id);
		});
		admission.catch(() => {});
		return { admission };
	}

	async function spend(calls: number): Promise<void> {
		for (let call = 0; call < calls; call++) {
			await cache.takeSlot(budget, `spent ${call}`);
			await cache.settleSlot(budget, `spent ${call}`);
		}
	}

	return { clock, cache, budget, queue, enter, spend, admitted: () => [...entered], admittedAtMs };
}

describe('a budget of one call', () => {
	it('has room for an update when nobody else wants it', async () => {
		const clock = createManualClock();
		const queue = createBudgetQueue({ budgets: createMemoryCache({ clock: clock.now }), clock, budget: ofOne });
		const entered = queue.enter({ id: 'a', priority: () => 'update', reservation: undefined, urgency: () => 0 }, forever);
		await Promise.race([entered, clock.advance(300_000).then(() => Promise.reject(new Error('it waits for ever')))]);
	});
});

describe('a final with a slot of its own', () => {
	it('does not wait behind one without', async () => {
		const clock = createManualClock();
		const cache = createMemoryCache({ clock: clock.now });
		const budget = { key: 'two', windows: [{ limit: 2, windowMs: 60_000 }] };
		const queue = createBudgetQueue({ budgets: cache, clock, budget });
		await cache.reserveSlot(budget, 'kept', 120_000);
		await cache.takeSlot(budget, 'x');
		await cache.settleSlot(budget, 'x');
		const leave = new AbortController();
		queue.enter({ id: 'a', priority: () => 'final', reservation: undefined, urgency: () => 0 }, leave.signal).catch(() => {});
		const entered = queue.enter({ id: 'b', priority: () => 'final', reservation: 'kept', urgency: () => 0 }, forever);
		await Promise.race([entered, clock.advance(5_000).then(() => Promise.reject(new Error('it was held up')))]);
		leave.abort();
	});
});

describe('a waiter that leaves while its slot is being fetched', () => {
	it('takes up the slot no longer than the window', async () => {
		const clock = createManualClock();
		const queue = createBudgetQueue({ budgets: createMemoryCache({ clock: clock.now }), clock, budget: ofOne });
		const leave = new AbortController();
		const left = queue.enter({ id: 'a', priority: () => 'first', reservation: undefined, urgency: () => 0 }, leave.signal);
		leave.abort();
		await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
		await clock.advance(62_000);
		const entered = queue.enter({ id: 'b', priority: () => 'first', reservation: undefined, urgency: () => 0 }, forever);
		await Promise.race([entered, clock.advance(100).then(() => Promise.reject(new Error('the slot is lost')))]);
	});
});

const forever = new AbortController().signal;
const ofOne = { key: 'one', windows: [{ limit: 1, windowMs: 60_000 }] };
