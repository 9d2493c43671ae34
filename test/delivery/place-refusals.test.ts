import { expect, it } from 'vitest';
import { createPlaceRefusals } from '#src/delivery/place-refusals.ts';
import type { Place } from '#src/platform/place.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const place = (channelId: string): Place => ({ platform: 'fake', tenantId: 'T', channelId, threadId: '1', kind: 'channel' });

it('holds for a while, and for one channel only', async () => {
	const clock = createManualClock();
	const refusals = createPlaceRefusals(clock);
	refusals.refused(place('one'));
	expect([refusals.isRefused({ ...place('one'), threadId: '2' }), refusals.isRefused(place('other'))]).toEqual([true, false]);
	await clock.advance(11 * 60_000);
	expect(refusals.isRefused(place('one'))).toBe(false);
});

it('forgets the oldest channel when there are too many', () => {
	const refusals = createPlaceRefusals(createManualClock());
	for (let index = 0; index <= 1_000; index++) refusals.refused(place(`${index}`));
	expect([refusals.isRefused(place('0')), refusals.isRefused(place('1')), refusals.isRefused(place('1000'))]).toEqual([false, true, true]);
});
