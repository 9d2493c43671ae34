/** How fast the queue is: from a cancelled answer to the next start in another process, and its operations with many waiting. */

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '#src/log.ts';
import { createMemoryTicketBook } from '#src/queue/memory/memory-ticket-book.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import { createRedisTicketBook } from '#src/queue/redis/redis-ticket-book.ts';
import type { TicketBook, TicketEntry } from '#src/queue/ticket-book.ts';
import { entryOf, hostView, presenceOf } from '#test/contract/ticket-queue.contract.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { openPool } from './pool.ts';

type Said = { type: 'ready' | 'waits' | 'done' } | { type: 'granted'; atMs: number };

/** From the abort of a running answer in one process to the start of the next one in another, in milliseconds. */
export async function measureCancel(redisUrl: string, rounds: number): Promise<string[]> {
	const ollama = await startOllamaEmulator({ models: [{ name: 'demo:latest' }], parallel: 2, tokensPerSecond: 200 });
	// An answer without an end for the one that will be cancelled, a word for the one that waits.
	ollama.answer(({ messages }) => (messages?.[0]?.content === 'short' ? 'word' : 'word '.repeat(4_000)));
	const name = `bench-${randomUUID()}`;
	const queue = openTicketQueue({ url: redisUrl, name, processId: randomUUID(), logger: silentLogger });
	const pool = openPool(queue, ollama.url, 1);
	const member = fork(fileURLToPath(new URL('./member.ts', import.meta.url)), [redisUrl, ollama.url, name]);
	const said: Said[] = [];
	member.on('message', (message) => void said.push(message as Said));
	const hear = async <T extends Said['type']>(type: T): Promise<Extract<Said, { type: T }>> => {
		for (;;) {
			const index = said.findIndex((message) => message.type === type);
			if (index >= 0) return said.splice(index, 1)[0] as Extract<Said, { type: T }>;
			await once(member, 'message');
		}
	};
	await hear('ready');
	while (queue.mode() !== 'shared') await delay(5);
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const cancel = new AbortController();
		const request = {
			userId: 'ana',
			conversationId: 'one',
			priority: 'interactive' as const,
			messages: [{ role: 'user' as const, content: 'long' }],
		};
		let cancelledAtMs = 0;
		try {
			for await (const event of pool.chat(request, cancel.signal)) {
				if (event.type !== 'text-delta' || cancelledAtMs > 0) continue;
				member.send('wait');
				await hear('waits');
				cancelledAtMs = performance.timeOrigin + performance.now();
				cancel.abort();
			}
		} catch {
			// Cancelled, as it should be.
		}
		times.push((await hear('granted')).atMs - cancelledAtMs);
		await hear('done');
		said.length = 0;
	}
	member.disconnect();
	await pool.stop();
	await ollama.close();
	return [
		`Cancel to the next start, in another process, ${rounds} times: median ${quantile(times, 0.5)} ms, largest ${quantile(times, 1)} ms.`,
	];
}

const book = (redisUrl: string) => {
	const redis = createRedisTicketBook({
		url: redisUrl,
		queue: `bench-${randomUUID()}`,
		processId: 'one',
		hear: () => undefined,
		onDoubt: () => undefined,
		logger: silentLogger,
		answerWithinMs: 30_000,
	});
	return redis;
};

/** Enter, leave and the places of everybody, with so many waiting, all of one process. A row of a table for each book. */
export async function measureOperations(redisUrl: string, waiting: number): Promise<string[]> {
	const redis = book(redisUrl);
	await redis.connect();
	const memory = createMemoryTicketBook({ now: () => performance.now() }).open('one', () => undefined);
	const rows = [await measureBook('Redis', redis, waiting), await measureBook('memory', memory, waiting)];
	await redis.quit();
	redis.close();
	return rows;
}

async function measureBook(name: string, turns: TicketBook, waiting: number): Promise<string> {
	const users = 100;
	const newEntry = (index: number): TicketEntry => entryOf(`one/${index}`, `user-${index % users}`);
	await turns.register(presenceOf([hostView('a', 1)]));
	for (let index = 0; index <= waiting; index += 200) {
		const batch = Array.from({ length: Math.min(200, waiting + 1 - index) }, (_, offset) => newEntry(index + offset));
		await Promise.all(batch.map(async (entry) => await turns.enter(entry, 1_000_000)));
	}
	const enters: number[] = [];
	const leaves: number[] = [];
	for (let index = 0; index < 1_000; index += 1) {
		const entry = newEntry(1_000_000 + index);
		enters.push(await timed(() => turns.enter(entry, 1_000_000)));
		leaves.push(await timed(() => turns.leave(entry.id)));
	}
	const places: number[] = [];
	for (let index = 0; index < 20; index += 1) places.push(await timed(() => turns.places()));
	const many = Array.from({ length: 2_000 }, (_, index) => newEntry(2_000_000 + index));
	const enteredMs = await timed(() => Promise.all(many.map(async (entry) => await turns.enter(entry, 1_000_000))));
	const cells = [
		name,
		waiting.toLocaleString('en'),
		...[enters, leaves].map((times) => `${quantile(times, 0.5)} / ${quantile(times, 0.95)}`),
		Math.round((many.length / enteredMs) * 1_000).toLocaleString('en'),
		`${quantile(places, 0.5)}`,
	];
	return `| ${cells.join(' | ')} |`;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const startMs = performance.now();
	await act();
	return performance.now() - startMs;
}

function quantile(values: readonly number[], share: number): string {
	const sorted = values.toSorted((left, right) => left - right);
	return (sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN).toFixed(2);
}
