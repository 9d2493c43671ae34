/** What tests of the API begin with: a database, a chat platform with people on it, and browsers that some of them are signed in with. */

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { createAdministration } from '#src/administration/administration.ts';
import { createChannelOrders } from '#src/administration/channel-orders.ts';
import type { Pulls } from '#src/administration/pull-book.ts';
import { addApi } from '#src/api/create-api.ts';
import { createApiServices } from '#src/api/create-services.ts';
import { returnPath } from '#src/api/openid-routes.ts';
import type { ApiServices } from '#src/api/services.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createModelChoices } from '#src/choices/model-choices.ts';
import { systemClock } from '#src/clock.ts';
import { createCommands } from '#src/commands/commands.ts';
import type { CommandServices } from '#src/commands/services.ts';
import type { StopRequest } from '#src/conversation/running-turns.ts';
import type { Database } from '#src/database/database.ts';
import { BotError } from '#src/errors.ts';
import { createPassages } from '#src/history/passages.ts';
import { createPrivateNotices } from '#src/history/private-notices.ts';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import { createBoundedServer } from '#src/http/bounded-server.ts';
import { createIdentity } from '#src/identity/create-identity.ts';
import type { Identities } from '#src/identity/identity.ts';
import type { Links } from '#src/identity/links.ts';
import type { Person } from '#src/identity/person.ts';
import type { WebAccounts, WebTenants } from '#src/identity/web-accounts.ts';
import { createBusyConversations } from '#src/inbox/busy-conversations.ts';
import { createInbox, type Inbox } from '#src/inbox/inbox.ts';
import { createKnowledge } from '#src/knowledge/create-knowledge.ts';
import { createUploadStore } from '#src/knowledge/uploads/upload-store.ts';
import { openLimits } from '#src/limits/open-limits.ts';
import { createLiveFollower } from '#src/live/live-follower.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import { silentLogger } from '#src/log.ts';
import type { HostInventory } from '#src/models/model-operations.ts';
import { createOwnData } from '#src/own-data/create-own-data.ts';
import { conversationKey, type Place } from '#src/platform/place.ts';
import { isPlaceEvent } from '#src/platform/place-event.ts';
import { createRuleBook } from '#src/rules/rule-book.ts';
import { createSessions, type SessionsRoom } from '#src/sessions/create-sessions.ts';
import type { OpenIdProvider } from '#src/sessions/openid-provider.ts';
import { noBooks } from '#test/administration/company.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { createFakeCompanyData } from '#test/fakes/company-data.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { createWebAdapter } from '../../adapters/web/index.ts';

/** What a world of its own has otherwise than most. */
export interface ApiWorldOptions {
	publicUrl?: string;
	/** Answers programs; nobody does when not given. */
	programs?: ApiServices['programs'];
	providers?: readonly OpenIdProvider[];
	webTenants?: WebTenants;
	hasPasswords?: boolean;
}

const nobodyAnswers: ApiServices['programs'] = {
	answer() {
		throw new BotError('INTERNAL', 'this world answers no programs');
	},
};

type Headers = Record<string, string | undefined>;

export interface Answered {
	status: number;
	body: never;
	headers: Record<string, string | string[] | number | undefined>;
	text: string;
}

/** A browser, with what it keeps. */
export interface Visitor {
	person: Person;
	/** As it sends them. */
	cookies: Map<string, string>;
	/** A header that is undefined is not sent. */
	call(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answered>;
}

export class ApiWorld {
	readonly platform: FakePlatform = createFakePlatform();
	readonly stopped: StopRequest[] = [];
	readonly room: SessionsRoom;
	readonly services: ApiServices;
	readonly inbox: Inbox;
	readonly links: Links;
	readonly server: FastifyInstance;
	readonly limits = openLimits({
		redisUrl: null,
		standard: { requestsPerMinute: 20, tokensPerDay: 500_000, repliesInFlight: 10 },
		observeRefusal: () => {},
	});
	/** The bytes of what people give. */
	readonly files = createFakeFileStore();
	/** The company's databases. */
	readonly companyData = createFakeCompanyData();
	/** What the model hosts have, and what is being installed there. */
	hosts: HostInventory[] = [];
	pulls: Pulls = { running: [], lastEnded: null };
	/** For how long the clock is ahead of the real one. */
	aheadMs = 0;
	readonly cache = createMemoryCache();
	/** What the bot tells pages. */
	readonly live = createLivePublisher({ cache: this.cache, clock: systemClock });
	/** Other processes write, and cannot be heard. */
	isDeaf = false;
	/** False: the database is away. */
	isOpen = true;
	readonly #database: Database;
	readonly #identities: Identities;
	readonly #nobody = new AbortController().signal;

	readonly #host: string;

	constructor(
		database: Database,
		trustedProxies: readonly string[] = [],
		{
			publicUrl = 'https://bot.example.com',
			programs = nobodyAnswers,
			providers = [],
			webTenants = new Map(),
			hasPasswords = false,
		}: ApiWorldOptions = {},
	) {
		this.#host = new URL(publicUrl).host;
		this.#database = database;
		const { platform, limits } = this;
		const uploads = createUploadStore({ database, files: this.files, limits });
		const accounts: Pick<WebAccounts, 'profileOf'> = { profileOf: (actor) => this.services.webAccounts.profileOf(actor) };
		const web = createWebAdapter({ live: this.live, notices: createPrivateNotices(database), uploads, accounts });
		const platforms = new Map([platform, web].map((each) => [each.name, each]));
		const clock = { now: () => Date.now() + this.aheadMs, wait: async () => {} };
		const signals = { publish: async () => {}, subscribe: async () => async () => {} };
		const { identities, memberships, links, webAccounts } = createIdentity({
			...{ database, clock, pacers: unpaced, limits, signals, admins: [], webTenants },
		});
		this.#identities = identities;
		this.links = links;
		const requests = limits.requests;
		this.room = createSessions({
			database,
			identities,
			webAccounts,
			hasPasswords,
			platforms,
			requests,
			publicUrl,
			limits: { idleHours: 12, mostDays: 7 },
			clock,
			providers,
			returnPath,
		});
		const store = createConversationStore(database, this.live);
		const models = createFakeModelPool();
		const knowledge = createKnowledge({
			...{ database, identities, memberships, platforms, models, logger: silentLogger },
			...{ clock: systemClock, standard: 'prefer' as const },
		});
		const inbox = createInbox({ database, processId: 'one', leaseMs: 15_000 });
		this.inbox = inbox;
		const running = { stop: async (request: StopRequest) => this.stopped.push(request) };
		const shelfChanges = { forget: async () => null };
		const { removals } = createOwnData({
			...{ database, memberships, platforms, store, running, inbox, uploads, shelfChanges, publisher: this.live },
			...{ jobs: { enqueue: async () => null }, pacers: unpaced, clock, logger: silentLogger },
		});
		this.services = createApiServices({
			...{
				...this.room,
				webAccounts,
				database,
				platforms,
				memberships,
				store,
				running,
				models,
				limits,
				links,
				uploads,
				removals,
				programs,
			},
			...{ readableCharacters: 10_000, timeZone: 'UTC', pacers: unpaced, knowledge: { channels: 'off', use: 'prefer' } },
			commands: commandsOver({ database, models, platforms: ['fake'], store, uses: knowledge.uses, limits }),
			modelOrders: { mayPull: true, installed: async () => this.hosts, pulls: async () => this.pulls },
			passages: createPassages(database, knowledge.chunks),
			companyData: this.companyData,
			choices: createModelChoices({ database, store, models, limits }),
			uses: knowledge.uses,
			live: {
				publisher: this.live,
				follower: createLiveFollower({ cache: this.cache, clock: systemClock }),
				mustPoll: () => this.isDeaf,
				busy: createBusyConversations({ database, clock: systemClock }),
			},
			accept: async (event) => void (await inbox.accept(event, isPlaceEvent(event) ? null : conversationKey(event.place))),
		});
		this.server = createBoundedServer();
		addApi(this.server, {
			...{
				publicUrl,
				trustedProxies,
				requests,
				mostDays: 7,
				language: 'en',
				version: '1.2.3',
				logger: silentLogger,
				clock: systemClock,
				now: () => Date.now() + this.aheadMs,
			},
			readiness: async () => ({ ready: false, parts: { database: { state: 'up' }, models: { state: 'down', reason: 'start Ollama' } } }),
			services: () => {
				if (!this.isOpen) throw new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
				return this.services;
			},
		});
	}

	async close(): Promise<void> {
		await this.server.close();
		await this.limits.close();
	}

	/** Somebody whom the bot has met in the chat. */
	async meet(accountId: string = `U${randomUUID()}`): Promise<Person> {
		const place: Place = { platform: this.platform.name, tenantId: 'T', channelId: `D${accountId}`, threadId: '', kind: 'direct' };
		return await this.#identities.resolve(this.platform, { tenantId: 'T', accountId }, { place }, this.#nobody);
	}

	/** What the bot says to the one person of a place on the web. */
	async tellAlone(place: Place, text: string): Promise<void> {
		const account = { tenantId: 'T', accountId: place.channelId };
		await this.services.platforms.get('web')?.sendPrivately(place, account, [text], undefined, this.#nobody);
	}

	/** A browser in which nobody is signed in. */
	visit(person: Person = nobody): Visitor {
		const cookies = new Map<string, string>();
		return { person, cookies, call: (method, path, body, headers = {}) => this.#send(cookies, method, path, body, headers) };
	}

	async signIn(accountId?: string): Promise<Visitor> {
		const visitor = this.visit(await this.meet(accountId));
		const secret = await this.room.signIn.issueLink(visitor.person);
		await visitor.call('POST', '/sign-in/link', { secret });
		return visitor;
	}

	async registrar<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
		return await this.#database.queryAsRegistrar<Row>(sql, parameters);
	}

	async #send(cookies: Map<string, string>, method: string, path: string, body: unknown, headers: Headers): Promise<Answered> {
		const isRaw = typeof body === 'string' || body instanceof Uint8Array;
		const sent = {
			host: this.#host,
			'sec-fetch-site': 'same-origin',
			cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
			...(body === undefined ? {} : { 'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }),
			...headers,
		};
		const response = await this.server.inject({
			method: method as NonNullable<InjectOptions['method']>,
			url: path.startsWith('/api') ? path : `/api/v1${path}`,
			headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
			...(body === undefined ? {} : { payload: isRaw ? (body as string | Buffer) : JSON.stringify(body) }),
		});
		for (const { name, value, maxAge } of response.cookies) {
			if (maxAge === 0) cookies.delete(name);
			else cookies.set(name, value);
		}
		const isJson = response.headers['content-type']?.toString().startsWith('application/json') ?? false;
		const { statusCode: status, payload: text } = response;
		return { status, text, headers: response.headers, body: (isJson ? JSON.parse(text) : null) as never };
	}
}

interface CommandWorld extends Pick<CommandServices, 'models' | 'uses'> {
	database: Database;
	platforms: readonly string[];
	store: ConversationStore;
	limits: ApiWorld['limits'];
}

/** Those of administrators that need nothing but the database and the models, and those of channels. */
function commandsOver({ database, platforms, store, models, uses, limits }: CommandWorld): ApiServices['commands'] {
	const administration = createAdministration({ database, ...noBooks, platforms, isListed: () => false, onLostAccess: async () => {} });
	const rules = createRuleBook({ database, signals: createMemoryCache(), clock: systemClock });
	const backfills = { begin: async () => 'elsewhere' as const, stop: async () => false };
	const services: Partial<CommandServices> = {
		...{ administration, models, rules, uses },
		channelOrders: createChannelOrders({ database, store, backfills, rules }),
		choices: createModelChoices({ database, store, models, limits }),
		files: { standing: async () => ({ ingestion: 'off', asked: 0 }), take: async () => 0, leave: async () => 0 },
	};
	return createCommands(services as CommandServices);
}

const nobody: Person = { userId: '', identityId: '', role: 'ccb_guest', displayName: '', locale: null, standing: 'guest', limits: {} };
