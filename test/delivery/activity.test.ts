import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { startActivity } from '#src/delivery/activity.ts';
import { BotError } from '#src/errors.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import type { Capabilities } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
const never = new AbortController().signal;
const oneCallAMinute: Capabilities = {
	...roomyCapabilities,
	activity: { lifetimeMs: 3_600_000, showsText: false },
	budgets: { 'show-activity': { scope: 'tenant', windows: [{ limit: 1, windowMs: 60_000 }] } },
};
const spending = { operation: 'show-activity', place, priority: 'final' } as const;
const away = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });

describe('the sign of activity', () => {
	it('is shown at once', async () => {
		const { activity, platform } = open();
		expect(await activity.show('is thinking')).toBe(true);
		expect(platform.activities).toEqual(['is thinking']);
	});

	it('is shown again when four fifths of its life are over', async () => {
		const { activity, platform, clock } = open();
		await activity.show('is thinking');
		await clock.advance(95_900);
		expect(platform.activities).toHaveLength(1);
		await clock.advance(200);
		expect(platform.activities).toEqual(['is thinking', 'is thinking']);
		await clock.advance(96_000);
		expect(platform.activities).toHaveLength(3);
	});

	it('is renewed with the newest words, once a life', async () => {
		const { activity, platform, clock } = open();
		await activity.show('place 2');
		await activity.show('place 1');
		await clock.advance(96_100);
		expect(platform.activities).toEqual(['place 2', 'place 1', 'place 1']);
	});

	it('does not repeat the words that are shown', async () => {
		const { activity, platform } = open();
		await activity.show('place 2');
		expect(await activity.show('place 2')).toBe(false);
		expect(platform.activities).toHaveLength(1);
	});

	it('is not renewed after its end, and not shown either', async () => {
		const { activity, platform, clock } = open();
		await activity.show('is thinking');
		activity.end();
		await clock.advance(500_000);
		expect(await activity.show('still there')).toBe(false);
		expect(platform.activities).toEqual(['is thinking']);
	});

	it('is not renewed while it rests, and comes back with other words', async () => {
		const { activity, platform, clock } = open();
		await activity.show('is thinking');
		activity.rest();
		await clock.advance(500_000);
		expect(platform.activities).toEqual(['is thinking']);
		await activity.show('is silent');
		await clock.advance(96_100);
		expect(platform.activities).toEqual(['is thinking', 'is silent', 'is silent']);
	});

	it('is hidden for a while', async () => {
		const { activity, platform, clock } = open();
		await activity.show('is silent');
		await activity.hide();
		await clock.advance(500_000);
		await activity.show('is silent');
		expect(platform.activities).toEqual(['is silent', null, 'is silent']);
	});

	it('ends with the process', async () => {
		const { activity, platform, clock, process } = open();
		await activity.show('is thinking');
		process.abort();
		await clock.advance(500_000);
		expect(platform.activities).toEqual(['is thinking']);
	});

	it('is taken away when it is cleared, and not renewed', async () => {
		const { activity, platform, clock } = open();
		await activity.show('is thinking');
		await activity.clear();
		await clock.advance(500_000);
		expect(platform.activities).toEqual(['is thinking', null]);
	});

	it('is never a reason to fail, and is tried again at its renewal', async () => {
		const { activity, platform, clock } = open();
		platform.failNext('show-activity', away);
		expect(await activity.show('is thinking')).toBe(false);
		await clock.advance(96_100);
		expect(platform.activities).toEqual(['is thinking']);
		platform.failNext('show-activity', away);
		await activity.clear();
	});

	it('waits for its budget, and comes no more when the reply is there before', async () => {
		const { activity, platform, clock } = open({
			...roomyCapabilities,
			budgets: { 'show-activity': { scope: 'tenant', windows: [{ limit: 1, windowMs: 60_000 }] } },
		});
		await activity.show('place 2');
		const second = activity.show('place 1');
		await clock.advance(1_000);
		activity.end();
		expect(await second).toBe(false);
		await clock.advance(120_000);
		expect(platform.activities).toEqual(['place 2']);
	});

	it('says only the newest words when it had to wait', async () => {
		const { activity, platform, clock } = open({
			...roomyCapabilities,
			budgets: { 'show-activity': { scope: 'tenant', windows: [{ limit: 1, windowMs: 60_000 }] } },
		});
		await activity.show('place 4');
		const overtaken = ['place 3', 'place 2', 'place 1'].map(activity.show);
		await clock.advance(61_000);
		expect(await Promise.all(overtaken)).toEqual([true, true, true]);
		expect(platform.activities).toEqual(['place 4', 'place 1']);
	});

	it('lets newcomers and ends go before news of those who wait', async () => {
		const { activity, start, platform, clock } = open({
			...roomyCapabilities,
			budgets: { 'show-activity': { scope: 'tenant', windows: [{ limit: 1, windowMs: 60_000 }] } },
		});
		await activity.show('place 2');
		const news = activity.show('place 1');
		const newcomer = start();
		const first = newcomer.show('is thinking');
		await clock.advance(61_000);
		expect(await first).toBe(true);
		const end = newcomer.clear();
		await clock.advance(61_000);
		await end;
		await clock.advance(61_000);
		expect(await news).toBe(true);
		expect(platform.activities).toEqual(['place 2', 'is thinking', null, 'place 1']);
	});

	it('gives way to first words, and after a second goes before them', async () => {
		const { start, clock, platform, pacer } = open(oneCallAMinute);
		await pacer.run(spending, never, async () => {});
		const signs = [start().show('early'), start().show('late')];
		await clock.advance(500);
		const words = [1, 2].map((index) =>
			pacer.run({ ...spending, priority: 'first' }, never, async () => void platform.activities.push(`words ${index}`)),
		);
		await clock.advanceUntil(() => platform.activities.length === 4, 300_000);
		await Promise.all([...signs, ...words]);
		expect(platform.activities).toEqual(['early', 'late', 'words 1', 'words 2']);
	});

	it('goes before first words at once when its reader has waited before', async () => {
		const { start, clock, platform, pacer } = open(oneCallAMinute);
		await pacer.run(spending, never, async () => {});
		const words = pacer.run({ ...spending, priority: 'first' }, never, async () => void platform.activities.push('words'));
		const sign = start(clock.now() - 1_000).show('is thinking');
		await clock.advanceUntil(() => platform.activities.length === 2, 180_000);
		await Promise.all([words, sign]);
		expect(platform.activities).toEqual(['is thinking', 'words']);
	});

	it('goes before nobody where clients do not surely show it', async () => {
		const unsure: Capabilities = { ...oneCallAMinute, activity: { lifetimeMs: 3_600_000, showsText: false, unsureIn: ['channel'] } };
		const { start, clock, platform, pacer } = open(unsure);
		await pacer.run(spending, never, async () => {});
		const activity = start();
		const sign = activity.show('is thinking');
		const words = pacer.run({ ...spending, priority: 'first' }, never, async () => void platform.activities.push('words'));
		expect(activity.isOverdue()).toBe(false);
		await clock.advanceUntil(() => platform.activities.length === 2, 180_000);
		await Promise.all([words, sign]);
		expect(platform.activities).toEqual(['words', 'is thinking']);
		expect(activity.isOverdue()).toBe(false);
	});

	it('that was seen leaves nobody overdue', async () => {
		const { activity, clock } = open();
		await activity.show('is thinking');
		await clock.advance(5_000);
		expect(activity.isOverdue()).toBe(false);
	});

	it('costs no call where the platform has none', async () => {
		const { activity, platform, clock } = open({ ...roomyCapabilities, activity: null });
		expect(await activity.show('is thinking')).toBe(false);
		await clock.advance(500_000);
		await activity.clear();
		expect(platform.calls).toEqual([]);
	});
});

function open(capabilities: Capabilities = roomyCapabilities) {
	const clock = createManualClock();
	const platform = createFakePlatform(capabilities);
	const cache = createMemoryCache({ clock: clock.now });
	const pacer = createPacer({ platform: 'fake', capabilities, budgets: cache, clock, observer: { called: () => {}, limited: () => {} } });
	const process = new AbortController();
	const start = (sinceMs?: number) =>
		startActivity({ platform, pacer, clock }, { place, signal: process.signal, ...(sinceMs === undefined ? {} : { sinceMs }) });
	return { clock, platform, pacer, process, start, activity: start() };
}
