/** Does the jobs: takes them fairly, a few at a time, keeps their leases, and takes over those whose process died. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { PgBoss } from './boss.ts';
import { bury } from './bury.ts';
import { createFairTurns, type FetchedJob } from './fair-turns.ts';
import type { JobDefinition } from './job.ts';
import type { Jobs } from './jobs.ts';
import type { JobRegistry } from './registry.ts';
import type { Attempt, JobRows } from './rows.ts';
import { beginTry, type Try, type TryEnd } from './try.ts';

export interface JobWorkerDependencies {
	database: Database;
	boss: Pick<PgBoss, 'fetch' | 'fail'>;
	rows: JobRows;
	jobs: Jobs;
	registry: JobRegistry;
	clock: Clock;
	/** How long a process may be silent before others take its jobs over. The same for all. */
	leaseMs: number;
	/** No other process uses the database: whatever runs there at the start is left of one that died. */
	isAlone: boolean;
	/** A try ended. */
	onEnd(job: { id: string; name: string; attempt: number }, end: TryEnd, durationMs: number): void;
	/** What the database said of work that comes by again by itself. */
	onStoreError(error: BotError): void;
	onStoreWorked(): void;
}

export interface JobWorker {
	start(): void;
	/** Takes nothing new, tells what runs to end, and hands it back; within a few seconds. */
	stop(): Promise<void>;
	activeCount(): number;
}

/** They wait for models most of the time, each holding no connection meanwhile: so few leave six of ten to whoever waits for an answer. */
const slots = 4;
/** How often to look for what other processes left, or a pause has ended for: one statement. What is left here is announced. */
const pollMs = 5_000;
/** How soon a cancelled job hears of it and others see how far one is; a statement for all that run, and none when none does. */
const mostBeatMs = 2_000;

export function createJobWorker(deps: JobWorkerDependencies): JobWorker {
	const { boss, rows, jobs, registry, clock, leaseMs } = deps;
	const turns = createFairTurns(boss);
	/** By `keyOf`: a job that was taken over elsewhere can come back while its lost try still ends here. */
	const active = new Map<string, Try>();
	const stopping = new AbortController();
	const loops: Promise<void>[] = [];
	/** Nothing is taken any more. */
	const idle = Promise.withResolvers<void>();
	let wakeUp = () => {};
	let isAwake = false;

	function wake(): void {
		isAwake = true;
		wakeUp();
	}

	async function takeLoop(): Promise<void> {
		while (!stopping.signal.aborted) {
			isAwake = false;
			const job = active.size < slots ? await stored(turns.next()) : null;
			if (job) begin(job);
			else if (!isAwake) await sleep();
		}
	}

	async function sleep(): Promise<void> {
		const woken = new AbortController();
		wakeUp = () => woken.abort();
		await clock.wait(pollMs, AbortSignal.any([woken.signal, stopping.signal])).catch(() => {});
	}

	function begin(job: FetchedJob): void {
		const beganAtMs = clock.now();
		const begun = beginTry({ boss, rows, registry, clock }, job);
		active.set(keyOf(job), begun);
		if (stopping.signal.aborted) begun.handBack(idle.promise);
		void begun.ended.then((end) => {
			active.delete(keyOf(job));
			deps.onEnd({ id: job.id, name: job.data.job, attempt: job.retryCount + 1 }, end, clock.now() - beganAtMs);
			wake();
		});
	}

	async function renew(): Promise<void> {
		const running = [...active.values()].map((begun) => ({ ...begun.attempt, progress: begun.progress() }));
		if (running.length === 0) return;
		const kept = await stored(rows.renew(running));
		if (kept === undefined) return;
		const keys = new Set(kept.map(keyOf));
		for (const attempt of running) if (!keys.has(keyOf(attempt))) active.get(keyOf(attempt))?.cancel();
	}

	/** A process that died had its try; the job goes on at once. */
	async function takeOver(silentMs: number): Promise<void> {
		const lost = (await stored(rows.lost(silentMs))) ?? [];
		for (const { isLast, stored: row, ...attempt } of lost) {
			if (active.has(keyOf(attempt))) continue;
			await stored<unknown>(isLast ? giveUp(attempt, row) : rows.release(attempt, { counts: true }));
		}
		if (lost.length > 0) wake();
	}

	/** Where another of its key waits, that one does it. */
	async function giveUp(attempt: Attempt, row: unknown): Promise<void> {
		if (!(await rows.supersede(attempt))) await bury({ boss, registry }, attempt, row, null);
	}

	/** More often than its span: that begins by the database's clock, and what ran in it is not taken in again. */
	async function repeat(definition: JobDefinition, everyMs: number): Promise<void> {
		await forever(everyMs / 4, () => stored(jobs.enqueue(deps.database, definition, {})));
	}

	async function forever(spanMs: number, work: () => Promise<unknown>): Promise<void> {
		while (!stopping.signal.aborted) {
			await work();
			await clock.wait(spanMs, stopping.signal).catch(() => {});
		}
	}

	/** Goes on until the last job has ended, also while the process stops. */
	async function renewLoop(): Promise<void> {
		for (;;) {
			await clock.wait(Math.min(mostBeatMs, leaseMs / 3));
			if (stopping.signal.aborted && active.size === 0) return;
			await renew();
		}
	}

	/** Undefined while the database is away: every loop comes by again. */
	async function stored<Result>(work: Promise<Result>): Promise<Result | undefined> {
		try {
			const result = await work;
			deps.onStoreWorked();
			return result;
		} catch (thrown) {
			deps.onStoreError(toBotError(thrown));
			return undefined;
		}
	}

	function cancel(id: string): void {
		for (const begun of active.values()) if (begun.attempt.id === id) begun.cancel();
	}

	jobs.onChange({ enqueued: wake, cancelled: cancel });

	return {
		start() {
			const first = deps.isAlone ? takeOver(0) : Promise.resolve();
			loops.push(first.then(takeLoop));
			loops.push(forever(leaseMs / 2, () => takeOver(leaseMs)));
			for (const definition of registry.all()) {
				if (definition.everyMs !== undefined) loops.push(repeat(definition, definition.everyMs));
			}
			void renewLoop();
		},
		async stop() {
			stopping.abort();
			for (const begun of active.values()) begun.handBack(idle.promise);
			await Promise.all(loops);
			idle.resolve();
			await Promise.all([...active.values()].map((begun) => begun.ended));
		},
		activeCount: () => active.size,
	};
}

function keyOf({ id, retryCount }: Attempt): string {
	return `${id}:${retryCount}`;
}
