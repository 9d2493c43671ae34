/** What is remembered of many accounts at once, and when it does not count any more. */

import { describe, expect, it } from 'vitest';
import { createAccounts } from '#src/platform/directory.ts';
import type { Profile } from '#src/platform/profile.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const minuteMs = 60_000;
const signal = new AbortController().signal;
const bea = { tenantId: 'T', accountId: 'U-bea' };
const profileOf = (given: Partial<Profile> = {}): Profile => ({
	...bea,
	...{ displayName: 'Bea', locale: 'es-ES', isBot: false, isGuest: false, isExternal: false, isDeactivated: false },
	...given,
});

function open(limit?: number) {
	const clock = createManualClock();
	return { clock, accounts: createAccounts({ clock, ...(limit === undefined ? {} : { limit }) }) };
}

describe('a directory', () => {
	it('recalls an account with the age of the question, and nobody else', async () => {
		const { clock, accounts } = open();
		const askedAtMs = clock.now();
		await clock.advance(2_000);
		accounts.learn([profileOf()], askedAtMs);
		await clock.advance(3_000);
		expect(accounts.recall(bea, minuteMs)).toEqual({ profile: profileOf(), ageMs: 5_000 });
		expect(accounts.recall({ ...bea, tenantId: 'elsewhere' }, minuteMs)).toBeNull();
	});

	it('does not recall what is too old, nor what a clock that was set back makes younger than nothing', async () => {
		const { clock, accounts } = open();
		accounts.learn([profileOf()], clock.now());
		await clock.advance(minuteMs);
		expect(accounts.recall(bea, minuteMs)).toBeNull();
		accounts.learn([profileOf()], clock.now() + 1);
		expect(accounts.recall(bea, minuteMs)).toBeNull();
	});

	it('forgets what was answered before the platform told something unasked, on its way or not, and keeps the new name', async () => {
		const { clock, accounts } = open();
		accounts.learn([profileOf()], clock.now());
		const askedAtMs = clock.now();
		await clock.advance(100);
		accounts.doubt(profileOf({ displayName: 'Beatriz' }));
		expect(accounts.recall(bea, minuteMs)).toBeNull();
		expect(accounts.nameOf(bea)).toBe('Beatriz');
		accounts.learn([profileOf()], askedAtMs);
		expect(accounts.recall(bea, minuteMs)).toBeNull();
		await clock.advance(1);
		accounts.learn([profileOf({ isGuest: true })], clock.now());
		expect(accounts.recall(bea, minuteMs)?.profile.isGuest).toBe(true);
	});

	it('does not learn of somebody who was told of while the answer was on its way, known before or not', async () => {
		const { clock, accounts } = open();
		const askedAtMs = clock.now();
		await clock.advance(9_000);
		accounts.doubt(profileOf({ isDeactivated: true }));
		accounts.learn([profileOf()], askedAtMs);
		expect(accounts.recall(bea, minuteMs)).toBeNull();
	});

	it('never lets an older answer take the place of a newer one', async () => {
		const { clock, accounts } = open();
		const askedAtMs = clock.now();
		await clock.advance(1_000);
		accounts.learn([profileOf({ isGuest: true })], clock.now());
		accounts.learn([profileOf()], askedAtMs);
		expect(accounts.recall(bea, minuteMs)?.profile.isGuest).toBe(true);
	});

	it('is bounded: whoever finds no room is not known', () => {
		const { clock, accounts } = open(1);
		accounts.learn([profileOf(), profileOf({ accountId: 'U-luis' })], clock.now());
		expect(accounts.recall({ ...bea, accountId: 'U-luis' }, minuteMs)).toBeNull();
		accounts.learn([profileOf({ displayName: 'Beatriz' })], clock.now() + 1);
		expect(accounts.nameOf(bea)).toBe('Beatriz');
	});

	it('wakes whoever waits for an account, at once when it is known', async () => {
		const { clock, accounts } = open();
		const [first, second] = [accounts.arrival(bea, minuteMs, signal), accounts.arrival(bea, minuteMs, signal)];
		accounts.learn([profileOf({ accountId: 'U-luis' })], clock.now());
		accounts.learn([profileOf()], clock.now());
		expect(await first).toEqual({ profile: profileOf(), ageMs: 0 });
		expect(await second).toEqual(await accounts.arrival(bea, minuteMs, signal));
	});

	it('lets go of whoever waits no longer', async () => {
		const { clock, accounts } = open();
		const leaving = new AbortController();
		const [left, stayed] = [accounts.arrival(bea, minuteMs, leaving.signal), accounts.arrival(bea, minuteMs, signal)];
		leaving.abort();
		await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
		await expect(accounts.arrival(bea, minuteMs, leaving.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
		accounts.learn([profileOf()], clock.now());
		expect(await stayed).toMatchObject({ ageMs: 0 });
	});
});
