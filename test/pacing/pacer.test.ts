import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { BotError } from '#src/errors.ts';
import { createPacer, type PacedCall, type Pacer } from '#src/pacing/pacer.ts';
import type { Budget, Capabilities, Operation } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
const perMinute = (limit: number, scope: Budget['scope'] = 'tenant'): Budget => ({ scope, windows: [{ limit, windowMs: 60_000 }] });
const tooMany = (retryAfterMs?: number) =>
	new BotError('PLATFORM_RATE_LIMITED', 'slow', retryAfterMs === undefined ? {} : { retryAfterMs });
const { signal } = new AbortController();

describe('a paced call', () => {
	it('gives what it sends back, and is counted', async () => {
		const world = openWorld({ edit: perMinute(5) });
		expect(await world.pacer.run(callTo(place), signal, async () => 'sent')).toBe('sent');
		expect(world.called).toEqual(['edit']);
	});

	it('waits for its slot before it decides what to send', async () => {
		const world = openWorld({ edit: perMinute(1) });
		world.send('a');
		world.send('b');
		await world.clock.advance(30_000);
		expect(world.sent).toEqual(['a']);
		await world.clock.advance(40_000);
		expect(world.sent).toEqual(['a', 'b']);
	});

	it('shares the windows of its bucket with other operations, each of which keeps a slot of its own', async () => {
		const shared: Budget = { scope: 'tenant', bucket: 'send', windows: [{ limit: 3, windowMs: 60_000 }] };
		const world = openWorld({ post: shared, edit: shared });
		expect(await world.pacer.reserve('post', place, 'r')).toBe(true);
		expect(await world.pacer.reserve('edit', place, 'r')).toBe(true);
		expect(await world.pacer.isFree('edit', place)).toBe(true);
		world.send('post', callTo(place, 'post'));
		await world.clock.advance(0);
		expect(await world.pacer.isFree('edit', place)).toBe(false);
		await world.pacer.release('post', place, 'r');
		expect(await world.pacer.isFree('edit', place)).toBe(true);
		world.send('edit', { ...callTo(place, 'edit'), priority: 'final', reservation: 'r' });
		await world.clock.advance(0);
		expect(world.sent).toEqual(['post', 'edit']);
		expect(await world.pacer.isFree('post', place)).toBe(true);
	});

	it('waits for what all operations may be together, too, with or without a budget of its own', async () => {
		const world = openWorld({ edit: perMinute(5) }, [{ limit: 3, windowMs: 1_000 }]);
		for (const text of ['a', 'b']) world.send(text);
		for (const text of ['c', 'd', 'e']) world.send(text, callTo(place, 'post'));
		await world.clock.advance(500);
		expect(world.sent).toHaveLength(3);
		world.send('elsewhere', callTo({ ...place, tenantId: 'other' }, 'post'));
		await world.clock.advance(0);
		expect(world.sent).toContain('elsewhere');
		await world.clock.advance(1_500);
		expect([...world.sent].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'elsewhere']);
	});

	it('passes on what goes wrong, and its slot counts all the same', async () => {
		const world = openWorld({ edit: perMinute(1) });
		const gone = new BotError('PLATFORM_REJECTED', 'gone');
		await expect(world.pacer.run(callTo(place), signal, () => Promise.reject(gone))).rejects.toBe(gone);
		expect(await world.pacer.isFree('edit', place)).toBe(false);
		expect(world.limited).toEqual([]);
	});

	it('is neither rationed nor held up where the platform has no budget for it', async () => {
		const world = openWorld({ edit: perMinute(1) });
		for (let index = 0; index < 200; index++) world.send(`m${index}`, callTo(place, 'post'));
		await world.clock.advance(0);
		expect(world.sent).toHaveLength(200);
		expect(await world.pacer.isFree('post', place)).toBe(true);
		expect(await world.pacer.reserve('post', place, 'r')).toBe(true);
	});

	it('ends its wait when it is cancelled, and is never sent', async () => {
		const world = openWorld({ edit: perMinute(1) });
		const cancel = new AbortController();
		world.send('a');
		const waiting = world.pacer.run(callTo(place), cancel.signal, async () => world.sent.push('never'));
		waiting.catch(() => {});
		await world.clock.advance(10);
		cancel.abort();
		await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
		await world.clock.advance(120_000);
		expect(world.sent).toEqual(['a']);
		expect(world.called).toHaveLength(1);
	});

	it('is counted until a window after it was answered, not after it was sent', async () => {
		const world = openWorld({ edit: perMinute(1) });
		const gate = Promise.withResolvers<void>();
		const slow = world.pacer.run(callTo(place), signal, () => gate.promise);
		await world.clock.advance(20_000);
		gate.resolve();
		await slow;
		world.send('b');
		await world.clock.advance(59_000);
		expect(world.sent).toEqual([]);
		await world.clock.advance(4_000);
		expect(world.sent).toEqual(['b']);
	});
});

describe('a budget', () => {
	const other: Record<string, Place> = {
		thread: { ...place, threadId: '2' },
		channel: { ...place, channelId: 'C2' },
		tenant: { ...place, tenantId: 'T2' },
	};

	it.each([
		['tenant', 'thread', false],
		['tenant', 'channel', false],
		['tenant', 'tenant', true],
		['channel', 'thread', false],
		['channel', 'channel', true],
		['channel', 'tenant', true],
	] as const)('of a %s, when spent, leaves another %s free: %j', async (scope, name, isFree) => {
		const world = openWorld({ edit: perMinute(1, scope) });
		await world.pacer.run(callTo(place), signal, async () => {});
		expect(await world.pacer.isFree('edit', place)).toBe(false);
		expect(await world.pacer.isFree('edit', other[name] ?? place)).toBe(isFree);
	});

	it('of one operation is not that of another', async () => {
		const world = openWorld({ edit: perMinute(1), 'append-stream': perMinute(1) });
		await world.pacer.run(callTo(place), signal, async () => {});
		expect(await world.pacer.isFree('append-stream', place)).toBe(true);
	});

	it('of one platform is not that of another, although they share a cache', async () => {
		const world = openWorld({ edit: perMinute(1) });
		await world.pacer.run(callTo(place), signal, async () => {});
		expect(await world.openPacer('elsewhere').isFree('edit', place)).toBe(true);
	});

	it('is shared by all processes', async () => {
		const world = openWorld({ edit: perMinute(2) });
		const second = world.openPacer('fake');
		await world.pacer.run(callTo(place), signal, async () => {});
		await second.run(callTo(place), signal, async () => {});
		expect(await world.pacer.isFree('edit', place)).toBe(false);
	});
});

it('whoever saw nothing yet goes before ends, those before first texts, those before texts that take the place of a sign, and those before updates', async () => {
	const world = openWorld({ edit: perMinute(1) });
	const waiting = { update: 'update', later: 'update', text: 'second', first: 'first', end: 'final', overdue: 'overdue' } as const;
	for (const [name, priority] of Object.entries(waiting)) world.send(name, { ...callTo(place), priority });
	await world.clock.advanceUntil(() => world.sent.length === 6, 600_000);
	expect(world.sent.slice(-5)).toEqual(['overdue', 'end', 'first', 'text', 'later']);
});

describe('a reservation', () => {
	it('keeps a slot for the end while others wait', async () => {
		const world = openWorld({ edit: perMinute(2) });
		expect(await world.pacer.reserve('edit', place, 'mine')).toBe(true);
		world.send('a', { ...callTo(place), priority: 'first' });
		world.send('b', { ...callTo(place), priority: 'first' });
		await world.clock.advance(1_000);
		expect(world.sent).toEqual(['a']);
		world.send('end', { ...callTo(place), reservation: 'mine' });
		await world.clock.advance(0);
		expect(world.sent).toEqual(['a', 'end']);
	});

	it('is refused when nothing is left, and can be renewed', async () => {
		const world = openWorld({ edit: perMinute(1) });
		expect(await world.pacer.reserve('edit', place, 'mine')).toBe(true);
		expect(await world.pacer.reserve('edit', place, 'yours')).toBe(false);
		expect(await world.pacer.reserve('edit', place, 'mine')).toBe(true);
	});

	it('goes to the next waiter at once when it is released', async () => {
		const world = openWorld({ edit: perMinute(1) });
		await world.pacer.reserve('edit', place, 'mine');
		world.send('a');
		await world.clock.advance(100);
		await world.pacer.release('edit', place, 'mine');
		await world.clock.advance(0);
		expect(world.sent).toEqual(['a']);
	});

	it('that a dead process left runs out after two minutes', async () => {
		const world = openWorld({ edit: perMinute(1) });
		await world.pacer.reserve('edit', place, 'dead');
		await world.clock.advance(119_000);
		expect(await world.pacer.isFree('edit', place)).toBe(false);
		await world.clock.advance(1_000);
		expect(await world.pacer.isFree('edit', place)).toBe(true);
	});
});

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

function callTo(where: Place, operation: Operation = 'edit'): PacedCall {
	return { operation, place: where, priority: 'final' };
}

function openWorld(budgets: Capabilities['budgets'], overall: Capabilities['overall'] = null) {
	const clock = createManualClock();
	const cache = createMemoryCache({ clock: clock.now });
	const called: Operation[] = [];
	const limited: Operation[] = [];
	const sent: string[] = [];
	const observer = {
		called: (operation: Operation) => void called.push(operation),
		limited: (operation: Operation) => void limited.push(operation),
	};
	const capabilities = { ...roomyCapabilities, budgets, overall };
	const openPacer = (platform: string) => createPacer({ platform, capabilities, budgets: cache, clock, observer });
	const pacer = openPacer('fake');
	return {
		clock,
		pacer,
		openPacer,
		called,
		limited,
		sent,
		send(text: string, call: PacedCall = callTo(place), through: Pacer = pacer): void {
			void through.run(call, signal, async () => void sent.push(text));
		},
		/** The limit as the cache has it now. */
		async limitOf(operation: Operation): Promise<number> {
			const { windows = [] } = budgets[operation] ?? {};
			return (await cache.budgetState({ key: `budget:fake:T:${operation}`, windows })).limit;
		},
	};
}
