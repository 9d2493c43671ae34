/** The composition root: the only file that knows every part, and in what order they start and stop. */

import { randomUUID } from 'node:crypto';
import { loadAdapters } from './adapters.ts';
import { openCache } from './cache/open-cache.ts';
import { systemClock } from './clock.ts';
import { type Core, createCore } from './core.ts';
import { createAdapterState, voidAdapterLeases } from './database/adapter-state.ts';
import { type Database, openDatabase } from './database/database.ts';
import { BotError, toBotError } from './errors.ts';
import { createEventSink } from './events/event-sink.ts';
import { homeOf, privatePlaceOf } from './events/private-words.ts';
import { listen } from './http/listen.ts';
import { createOperationsServer } from './http/operations.ts';
import { readReadiness } from './http/readiness.ts';
import { createHttpServer } from './http/server.ts';
import { createInbox, type Inbox } from './inbox/inbox.ts';
import { createPruneInboxJob } from './inbox/prune-job.ts';
import { createRecentKeys } from './inbox/recent-keys.ts';
import { createInboxWorker, type InboxWorker } from './inbox/worker.ts';
import type { JobDefinition } from './jobs/job.ts';
import { type OpenJobs, openJobs } from './jobs/open-jobs.ts';
import { createJobRegistry } from './jobs/registry.ts';
import type { JobWorker } from './jobs/worker.ts';
import { openCounters } from './limits/counters.ts';
import { wordsFor } from './locales/locales.ts';
import type { Logger } from './log.ts';
import type { ModelPool } from './models/model-pool.ts';
import { createModelPool } from './models/pool.ts';
import { readGauges } from './observability/gauges.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { createJobObserver, createOutageLog, eventFields } from './observability/observers.ts';
import type { ChatEvent, EventSink, ProfileSink } from './platform/chat-event.ts';
import type { ChatPlatform } from './platform/chat-platform.ts';
import { openTicketQueue } from './queue/open-ticket-queue.ts';
import { modelsIn } from './settings/model-settings.ts';
import { rolesOf } from './settings/roles.ts';
import type { Settings } from './settings/settings.ts';
import { repeatUntilDone } from './waiting.ts';

export interface App {
	/** Listens, connects, and goes on trying for whatever is away. @throws BotError `CONFIG_INVALID`, or when the port is taken. */
	start(): Promise<void>;
	/** Takes nothing new in, lets answers end within the grace period, hands the rest over, and all jobs at once. */
	stop(): Promise<void>;
}

const databasePauses = { firstMs: 500, mostMs: 10_000 };

export function createApp(settings: Settings): App {
	const logger = createLogger(settings.LOG_LEVEL);
	const metrics = createMetrics();
	const does = rolesOf(settings.OPENCCB_ROLES);
	const processId = randomUUID();
	const stopping = new AbortController();
	const cache = openCache({ url: settings.REDIS_URL ?? null, logger });
	const counters = openCounters({ url: settings.REDIS_URL ?? null });
	const models = createModels(settings, { processId, logger, metrics });
	const platforms = new Map<string, ChatPlatform>();
	const storeOutage = createOutageLog(logger, 'the database');
	let running: Running | null = null;
	let databaseProblem: string | null = null;

	const readiness = () =>
		readReadiness({ database: running?.database ?? null, databaseProblem, cache, models, platforms: [...platforms.values()] });
	const server = createHttpServer();
	const operations = createOperationsServer({
		host: settings.OPENCCB_OPERATIONS_HOST,
		registry: metrics.registry,
		readiness,
		beforeMetrics: () => readGauges(metrics, { models, opened: running && gaugesOf(running) }),
	});

	/** Until the database is open nothing can be kept, so nothing is acknowledged. */
	function opened(): Running {
		if (running === null) throw new BotError('STORE_UNAVAILABLE', 'the database is not open yet', { retryable: true });
		return running;
	}

	const sink: EventSink = async (event) => await opened().sink(event);

	/** Whoever lost access is not answered any further either. */
	const profiles: ProfileSink = async (platform, profile) => {
		const { core } = opened();
		const userId = await core.identities.take(platform, profile);
		if (userId !== null) await core.running.stop({ userId });
	};

	const database: Pick<Database, 'query'> = { query: async (sql, parameters) => await opened().database.query(sql, parameters) };
	const stateOf = (platform: string) => createAdapterState({ database, platform, processId });

	async function openForPlatforms(): Promise<string> {
		const loaded = await loadAdapters(settings, { server, clock: systemClock, logger, metrics, state: stateOf });
		for (const platform of loaded) platforms.set(platform.name, platform);
		return await listen(server, { host: settings.HOST, port: settings.PORT, names: { host: 'HOST', port: 'PORT' } });
	}

	/** False when the database is away, and to be tried again. */
	async function openAndRun(): Promise<boolean> {
		try {
			const database = await openDatabase({
				url: settings.DATABASE_URL ?? null,
				dataFolder: settings.OPENCCB_DATA,
				audit: settings.OPENCCB_AUDIT,
				logger,
			});
			// Told to stop meanwhile: nothing is begun any more.
			if (stopping.signal.aborted) await database.close();
			else
				await run(database).catch(async (thrown) => {
					await database.close();
					throw thrown;
				});
			storeOutage.worked();
			return true;
		} catch (thrown) {
			const error = toBotError(thrown);
			databaseProblem = error.message;
			if (!error.retryable) throw error;
			storeOutage.failed(error);
			return false;
		}
	}

	async function run(database: Database): Promise<void> {
		const leaseMs = settings.OPENCCB_LEASE_SECONDS * 1_000;
		const inbox = createInbox({ database, processId, leaseMs });
		if (database.kind === 'embedded') await Promise.all([inbox.voidLeases(), voidAdapterLeases(database)]);
		const openedJobs = await openJobs(database);
		const pruneInbox = createPruneInboxJob(inbox);
		const registryWith = (own: readonly JobDefinition[]) => createJobRegistry([...openedJobs.ownJobs, pruneInbox, ...own]);
		const core = createCore({
			settings,
			processId,
			database,
			cache,
			counters,
			models,
			platforms,
			clock: systemClock,
			logger,
			metrics,
			jobs: openedJobs.jobs,
			deadLettersOf: (own) => openedJobs.deadLetters(registryWith(own)),
		});
		const worker = createInboxWorker({
			inbox,
			leaseMs,
			clock: systemClock,
			handle: core.handle,
			onDone: (event, outcome, durationMs) => {
				metrics.handled.inc({ platform: event.platform, type: event.type, outcome });
				logger.info({ ...eventFields(event), outcome, durationMs }, 'event handled');
			},
			onFailed: (event, error, isLast) => tellFailure(event, error, isLast),
			onStoreError: storeOutage.failed,
		});
		const accept = createEventSink({
			inbox,
			recentKeys: createRecentKeys(systemClock),
			store: core.store,
			commands: core.commands,
			subscriptions: core.subscriptions,
			onTaken: (event, result) => {
				metrics.events.inc({ platform: event.platform, type: event.type, result });
				// Of what was stored lately the store is not asked.
				if (result !== 'duplicate') storeOutage.worked();
				if (result === 'new') worker.wake();
			},
		});
		const jobWorker = openedJobs.createWorker({
			registry: registryWith(core.jobDefinitions),
			clock: systemClock,
			leaseMs,
			isAlone: database.kind === 'embedded',
			onEnd: createJobObserver(metrics, logger),
			onStoreError: storeOutage.failed,
			onStoreWorked: storeOutage.worked,
		});
		running = { database, inbox, core, worker, openedJobs, jobWorker, sink: accept };
		if (does.chat) {
			await Promise.all([core.running.listen(), core.memberships.listen()]);
			worker.start();
		}
		if (does.jobs) jobWorker.start();
	}

	async function tellFailure(event: ChatEvent, error: BotError, isLast: boolean): Promise<void> {
		logger.error({ ...eventFields(event), err: error, isLast }, 'an event could not be handled');
		const platform = platforms.get(event.platform);
		if (!isLast || platform === undefined || event.type !== 'message-received' || homeOf(event) !== event.platform) return;
		const { unanswered } = wordsFor(null, settings.OPENCCB_LANGUAGE).failure;
		await platform
			.sendPrivately(privatePlaceOf(event, platform), event.author, [unanswered], undefined, AbortSignal.timeout(10_000))
			.catch((thrown) => {
				logger.error({ ...eventFields(event), err: thrown }, 'and its author could not be told');
			});
	}

	return {
		async start() {
			const address = does.chat ? await openForPlatforms() : null;
			const operationsAddress = await listen(operations, {
				host: settings.OPENCCB_OPERATIONS_HOST,
				port: settings.OPENCCB_OPERATIONS_PORT,
				names: { host: 'OPENCCB_OPERATIONS_HOST', port: 'OPENCCB_OPERATIONS_PORT' },
			});
			logger.info({ address, operationsAddress }, 'listening');
			models.start();
			for (const platform of platforms.values()) await platform.start(sink, profiles);
			await repeatUntilDone(openAndRun, { ...databasePauses, clock: systemClock, signal: stopping.signal });
			if (stopping.signal.aborted) return;
			logger.info(
				{ address, platforms: [...platforms.keys()], database: running?.database.kind, cache: cache.mode(), roles: does },
				'OpenCCB is running',
			);
		},
		async stop() {
			stopping.abort();
			await Promise.all([...platforms.values()].map((platform) => platform.stop()));
			await Promise.all([running?.worker.stop(settings.OPENCCB_GRACE_SECONDS * 1_000), running?.jobWorker.stop()]);
			await models.stop();
			await Promise.all([server.close(), operations.close()]);
			await Promise.all([cache.close(), counters.close()]);
			await running?.openedJobs.close();
			await running?.database.close();
		},
	};
}

interface Running {
	database: Database;
	inbox: Inbox;
	core: Core;
	worker: InboxWorker;
	openedJobs: OpenJobs;
	jobWorker: JobWorker;
	sink: EventSink;
}

function gaugesOf({ inbox, openedJobs, core }: Running) {
	return { inbox, jobs: openedJobs.jobs, runningTurns: core.running.count() };
}

interface ModelParts {
	processId: string;
	logger: Logger;
	metrics: Metrics;
}

function createModels(settings: Settings, { processId, logger, metrics }: ModelParts): ModelPool {
	return createModelPool({
		hosts: settings.OLLAMA_HOST,
		models: modelsIn(settings),
		embeddingModel: settings.OLLAMA_EMBEDDING_MODEL ?? null,
		deadlines: {
			queueMs: settings.OLLAMA_QUEUE_SECONDS * 1_000,
			firstTokenMs: settings.OLLAMA_FIRST_TOKEN_SECONDS * 1_000,
			silenceMs: settings.OLLAMA_SILENCE_SECONDS * 1_000,
			totalMs: settings.OLLAMA_TOTAL_SECONDS * 1_000,
		},
		queueLimit: 1_000,
		queue: openTicketQueue({ url: settings.REDIS_URL ?? null, name: 'models', processId, logger }),
		// Loading takes up to minutes: the default model stays in memory.
		keepAlive: -1,
		logger,
		observe: {
			firstToken: ({ model, host }, waitedMs) => metrics.firstToken.observe({ model, host }, waitedMs / 1_000),
			answered({ model, host }, { outputTokens, tokensPerSecond }) {
				metrics.tokens.inc({ model, host }, outputTokens ?? 0);
				if (tokensPerSecond !== null) metrics.tokensPerSecond.observe({ model, host }, tokensPerSecond);
			},
			failedOver: ({ model, host }, reason) => {
				metrics.failovers.inc({ model, host });
				logger.warn({ model, host, reason }, 'a model host failed before the first word; another one is asked');
			},
		},
	});
}
