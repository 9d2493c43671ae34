/** The rooms that need the database, in their order: made once it is open. */

import { createOrders } from './administration/create-orders.ts';
import { createApiServices } from './api/create-services.ts';
import { returnPath } from './api/openid-routes.ts';
import type { ApiServices } from './api/services.ts';
import type { Build } from './build.ts';
import type { Cache } from './cache/cache.ts';
import { openChoices } from './choices/open-choices.ts';
import type { Clock } from './clock.ts';
import { createCommanding } from './commanding.ts';
import { createCompanyData } from './connectors/company-data/company-data.ts';
import { createConnectors } from './connectors/create-connectors.ts';
import { createConversation } from './conversation/create-conversation.ts';
import { voidAdapterLeases } from './database/adapter-state.ts';
import type { Database } from './database/database.ts';
import { createDigests } from './digest/create-digests.ts';
import { createEvaluation } from './evaluation/create-evaluation.ts';
import { createEvents } from './events/create-events.ts';
import { createPassages } from './history/passages.ts';
import { createConversationStore } from './history/store.ts';
import { readReadiness } from './http/readiness.ts';
import { createAddressBook } from './identity/address-book.ts';
import { createIdentity } from './identity/create-identity.ts';
import type { Identities } from './identity/identity.ts';
import type { Memberships } from './identity/memberships.ts';
import { createReaderRoles } from './identity/reader-roles.ts';
import { openInbox } from './inbox/open-inbox.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { createJobRegistry } from './jobs/registry.ts';
import { createAttachedFiles } from './knowledge/attached/read-attached.ts';
import { createIngestion } from './knowledge/create-ingestion.ts';
import { createKnowledge } from './knowledge/create-knowledge.ts';
import { openFileStore } from './knowledge/files/open-file-store.ts';
import { adoptEmbeddingModel } from './knowledge/search/question-vectors.ts';
import type { OpenLimits } from './limits/open-limits.ts';
import type { Live } from './live/create-live.ts';
import type { ModelPool } from './models/model-pool.ts';
import type { GaugeSources } from './observability/gauges.ts';
import type { Observability } from './observability/observability.ts';
import { createOwnData } from './own-data/create-own-data.ts';
import { createPacers } from './pacing/pacers.ts';
import type { EventSink, ProfileSink } from './platform/chat-event.ts';
import type { ChatPlatform } from './platform/chat-platform.ts';
import type { TypingSource } from './platform/typing.ts';
import { createRuleBook } from './rules/rule-book.ts';
import { createSessions } from './sessions/create-sessions.ts';
import { openIdProviders } from './sessions/openid-providers.ts';
import { webTenantsOf } from './sessions/web-tenants.ts';
import type { ProcessRoles } from './settings/process.ts';
import type { Settings } from './settings/settings.ts';
import { allTools } from './tools/all-tools.ts';
import { createTools } from './tools/tools.ts';

export interface CoreDependencies {
	settings: Settings;
	build: Build;
	processId: string;
	database: Database;
	cache: Cache;
	limits: OpenLimits;
	models: ModelPool;
	platforms: ReadonlyMap<string, ChatPlatform>;
	/** Tells pages what is going on. */
	live: Live;
	clock: Clock;
	observability: Observability;
}

export interface Core {
	database: Database;
	accept: EventSink;
	takeProfile: ProfileSink;
	typing: TypingSource;
	/** Null where the web is not switched on. */
	web: ApiServices | null;
	gauges(): NonNullable<GaugeSources['opened']>;
	start(roles: ProcessRoles): Promise<void>;
	/** Takes nothing new in, lets answers end within `graceMs`, hands the rest over, and all jobs at once. */
	stop(graceMs: number): Promise<void>;
	/** The database too. Once it has stopped, and whatever else asks the database. */
	close(): Promise<void>;
}

/** @throws BotError `STORE_UNAVAILABLE`: then the database is to be closed, and opened anew. */
export async function openCore(deps: CoreDependencies): Promise<Core> {
	const { settings, build, processId, database, cache, limits, models, platforms, live, clock, observability } = deps;
	const { leaseMs } = settings.process;
	const { language, timeZone } = settings.locale;
	const { admins, audit, mayBroadcast } = settings.administration;
	const { logger, storeOutage } = observability;
	const isAlone = database.kind === 'embedded';

	// What can fail comes first: then there is nothing yet to close.
	if (isAlone) await voidAdapterLeases(database);
	const inbox = await openInbox({ database, processId, leaseMs, isAlone, clock });
	const files = await openFileStore({ ...{ files: settings.documents, clock, logger }, dataFolder: settings.database.dataFolder });
	const jobs = await openJobs(database);
	await adoptEmbeddingModel(database, models);
	const pacers = createPacers({ platforms, budgets: cache, clock, observerOf: observability.pacerOf });
	const { identities, links, memberships, webAccounts } = createIdentity({
		...{ database, clock, pacers, limits, signals: cache, admins },
		webTenants: webTenantsOf(settings.signIn),
	});
	const web =
		settings.web &&
		createSessions({
			...{ publicUrl: settings.web.publicUrl, limits: settings.web.sessions, requests: limits.requests, returnPath, clock },
			...{ database, identities, webAccounts, platforms, hasPasswords: settings.signIn.hasPasswords },
			providers: openIdProviders(settings.signIn),
		});
	const store = createConversationStore(database, settings.web === null ? undefined : live.publisher);
	const { choices, defaultModel } = await openChoices({ database, store, models, limits, signals: cache, clock });
	const documents = createKnowledge({
		...{ database, memberships, identities, platforms, models, clock, logger },
		...{ standard: settings.knowledge.use, onSearched: observability.searched },
	});
	const passages = createPassages(database, documents.chunks);
	const attached = createAttachedFiles({ pacers, limits, clock, logger });
	// The only part of the environment that is no setting: the secrets that their files name.
	const connectors = createConnectors({
		...settings.connectors,
		...{ environment: process.env, onRecorded: observability.dataAsked, database, platforms, pacers, language, clock, logger },
	});
	const addresses = createAddressBook(database);
	const companyData = createCompanyData({
		...{ connectors: connectors.connectors, memberships, models, limits, clock, logger, addresses },
		readerRoles: createReaderRoles(database),
	});
	const tools = createTools({
		tools: allTools({ memberships, pacers, store, companyData, ...documents }),
		...{ limits, clock, observer: observability.tools },
	});
	const conversation = createConversation({
		...{ database, store, choices, models, tools, limits, pacers, clock, timeZone, processId, logger, attached, passages, ...documents },
		companyData,
		linkHosts: settings.answers.linkHosts,
		signals: cache,
		jobs: jobs.jobs,
		rewrites: settings.knowledge.rewrites,
		...{ observer: observability.turns, tracer: observability.tracer },
	});
	const ingestion = createIngestion({
		...{ database, files, platforms, pacers, identities, memberships, limits, models, language, clock, logger },
		jobs: jobs.jobs,
		...{ channels: settings.knowledge.channels, sync: settings.knowledge.sync, access: settings.documents.access },
		standardModel: settings.models.embeddingModel,
		observer: observability.ingest,
	});
	const digests = createDigests({ database, jobs: jobs.jobs, models, platforms, pacers, language, clock, logger });
	const evaluation = createEvaluation({
		...{ database, jobs: jobs.jobs, models, platforms, pacers, language, timeZone, clock, logger },
		use: settings.knowledge.use === 'only' ? 'only' : 'prefer',
	});
	const { running, readableCharacters } = conversation;
	const onLostAccess = async (userId: string) => void (await running.stop({ userId }));
	const { shelfChanges, uploads } = ingestion;
	const ownData = createOwnData({
		...{ database, memberships, platforms, store, running, shelfChanges, uploads },
		...{ inbox: inbox.inbox, publisher: live.publisher, jobs: jobs.jobs, pacers, clock, logger },
	});
	const orders = createOrders({
		...{ database, models, defaultModel, platforms, pacers, language, clock, values: cache, mayBroadcast },
		...{ mayPull: settings.models.mayPull, jobs: jobs.jobs },
	});
	const registry = createJobRegistry([
		...orders.jobDefinitions,
		...jobs.ownJobs,
		...inbox.jobDefinitions,
		...conversation.jobDefinitions,
		...ingestion.jobDefinitions,
		...digests.jobDefinitions,
		...connectors.jobDefinitions,
		...evaluation.jobDefinitions,
		...ownData.jobDefinitions,
	]);
	const rules = createRuleBook({ database, signals: cache, clock });
	const commands = createCommanding({
		...{ build, database, store, running, models, cache, limits, choices, links, rules, admins, audit, onLostAccess },
		...{ passages, companyData, ...orders.operations },
		...{ jobs: jobs.jobs, deadLetters: jobs.deadLetters(registry) },
		...{ ingestion: ingestion.operations, vectors: ingestion.vectorOperations, files: ingestion.channelFiles },
		...{ shelf: documents.shelf, uses: documents.uses, shelfChanges, backfills: ingestion.backfills },
		...{ digests: digests.operations, accounts: web?.accountOrders ?? null, evaluations: evaluation.operations },
		health: async () => (await readReadiness({ database, databaseProblem: null, cache, models, platforms: [...platforms.values()] })).parts,
		web: web?.door ?? null,
		readableCharacters,
		...{ history: ownData.history, ownRequests: ownData.requests, memberships, pacers, timeZone, clock },
		...{ connectors: connectors.connectors, queryLog: connectors.log, connectorOperations: connectors.operations },
	});
	const events = createEvents({
		...{ platforms, identities, memberships, store, running, commands, passages, pacers, limits, inbox, rules },
		...orders.operations,
		...{ language, timeZone, clock },
		turns: conversation.turns,
		companyData,
		rowLinks: web?.rowLinks ?? null,
		offers: ingestion.offers,
		...{ ownRequests: ownData.requests, database },
		modelFor: choices.standard,
		observer: observability.events,
	});
	ingestion.follow(events.subscriptions);
	const jobWorker = jobs.createWorker({
		...{ registry, clock, leaseMs, isAlone },
		onEnd: observability.jobs,
		onStoreError: storeOutage.failed,
		onStoreWorked: storeOutage.worked,
	});

	return {
		database,
		accept: events.accept,
		typing: events.typing,
		web:
			web &&
			createApiServices({
				...{ ...web, webAccounts, database, platforms, pacers, memberships, passages, store, running, choices, models, limits, links },
				...{ readableCharacters, uses: documents.uses, companyData, removals: ownData.removals, uploads, knowledge: settings.knowledge },
				...{ accept: events.accept, programs: conversation.programs, commands, timeZone, ...orders.operations },
				live: { ...live, mustPoll: () => !isAlone && cache.mode() !== 'shared', busy: inbox.busy },
			}),
		takeProfile: createProfileSink({ identities, memberships, onLostAccess, publisher: live.publisher }),
		gauges: () => ({ inbox: inbox.inbox, jobs: jobs.jobs, runningTurns: running.count() }),
		async start({ chat, jobs: doesJobs }) {
			if (chat) {
				await Promise.all([running.listen(), memberships.listen(), rules.listen()]);
				events.worker.start();
			}
			if (doesJobs) jobWorker.start();
		},
		async stop(graceMs) {
			await Promise.all([events.worker.stop(graceMs), conversation.programs.rest(graceMs), jobWorker.stop()]);
		},
		async close() {
			await jobs.close();
			await database.close();
		},
	};
}

interface ProfileSinkDependencies {
	identities: Pick<Identities, 'take'>;
	memberships: Pick<Memberships, 'forget'>;
	onLostAccess: (userId: string) => Promise<void>;
	publisher: Pick<Live['publisher'], 'tellPerson'>;
}

/** Whoever lost access is not answered any further either, and reads along nowhere as before. */
function createProfileSink({ identities, memberships, onLostAccess, publisher }: ProfileSinkDependencies): ProfileSink {
	return async (platform, profile) => {
		const userId = await identities.take(platform, profile);
		if (userId === null) return;
		await Promise.all([
			memberships.forget({ platform, accountId: profile.accountId }),
			onLostAccess(userId),
			publisher.tellPerson(userId, { kind: 'sessions' }),
		]);
	};
}
