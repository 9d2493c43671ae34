/** One process at a time holds the gateway. */

import { describe, expect, it } from 'vitest';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createLease } from '../../../adapters/discord/lease.ts';
import { createMemoryState } from './memory-state.ts';

function open() {
	const clock = createManualClock();
	const state = createMemoryState(clock.now);
	const failed: unknown[] = [];
	const process = (id: string) => {
		const changes: string[] = [];
		const lease = createLease({
			ttlMs: 15_000,
			clock,
			state: state.of(id),
			onGained: () => changes.push('gained'),
			onLost: () => changes.push('lost'),
			onFailed: (error) => failed.push(error),
		});
		return { lease, changes };
	};
	return { clock, state, failed, one: process('one'), two: process('two') };
}

describe('a lease', () => {
	it('is held by one process for as long as that one renews it', async () => {
		const { clock, one, two } = open();
		one.lease.start();
		await clock.advance(1);
		two.lease.start();
		await clock.advance(120_000);
		expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([true, false]);
		expect([one.changes, two.changes]).toEqual([['gained'], ['lost']]);
	});

	it('goes to another process within seconds when it is given back, and within a quarter of a minute when its holder dies', async () => {
		const { clock, state, one, two } = open();
		one.lease.start();
		await clock.advance(1);
		two.lease.start();
		await clock.advance(1_000);
		await one.lease.stop();
		await clock.advance(5_000);
		expect(two.changes).toEqual(['lost', 'gained']);
		const { clock: later, one: dies, two: heir, state: other } = open();
		dies.lease.start();
		await later.advance(1);
		heir.lease.start();
		await later.advance(5_000);
		other.away(true);
		await later.advance(16_000);
		other.away(false);
		await later.advance(6_000);
		expect([dies.lease.isHeld(), heir.lease.isHeld()].filter(Boolean)).toHaveLength(1);
		expect(state.holder('gateway')).toBe('two');
	});

	it('is waited for without a word while the store has not answered yet', async () => {
		const { clock, state, failed, one } = open();
		state.away(true);
		one.lease.start();
		await clock.advance(60_000);
		expect([one.lease.isHeld(), failed]).toEqual([null, []]);
		state.away(false);
		await clock.advance(1_000);
		expect(one.changes).toEqual(['gained']);
	});

	it('is lost when another process has it', async () => {
		const { clock, state, one } = open();
		one.lease.start();
		await clock.advance(1);
		state.seize('gateway', 'two');
		await clock.advance(6_000);
		expect(one.changes).toEqual(['gained', 'lost']);
		await one.lease.stop();
		expect(state.holder('gateway')).toBe('two');
	});

	it('is kept while the store is away, which is told once', async () => {
		const { clock, state, failed, one } = open();
		one.lease.start();
		await clock.advance(1);
		state.away(true);
		await clock.advance(60_000);
		expect(one.lease.isHeld()).toBe(true);
		expect(failed).toHaveLength(1);
		state.away(false);
		await clock.advance(6_000);
		expect(one.changes).toEqual(['gained']);
	});
});
