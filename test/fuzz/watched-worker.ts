/** Runs one stretch of texts in a worker and watches it: a text that never ends is a finding too. */

import { Worker } from 'node:worker_threads';
import { makeAttempt } from './kinds.ts';
import type { Failure, TextsRun } from './run-texts.ts';
import type { WorkerTask, WorkerWord } from './worker.ts';

/** A text takes a millisecond, a counter-example that is made smaller some seconds. */
const patienceMs = 30_000;

/** Everything that the stretch found. @throws what the worker throws. */
export async function runWatched(run: Omit<WorkerTask, 'progress'>): Promise<Omit<Outcome, 'stuckAt'>> {
	const failures: Failure[] = [];
	let texts = 0;
	let cpuMs = 0;
	for (let from = run.from; from < run.to; ) {
		const outcome = await runUntilStuck({ ...run, from });
		failures.push(...outcome.failures);
		texts += outcome.texts;
		cpuMs += outcome.cpuMs;
		if (outcome.stuckAt === null) break;
		from = outcome.stuckAt + 1;
	}
	return { texts, failures, cpuMs };
}

interface Outcome {
	texts: number;
	failures: Failure[];
	/** Time of one core; what a stuck text took is not in it. */
	cpuMs: number;
	/** The number of the text that did not end. */
	stuckAt: number | null;
}

async function runUntilStuck(run: Omit<WorkerTask, 'progress'>): Promise<Outcome> {
	const task: WorkerTask = { ...run, progress: new SharedArrayBuffer(4) };
	const progress = new Int32Array(task.progress);
	progress[0] = run.from;
	const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: task });
	const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
	const failures: Failure[] = [];
	let last = -1;
	const watch = setInterval(() => {
		const index = progress[0] ?? 0;
		if (index === last) {
			resolve({ texts: index - run.from + 1, failures: [...failures, toStuckFailure(run, index)], cpuMs: 0, stuckAt: index });
		}
		last = index;
	}, patienceMs);
	worker.on('message', (word: WorkerWord) => {
		if ('failure' in word) failures.push(word.failure);
		else resolve({ ...word, failures, stuckAt: null });
	});
	worker.once('error', reject);
	return await promise.finally(async () => {
		clearInterval(watch);
		await worker.terminate();
	});
}

function toStuckFailure({ platform, seed }: Pick<TextsRun, 'platform' | 'seed'>, index: number): Failure {
	return {
		platform,
		index,
		attempt: makeAttempt(platform, seed, index),
		finding: { kind: 'too-slow', where: 'product', what: 'it did not end' },
	};
}
