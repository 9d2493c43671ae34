/** How far models are that are being installed, and how the last one ended, for whoever looks at them: in any process, until it is lost. */

import { z } from 'zod';
import type { Values } from '../cache/values.ts';
import type { Clock } from '../clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { UnfinishedJob } from '../jobs/rows.ts';

const pullStepSchema = z.object({
	model: z.string(),
	/** Null before a host was asked. */
	host: z.string().nullable(),
	/** In the host's own words. */
	step: z.string().nullable(),
	/** Of the part that it is at. */
	bytes: z.object({ done: z.number(), total: z.number() }).nullable(),
});
type PullStep = z.infer<typeof pullStepSchema>;

const endedPullSchema = z.object({
	model: z.string(),
	/** Why it is not there, in a word; null where it is. */
	reason: z.string().nullable(),
});
type EndedPull = z.infer<typeof endedPullSchema>;

/** `code`: of the error that the try before ended with. */
type RunningPull = PullStep & Pick<UnfinishedJob, 'state' | 'code'>;

export interface Pulls {
	running: readonly RunningPull[];
	lastEnded: EndedPull | null;
}

export interface PullBook {
	/** What comes soon after another one of the same host is left out. @param id of the job. */
	noteStep(id: string, step: PullStep): Promise<void>;
	noteEnd(model: string, reason: string | null): Promise<void>;
	/** @throws BotError as `Jobs.unfinished`. */
	read(): Promise<Pulls>;
}

export interface PullBookDependencies {
	jobs: Pick<Jobs, 'unfinished'>;
	values: Pick<Values, 'keep' | 'recall'>;
	clock: Clock;
	/** The name of the jobs that install models. */
	job: string;
}

/** Longer than a job may take; what ended is of interest to whoever began it. */
const [stepKeptMs, endKeptMs] = [24 * 3_600_000, 3_600_000];
/** Nobody looks more often. */
const noteEveryMs = 1_000;
const endKey = 'pull-ended';

export function createPullBook({ jobs, values, clock, job }: PullBookDependencies): PullBook {
	let noted = { of: '', atMs: 0 };
	return {
		async noteStep(id, step) {
			const of = `${id} ${step.host}`;
			if (noted.of === of && clock.now() - noted.atMs < noteEveryMs) return;
			noted = { of, atMs: clock.now() };
			await values.keep(keyOf(id), JSON.stringify(step), stepKeptMs);
		},
		noteEnd: async (model, reason) => await values.keep(endKey, JSON.stringify({ model, reason }), endKeptMs),
		async read() {
			const unfinished = (await jobs.unfinished()).filter(({ name }) => name === job);
			const known = await Promise.all(
				unfinished.map(async ({ id, state, code }) => ({ state, code, kept: await values.recall(keyOf(id)) })),
			);
			const running = known.flatMap(({ kept, ...standing }) =>
				kept === null ? [] : [{ ...pullStepSchema.parse(JSON.parse(kept)), ...standing }],
			);
			const ended = await values.recall(endKey);
			return { running, lastEnded: ended === null ? null : endedPullSchema.parse(JSON.parse(ended)) };
		},
	};
}

function keyOf(id: string): string {
	return `pull:${id}`;
}
