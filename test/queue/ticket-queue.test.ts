/** The queue as processes use it, over a shared memory and over a Redis that loses messages and is really killed. */

import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { type Clock, systemClock } from '#src/clock.ts';
import { createFallbackTicketQueue } from '#src/queue/fallback-ticket-queue.ts';
import { createMemoryTicketBook } from '#src/queue/memory/memory-ticket-book.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import { createRedisTicketBook } from '#src/queue/redis/redis-ticket-book.ts';
import type { HostView, TicketMessage } from '#src/queue/ticket-book.ts';
import type { Ticket, TicketQueue } from '#src/queue/ticket-queue.ts';
import { BEAT_MS } from '#src/queue/ticket-rules.ts';
import { hostView } from '#test/contract/ticket-queue.contract.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { createOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';

/** Time for a Redis that runs beside busy tests. */
const PATIENT_MS = 5_000;

interface Process {
	queue: TicketQueue;
	/** Names of turns, in the order in which they were granted. */
	granted: string[];
	refused: string[];
	positions: Map<string, number>;
	learned: number[];
	enter(name: string, more?: { userId?: string; inFlightLimit?: number }): Ticket;
}

function follow(queue: TicketQueue, hosts: readonly HostView[]): Process {
	const process: Process = {
		queue,
		granted: [],
		refused: [],
		positions: new Map(),
		learned: [],
		enter: (name, { userId = name, ...more } = {}) =>
			queue.enter(
				{ model: 'small', userId, priority: 'interactive', isFirst: false, conversationId: name, excludedHosts: [], ...more },
				{
					granted: () => process.granted.push(name),
					refused: (reason) => process.refused.push(`${name} ${reason}`),
					placed: ({ position }) => process.positions.set(name, position),
					recalled: () => undefined,
				},
			),
	};
	queue.serve({ hosts: () => hosts, queueLimit: 1_000, onLearned: (_, slots) => process.learned.push(slots) });
	onTestFinished(() => queue.stop());
	return process;
}

interface RedisOptions {
	url: string;
	name: string;
	processId?: string;
	clock?: Clock;
	/** True for a message that is lost on its way. */
	loses?: (message: TicketMessage) => boolean;
	logger?: ReturnType<typeof createRecordingLogger>;
}

/** As `openTicketQueue` does it, but patient, and with messages that can be lost. */
function openOnRedis({ url, name, processId = randomUUID(), clock = systemClock, loses, logger = createRecordingLogger() }: RedisOptions) {
	return createFallbackTicketQueue({
		processId,
		clock,
		logger,
		openMemory: (hear) => createMemoryTicketBook({ now: clock.now }).open(processId, hear),
		openRedis: (hear, onDoubt) =>
			createRedisTicketBook({
				url,
				queue: name,
				processId,
				hear: (message) => void (loses?.(message) || hear(message)),
				onDoubt,
				logger,
				answerWithinMs: PATIENT_MS,
			}),
	});
}

const holds = (condition: () => unknown) => vi.waitUntil(condition, { timeout: patienceMs, interval: 5 });
const isShared = (...processes: Process[]) => holds(() => processes.every(({ queue }) => queue.mode() === 'shared'));
describe('processes with one memory', () => {
	const openTwo = () => {
		const clock = createManualClock();
		const book = createMemoryTicketBook({ now: clock.now });
		const open = (processId: string) =>
			createFallbackTicketQueue({
				processId,
				clock,
				logger: createRecordingLogger(),
				openMemory: (hear) => book.open(processId, hear),
				openRedis: null,
			});
		return { clock, open };
	};

	test('get their turns from one queue, and hear at once when others leave', async () => {
		const { clock, open } = openTwo();
		const [one, two] = [follow(open('one'), [hostView('a', 1)]), follow(open('two'), [hostView('a', 1)])];
		const running = one.enter('first');
		two.enter('second');
		const leaving = one.enter('third');
		two.enter('fourth');
		await clock.advance(0);
		expect([one.granted, two.granted, two.positions]).toEqual([
			['first'],
			[],
			new Map([
				['second', 1],
				['fourth', 3],
			]),
		]);
		await leaving.leave();
		await clock.advance(0);
		expect(two.positions.get('fourth')).toBe(2);
		await running.leave();
		expect(two.granted).toEqual(['second']);
	});
});

describe('processes with one Redis', () => {
	let name: string;
	let url: string;
	beforeEach(() => {
		name = `queue-${randomUUID()}`;
		url = inject('redisUrl');
	});

	test('share slots, limits and state', async () => {
		const [one, two] = [follow(openOnRedis({ url, name }), [hostView('a', 1)]), follow(openOnRedis({ url, name }), [hostView('a', 1)])];
		await isShared(one, two);
		const running = one.enter('first', { userId: 'ana' });
		await holds(() => one.granted.length === 1);
		two.enter('second', { userId: 'ana', inFlightLimit: 1 });
		await holds(() => two.refused.length === 1);
		expect(two.refused).toEqual(['second in-flight']);
		two.enter('third');
		await holds(() => two.positions.get('third') === 1);
		await two.queue.setState('paused');
		await running.leave();
		expect(await one.queue.view()).toMatchObject({ state: 'paused', mode: 'shared', waiting: { interactive: 1 } });
		await one.queue.setState('draining');
		await holds(() => two.granted.length === 1);
		one.enter('fourth');
		await holds(() => one.refused.length === 1);
		expect(one.refused).toEqual(['fourth draining']);
	});

	test('tell positions again when they change, within about a second', async () => {
		const [one, two] = [follow(openOnRedis({ url, name }), [hostView('a', 1)]), follow(openOnRedis({ url, name }), [hostView('a', 1)])];
		await isShared(one, two);
		one.enter('running');
		const leaving = one.enter('leaving');
		await holds(() => one.positions.has('leaving'));
		two.enter('staying');
		await holds(() => two.positions.get('staying') === 2);
		await leaving.leave();
		await holds(() => two.positions.get('staying') === 1);
	});

	test('heal a grant that was lost on its way with the next beat', async () => {
		const clock = createManualClock();
		const lost: TicketMessage[] = [];
		const loses = (message: TicketMessage) => message.type === 'granted' && lost.push(message) > 0;
		const one = follow(openOnRedis({ url, name }), [hostView('a', 1)]);
		const two = follow(openOnRedis({ url, name, loses, clock }), [hostView('a', 1)]);
		await isShared(one, two);
		const running = one.enter('running');
		await holds(() => one.granted.length === 1);
		two.enter('unlucky');
		await holds(() => two.positions.get('unlucky') === 1);
		await running.leave();
		await holds(() => lost.length === 1);
		expect(two.granted).toEqual([]);
		await clock.advance(BEAT_MS);
		await holds(() => two.granted.length === 1);
		expect(two.granted).toEqual(['unlucky']);
	});

	test('take over what a process had that stopped beating, and it does not get it twice when it wakes up', async () => {
		const stuck = createManualClock();
		const one = follow(openOnRedis({ url, name, processId: 'stuck', clock: stuck }), [hostView('a', 1)]);
		await isShared(one);
		const running = one.enter('running');
		one.enter('waiting');
		await holds(() => one.positions.get('waiting') === 1);
		const direct = new Redis(url);
		onTestFinished(() => direct.disconnect());
		await direct.zadd(`ccb:turns:{${name}}:processes`, 1, 'stuck');
		const two = follow(openOnRedis({ url, name }), [hostView('a', 1)]);
		two.enter('mine');
		await holds(() => two.granted.length === 1);
		await stuck.advance(BEAT_MS);
		await holds(async () => (await two.queue.view()).hosts[0]?.running === 2);
		await running.leave();
		expect(one.granted).toEqual(['running']);
		expect((await two.queue.view()).waiting.interactive).toBe(1);
	});
});

describe('a Redis that is killed', () => {
	let redis: OwnRedis;
	const name = 'killed';
	beforeEach(async () => {
		redis = await createOwnRedis();
		await redis.start();
	});
	afterEach(() => redis.kill());

	test('leaves every waiter its place, its part of the slots and its turn, and has them all again when it is back', async () => {
		const logger = createRecordingLogger();
		const hosts = [hostView('a', 4)];
		const two = follow(openOnRedis({ url: redis.url, name }), hosts);
		await isShared(two);
		// The first beat of the one that comes later counts two processes.
		const one = follow(openOnRedis({ url: redis.url, name, logger }), hosts);
		await isShared(one);
		const turns = new Map<string, Ticket>();
		for (const person of ['r1', 'r2', 'r3', 'r4']) turns.set(person, one.enter(person, { userId: 'r' }));
		await holds(() => one.granted.length === 4);
		for (const person of ['a1', 'a2', 'b1', 'c1']) turns.set(person, one.enter(person, { userId: person.charAt(0) }));
		turns.set('other', two.enter('other'));
		await holds(() => one.positions.size === 4 && two.positions.get('other') === 4);
		await redis.kill();
		await holds(() => one.queue.mode() === 'degraded' && two.queue.mode() === 'degraded');
		// The other process has nothing running of its own, so its part of the slots is free.
		await holds(() => two.granted.length === 1);
		for (const ended of ['r1', 'r2']) await turns.get(ended)?.leave();
		expect(one.granted).toHaveLength(4);
		await turns.get('r3')?.leave();
		expect(one.granted.slice(4)).toEqual(['a1']);
		await redis.start();
		await isShared(one, two);
		// r4, a1 and the other one run. Whoever of the two registers first may see the other's slots free.
		await holds(() => one.granted.length >= 6);
		await holds(async () => ((await two.queue.view()).hosts[0]?.running ?? 0) >= 4);
		for (const ended of ['r4', 'a1', 'b1']) await turns.get(ended)?.leave();
		await holds(() => one.granted.length === 8);
		expect(one.granted.slice(4)).toEqual(['a1', 'b1', 'c1', 'a2']);
		expect(two.granted).toEqual(['other']);
		expect(logger.lines.map(({ level }) => level)).toEqual(['info', 'warn', 'info']);
	});

	test('takes over the state that was set without it', async () => {
		const one = follow(openOnRedis({ url: redis.url, name }), [hostView('a', 1)]);
		await isShared(one);
		await redis.kill();
		await one.queue.setState('paused');
		await holds(() => one.queue.mode() === 'degraded');
		await redis.start();
		await isShared(one);
		const two = follow(openOnRedis({ url: redis.url, name }), [hostView('a', 1)]);
		await isShared(two);
		expect((await two.queue.view()).state).toBe('paused');
	});

	test('that is not there from the start keeps nobody waiting', async () => {
		await redis.kill();
		const one = follow(openTicketQueue({ url: redis.url, name, processId: 'one', logger: createRecordingLogger() }), [hostView('a', 1)]);
		one.enter('first');
		await holds(() => one.granted.length === 1);
		expect(one.queue.mode()).toBe('degraded');
	});

	test('that only froze is given everything again, and nothing is granted twice', async () => {
		const one = follow(openTicketQueue({ url: redis.url, name, processId: 'one', logger: createRecordingLogger() }), [hostView('a', 1)]);
		await isShared(one);
		const running = one.enter('running');
		const waiting = one.enter('waiting');
		await holds(() => one.positions.get('waiting') === 1);
		redis.freeze();
		await holds(() => one.queue.mode() === 'degraded');
		await running.leave();
		expect(one.granted).toEqual(['running', 'waiting']);
		redis.thaw();
		await isShared(one);
		await holds(async () => (await one.queue.view()).hosts[0]?.running === 1);
		await waiting.leave();
		expect(one.granted).toEqual(['running', 'waiting']);
		expect((await one.queue.view()).hosts).toEqual([{ host: 'a', model: 'small', running: 0, slots: 1 }]);
	});
});
