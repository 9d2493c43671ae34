/** The room of documents over a database, a platform and a file store of its own; its jobs run when the test says so. */

import { createHash } from 'node:crypto';
import { type Clock, systemClock } from '#src/clock.ts';
import { BotError, toBotError } from '#src/errors.ts';
import { createSubscriptions } from '#src/events/subscriptions.ts';
import type { Person } from '#src/identity/person.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { createIngestion, type IngestionDependencies } from '#src/knowledge/create-ingestion.ts';
import { createKnowledge } from '#src/knowledge/create-knowledge.ts';
import type { BackfillAnswer } from '#src/knowledge/ingest/backfills.ts';
import type { ChannelFiles } from '#src/knowledge/ingest/channel-files.ts';
import type { FileReason } from '#src/knowledge/ingest/file-reason.ts';
import type { IngestOperations } from '#src/knowledge/ingest/ingest-operations.ts';
import type { Offered } from '#src/knowledge/ingest/offer-files.ts';
import type { ReadOutcome } from '#src/knowledge/reader/read-document.ts';
import type { Shelf } from '#src/knowledge/shelf/shelf.ts';
import type { ShelfChanges } from '#src/knowledge/shelf/shelf-changes.ts';
import type { VectorOperations } from '#src/knowledge/vectors/vector-operations.ts';
import { silentLogger } from '#src/log.ts';
import type { Attachment, FilesOffered } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared, PlaceEvent } from '#src/platform/place-event.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { createUser, giveAccount, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeFileStore, type FakeFileStore } from '#test/fakes/file-store.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createFakeMembers } from '#test/fakes/members.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { noVectors, type VectorModels } from '#test/fakes/vectors.ts';

/** What a file is on the platform: its bytes, or how fetching it fails. */
export type Content = string | AsyncIterable<Uint8Array> | BotError;

export interface Shared {
	name?: string;
	content?: Content;
	channelId?: string;
	kind?: Place['kind'];
	/** Of the place. */
	route?: string;
	messageId?: string;
	fileId?: string;
	sizeBytes?: number;
	mediaType?: string;
	/** Seconds after the first moment. */
	at?: number;
}

interface Presser {
	accountId?: string;
	role?: Person['role'];
}

export interface IngestScene {
	platform: FakePlatform;
	files: FakeFileStore;
	/** Of `users`: who shares. */
	userId: string;
	/** What became of files, in order. */
	outcomes: (FileReason | 'indexed')[];
	/** What became of those that were asked for by night, in order. */
	reconciled: ('there' | 'gone' | 'unknown')[];
	/** Hands the event to the room. */
	happen(event: PlaceEvent): Promise<void>;
	channelFiles: ChannelFiles;
	/** Somebody chooses in a message's menu that its file be taken; Ana, a member of staff, when not given. */
	offer(event: FileShared, by?: Presser): Promise<Offered>;
	shelf: Shelf;
	shelfChanges: ShelfChanges;
	operations: IngestOperations;
	/** Null on a database that keeps no vectors. */
	vectorOperations: VectorOperations | null;
	/** Ana orders that what was shared in channel C1 before be taken, and that this end. */
	readPast(since?: string): Promise<BackfillAnswer>;
	stopReading(): Promise<boolean>;
	share(shared?: Shared): Promise<FileShared>;
	/** Shared while the bot was not there: nobody tells of it. */
	before(shared?: Shared): Promise<FileShared>;
	/** Runs all jobs that wait, and those that they leave, until none does. What fails is tried again, up to three times. */
	work(): Promise<void>;
	/** The same, all that wait at once. */
	workTogether(): Promise<void>;
	/** Somebody takes away every job that waits. */
	loseJobs(): void;
	/** The file has other bytes from now on. */
	rewrite(event: FileShared, content: Content): void;
	/** A job that runs by itself. */
	runNow(name: string): Promise<void>;
	/** Whether a question of theirs is compared with vectors. */
	isSearchedByVectors(): Promise<boolean>;
	/** The next call of this part does what it does, and then the process is dead. */
	dieAfter(stage: Stage): void;
	/** Does something once, when the program has got so far. */
	doAfter(stage: Stage, act: () => Promise<void>): void;
	/** How many tries of jobs have failed. */
	failures(): number;
	query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
	/** The texts of the bot's messages. */
	shown(): string[];
}

/** Parts of the program that have done their work when it dies. */
export type Stage = 'listed' | 'fetched' | 'stored' | 'read' | 'half indexed' | 'half embedded' | 'posted' | 'bytes removed';

export interface IngestSceneOptions {
	standing?: 'member' | 'guest';
	channels?: IngestionDependencies['channels'];
	/** That documents are taken from by themselves. */
	sources?: IngestionDependencies['sync']['sources'];
	/** In which nothing is waited for without a signal, when not given. */
	clock?: Clock;
	/** To buckets. */
	access?: IngestionDependencies['access'];
	/** Accounts that are not answered any more. */
	gone?: readonly string[];
	/** Account ids by channel. */
	readers?: Readonly<Record<string, readonly string[]>>;
	refusal?: 'uploadBytes' | 'uploadsPerDay';
	/** What reading gives by the file's name; a passage a line when not given. */
	read?: (name: string, text: string, isReleased?: boolean) => Partial<ReadOutcome>;
	/** No vectors when not given. */
	models?: VectorModels;
	/** That the settings name for vectors. */
	standardModel?: string | null;
}

interface WaitingJob {
	definition: JobDefinition;
	data: object;
	attempt: number;
}

const died = new BotError('CANCELLED', 'the process was killed', { retryable: true });
const pastPlace: Place = { platform: 'fake', tenantId: 'T1', channelId: 'C1', threadId: '', kind: 'channel' };
const firstMs = Date.parse('2026-11-30T09:00:00Z');

export async function openIngestScene({ database }: TestDatabase, options: IngestSceneOptions = {}): Promise<IngestScene> {
	const { standing = 'member', channels = 'on', refusal = null, models = noVectors, readers = {}, standardModel = 'fake:latest' } = options;
	const { userId, role } = await createUser(database);
	const identityId = await giveAccount(database, { userId, role });
	const contents = new Map<string, Content>();
	const files = createFakeFileStore();
	const platform = createFakePlatform();
	const outcomes: IngestScene['outcomes'] = [];
	const reconciled: IngestScene['reconciled'] = [];
	const waiting: WaitingJob[] = [];
	let next: { stage: Stage; act: () => Promise<void> } | null = null;
	const acting: Promise<void>[] = [];
	let failures = 0;

	/** Throws where the process dies. */
	async function reachedThen(stage: Stage): Promise<void> {
		reached(stage);
		await Promise.all(acting.splice(0));
	}

	function reached(stage: Stage): void {
		if (next?.stage !== stage) return;
		const { act } = next;
		next = null;
		acting.push(act());
	}

	platform.fetchFile = async function* ({ id }) {
		const content = contents.get(id) ?? new BotError('NOT_FOUND', 'no such file');
		if (content instanceof BotError) throw content;
		if (typeof content === 'string') yield Buffer.from(content);
		else yield* content;
		await reachedThen('fetched');
	};
	const { listFiles } = platform;
	platform.listFiles = async function (this: FakePlatform, ...given) {
		const page = await listFiles.apply(this, given);
		await reachedThen('listed');
		return page;
	};
	files.put = followed(files.put, () => reachedThen('stored'));
	files.remove = followed(files.remove, () => reachedThen('bytes removed'));
	const { post } = platform;
	platform.post = async function (this: FakePlatform, ...given) {
		const posted = await post.apply(this, given);
		await reachedThen('posted');
		return posted;
	};

	function leave(definition: JobDefinition, data: object): void {
		const keyOf = (job: { definition: JobDefinition; data: object }) => `${job.definition.name} ${job.definition.key?.(job.data)}`;
		const isThere = definition.key !== undefined && waiting.some((job) => keyOf(job) === keyOf({ definition, data }));
		if (!isThere) waiting.push({ definition, data: definition.data.parse(data), attempt: 1 });
	}
	async function tryJob({ definition, data, attempt }: WaitingJob): Promise<void> {
		try {
			await definition.run(data, createFakeJobContext({ attempt, progress: () => reached('half indexed') }));
			await Promise.all(acting.splice(0));
		} catch (thrown) {
			failures += 1;
			const { retryable } = toBotError(thrown);
			if (retryable && attempt < 3) waiting.push({ definition, data, attempt: attempt + 1 });
			else await definition.onLost?.(data);
		}
	}

	const jobs: Pick<Jobs, 'enqueue'> = {
		async enqueue(where, definition, data) {
			const then = () => leave(definition as unknown as JobDefinition, data);
			if ('afterCommit' in where) where.afterCommit(then);
			else then();
			return 'left';
		},
	};

	const resolve = async (): Promise<Person> => ({
		...{ userId, identityId, role, displayName: 'Ana', locale: 'en', standing, limits: {} },
	});
	const memberships = createFakeMembers({ readers, gone: options.gone ?? [] });
	const room = createIngestion({
		...{ database, files, jobs, channels, models, standardModel, pacers: unpaced, logger: silentLogger, language: 'en' as const },
		...{ sync: { sources: options.sources ?? [], everyMs: 60_000 }, access: options.access ?? null },
		platforms: new Map([['fake', platform]]),
		memberships,
		identities: { resolve },
		limits: { admitFile: async () => refusal, uploadBytes: () => 1_000, mayBeTold: async () => true },
		clock: options.clock ?? {
			now: () => Date.now(),
			wait: (_durationMs, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', reject)),
		},
		observer: {
			stage: () => {},
			indexed: () => void outcomes.push('indexed'),
			declined: (reason) => void outcomes.push(reason),
			embedded: () => reached('half embedded'),
			reconciled: (outcome) => void reconciled.push(outcome),
		},
		async read({ name, bytes, isReleased }) {
			const text = Buffer.from(bytes).toString();
			const chunks = text.split('\n').map((line) => ({ text: line, context: name, page: null }));
			const outcome = { status: 'ok', chunks, durationMs: 1, peakBytes: 1, ...options.read?.(name, text, isReleased) } as ReadOutcome;
			await reachedThen('read');
			return outcome;
		},
	});
	const people = { memberships, identities: memberships, platforms: new Map([['fake', platform]]) };
	const knowledge = createKnowledge({ ...people, database, models, clock: systemClock, logger: silentLogger, standard: 'prefer' });
	const subscriptions = createSubscriptions();
	room.follow(subscriptions);

	async function happen(event: PlaceEvent): Promise<void> {
		await subscriptions.handle(event, new AbortController().signal);
	}

	function lay({ content = 'The office opens at nine.', ...shared }: Shared): FileShared {
		const event = sharedEvent(shared);
		contents.set(event.file.id, content);
		return event;
	}

	async function offer(shared: FileShared, { accountId = 'ana', role: presserRole = role } = {} as Presser) {
		const person = { ...(await resolve()), role: presserRole };
		return await room.offers.offer({ platform, person, event: offeredEvent(shared, accountId) }, new AbortController().signal);
	}

	return {
		...{
			platform,
			files,
			userId,
			outcomes,
			reconciled,
			happen,
			channelFiles: room.channelFiles,
			offer,
			shelfChanges: room.shelfChanges,
			operations: room.operations,
			vectorOperations: room.vectorOperations,
			shelf: knowledge.shelf,
		},
		readPast: (since) => {
			const ordered = { platform, asker: { userId, role }, account: { tenantId: 'T1', accountId: 'ana' }, place: pastPlace };
			return room.backfills.begin({ ...ordered, since: since ?? null }, new AbortController().signal);
		},
		stopReading: () => room.backfills.stop(pastPlace),
		before: async (shared = {}) => lay(shared),
		async share(shared = {}) {
			const event = lay(shared);
			await happen(event);
			return event;
		},
		async work() {
			for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await tryJob(job);
		},
		async workTogether() {
			while (waiting.length > 0) await Promise.all(waiting.splice(0).map(tryJob));
		},
		loseJobs: () => void waiting.splice(0),
		rewrite: ({ file }, content) => void contents.set(file.id, content),
		async runNow(name) {
			await room.jobDefinitions.find((definition) => definition.name === name)?.run({}, createFakeJobContext());
		},
		async isSearchedByVectors() {
			const request = { question: 'line', scope: { channelIds: [], withCompany: false }, wanted: 1 };
			const { isByWordsAlone } = await knowledge.knowledge.search({ userId, role }, request, new AbortController().signal);
			return !isByWordsAlone;
		},
		dieAfter(stage) {
			next = {
				stage,
				act: () => {
					throw died;
				},
			};
		},
		doAfter(stage, act) {
			next = { stage, act };
		},
		failures: () => failures,
		query: (sql, parameters) => database.queryAsLibrarian(sql, parameters),
		shown: () => platform.visible().map(({ text }) => text),
	};
}

function sharedEvent({ name = 'plan.txt', messageId = '100', at = 0, route, ...rest }: Shared): FileShared {
	const { channelId = 'D1', kind = 'direct', mediaType = 'text/plain', sizeBytes = null } = rest;
	const { fileId = `F${createHash('sha256').update(`${messageId} ${name}`).digest('hex').slice(0, 8)}` } = rest;
	const way = route === undefined ? {} : { route };
	const place: Place = { platform: 'fake', tenantId: 'T1', channelId, threadId: messageId, kind, ...way };
	const file: Attachment = { id: fileId, name, mediaType, sizeBytes, source: `secret-address-of-${fileId}` };
	return {
		...{ type: 'file-shared', key: `${channelId} ${messageId} ${fileId}`, platform: 'fake', tenantId: 'T1', place, messageId, file },
		sharedBy: { tenantId: 'T1', accountId: 'ana' },
		occurredAt: new Date(firstMs + at * 1_000).toISOString(),
	};
}

function offeredEvent({ place, messageId, sharedBy, occurredAt, file, ...base }: FileShared, accountId: string): FilesOffered {
	return {
		...{ ...base, type: 'files-offered', place, messageId, sharedBy, sharedAt: occurredAt, occurredAt, files: [file] },
		actor: { tenantId: 'T1', accountId },
	};
}

/** What it does, and then something else. */
function followed<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>, then: () => Promise<void>) {
	return async (...given: Given): Promise<Result> => {
		const result = await call(...given);
		await then();
		return result;
	};
}
