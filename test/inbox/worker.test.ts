import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { ClaimedEvent, Inbox } from '#src/inbox/inbox.ts';
import { createInboxWorker, type WorkerDependencies } from '#src/inbox/worker.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { messageEvent } from './message-event.ts';

const leaseMs = 15_000;
const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
const passing = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
const fatal = new BotError('PLATFORM_REJECTED', 'no');

describe('an inbox worker', () => {
	it('handles what is there and says what became of it', async () => {
		const world = openWorld(async (event) => `handled ${event.key}`);
		world.add('a', 'b');
		world.worker.start();
		await world.clock.advance(0);
		expect(world.ended).toEqual(['finish a handled a', 'finish b handled b']);
		expect(world.done).toEqual(['a handled a', 'b handled b']);
		expect(world.worker.activeCount()).toBe(0);
	});

	it('handles many at once', async () => {
		const world = openWorld(() => new Promise(() => {}));
		world.add(...Array.from({ length: 40 }, (_, index) => `e${index}`));
		world.worker.start();
		await world.clock.advance(0);
		expect(world.worker.activeCount()).toBe(40);
	});

	it('holds at most fifteen hundred, and takes more when some are done', async () => {
		const ends: (() => void)[] = [];
		const world = openWorld(() => new Promise<string>((resolve) => ends.push(() => resolve('done'))));
		world.add(...Array.from({ length: 1_510 }, (_, index) => `e${index}`));
		world.worker.start();
		await world.clock.advance(3_000);
		expect(world.worker.activeCount()).toBe(1_500);
		for (const end of ends.splice(0, 4)) end();
		await world.clock.advance(0);
		expect(world.worker.activeCount()).toBe(1_500);
		expect(ends).toHaveLength(1_500);
	});

	it('looks at once when it is woken, and once a second otherwise', async () => {
		const world = openWorld(async () => 'done');
		world.worker.start();
		await world.clock.advance(10);
		world.add('a');
		world.worker.wake();
		await world.clock.advance(0);
		expect(world.done).toHaveLength(1);
		world.add('b');
		await world.clock.advance(1_000);
		expect(world.done).toHaveLength(2);
	});

	it('looks at once when an event is done, for the next one of its conversation', async () => {
		const ends: (() => void)[] = [];
		const world = openWorld(() => new Promise<string>((resolve) => ends.push(() => resolve('done'))));
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		world.add('b');
		ends[0]?.();
		await world.clock.advance(0);
		expect(world.begun).toEqual(['a 1', 'b 1']);
	});

	it('tells how long handling took', async () => {
		const durations: number[] = [];
		const world = openWorld(async () => await world.clock.wait(700).then(() => 'done'), {
			onDone: (_event, _outcome, ms) => durations.push(ms),
		});
		world.add('a');
		world.worker.start();
		await world.clock.advance(1_000);
		expect(durations).toEqual([700]);
	});
});

describe('an event that fails', () => {
	it('is tried again when its lease has run out', async () => {
		let tries = 0;
		const world = openWorld(async () => {
			if (++tries === 1) throw passing;
			return 'answered';
		});
		world.add('a');
		world.worker.start();
		await world.clock.advance(leaseMs - 1);
		expect(world.begun).toEqual(['a 1']);
		expect(world.failed).toEqual(['a PLATFORM_UNAVAILABLE again']);
		await world.clock.advance(1_100);
		expect(world.begun).toEqual(['a 1', 'a 2']);
		expect(world.done).toEqual(['a answered']);
	});

	it('is given up after five tries', async () => {
		const world = openWorld(() => Promise.reject(passing));
		world.add('a');
		world.worker.start();
		await world.clock.advance(10 * leaseMs);
		expect(world.begun).toHaveLength(5);
		expect(world.failed.at(-1)).toBe('a PLATFORM_UNAVAILABLE last');
		expect(world.failed.slice(0, -1)).toEqual(Array.from({ length: 4 }, () => 'a PLATFORM_UNAVAILABLE again'));
		expect(world.ended).toEqual(['fail a PLATFORM_UNAVAILABLE']);
		expect(world.done).toEqual(['a given-up']);
	});

	it('is given up at once when another try cannot help', async () => {
		const world = openWorld(() => Promise.reject(fatal));
		world.add('a');
		world.worker.start();
		await world.clock.advance(0);
		expect(world.failed).toEqual(['a PLATFORM_REJECTED last']);
		expect(world.ended).toEqual(['fail a PLATFORM_REJECTED']);
	});

	it('has its author told before it is given up', async () => {
		const told: string[] = [];
		const world = openWorld(() => Promise.reject(fatal), { onFailed: async () => void told.push(`told, ${world.ended.length} ended`) });
		world.add('a');
		world.worker.start();
		await world.clock.advance(0);
		expect(told).toEqual(['told, 0 ended']);
	});

	it('is not begun a sixth time, for it kills its processes', async () => {
		const world = openWorld(async () => 'never');
		world.add('a');
		world.attempts.set('a', 5);
		world.worker.start();
		await world.clock.advance(0);
		expect(world.begun).toEqual([]);
		expect(world.failed).toEqual(['a INTERNAL last']);
		expect(world.ended).toEqual(['fail a INTERNAL']);
	});

	it('does not keep others from being handled', async () => {
		const world = openWorld(async (event) => (event.key === 'bad' ? Promise.reject(fatal) : 'done'));
		world.add('bad', 'good');
		world.worker.start();
		await world.clock.advance(0);
		expect(world.done.sort()).toEqual(['bad given-up', 'good done']);
	});
});

describe('a lease', () => {
	it('is renewed every five seconds while an event is handled', async () => {
		const world = openWorld(() => new Promise(() => {}));
		world.add('a');
		world.worker.start();
		await world.clock.advance(60_500);
		expect(world.renewals).toBe(12);
		expect(world.begun).toEqual(['a 1']);
	});

	it('that was lost ends the work, without a word about a failure', async () => {
		const world = openWorld(untilAborted);
		world.add('a', 'b');
		world.worker.start();
		await world.clock.advance(10);
		world.lose('a');
		await world.clock.advance(5_000);
		expect(world.aborted).toEqual(['a handover']);
		expect(world.failed).toEqual([]);
		expect(world.worker.activeCount()).toBe(1);
	});

	it('is kept through an outage of the database that is shorter than it', async () => {
		const world = openWorld(untilAborted);
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		world.setAway(true);
		await world.clock.advance(9_000);
		world.setAway(false);
		await world.clock.advance(30_000);
		expect(world.aborted).toEqual([]);
		expect(world.begun).toEqual(['a 1']);
	});
});

describe('a worker whose database is away', () => {
	it('says so each time it looks, and goes on when it is back', async () => {
		const world = openWorld(async () => 'done');
		world.add('a');
		world.setAway(true);
		world.worker.start();
		await world.clock.advance(3_100);
		expect(world.storeErrors).toBe(4);
		world.setAway(false);
		await world.clock.advance(1_000);
		expect(world.done).toEqual(['a done']);
		expect(world.storeErrors).toBe(4);
	});

	it('writes down the end of an event when it is back, and does not handle it again', async () => {
		const world = openWorld(async () => {
			world.setAway(true);
			return 'answered';
		});
		world.add('a');
		world.worker.start();
		await world.clock.advance(2 * leaseMs);
		expect(world.done).toEqual([]);
		world.setAway(false);
		await world.clock.advance(1_000);
		expect(world.ended).toEqual(['finish a answered']);
		expect(world.done).toEqual(['a answered']);
		expect(world.begun).toEqual(['a 1']);
		expect(world.failed).toEqual([]);
	});

	it('goes on with what it has in hand after an outage that was longer than the lease', async () => {
		const end = Promise.withResolvers<string>();
		const world = openWorld(() => end.promise);
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		world.setAway(true);
		await world.clock.advance(2 * leaseMs);
		world.setAway(false);
		await world.clock.advance(10_000);
		end.resolve('answered');
		await world.clock.advance(0);
		expect(world.begun).toEqual(['a 1']);
		expect(world.aborted).toEqual([]);
		expect(world.done).toEqual(['a answered']);
	});
});

describe('stopping a worker', () => {
	it('takes nothing new and lets what runs come to its end', async () => {
		const end = Promise.withResolvers<string>();
		const world = openWorld(() => end.promise);
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		const stopped = world.worker.stop(12_000);
		world.add('b');
		world.worker.wake();
		await world.clock.advance(2_000);
		end.resolve('answered');
		await stopped;
		expect(world.begun).toEqual(['a 1']);
		expect(world.done).toEqual(['a answered']);
		expect(world.aborted).toEqual([]);
	});

	it('hands over what has not ended after the grace period, without counting the attempt', async () => {
		const world = openWorld(untilAborted);
		world.add('a', 'b');
		world.worker.start();
		await world.clock.advance(10);
		let isStopped = false;
		const stopped = world.worker.stop(12_000).then(() => {
			isStopped = true;
		});
		await world.clock.advance(11_900);
		expect(world.aborted).toEqual([]);
		expect(isStopped).toBe(false);
		await world.clock.advance(200);
		await stopped;
		expect(world.aborted).toEqual(['a handover', 'b handover']);
		expect(world.ended).toEqual(['release a', 'release b']);
		expect(world.failed).toEqual([]);
	});

	it('keeps the leases during the grace period', async () => {
		const world = openWorld(untilAborted);
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		const stopped = world.worker.stop(12_000);
		await world.clock.advance(11_900);
		expect(world.renewals).toBe(2);
		await world.clock.advance(200);
		await stopped;
	});

	it('does not wait when nothing runs', async () => {
		const world = openWorld(async () => 'done');
		world.worker.start();
		await world.clock.advance(10);
		await world.worker.stop(12_000);
	});

	it('ends although the database is away', async () => {
		const world = openWorld(untilAborted);
		world.add('a');
		world.worker.start();
		await world.clock.advance(10);
		world.setAway(true);
		const stopped = world.worker.stop(0);
		await world.clock.advance(100);
		await stopped;
		expect(world.worker.activeCount()).toBe(0);
	});
});

const untilAborted: WorkerDependencies['handle'] = (_event, _attempt, signal) =>
	new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** A worker over an inbox in memory that keeps leases as the real one does, and can be away. */
function openWorld(handle: WorkerDependencies['handle'], given: Partial<WorkerDependencies> = {}) {
	const clock = createManualClock();
	const waiting: string[] = [];
	const leases = new Map<string, number>();
	const attempts = new Map<string, number>();
	const begun: string[] = [];
	const aborted: string[] = [];
	const done: string[] = [];
	const failed: string[] = [];
	const ended: string[] = [];
	let storeErrors = 0;
	let renewals = 0;
	let isAway = false;

	function reach(): void {
		if (isAway) throw away;
	}

	async function settle(key: string, line: string): Promise<boolean> {
		reach();
		ended.push(line);
		return leases.delete(key);
	}

	const inbox: Pick<Inbox, 'claim' | 'renew' | 'finish' | 'fail' | 'release'> = {
		async claim(limit) {
			reach();
			const expired = [...leases].filter(([, until]) => until <= clock.now()).map(([key]) => key);
			const keys = [...expired, ...waiting].slice(0, limit);
			waiting.splice(0, waiting.length, ...waiting.filter((key) => !keys.includes(key)));
			return keys.map((key, sequence): ClaimedEvent => {
				leases.set(key, clock.now() + leaseMs);
				attempts.set(key, (attempts.get(key) ?? 0) + 1);
				return { key, sequence, event: messageEvent(key), attempts: attempts.get(key) ?? 0, conversationKey: null };
			});
		},
		async renew(keys) {
			reach();
			renewals++;
			const own = keys.filter((key) => leases.has(key));
			for (const key of own) leases.set(key, clock.now() + leaseMs);
			return own;
		},
		finish: (key, outcome) => settle(key, `finish ${key} ${outcome}`),
		fail: (key, outcome) => settle(key, `fail ${key} ${outcome}`),
		release: (key) => settle(key, `release ${key}`),
	};
	const worker = createInboxWorker({
		inbox: { ...unused, ...inbox },
		leaseMs,
		clock,
		handle: async (event, attempt, signal) => {
			begun.push(`${event.key} ${attempt}`);
			signal.addEventListener('abort', () => aborted.push(`${event.key} ${(signal.reason as BotError).reason}`), { once: true });
			return await handle(event, attempt, signal, () => {});
		},
		onDone: (event, outcome) => void done.push(`${event.key} ${outcome}`),
		onFailed: async (event, error, isLast) => void failed.push(`${event.key} ${error.code} ${isLast ? 'last' : 'again'}`),
		onStoreError: () => void storeErrors++,
		...given,
	});
	return {
		clock,
		worker,
		attempts,
		begun,
		aborted,
		done,
		failed,
		ended,
		get storeErrors() {
			return storeErrors;
		},
		get renewals() {
			return renewals;
		},
		add: (...keys: string[]) => void waiting.push(...keys),
		lose: (key: string) => void leases.delete(key),
		setAway(value: boolean): void {
			isAway = value;
		},
	};
}

const notUsed = () => Promise.reject(new TypeError('a worker has no business with this'));
const unused: Omit<Inbox, 'claim' | 'renew' | 'finish' | 'fail' | 'release'> = {
	accept: notUsed,
	voidLeases: notUsed,
	forgetWaiting: notUsed,
	depth: notUsed,
	prune: notUsed,
};
