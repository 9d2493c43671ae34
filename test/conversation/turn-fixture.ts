/** A world for turns: the fake platform and the scripted model over a real database, with a clock that is moved by hand. */

import { randomUUID } from 'node:crypto';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { CurrentModel } from '#src/choices/model-choices.ts';
import { createMemories } from '#src/conversation/memory.ts';
import { createProgramTurns } from '#src/conversation/program-turn.ts';
import type { PromptBudget } from '#src/conversation/prompt-budget.ts';
import { createRewriting } from '#src/conversation/rewriting.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { createSummaries } from '#src/conversation/summary.ts';
import { createSummaryJob } from '#src/conversation/summary-job.ts';
import { createTurns, type TurnDependencies, type TurnOptions } from '#src/conversation/turn.ts';
import type { Database } from '#src/database/database.ts';
import { createPlaceRefusals } from '#src/delivery/place-refusals.ts';
import { createPassages } from '#src/history/passages.ts';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { stableId } from '#src/identity/stable-id.ts';
import { createAttachedFiles } from '#src/knowledge/attached/read-attached.ts';
import type { UnreadableReason } from '#src/knowledge/blocks.ts';
import { createKnowledge } from '#src/knowledge/create-knowledge.ts';
import type { ReadOutcome } from '#src/knowledge/reader/read-document.ts';
import { english } from '#src/locales/english.ts';
import { silentLogger } from '#src/log.ts';
import { createPacer } from '#src/pacing/pacer.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { createFakeCompanyData } from '#test/fakes/company-data.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createFakeLimits } from '#test/fakes/limits.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeMembers, type MembersGiven } from '#test/fakes/members.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { createFakeTools } from '#test/fakes/tools.ts';
import { newPlace, questionIn } from './conversation-fixture.ts';

/** What the database holds of one answer. */
export interface StoredAnswer {
	status: string;
	content: string;
	finishReason: string | null;
	errorCode: string | null;
	model: string | null;
	outputTokens: number | null;
	signAt: Date | null;
	firstTextAt: Date | null;
	finalTextAt: Date | null;
}

export type TurnWorld = ReturnType<typeof openTurnWorld>;

export function openTurnWorld(
	database: Database,
	person: Person,
	wrapStore: (store: ConversationStore) => ConversationStore = (store) => store,
	{ rewrites = false }: { rewrites?: boolean } = {},
) {
	const clock = createManualClock();
	const cache = createMemoryCache({ clock: clock.now });
	const platform = createFakePlatform();
	const models = createFakeModelPool();
	const store = wrapStore(createConversationStore(database));
	const tools = createFakeTools(clock);
	const companyData = createFakeCompanyData();
	const running = createRunningTurns(cache, 'this process');
	const members: MembersGiven = { others: true };
	const budget = { contextTokens: 8_192, answerTokens: 4_096 };
	const limits = createFakeLimits();
	const chosen: CurrentModel = { model: models.model, origin: 'default' };
	const budgets = new Map<string, PromptBudget>();
	const ended: { ending: string; code: string | null }[] = [];
	const moments: string[] = [];
	const storeFailures: unknown[] = [];
	const background: Promise<void>[] = [];
	const { signal } = new AbortController();
	const pacerObserver = { called: () => {}, limited: () => {} };
	const pacer = createPacer({ platform: 'fake', capabilities: platform.capabilities, budgets: cache, clock, observer: pacerObserver });
	const memories = createMemories({ store, clock, pacers: () => pacer });
	const summaries = createSummaries({ models, store, budgetOf: (model = '') => budgets.get(model) ?? budget, timeZone: 'UTC' });
	const summaryJob = createSummaryJob({ memories, summaries });
	const people = createFakeMembers(members);
	const documents = createKnowledge({
		...{ database, memberships: people, identities: people, platforms: new Map([[platform.name, platform]]) },
		models,
		standard: 'prefer',
		clock,
		logger: silentLogger,
	});
	const attached = createAttachedFiles({
		...{ pacers: () => pacer, clock, limits, logger: silentLogger },
		readFile: async ({ bytes }) => readText(Buffer.from(bytes).toString()),
	});
	const turnDependencies: TurnDependencies = {
		...documents,
		passages: createPassages(database, documents.chunks),
		logger: silentLogger,
		attached,
		companyData,
		database,
		store,
		memories,
		summaries,
		models,
		tools,
		running,
		pacers: () => pacer,
		clock,
		choices: { current: async () => chosen },
		budgetOf: (model) => budgets.get(model) ?? budget,
		rewrite: rewrites ? createRewriting({ models, limits, clock, log: silentLogger }) : null,
		timeZone: 'UTC',
		limits,
		observer: {
			moment: (_platform, moment) => void moments.push(moment),
			ended: (_platform, ending, _facts, error) => void ended.push({ ending, code: error?.code ?? null }),
			storeFailed: (error) => void storeFailures.push(error),
			delivery: () => ({ updated: () => {}, detoured: () => {} }),
		},
		leaveSummary: (due) => void background.push(summaryJob.run(due, createFakeJobContext())),
		streamRefusals: createPlaceRefusals(clock),
		linkHosts: ['wiki.example'],
	};
	const turns = createTurns(turnDependencies);

	function optionsFor(given: Partial<TurnOptions> = {}): TurnOptions {
		return {
			platform,
			person,
			words: english,
			question: questionIn(newPlace(), '0500', 'How are you?'),
			answerId: stableId(randomUUID()),
			recipient: { tenantId: 'T', accountId: 'U' },
			attempt: 1,
			...given,
		};
	}

	/** Moves the clock until the turn is over and everything behind it too. */
	async function answer(options: TurnOptions, until: AbortSignal = signal): Promise<string> {
		const turn = turns.answer(options, until);
		await waitFor(clock, turn);
		const ending = await turn;
		await Promise.all(background);
		return ending;
	}

	async function stored(answerId: string): Promise<StoredAnswer | undefined> {
		const [row] = await database.asUser(person, ({ query }) => query<StoredAnswer>(selectAnswer, [answerId]));
		return row;
	}

	const shown = () => platform.visible().map(({ text }) => text);
	return {
		clock,
		platform,
		members,
		models,
		chosen,
		budgets,
		tools,
		companyData,
		store,
		running,
		limits,
		turns,
		programs: createProgramTurns({ ...turnDependencies, leaveLook: () => {} }),
		optionsFor,
		answer,
		stored,
		shown,
		ended,
		moments,
		storeFailures,
		person,
	};
}

/** Each paragraph a chunk; what begins with `!` is refused for the reason behind it. */
function readText(text: string): ReadOutcome {
	const cost = { durationMs: 1, peakBytes: 1 };
	if (text.startsWith('!')) return { status: 'rejected', reason: text.slice(1) as UnreadableReason, ...cost };
	const chunks = text.split('\n\n').map((paragraph, at) => ({ text: paragraph, context: 'File', page: at + 1 }));
	return { status: 'ok', chunks, ...cost };
}

/** Moves the clock until the promise is settled, at most ten minutes. */
export async function waitFor(clock: ManualClock, promise: Promise<unknown>): Promise<void> {
	let isSettled = false;
	const settle = () => {
		isSettled = true;
	};
	promise.then(settle, settle);
	await clock.advanceUntil(() => isSettled, 600_000);
}

/** A process that dies: the turn ends nowhere, and what is visible and stored stays as it is. */
export async function dieDuring(world: TurnWorld, options: TurnOptions, platform: FakePlatform, condition: () => boolean): Promise<void> {
	const process = new AbortController();
	const turn = world.turns.answer({ ...options, platform }, process.signal);
	turn.catch(() => {});
	await world.clock.advanceUntil(condition, 60_000);
	process.abort();
	await waitFor(world.clock, turn);
}

const selectAnswer = `
	select status, content, finish_reason as "finishReason", error_code as "errorCode", model, output_tokens as "outputTokens",
		sign_at as "signAt", first_text_at as "firstTextAt", final_text_at as "finalTextAt"
	from messages where id = $1`;
