/** Calls wait for their budget: who shares one, who goes first, what is kept for the end. */

import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Budget } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { callTo, openWorld, perMinute, place, signal } from './pacer-world.ts';

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
