/** Who is served when: one user with many questions beside others with one, and users whose answers differ in length. */

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger } from '#src/log.ts';
import type { ModelPool } from '#src/models/model-pool.ts';
import { openTicketQueue } from '#src/queue/open-ticket-queue.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { openPool } from './pool.ts';

const TOKENS_PER_SECOND = 500;

/** The share of one that is equal: 1 when all have the same, 1/n when one has everything (Jain, Chiu and Hawe 1984). */
function jainsIndex(values: readonly number[]): number {
	const sum = values.reduce((total, value) => total + value, 0);
	const squares = values.reduce((total, value) => total + value * value, 0);
	return (sum * sum) / (values.length * squares);
}

/** Two pools on one host, whose answers have as many tokens as the question says. */
async function openPools(redisUrl: string, slots: number): Promise<{ pools: ModelPool[]; close(): Promise<void> }> {
	const ollama = await startOllamaEmulator({ models: [{ name: 'demo:latest' }], parallel: slots, tokensPerSecond: TOKENS_PER_SECOND });
	ollama.answer(({ messages }) => 'word '.repeat(Number(messages?.[0]?.content)));
	const name = `bench-${randomUUID()}`;
	const queues = [1, 2].map(() => openTicketQueue({ url: redisUrl, name, processId: randomUUID(), logger: silentLogger }));
	const pools = queues.map((queue) => openPool(queue, ollama.url, slots));
	while (queues.some((queue) => queue.mode() !== 'shared')) await delay(5);
	return {
		pools,
		async close() {
			for (const pool of pools) await pool.stop();
			await ollama.close();
		},
	};
}

interface Question {
	userId: string;
	tokens: number;
	onStart: () => void;
	onEnd?: (heldMs: number) => void;
	signal?: AbortSignal;
}

async function ask(pool: ModelPool | undefined, { userId, tokens, onStart, onEnd, signal }: Question): Promise<void> {
	const messages = [{ role: 'user' as const, content: String(tokens) }];
	const request = { userId, conversationId: randomUUID(), priority: 'interactive' as const, messages };
	let startedAtMs = 0;
	for await (const event of pool?.chat(request, signal ?? new AbortController().signal) ?? []) {
		if (event.type === 'started') {
			startedAtMs = performance.now();
			onStart();
		}
	}
	onEnd?.(performance.now() - startedAtMs);
}

/** Fifty questions of one user, then one each of nine others, over two pools with one slot. */
export async function measureManyBesideOne(redisUrl: string): Promise<string[]> {
	const { pools, close } = await openPools(redisUrl, 1);
	const starts: string[] = [];
	const questions = [...Array.from({ length: 50 }, () => 'busy'), ...Array.from({ length: 9 }, (_, index) => `user ${index + 1}`)];
	await Promise.all(
		questions.map((userId, index) => ask(pools[index % 2], { userId, tokens: 20, onStart: () => void starts.push(userId) })),
	);
	await close();
	const users = [...new Set(questions)];
	const places = users.slice(1).map((userId) => starts.indexOf(userId) + 1);
	const firstTen = users.map((userId) => starts.slice(0, 10).filter((started) => started === userId).length);
	return [
		`50 questions of one user and one each of nine others, one slot, two pools: the nine start as numbers ${places.toSorted((a, b) => a - b).join(', ')} of ${starts.length}.`,
		`Jain's index over the ten users among the first ten starts: ${jainsIndex(firstTen).toFixed(3)}.`,
	];
}

/** Ten users who always have three questions waiting or running; user n gets answers of n × 20 tokens. Four slots, two pools. */
export async function measureUnequalAnswers(redisUrl: string, seconds: number): Promise<string[]> {
	const { pools, close } = await openPools(redisUrl, 4);
	const users = Array.from({ length: 10 }, (_, index) => ({
		userId: `user ${index + 1}`,
		tokens: (index + 1) * 20,
		heldMs: 0,
		answers: 0,
	}));
	const over = new AbortController();
	const keepAsking = async (user: (typeof users)[number], pool: ModelPool | undefined): Promise<void> => {
		while (!over.signal.aborted) {
			const onEnd = (heldMs: number) => {
				user.heldMs += heldMs;
				user.answers += 1;
			};
			await ask(pool, { ...user, onStart: () => undefined, onEnd, signal: over.signal }).catch(() => undefined);
		}
	};
	const asking = users.flatMap((user) => [0, 1, 2].map((index) => keepAsking(user, pools[index % 2])));
	await delay(seconds * 1_000);
	over.abort();
	await Promise.all(asking);
	await close();
	const answers = users.map((user) => user.answers);
	const equalTurns = jainsIndex(users.map(({ tokens }) => tokens));
	return [
		`Ten users who always wait, answers of 20 to 200 tokens, four slots, two pools, ${seconds} s: Jain's index of slot time ${jainsIndex(users.map(({ heldMs }) => heldMs)).toFixed(3)} (by turns alone it would be ${equalTurns.toFixed(3)}).`,
		`Answers per user, from the shortest to the longest: ${answers.join(', ')}.`,
	];
}
