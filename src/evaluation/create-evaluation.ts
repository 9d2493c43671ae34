/** Asks the accepted cases again: when an administrator wants it, and by itself when answers may have changed. */

import { z } from 'zod';
import type { EvaluationOperations } from '../administration/admin-context.ts';
import { createTellAdministrators, type TellingDependencies } from '../identity/tell-administrators.ts';
import { createTellAlone } from '../identity/tell-alone.ts';
import type { JobContext, JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Words, wordsFor } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { evaluateCases } from './evaluate.ts';
import { type Preparation, type PreparationDependencies, prepareEvaluation } from './preparation.ts';
import { changesOf, compareRuns, type EvaluationRun } from './run.ts';
import { differenceReport, failureReport, runSummary } from './run-report.ts';
import { createEvaluationRuns } from './run-store.ts';
import { readStoredCases } from './stored-cases.ts';

export interface EvaluationDependencies extends PreparationDependencies, Omit<TellingDependencies, 'database' | 'logger'> {
	jobs: Pick<Jobs, 'enqueue'>;
}

export interface EvaluationRoom {
	operations: EvaluationOperations;
	jobDefinitions: readonly JobDefinition[];
}

const evaluationData = z.object({
	/** `users.id` of the administrator who wants it. */
	by: z.uuid(),
});

type Say = (words: Words) => CommandResult;

/** As long as a hundred questions to a model on a processor take. A model, a prompt or a parser changes with a start or by hand. */
const timeLimitMs = 4 * 3_600_000;
const lookEveryMs = 3_600_000;
/** Everybody of the company reads what it reads. */
const role = 'ccb_employee';

export function createEvaluation(deps: EvaluationDependencies): EvaluationRoom {
	const { database, jobs, language } = deps;
	const tellAlone = createTellAlone(deps);
	const tellAdministrators = createTellAdministrators(deps);
	const runs = createEvaluationRuns(database);

	/** Null where there is no case. A run without a model is no measure for the next one, and is not kept. */
	async function ask(preparation: Preparation, { progress }: JobContext): Promise<{ run: EvaluationRun; remarks: Say } | null> {
		const cases = await readStoredCases(database);
		if (cases.length === 0) return null;
		await preparation.warmUp();
		let done = 0;
		let noModel: string | null = null;
		const { cases: checked, withoutVectors } = await evaluateCases(preparation, cases, {
			isRetrievalAlone: false,
			onCase: () => progress(++done, cases.length),
			onNoModel: (reason) => {
				noModel = reason;
			},
		});
		const run = { at: new Date(deps.clock.now()).toISOString(), with: await preparation.describe(), cases: checked };
		if (noModel === null) await runs.keep(run);
		const remarks: Say = ({ evaluation }) => [
			...(noModel === null ? [] : [evaluation.noModel(noModel)]),
			...(withoutVectors === 0 ? [] : [evaluation.withoutVectors(withoutVectors)]),
		];
		return { run, remarks };
	}

	const wanted: JobDefinition<z.infer<typeof evaluationData>> = {
		name: 'evaluate',
		data: evaluationData,
		key: () => 'one at a time',
		userId: ({ by }) => by,
		timeLimitMs,
		async run({ by }, context) {
			const { signal } = context;
			const before = await runs.latest();
			const asked = await ask(await prepareEvaluation(deps, role, signal), context);
			const say: Say = (words) => {
				if (asked === null) return [words.evaluation.noCases];
				const difference = before === null ? null : compareRuns(before, asked.run);
				return [
					...asked.remarks(words),
					runSummary(asked.run, words),
					...failureReport(asked.run, difference?.regressions ?? [], words),
					...(difference === null ? [] : differenceReport(difference, words)),
				];
			};
			await tellAlone({ userId: by, near: null, told: (locale) => say(wordsFor(locale, language)) }, signal);
		},
	};

	/** Administrators hear of it when something fails now that passed before. */
	const due: JobDefinition = {
		name: 'evaluate-changes',
		data: z.object({}),
		everyMs: lookEveryMs,
		timeLimitMs,
		async run(_data, context) {
			const { signal } = context;
			const before = await runs.latest();
			const preparation = await prepareEvaluation(deps, role, signal);
			if (before !== null && changesOf(before, { with: await preparation.describe() }).length === 0) return;
			const asked = await ask(preparation, context);
			if (asked === null || before === null) return;
			const difference = compareRuns(before, asked.run);
			if (difference.regressions.length === 0) return;
			const say: Say = (words) => [words.evaluation.news, runSummary(asked.run, words), ...differenceReport(difference, words)];
			await tellAdministrators(say, signal);
		},
	};

	return {
		operations: { begin: async (userId) => void (await jobs.enqueue(database, wanted, { by: userId })) },
		jobDefinitions: [wanted, due],
	};
}
