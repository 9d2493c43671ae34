/** Both books of turns against the contract, and against each other. */

import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, inject, test, vi } from 'vitest';
import { createMemoryTicketBook } from '#src/queue/memory/memory-ticket-book.ts';
import { createRedisTicketBook } from '#src/queue/redis/redis-ticket-book.ts';
import type { Places, TicketMessage } from '#src/queue/ticket-book.ts';
import { LEASE_MS } from '#src/queue/ticket-rules.ts';
import { describeTurnModelsContract } from '#test/contract/ticket-models.contract.ts';
import {
	type BookMember,
	type BookUnderTest,
	describeTicketBookContract,
	entryOf,
	hostView,
	presenceOf,
} from '#test/contract/ticket-queue.contract.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';

/** Time for a Redis that runs beside busy tests. */
const PATIENT_MS = 5_000;

async function openMemoryWorld(): Promise<BookUnderTest> {
	let now = 0;
	const shared = createMemoryTicketBook({ now: () => now });
	const members = new Map<string, BookMember>();
	return {
		async open(processId) {
			const heard: TicketMessage[] = [];
			const book = shared.open(processId, (message) => message.type !== 'moved' && heard.push(message));
			members.set(processId, { book, heard });
			return { book, heard };
		},
		async letDie(processId) {
			now += LEASE_MS - 1;
			for (const [name, { book }] of members) if (name !== processId) await book.beat();
			now += 1;
		},
		close: async () => {},
	};
}

async function openRedisWorld(): Promise<BookUnderTest> {
	const queue = `contract-${randomUUID()}`;
	const direct = new Redis(inject('redisUrl'));
	const closing: (() => void)[] = [];
	return {
		async open(processId) {
			const heard: TicketMessage[] = [];
			let isListening = false;
			const book = createRedisTicketBook({
				url: inject('redisUrl'),
				queue,
				processId,
				hear: (message) => heard.push(message),
				onDoubt: () => {
					isListening = true;
				},
				logger: createRecordingLogger(),
				answerWithinMs: PATIENT_MS,
			});
			closing.push(book.close);
			await book.connect();
			await vi.waitUntil(() => isListening, { timeout: patienceMs, interval: 5 });
			return { book, heard };
		},
		async letDie(processId) {
			await direct.zadd(`ccb:turns:{${queue}}:processes`, 1, processId);
		},
		async close() {
			for (const close of closing) close();
			const keys = await direct.keys(`ccb:turns:{${queue}}:*`);
			if (keys.length > 0) await direct.del(...keys);
			direct.disconnect();
		},
	};
}

describeTicketBookContract({ name: 'memory', open: openMemoryWorld });
describeTicketBookContract({ name: 'Redis', open: openRedisWorld });
describeTurnModelsContract({ name: 'memory', open: openMemoryWorld });
describeTurnModelsContract({ name: 'Redis', open: openRedisWorld });

test('Redis gets over keys that somebody made it forget, and the process brings its turns again', async () => {
	const world = await openRedisWorld();
	const { book, heard } = await world.open('one');
	const direct = new Redis(inject('redisUrl'));
	await book.register(presenceOf([hostView('a', 1)]));
	for (const name of ['x1', 'y1', 'y2', 'z1']) await book.enter(entryOf(`one/${name}`, name.charAt(0)), 3);
	const [someKey = ''] = await direct.keys('ccb:turns:*:entry:one/x1');
	const base = someKey.slice(0, -':entry:one/x1'.length);
	await direct.del(`${base}:entry:one/y1`, `${base}:user:line:small:interactive:y`, `${base}:own:one`);
	expect((await book.beat()).turns.size).toBe(0);
	expect((await book.places()).places.size).toBe(0);
	// What is gone is in nobody's way.
	await book.enter(entryOf('one/y4', 'y', { inFlightLimit: 2 }), 9);
	expect(heard).not.toContainEqual({ type: 'refused', id: 'one/y4', reason: 'in-flight' });
	await book.leave('one/y4');
	await book.leave('one/y2');
	await book.leave('one/x1');
	expect(heard.at(-1)).toEqual({ type: 'granted', id: 'one/z1', host: 'a' });
	await book.register(presenceOf([hostView('a', 1)], { waiting: [{ ...entryOf('one/y3', 'y'), offset: null, waitedMs: 0 }] }));
	expect((await book.beat()).turns.get('one/y3')).toBeDefined();
	direct.disconnect();
	await world.close();
});

/** Numbers that look random and are the same in each run (a linear congruential generator with the constants of Numerical Recipes). */
function createNumbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return Math.floor((state / 2 ** 32) * below);
	};
}

type Act = (member: BookMember) => Promise<unknown>;

/** Happenings of all kinds, one after the other, each for both books. */
function* happenings(seed: number, count: number): Generator<Act> {
	const numbers = createNumbers(seed);
	const alive: string[] = [];
	const hosts = () => [
		hostView('a', 1 + numbers(3), { isSpared: numbers(4) === 0 }),
		hostView('b', 2, { isLearned: true }),
		hostView('c', 1, { model: 'large' }),
	];
	const enter = (step: number): Act => {
		const entry = entryOf(`one/${step}`, `user-${numbers(5)}`, {
			model: numbers(3) === 0 ? 'large' : 'small',
			priority: numbers(4) === 0 ? 'background' : 'interactive',
			isFirst: numbers(8) === 0,
			excludedHosts: numbers(6) === 0 ? ['a'] : [],
			conversationId: `talk-${numbers(6)}`,
			...(numbers(3) === 0 ? { inFlightLimit: 6 } : {}),
		});
		alive.push(entry.id);
		return async ({ book }) => comparable(await book.enter(entry, 15));
	};
	const leave = (): Act => {
		const [id = 'one/nobody'] = alive.splice(numbers(alive.length), 1);
		const use = numbers(5) === 0 ? undefined : { heldMs: numbers(3_000), isComplete: numbers(3) > 0 };
		return ({ book }) => book.leave(id, use);
	};
	const start = (): Act => {
		const id = alive[numbers(alive.length)] ?? 'one/nobody';
		return ({ book }) => book.started(id);
	};
	const change = (): Act => {
		const [seen, slots] = [hosts(), 1 + numbers(4)];
		return ({ book }) => (slots > 2 ? book.setHosts(seen) : book.learn('b', slots));
	};
	const first = hosts();
	yield ({ book }) => book.register(presenceOf(first, { meanHoldMs: new Map([['small', 1_000]]) }));
	for (let step = 0; step < count; step += 1) {
		const kind = numbers(10);
		yield kind < 5 ? enter(step) : ([leave, leave, leave, start, change][kind - 5] ?? change)();
	}
}

test.each([1, 2, 3, 4, 5, 6])('memory and Redis say the same to the same happenings, whatever they are (seed %i)', async (seed) => {
	const worlds = [await openMemoryWorld(), await openRedisWorld()];
	const members = await Promise.all(worlds.map(async (world) => await world.open('one')));
	const [memory, redis] = members;
	const checks: Act[] = [
		async ({ book }) => comparable(await book.places()),
		async ({ book }) => ({ ...(await book.view()), oldestWaitMs: 0 }),
	];
	for (const act of happenings(seed, 300)) {
		for (const step of [act, ...checks]) {
			const [inMemory, inRedis] = await Promise.all(members.map(step));
			expect(inRedis).toEqual(inMemory);
		}
		expect(redis?.heard).toEqual(memory?.heard);
	}
	await Promise.all(worlds.map((world) => world.close()));
});

/** Lua adds the same numbers in the same order, but writes them down as text in between. */
function comparable(places: Places) {
	return {
		...places,
		meanHoldMs: new Map([...places.meanHoldMs].sort().map(([model, mean]) => [model, mean.toFixed(6)])),
		places: new Map([...places.places].sort().map(([id, { position, offset }]) => [id, { position, offset: offset.toFixed(6) }])),
	};
}
