/** Events on their way to the store: in order, until they are there. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { ChatEvent } from '#src/platform/chat-event.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { createOrderedSink, type OrderedSink } from '../../../adapters/discord/ordered-sink.ts';

describe('an ordered sink', () => {
	let clock: ManualClock;
	let sink: OrderedSink;
	let stored: string[];
	let missed: number[];
	let failed: BotError[];
	let failure: BotError | null;

	beforeEach(() => {
		clock = createManualClock();
		[stored, missed, failed, failure] = [[], [], [], null];
		sink = createOrderedSink({
			clock,
			sink: async ({ key }) => {
				if (failure !== null) throw failure;
				stored.push(key);
			},
			onFailed: (error) => failed.push(error),
			onMissed: (happenedAtMs) => missed.push(happenedAtMs),
		});
	});

	const event = (key: string) => async () => [{ key } as ChatEvent];
	const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });

	it('keeps the order of each channel while the store is away, and tells the failure of each event once', async () => {
		failure = away;
		for (const key of ['a', 'b', 'c']) void sink.put('one', 1, event(key));
		void sink.put('two', 5, event('d'));
		await clock.advance(20_000);
		expect(stored).toEqual([]);
		expect(sink.oldestWaitingMs()).toBe(1);
		failure = null;
		await clock.advance(10_000);
		expect(stored.filter((key) => key !== 'd')).toEqual(['a', 'b', 'c']);
		expect(stored).toContain('d');
		expect(failed).toHaveLength(2);
		expect(sink.oldestWaitingMs()).toBeNull();
		expect(missed).toEqual([]);
	});

	it('lets no channel wait for another', async () => {
		const never = Promise.withResolvers<ChatEvent[]>();
		void sink.put('one', 1, () => never.promise);
		await sink.put('two', 2, event('b'));
		expect(stored).toEqual(['b']);
	});

	it('gives up what would fail again in the same way, and goes on with the next', async () => {
		void sink.put('one', 1, async () => {
			throw new TypeError('a payload of a new kind');
		});
		await sink.put('one', 2, event('b'));
		expect(stored).toEqual(['b']);
		expect(failed.map(({ code }) => code)).toEqual(['INTERNAL']);
		expect(missed).toEqual([]);
	});

	it('tries again what could not be looked up', async () => {
		let attempts = 0;
		const work = sink.put('one', 1, async () => {
			if (++attempts < 3) throw new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
			return await event('a')();
		});
		await clock.advance(5_000);
		await work;
		expect(stored).toEqual(['a']);
	});

	it('keeps a thousand events; what goes beyond is to be read again', async () => {
		failure = away;
		for (let count = 0; count < 1_000; count++) void sink.put(`channel-${count}`, count, event(String(count)));
		await sink.put('one more', 7_777, event('x'));
		expect(missed).toEqual([7_777]);
		sink.stop();
		await clock.advance(1);
		expect(missed).toHaveLength(1_001);
	});

	it('gives up everything when it is stopped, which is then to be read again', async () => {
		failure = away;
		const work = sink.put('one', 3, event('a'));
		await clock.advance(1_000);
		sink.stop();
		await work;
		await sink.put('one', 4, event('b'));
		expect(missed).toEqual([3, 4]);
	});
});
