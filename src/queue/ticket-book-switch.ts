/**
 * Which book the turns of this process stand in: Redis', or memory's while Redis is away. A change of book is nothing but writing everything
 * into the other one. Whatever could not be told to a book needs no second try: it is in what the next book is given.
 */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { RedisTicketBook } from './redis/redis-ticket-book.ts';
import type { HostView, MeanTimes, Presence, QueueState, TicketBook, TicketMessage } from './ticket-book.ts';
import type { QueueMode, TicketServing } from './ticket-queue.ts';

/** How often a Redis that is away is tried. */
const PROBE_EVERY_MS = 200;

type Hear = (message: TicketMessage) => void;

export interface TicketBookSwitchParts {
	/** Gives a new and empty book. */
	openMemory: (hear: Hear) => TicketBook;
	/** Null without Redis. `onDoubt`: messages may have been lost. */
	openRedis: ((hear: Hear, onDoubt: () => void) => RedisTicketBook) | null;
	/** What this process has waiting and running now. */
	turns: () => Pick<Presence, 'waiting' | 'running'>;
	/** Only from the book that is in use. */
	hear: Hear;
	onDoubt: () => void;
	clock: Clock;
	logger: Logger;
	/** Ends the attempts to reach Redis. */
	signal: AbortSignal;
}

export interface TicketBookSwitch {
	/** What the processes knew last, for a book that does not know it; written by whoever hears of it. */
	known: { processes: number; learned: Map<string, number>; meanHoldMs: MeanTimes; state: QueueState };
	serve(serving: TicketServing): void;
	/** The answer of the book, or `otherwise` when Redis went away over it: then memory has everything by now. */
	tell<T>(ask: (book: TicketBook) => Promise<T>, otherwise: T): Promise<T>;
	/** Writes everything into the book, in the place of what it has. */
	register(): Promise<void>;
	hostsChanged(): void;
	/** The state was set just now: a Redis that is away has an older one. */
	stateWasSet(): void;
	/** Changes whenever the book does. */
	current(): TicketBook;
	mode(): QueueMode;
	close(): void;
}

export function createTicketBookSwitch(parts: TicketBookSwitchParts): TicketBookSwitch {
	const { clock, logger, signal, hear } = parts;
	const known: TicketBookSwitch['known'] = { processes: 1, learned: new Map(), meanHoldMs: new Map(), state: 'open' };
	let isStateNewer = false;
	let serving: TicketServing | null = null;
	let toldHosts = '';
	let registeringIn: TicketBook | null = null;
	const redis = parts.openRedis?.((message) => book === redis && hear(message), parts.onDoubt) ?? null;
	let book = newMemory();

	function newMemory(): TicketBook {
		const memory: TicketBook = parts.openMemory((message) => book === memory && hear(message));
		return memory;
	}

	async function tell<T>(ask: (book: TicketBook) => Promise<T>, otherwise: T): Promise<T> {
		const told = book;
		try {
			return await ask(told);
		} catch (error) {
			if (!(error instanceof BotError && error.code === 'STORE_UNAVAILABLE')) throw error;
			// Of many calls that fail together the first one changes the book.
			if (told === redis && book === redis) fallBack(error);
			return otherwise;
		}
	}

	async function register(): Promise<void> {
		const told = book;
		// What is being registered has everything in it; who says otherwise meanwhile has not read it yet.
		if (serving === null || registeringIn === told) return;
		registeringIn = told;
		const hosts = hostsHere();
		toldHosts = JSON.stringify(hosts);
		const presence: Presence = {
			...parts.turns(),
			hosts,
			queueLimit: serving.queueLimit,
			state: known.state,
			isNewer: isStateNewer,
			learned: new Map([...known.learned].map(([host, slots]) => [host, share(slots)])),
			meanHoldMs: known.meanHoldMs,
		};
		const isDone = await tell((asked) => asked.register(presence).then(() => true), false);
		if (isDone && told === redis) isStateNewer = false;
		if (registeringIn === told) registeringIn = null;
	}

	/** Other processes go on using the hosts while Redis is away, each its part. */
	function share(slots: number): number {
		return book === redis ? slots : Math.max(1, Math.floor(slots / known.processes));
	}

	function hostsHere(): HostView[] {
		return serving === null ? [] : serving.hosts().map((view) => ({ ...view, slots: share(view.slots) }));
	}

	async function connect(shared: RedisTicketBook): Promise<void> {
		try {
			await shared.connect();
			goBack(shared);
		} catch (error) {
			fallBack(error);
		}
	}

	function fallBack(error: unknown): void {
		if (signal.aborted || redis === null) return;
		const fields = { reason: error instanceof BotError ? error.reason : undefined, processes: known.processes };
		logger.warn(fields, 'the queue for the model is one of this process alone, with its part of the slots, until Redis is back');
		book = newMemory();
		void register();
		void probeUntilBack(redis);
	}

	async function probeUntilBack(shared: RedisTicketBook): Promise<void> {
		while (book !== shared && !signal.aborted) {
			try {
				await clock.wait(PROBE_EVERY_MS, signal);
				await shared.probe();
				goBack(shared);
			} catch {
				// Still away, which was said when it went; or stopped, which ends the loop.
			}
		}
	}

	/** From here on everything is told to Redis, in its order; the first command says what there is. */
	function goBack(shared: RedisTicketBook): void {
		if (signal.aborted) return;
		book = shared;
		logger.info({}, 'the queue for the model is in Redis, shared by all processes');
		void register();
		parts.onDoubt();
	}

	return {
		known,
		serve(given) {
			serving = given;
			void register();
			if (redis !== null) void connect(redis);
		},
		tell,
		register,
		hostsChanged() {
			const hosts = hostsHere();
			if (serving === null || toldHosts === JSON.stringify(hosts)) return;
			toldHosts = JSON.stringify(hosts);
			void tell((told) => told.setHosts(hosts), undefined);
		},
		stateWasSet() {
			isStateNewer = redis !== null && book !== redis;
		},
		current: () => book,
		mode() {
			if (redis === null) return 'local';
			return book === redis ? 'shared' : 'degraded';
		},
		close: () => redis?.close(),
	};
}
