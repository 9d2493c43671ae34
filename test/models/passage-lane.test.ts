/** Whose turn it is on one host: passages one request at a time, and after people who wait there. */

import { expect, it } from 'vitest';
import { createPassageLane } from '#src/models/passage-lane.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const host = 'http://gpu-1:11434';
const never = new AbortController().signal;

/** A lane with a queue that a test fills, and a host that takes so long for each of many passages of 1,000 characters. */
function createScene({ textMs = 0 } = {}) {
	const clock = createManualClock();
	const queue = {
		waiting: { interactive: 0, background: 0 },
		hosts: [{ host: `demo:latest@${host}`, model: 'demo:latest', running: 0, slots: 1 }],
	};
	const lane = createPassageLane({ host, clock, queue: async () => queue });
	const texts = Array.from({ length: 100 }, () => 'x'.repeat(1_000));
	const started: { count: number; atMs: number }[] = [];
	const beginMs = clock.now();
	const run = (signal = never, ended: Promise<unknown> = Promise.resolve()) => {
		const send = async ({ length: count }: readonly string[]) => {
			started.push({ count, atMs: clock.now() - beginMs });
			await ended;
			return { workedMs: textMs * count };
		};
		return lane.run(texts, send, signal);
	};
	return { clock, queue, lane, started, run };
}

/** One question is answered on the host, and another one waits for its place. */
const busy = (host: string) => ({
	waiting: { interactive: 1, background: 0 },
	hosts: [{ host, model: 'demo:latest', running: 1, slots: 1 }],
});

it('runs one request at a time, in order', async () => {
	const { clock, lane, started, run } = createScene();
	const first = Promise.withResolvers<void>();
	const all = [run(never, first.promise), run()];
	await clock.advance(1_000);
	expect([started.length, lane.size()]).toEqual([1, 2]);
	first.resolve();
	await Promise.all(all);
	expect([started.length, lane.size()]).toEqual([2, 0]);
});

it('goes on after one that failed, and after one that was cancelled while it waited', async () => {
	const { clock, lane, started, run } = createScene();
	const first = Promise.withResolvers<void>();
	const failed = run(never, first.promise).catch((error: unknown) => error);
	const leaving = new AbortController();
	const left = run(leaving.signal);
	const last = run();
	leaving.abort();
	await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
	await clock.advance(1_000);
	expect(started).toHaveLength(1);
	first.reject(new Error('away'));
	expect(await failed).toEqual(new Error('away'));
	await last;
	expect([started.length, lane.size()]).toEqual([2, 0]);
});

it.each([
	['of two passages as long as nobody knows how fast the host is', 385, [2, 2, 2]],
	['of about a second', 100, [2, 4, 5, 7, 8, 9, 9]],
	['of one text on a slow host', 2_500, [2, 1, 1]],
	['never large: a fast host gains nothing', 1, [2, 5, 10, 20, 32, 32]],
])('makes requests %s', async (_, textMs, sizes) => {
	const { started, run } = createScene({ textMs });
	for (const _size of sizes) await run();
	expect(started.map(({ count }) => count)).toEqual(sizes);
});

it('learns nothing from what was refused', async () => {
	const lane = createPassageLane({
		host,
		clock: createManualClock(),
		queue: async () => ({ waiting: { interactive: 0, background: 0 }, hosts: [] }),
	});
	const texts = Array.from({ length: 9 }, () => 'x'.repeat(1_000));
	const counts: number[] = [];
	const send = async ({ length }: readonly string[]) => {
		counts.push(length);
		return { workedMs: null };
	};
	for (let turn = 0; turn < 3; turn++) await lane.run(texts, send, never);
	expect(counts).toEqual([2, 2, 2]);
});

it('waits while a person waits for a place on this host, and is small beside answers', async () => {
	const { clock, queue, started, run } = createScene({ textMs: 1 });
	for (let turn = 0; turn < 5; turn++) await run();
	Object.assign(queue, busy(`demo:latest@${host}`));
	const waiting = run();
	await clock.advance(10_000);
	expect(started).toHaveLength(5);
	queue.waiting.interactive = 0;
	await clock.advance(500);
	await waiting;
	expect(started.at(-1)).toEqual({ count: 4, atMs: 10_500 });
});

it('waits for half a minute at most', async () => {
	const { clock, queue, started, run } = createScene();
	Object.assign(queue, busy(`demo:latest@${host}`));
	const waiting = [run(), run()];
	await clock.advance(60_000);
	await Promise.all(waiting);
	expect(started.map(({ atMs }) => atMs)).toEqual([30_000, 60_000]);
});

it('ends its wait with the signal', async () => {
	const { clock, queue, started, run } = createScene();
	Object.assign(queue, busy(`demo:latest@${host}`));
	const leaving = new AbortController();
	const waiting = run(leaving.signal).catch((error: unknown) => error);
	await clock.advance(1_000);
	leaving.abort();
	expect(await waiting).toMatchObject({ code: 'CANCELLED' });
	expect(started).toEqual([]);
});

it.each([
	['are for another host', busy('demo:latest@http://gpu-2:11434')],
	['are nobody’s', { ...busy(`demo:latest@${host}`), waiting: { interactive: 0, background: 5 } }],
	[
		'can be served here',
		{ ...busy(`demo:latest@${host}`), hosts: [{ host: `demo:latest@${host}`, model: 'demo:latest', running: 0, slots: 1 }] },
	],
])('does not wait for questions that %s', async (_, seen) => {
	const { queue, started, run } = createScene();
	Object.assign(queue, seen);
	await run();
	expect(started).toHaveLength(1);
});
