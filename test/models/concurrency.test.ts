/** Learning how many answers a host gives at a time: the rules, and the slots that follow them. */

import { describe, expect, it } from 'vitest';
import {
	afterCompletion,
	afterFirstToken,
	afterSlowStart,
	initialKnowledge,
	type SlotKnowledge,
	slowAfterMs,
} from '#src/models/concurrency.ts';
import { createHostSlots } from '#src/models/host-slots.ts';
import type { SlotUse } from '#src/queue/ticket-book.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const known = (limit: number, ...usualMs: number[]): SlotKnowledge => ({ ...initialKnowledge, limit, usualMs });

describe('what counts as slow', () => {
	it.each([
		['five seconds as long as nothing is known', [], 5000],
		['five seconds at least', [100, 200, 300], 5000],
		['three times the median', [500, 3000, 4000], 9000],
	])('is %s', (_, usualMs, expected) => {
		expect(slowAfterMs(known(8, ...usualMs))).toBe(expected);
	});
});

describe('a slow start', () => {
	it.each([
		['lowers the limit to what is streaming', 64, 4, 4],
		['never raises it', 2, 5, 2],
		['says nothing when the host answers nobody', 64, 0, 64],
		['leaves one at least', 3, 1, 1],
	])('%s', (_, limit, streaming, expected) => {
		expect(afterSlowStart(known(limit), streaming).limit).toBe(expected);
	});
});

describe('a completed answer', () => {
	it.each([
		['raises the limit when every slot streams', 4, 4, 300, 5],
		['leaves it when a slot is free', 4, 3, 300, 4],
		['leaves it when the first token was slow', 4, 4, 6000, 4],
		['never goes above where it starts', 64, 64, 300, 64],
	])('%s', (_, limit, streaming, waitedMs, expected) => {
		expect(afterCompletion(known(limit), streaming, waitedMs).limit).toBe(expected);
	});

	it('of a full host raises the limit after twice as many answers each time that it failed before', () => {
		let knowledge = known(1);
		const answersUntilTry: number[] = [];
		for (let tries = 0; tries < 8; tries++) {
			let answers = 0;
			while (knowledge.limit === 1) {
				knowledge = afterCompletion(knowledge, 1, 300);
				answers += 1;
			}
			answersUntilTry.push(answers);
			knowledge = afterSlowStart(knowledge, 1);
		}
		expect(answersUntilTry).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
	});

	it('is tried with one more at once again after a try that went well', () => {
		const failed = { ...known(2), failedTries: 5 };
		const well = afterFirstToken(failed, 300, 1);
		expect(well.failedTries).toBe(0);
		expect(afterCompletion(well, 2, 300).limit).toBe(3);
		expect(afterFirstToken(failed, 6000, 1).failedTries).toBe(5);
		expect(afterFirstToken(failed, 300, 0).failedTries).toBe(5);
	});
});

describe('first tokens', () => {
	it('forgets all but the latest twenty', () => {
		let knowledge = initialKnowledge;
		for (let index = 0; index < 30; index++) knowledge = afterFirstToken(knowledge, index, 0);
		expect(knowledge.usualMs).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
	});

	it('takes slowness for usual only when nobody else is in the way', () => {
		expect(afterFirstToken(known(8), 5000, 0).usualMs).toEqual([5000]);
		expect(afterFirstToken(known(8), 5000, 2).usualMs).toEqual([]);
	});
});

describe('the slots of a host', () => {
	const setUp = (slots: number | 'auto') => {
		const clock = createManualClock();
		const limits: number[] = [];
		const told: unknown[] = [];
		const left: SlotUse[] = [];
		let streaming = 0;
		const host = createHostSlots({
			clock,
			host: 'a',
			slots,
			queue: { load: async () => ({ streaming, slots: null }), learn: (...learned) => told.push(learned) },
			onLimit: (limit) => limits.push(limit),
		});
		const open = () =>
			host.open({
				recalled: new AbortController().signal,
				turn: {
					started: async () => ({ streaming: streaming++, slots: null }),
					leave: async (use = { heldMs: null, isComplete: false }) => {
						left.push(use);
						return { streaming: streaming--, slots: null };
					},
				},
			});
		return { clock, host, limits, told, left, open, others: (count: number) => (streaming = count) };
	};

	it('are learned from a slow start, with what other processes stream from the host, and told to them', async () => {
		const { clock, host, limits, told, open, others } = setUp('auto');
		others(3);
		open().firstToken();
		open();
		await clock.advance(5000);
		expect([host.limit(), limits, told, host.active()]).toEqual([4, [4], [['a', 4]], 2]);
	});

	it('are those that another process learned', () => {
		const { host, limits } = setUp('auto');
		host.adopt(2);
		host.adopt(2);
		expect([host.limit(), limits]).toEqual([2, [2]]);
	});

	it('keep a set number whatever happens', async () => {
		const { clock, host, open } = setUp(3);
		const first = open();
		open();
		first.firstToken();
		host.adopt(9);
		await clock.advance(60_000);
		first.close('complete');
		expect(host.limit()).toBe(3);
	});

	it('are held for as long as the answer takes, and not for an unusual wait before it', async () => {
		const { clock, left, open } = setUp(1);
		const [prompt, loading, silent] = [open(), open(), open()];
		await clock.advance(500);
		prompt.firstToken();
		await clock.advance(8000);
		prompt.close('complete');
		await clock.advance(51_500);
		loading.firstToken();
		await clock.advance(8000);
		loading.close('broken');
		silent.close('broken');
		expect(left).toEqual([
			{ heldMs: 8500, isComplete: true },
			{ heldMs: 13_000, isComplete: false },
			{ heldMs: 5000, isComplete: false },
		]);
	});

	it('are given back once, and free of charge by a request that comes back', async () => {
		const { left, host, open } = setUp(1);
		const slot = open();
		slot.close('returns');
		slot.close('complete');
		expect([left, host.active()]).toEqual([[{ heldMs: null, isComplete: false }], 0]);
	});
});
