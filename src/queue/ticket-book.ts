/** The port to the book of turns: who waits for a slot on which hosts, who holds one, and whose turn is next. Redis, or this process's memory. */

/** A person is waiting (`interactive`), or nobody is: `background` is served when no person waits. */
export type TicketPriority = 'interactive' | 'background';

/** `paused` grants nothing. `draining` takes nothing new and serves those who wait. */
export type QueueState = 'open' | 'paused' | 'draining';

export type TicketRefusal = 'queue-full' | 'in-flight' | 'draining';

export interface TicketEntry {
	/** Begins with the id of its process and a slash; never used again. */
	id: string;
	/** Which model it waits for, under one name for all processes, without blanks. */
	model: string;
	userId: string;
	priority: TicketPriority;
	/** It had its turn and lost it: it goes before everybody of its priority, is not charged again, and no limit refuses it. */
	isFirst: boolean;
	conversationId: string;
	excludedHosts: readonly string[];
	/** More entries of this user than this, waiting or running, are refused. */
	inFlightLimit?: number;
}

/**
 * One model on one host as one process sees it. What it cannot use is left out. `host` names both together, without blanks: slots are
 * counted for each model on each host, and wherever this port speaks of a host it means such a one.
 */
export interface HostView {
	host: string;
	model: string;
	/** Keeps failing: taken when there is no other. */
	isSpared: boolean;
	isModelLoaded: boolean;
	slots: number;
	/** `slots` is only where learning starts: what the processes learned together counts. */
	isLearned: boolean;
}

/** Everything that one process has in the book, for a book that does not know it or knows better no more. */
export interface Presence {
	hosts: readonly HostView[];
	/** In the order in which they would be served. `offset` is the place relative to the one served last, null when it is not known. */
	waiting: readonly (TicketEntry & { offset: number | null; waitedMs: number })[];
	running: readonly (Pick<TicketEntry, 'id' | 'model' | 'userId' | 'priority'> & { host: string; hasStarted: boolean })[];
	/** See `enter`. */
	queueLimit: number;
	/** The state and numbers that this process knew last. They count where the book has none; the state counts anyway when it `isNewer`. */
	state: QueueState;
	isNewer: boolean;
	learned: ReadonlyMap<string, number>;
	meanHoldMs: MeanTimes;
}

/** By model, how long a complete answer holds a slot in the mean. Models without an answer so far are missing. */
export type MeanTimes = ReadonlyMap<string, number>;

export type TicketMessage =
	| { type: 'granted'; id: string; host: string }
	| { type: 'refused'; id: string; reason: TicketRefusal }
	/** The host turned out to take fewer requests than were sent, and this one only waits there. */
	| { type: 'recalled'; id: string }
	| { type: 'learned'; host: string; slots: number }
	/** The book does not know this process (any more): it has to register. */
	| { type: 'forgotten' }
	/** Positions may have changed. Only a book that can tell at once tells it. */
	| { type: 'moved' };

export interface Places {
	/** By entry. `position` counts from 1 over those who wait for the same model, of both priorities, and who only wait on its hosts already. */
	places: ReadonlyMap<string, { position: number; offset: number }>;
	meanHoldMs: MeanTimes;
	state: QueueState;
}

export interface HostLoad {
	/** Answers that stream from this host to any process, the one asked about included. */
	streaming: number;
	/** What the processes learned of the host, null when nothing yet. */
	slots: number | null;
}

/** How a turn used its slot. */
export interface SlotUse {
	/** Null when it is not to be charged, because it will come back. */
	heldMs: number | null;
	/** The answer came to its end: its time counts for the mean. */
	isComplete: boolean;
}

export interface Beat {
	/** This process's turns as the book has them; `host` is null while one waits. */
	turns: ReadonlyMap<string, { host: string | null; isRecalled: boolean }>;
	/** How many processes share the book. */
	processes: number;
	learned: ReadonlyMap<string, number>;
	state: QueueState;
}

export interface QueueView {
	state: QueueState;
	waiting: Record<TicketPriority, number>;
	/** Users with something waiting. */
	users: number;
	/** How long the oldest entry has waited, 0 when none waits. */
	oldestWaitMs: number;
	hosts: { host: string; model: string; running: number; slots: number }[];
}

/**
 * What one process does in the book. What follows for its own turns is heard, in order, before the answer of the call that caused it; what
 * follows for other processes they hear by themselves. Every method rejects with BotError `STORE_UNAVAILABLE` when the book is away, and
 * gives an empty answer when it has forgotten this process.
 */
export interface TicketBook {
	/** Puts `presence` in the place of whatever the book had of this process. */
	register(presence: Presence): Promise<void>;
	/** Says that this process lives, and compares notes. Whoever is not heard of for `LEASE_MS` is taken out by the others. */
	beat(): Promise<Beat>;
	setHosts(hosts: readonly HostView[]): Promise<void>;
	/** Adds an entry, which is granted or refused at once, or has a place in the answer. Of one model no more than `queueLimit` wait. */
	enter(entry: TicketEntry, queueLimit: number): Promise<Places>;
	/** The places of this process's waiting entries. */
	places(): Promise<Places>;
	/** The first token of a running turn came. The load is counted before it. */
	started(id: string): Promise<HostLoad>;
	/** A waiting or running turn is over. The load is counted before it left. */
	leave(id: string, use?: SlotUse): Promise<HostLoad>;
	load(host: string): Promise<HostLoad>;
	/** From what was learned: the host takes so many. Recalls the surplus, the latest first. */
	learn(host: string, slots: number): Promise<void>;
	setState(state: QueueState): Promise<void>;
	view(): Promise<QueueView>;
	/** Takes everything of this process out. */
	quit(): Promise<void>;
}
