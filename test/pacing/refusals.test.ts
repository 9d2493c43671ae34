/** What a platform refuses as too many is learned from: for one budget, or for all channels together. */

import { describe, expect, it } from 'vitest';
import type { PacedCall, Pacer } from '#src/pacing/pacer.ts';
import type { Budget } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { callTo, openWorld, perMinute, place, signal, tooMany } from './pacer-world.ts';

describe('a refusal as too many', () => {
	it('pauses the budget for as long as the platform says, for every process, and is thrown on', async () => {
		const world = openWorld({ edit: perMinute(50) });
		await expect(world.pacer.run(callTo(place), signal, () => Promise.reject(tooMany(7_000)))).rejects.toMatchObject({
			code: 'PLATFORM_RATE_LIMITED',
		});
		expect(world.limited).toEqual(['edit']);
		world.send('mine');
		world.send('of another process', callTo(place), world.openPacer('fake'));
		await world.clock.advance(6_500);
		expect(world.sent).toEqual([]);
		await world.clock.advance(1_500);
		expect(world.sent.sort()).toEqual(['mine', 'of another process']);
	});

	it('pauses for five seconds when the platform does not say', async () => {
		const world = openWorld({ edit: perMinute(50) });
		await world.pacer.run(callTo(place), signal, () => Promise.reject(tooMany())).catch(() => {});
		world.send('a');
		await world.clock.advance(4_500);
		expect(world.sent).toEqual([]);
		await world.clock.advance(1_500);
		expect(world.sent).toEqual(['a']);
	});

	it('shrinks the budget once for calls that were on their way together', async () => {
		const world = openWorld({ edit: perMinute(50) });
		const gate = Promise.withResolvers<never>();
		const calls = Array.from({ length: 10 }, () => world.pacer.run(callTo(place), signal, () => gate.promise));
		await world.clock.advance(10);
		gate.reject(tooMany(3_000));
		await Promise.allSettled(calls);
		expect(world.limited).toHaveLength(10);
		expect(await world.limitOf('edit')).toBe(40);
	});

	it('shrinks it again for a refusal after the pause', async () => {
		const world = openWorld({ edit: perMinute(50) });
		for (let round = 0; round < 2; round++) {
			await world.pacer.run(callTo(place), signal, () => Promise.reject(tooMany(3_000))).catch(() => {});
			await world.clock.advance(4_000);
		}
		expect(await world.limitOf('edit')).toBe(32);
	});

	it('does not touch the other budgets', async () => {
		const world = openWorld({ edit: perMinute(50), 'append-stream': perMinute(100) });
		await world.pacer.run(callTo(place), signal, () => Promise.reject(tooMany(3_000))).catch(() => {});
		expect(await world.pacer.isFree('append-stream', place)).toBe(true);
	});
});

describe('a limit of all channels together, which no page states', () => {
	const posts: Budget = {
		scope: 'channel',
		windows: [{ limit: 1, windowMs: 1_000 }],
		together: {
			windows: [
				{ limit: 20, windowMs: 1_000 },
				{ limit: 600, windowMs: 60_000 },
			],
			promised: 100,
		},
	};
	const channel = (index: number): Place => ({ ...place, channelId: `C${index}` });

	/** A workspace that takes so many posts a minute, and a crowd that posts once each in a channel of its own until it is through. */
	function openWorkspace(limit: number, refuse: (waitMs: number) => number = (waitMs) => Math.ceil(waitMs / 1_000) * 1_000) {
		const world = openWorld({ post: posts });
		const takenAtMs: number[] = [];
		const landed: { name: string; atMs: number }[] = [];
		async function post(name: string, call: PacedCall, through: Pacer): Promise<void> {
			for (let isThrough = false; !isThrough; ) {
				isThrough = await through
					.run(call, signal, async () => {
						await world.clock.wait(80);
						const counting = takenAtMs.filter((atMs) => atMs > world.clock.now() - 60_000);
						if (counting.length >= limit) throw tooMany(refuse((counting.at(-limit) ?? 0) + 60_000 - world.clock.now()));
						takenAtMs.push(world.clock.now());
						landed.push({ name, atMs: world.clock.now() });
						return true;
					})
					.catch(() => false);
			}
		}
		return { ...world, landed, post };
	}

	it.each([
		['300', 300, undefined],
		['120', 120, undefined],
		['300, and tells to come back in a second', 300, () => 1_000],
	] as const)(
		'is learned from the first refusals by all channels and processes: a workspace that takes %s a minute',
		async (_name, limit, refuse) => {
			const world = openWorkspace(limit, refuse);
			const processes = [world.pacer, world.openPacer('fake')];
			for (let index = 0; index < 500; index++) {
				const through = processes[index % 2] ?? world.pacer;
				void world.post(`post ${index}`, { ...callTo(channel(index), 'post'), priority: 'first' }, through);
				await world.clock.advance(40);
			}
			await world.clock.advanceUntil(() => world.landed.length === 500, 600_000);
			expect(world.limited.length).toBeGreaterThan(0);
			expect(world.limited.length).toBeLessThanOrEqual(20);
		},
	);

	it('lets ends go before beginnings', async () => {
		const world = openWorkspace(300);
		const crowd = Array.from({ length: 330 }, (_, index) => world.post('crowd', callTo(channel(index), 'post'), world.pacer));
		await world.clock.advanceUntil(() => world.limited.length > 0, 60_000);
		void world.post('beginning', { ...callTo(channel(1_000), 'post'), priority: 'first' }, world.pacer);
		void world.post('end', callTo(channel(1_001), 'post'), world.pacer);
		await world.clock.advanceUntil(() => world.landed.length === 332, 600_000);
		await Promise.all(crowd);
		const at = (name: string) => world.landed.findIndex((entry) => entry.name === name);
		expect(at('end')).toBeLessThan(at('beginning'));
	});

	it('is not taken for it when one channel alone is refused for as long as its own limit explains', async () => {
		const world = openWorld({ post: posts });
		for (let round = 0; round < 5; round++) {
			await world.pacer.run(callTo(place, 'post'), signal, () => Promise.reject(tooMany(1_000))).catch(() => {});
			await world.clock.advance(1_100);
		}
		world.send('elsewhere', callTo(channel(1), 'post'));
		await world.clock.advance(0);
		expect(world.sent).toEqual(['elsewhere']);
	});

	it('holds up nobody in a channel whose caller went away while waiting for it', async () => {
		const world = openWorld({ post: posts });
		await world.pacer.run(callTo(channel(1), 'post'), signal, () => Promise.reject(tooMany(30_000))).catch(() => {});
		const leaving = new AbortController();
		world.pacer.run({ ...callTo(place, 'post'), priority: 'first' }, leaving.signal, async () => world.sent.push('never')).catch(() => {});
		await world.clock.advance(29_000);
		leaving.abort();
		world.send('next');
		world.send('next in the channel', callTo(place, 'post'));
		await world.clock.advance(3_000);
		expect(world.sent).toEqual(['next', 'next in the channel']);
	});

	it('leaves a channel its own pace, however long its posts have waited together', async () => {
		const world = openWorld({ post: posts });
		await world.pacer.run(callTo(channel(1), 'post'), signal, () => Promise.reject(tooMany(100_000))).catch(() => {});
		const atMs: number[] = [];
		for (let index = 0; index < 5; index++) void world.pacer.run(callTo(place, 'post'), signal, async () => atMs.push(world.clock.now()));
		await world.clock.advance(110_000);
		const gaps = atMs.slice(1).map((time, index) => time - (atMs[index] ?? 0));
		expect(atMs).toHaveLength(5);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
	});

	it('is what all operations may be together, where refusals in several channels can mean nothing else', async () => {
		const world = openWorld({ post: { scope: 'channel', windows: [{ limit: 5, windowMs: 5_000 }] } }, [{ limit: 45, windowMs: 1_000 }]);
		for (let index = 0; index < 3; index++) {
			await world.pacer.run(callTo(channel(index), 'post'), signal, () => Promise.reject(tooMany(3_000))).catch(() => {});
		}
		world.send('elsewhere', callTo(channel(9), 'post'));
		await world.clock.advance(2_900);
		expect(world.sent).toEqual([]);
		await world.clock.advance(1_000);
		expect(world.sent).toEqual(['elsewhere']);
	});
});
