import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { reserveDelivery } from '#src/delivery/reservation.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import type { Budget, Capabilities, Operation } from '#src/platform/capabilities.ts';
import type { Place } from '#src/platform/place.ts';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
const one: Budget = { scope: 'tenant', windows: [{ limit: 1, windowMs: 60_000 }] };
const oneOfEach: Capabilities['budgets'] = { 'open-stream': one, 'close-stream': one, edit: one, remove: one };

describe('the mode of a message', () => {
	it('is the best one that still has room for its end', async () => {
		const world = openWorld({ ...roomyCapabilities, budgets: oneOfEach });
		const modes = [await world.take(), await world.take(), await world.take(), await world.take(), await world.take()];
		expect(modes.map(({ mode }) => mode)).toEqual(['stream', 'edit', 'repost', 'once', 'once']);
		expect(modes.map(({ operation }) => operation)).toEqual(['close-stream', 'edit', 'remove', null, null]);
	});

	it.each<[string, Partial<Capabilities>, boolean]>([
		['the platform has none', { stream: null }, true],
		[
			'the place takes none',
			{ stream: { kinds: ['direct'], maxLifetimeMs: 1, endsWhenStopped: false, minIntervalMs: 1, minCallIntervalMs: 0 } },
			true,
		],
		['this message may not', {}, false],
	])('is no stream where %s', async (_name, capabilities, allowStream) => {
		const world = openWorld({ ...roomyCapabilities, budgets: oneOfEach, ...capabilities });
		expect((await world.take(allowStream)).mode).toBe('edit');
		expect(await world.isFree('close-stream')).toBe(true);
	});

	it('is no stream that could not be opened, and the end kept for it is free again', async () => {
		const world = openWorld({ ...roomyCapabilities, budgets: oneOfEach });
		await world.pacer.reserve('open-stream', place, 'somebody');
		expect((await world.take()).mode).toBe('edit');
		expect(await world.isFree('close-stream')).toBe(true);
	});

	it.each<[string, Operation[]]>([
		['stream', ['open-stream', 'close-stream']],
		['edit', ['edit']],
		['repost', ['remove']],
	])('%s gives back what it did not use', async (mode, operations) => {
		const world = openWorld({ ...roomyCapabilities, budgets: oneOfEach });
		let reservation = await world.take();
		while (reservation.mode !== mode) reservation = await world.take();
		for (const operation of operations) expect(await world.isFree(operation)).toBe(false);
		await reservation.release();
		for (const operation of operations) expect(await world.isFree(operation)).toBe(true);
	});

	it('keeps its end for as long as it is renewed', async () => {
		const world = openWorld({ ...roomyCapabilities, stream: null, budgets: oneOfEach });
		const reservation = await world.take();
		for (let minute = 0; minute < 5; minute++) {
			await world.clock.advance(60_000);
			await reservation.renew();
		}
		await world.clock.advance(119_000);
		expect(await world.isFree('edit')).toBe(false);
		await world.clock.advance(2_000);
		expect(await world.isFree('edit')).toBe(true);
	});
});

function openWorld(capabilities: Capabilities) {
	const clock = createManualClock();
	const observer = { called: () => {}, limited: () => {} };
	const pacer = createPacer({ platform: 'fake', capabilities, budgets: createMemoryCache({ clock: clock.now }), clock, observer });
	return {
		clock,
		pacer,
		take: (allowStream = true) => reserveDelivery(pacer, capabilities, place, allowStream),
		isFree: (operation: Operation) => pacer.isFree(operation, place),
	};
}
