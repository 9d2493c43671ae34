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
import { createManualClock } from '#test/fakes/manual-clock.ts';

const known = (limit: number, ...usualMs: number[]): SlotKnowledge => ({ limit, usualMs });

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
	it('recalls the requests that only wait there, once the host is known to take fewer', async () => {
		const clock = createManualClock();
		const limits: number[] = [];
		const slots = createHostSlots({ clock, slots: 'auto', onLimit: (limit) => limits.push(limit), onFree: () => undefined });
		const [first, second, third, fourth] = [slots.open(), slots.open(), slots.open(), slots.open()];
		first.firstToken();
		await clock.advance(5000);
		expect(slots.limit()).toBe(1);
		expect(limits).toEqual([1]);
		expect([first, second, third, fourth].map((slot) => slot.recalled.aborted)).toEqual([false, false, true, true]);
	});

	it('keeps a set number whatever happens', async () => {
		const clock = createManualClock();
		const slots = createHostSlots({ clock, slots: 3, onLimit: () => undefined, onFree: () => undefined });
		const first = slots.open();
		slots.open();
		first.firstToken();
		await clock.advance(60_000);
		first.close(true);
		expect(slots.limit()).toBe(3);
	});

	it('learns how long an answer holds a slot, without the wait before it', async () => {
		const clock = createManualClock();
		const slots = createHostSlots({ clock, slots: 1, onLimit: () => undefined, onFree: () => undefined });
		expect(slots.meanHoldMs()).toBeNull();
		const slot = slots.open();
		await clock.advance(500);
		slot.firstToken();
		await clock.advance(8000);
		slot.close(true);
		expect(slots.meanHoldMs()).toBe(8000);
	});
});
