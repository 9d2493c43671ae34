/** Turns with what they remember, what they sum up and what runs, put together. */

import { createPlaceRefusals } from '../delivery/place-refusals.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Signals } from '../redis/signals.ts';
import { createLostAnswersJob, type WatchedConversation } from './lost-answers-job.ts';
import { createMemories } from './memory.ts';
import { createProgramTurns, type ProgramTurns } from './program-turn.ts';
import { maxQuestionCharacters, type PromptBudget } from './prompt-budget.ts';
import { createRewriting } from './rewriting.ts';
import { createRunningTurns, type RunningTurns } from './running-turns.ts';
import { createSummaries } from './summary.ts';
import { createSummaryJob } from './summary-job.ts';
import { createTurns, type TurnDependencies, type Turns } from './turn.ts';

/** What the room makes for itself of the rest. */
type Own = 'rewrite' | 'memories' | 'summaries' | 'running' | 'budgetOf' | 'leaveSummary' | 'streamRefusals';

export interface ConversationDependencies extends Omit<TurnDependencies, Own> {
	jobs: Pick<Jobs, 'enqueue'>;
	/** Whether a model is asked what a question means that leans on its conversation. */
	rewrites: boolean;
	signals: Signals;
	/** This process's own name, new with every start. */
	processId: string;
	logger: Logger;
}

export interface ConversationRoom {
	turns: Turns;
	/** Of programs that send with each question what was said before. */
	programs: ProgramTurns;
	running: RunningTurns;
	/** The longest question that the default model can read, in characters. */
	readableCharacters: number;
	jobDefinitions: readonly JobDefinition[];
}

export function createConversation(deps: ConversationDependencies): ConversationRoom {
	const { database, store, models, timeZone, clock, jobs, logger } = deps;
	const running = createRunningTurns(deps.signals, deps.processId);
	const memories = createMemories({ store, clock, pacers: deps.pacers });
	const summaries = createSummaries({ models, store, budgetOf: (model) => budgetOf(models, model), timeZone });
	const summaryJob = createSummaryJob({ memories, summaries });
	/** Nobody waits for it, and what could not be left now is left with the next answer. */
	function leave<Data extends object>(job: JobDefinition<Data>, data: Data): void {
		jobs.enqueue(database, job, data).catch((error) => logger.warn({ err: error, job: job.name }, 'a job could not be left'));
	}

	const lostAnswersJob: JobDefinition<WatchedConversation> = createLostAnswersJob({
		store,
		leave: (again) => leave(lostAnswersJob, again),
	});
	const turnDependencies: TurnDependencies = {
		...deps,
		memories,
		rewrite: deps.rewrites ? createRewriting({ models, limits: deps.limits, clock, log: logger }) : null,
		summaries,
		running,
		budgetOf: (model) => budgetOf(models, model),
		leaveSummary: (due) => leave(summaryJob, due),
		streamRefusals: createPlaceRefusals(clock),
	};
	const turns = createTurns(turnDependencies);
	const programs = createProgramTurns({ ...turnDependencies, leaveLook: (begun) => leave(lostAnswersJob, begun) });
	return {
		turns,
		programs,
		running,
		readableCharacters: maxQuestionCharacters(budgetOf(models)),
		jobDefinitions: [summaryJob, lostAnswersJob],
	};
}

/** Of the default model for one that is not configured any more. */
function budgetOf({ model, models, estimateTokens }: LanguageModels, wanted = model): PromptBudget {
	const known = models.find(({ name }) => name === wanted) ?? models.find(({ name }) => name === model);
	if (known === undefined) throw new TypeError('the default model is none of the models');
	return { ...known, estimateTokens: (text) => estimateTokens(text, known.name) };
}
