/** The part of the program that needs the database: built once it is open. */

import { platformNames } from './adapters.ts';
import { createAdministration } from './administration/administration.ts';
import { createAuditReading } from './administration/audit-reading.ts';
import type { Cache } from './cache/cache.ts';
import { createModelChoices } from './choices/model-choices.ts';
import type { Clock } from './clock.ts';
import { type Commands, createCommands } from './commands/commands.ts';
import { createMemories } from './conversation/memory.ts';
import { maxQuestionCharacters, type PromptBudget } from './conversation/prompt-budget.ts';
import { createRunningTurns, type RunningTurns } from './conversation/running-turns.ts';
import { createSummaries } from './conversation/summary.ts';
import { createSummaryJob } from './conversation/summary-job.ts';
import { createTurns } from './conversation/turn.ts';
import type { Database } from './database/database.ts';
import { createPlaceRefusals } from './delivery/place-refusals.ts';
import { createEventHandler, type EventHandler } from './events/events.ts';
import { followMembers } from './events/member-events.ts';
import { createSubscriptions, type Subscriptions } from './events/subscriptions.ts';
import { type ConversationStore, createConversationStore } from './history/store.ts';
import { accountReference } from './identity/account.ts';
import { createIdentities, type Identities } from './identity/identity.ts';
import { createLinks } from './identity/links.ts';
import { createMemberships, type Memberships } from './identity/memberships.ts';
import type { DeadLetters } from './jobs/dead-letters.ts';
import type { JobDefinition } from './jobs/job.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Counters } from './limits/counters.ts';
import { createLimits } from './limits/limits.ts';
import { createStandardLimits } from './limits/standard-limits.ts';
import type { Logger } from './log.ts';
import type { ModelPool } from './models/model-pool.ts';
import type { Metrics } from './observability/metrics.ts';
import { createPacerObserver, createToolObserver, createTurnObserver } from './observability/observers.ts';
import { createPacer, type Pacer } from './pacing/pacer.ts';
import type { ChatPlatform } from './platform/chat-platform.ts';
import type { Settings } from './settings/settings.ts';
import { allTools } from './tools/all-tools.ts';
import { createTools } from './tools/tools.ts';

export interface CoreDependencies {
	settings: Settings;
	processId: string;
	database: Database;
	jobs: Jobs;
	/** What failed for good, of these jobs and those that the program has anyway. */
	deadLettersOf: (own: readonly JobDefinition[]) => DeadLetters;
	cache: Cache;
	counters: Counters;
	models: ModelPool;
	platforms: ReadonlyMap<string, ChatPlatform>;
	clock: Clock;
	logger: Logger;
	metrics: Metrics;
}

export interface Core {
	handle: EventHandler;
	identities: Identities;
	store: ConversationStore;
	running: RunningTurns;
	commands: Commands;
	memberships: Memberships;
	subscriptions: Subscriptions;
	/** Work that is left for later here. */
	jobDefinitions: readonly JobDefinition[];
}

export function createCore(deps: CoreDependencies): Core {
	const { settings, database, jobs, cache, models, platforms, clock, logger, metrics } = deps;
	const store = createConversationStore(database);
	const running = createRunningTurns(cache, deps.processId);
	const budgetOf = (name: string): PromptBudget => {
		const known = models.models.find((model) => model.name === name);
		if (known === undefined) throw new TypeError('a model that is not configured');
		return { ...known, estimateTokens: (text) => models.estimateTokens(text, name) };
	};
	const budget = budgetOf(models.model);
	const timeZone = settings.OPENCCB_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	const memories = createMemories({ store, clock, pacers: pacerOf });
	const summaries = createSummaries({ models, store, budget, timeZone });
	const summaryJob = createSummaryJob({ memories, summaries });
	const pacers = new Map<string, Pacer>(
		[...platforms.values()].map(({ name, capabilities }) => [
			name,
			createPacer({ platform: name, capabilities, budgets: cache, clock, observer: createPacerObserver(metrics, logger, name) }),
		]),
	);

	function pacerOf(platform: ChatPlatform): Pacer {
		const pacer = pacers.get(platform.name);
		if (pacer === undefined) throw new TypeError('a platform that was not given at the start');
		return pacer;
	}

	const admins = settings.OPENCCB_ADMINS ?? [];
	const identities = createIdentities({ database, clock, pacers: pacerOf, admins });
	const memberships = createMemberships({ clock, pacers: pacerOf, signals: cache });
	const subscriptions = createSubscriptions();
	followMembers(subscriptions, memberships);
	const administration = createAdministration({
		database,
		jobs,
		deadLetters: deps.deadLettersOf([summaryJob]),
		platforms: platformNames,
		isListed: (account) => admins.includes(accountReference(account)),
		onLostAccess: async (userId) => void (await running.stop({ userId })),
	});
	const limits = createLimits({
		counters: deps.counters,
		standard: createStandardLimits({
			requestsPerMinute: settings.OPENCCB_REQUESTS_PER_MINUTE,
			tokensPerDay: settings.OPENCCB_TOKENS_PER_DAY,
			repliesInFlight: settings.OPENCCB_REPLIES_IN_FLIGHT,
		}),
		observeRefusal: (limit) => metrics.refusals.inc({ limit }),
	});
	const choices = createModelChoices({ database, store, models, limits });
	const links = createLinks({ database, limits });
	const observer = createTurnObserver(metrics, logger);
	const tools = createTools({
		tools: allTools({ memberships, pacers: pacerOf }),
		limits,
		clock,
		observer: createToolObserver(metrics, logger),
	});
	const turns = createTurns({
		database,
		store,
		memories,
		summaries,
		models,
		tools,
		running,
		pacers: pacerOf,
		clock,
		choices,
		budgetOf,
		timeZone,
		limits,
		observer,
		// The next turn of the conversation leaves it again.
		leaveSummary: (due) =>
			void jobs
				.enqueue(database, summaryJob, due)
				.catch((error) => logger.warn({ err: error, job: summaryJob.name }, 'a job could not be left')),
		streamRefusals: createPlaceRefusals(clock),
	});
	const commands = createCommands({
		...{ store, running, models, cache, limits, choices, links, administration },
		reading: createAuditReading({ database, isOn: settings.OPENCCB_AUDIT }),
		readableCharacters: maxQuestionCharacters(budget),
	});
	const handle = createEventHandler({
		platforms,
		identities,
		store,
		running,
		commands,
		turns,
		pacers: pacerOf,
		limits,
		subscriptions,
		modelFor: choices.standard,
		language: settings.OPENCCB_LANGUAGE,
		clock,
		observeFeedback: (rating) => metrics.feedback.inc({ rating }),
	});
	return { handle, identities, store, running, commands, memberships, subscriptions, jobDefinitions: [summaryJob] };
}
