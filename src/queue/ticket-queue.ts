/** The queue for model slots as one process uses it: what it asks for, what it is told, and what it knows of its hosts. */

import type { HostLoad, HostView, QueueState, QueueView, SlotUse, TicketEntry, TicketRefusal } from './ticket-book.ts';

/** What a waiting or running turn is told, each possibly before `enter` has returned. */
export interface TicketListener {
	/** It may be sent to this host now. At most once. */
	granted(host: string): void;
	/** It will not be served. Never after `granted`. */
	refused(reason: TicketRefusal): void;
	/** While it waits; also when nothing changed. `position` counts from 1. */
	placed(place: { position: number; meanHoldMs: number | null; isPaused: boolean }): void;
	/** Only before `started`: the host takes fewer requests than were sent, and this one should come back later. */
	recalled(): void;
}

/** One turn, from the wait to the end of the answer. Nothing here rejects. */
export interface Ticket {
	/** The first token came. */
	started(): Promise<HostLoad>;
	/** Gives up the place or the slot. Without `use` nothing is charged. */
	leave(use?: SlotUse): Promise<HostLoad>;
}

export interface TicketServing {
	/** The hosts that this process can use, as it sees them now. */
	hosts: () => readonly HostView[];
	/** The most entries that wait for one model, over all processes. */
	queueLimit: number;
	/** The processes learned together how many requests a host takes. */
	onLearned: (host: string, slots: number) => void;
}

/** `shared`: Redis. `local`: memory by choice. `degraded`: Redis is configured but away, so this process has a queue of its own. */
export type QueueMode = 'shared' | 'local' | 'degraded';

export type QueueReport = QueueView & { mode: QueueMode };

export interface TicketQueue {
	/** Begins to take part. Call once, before anything else. */
	serve(serving: TicketServing): void;
	enter(request: Omit<TicketEntry, 'id'>, listener: TicketListener): Ticket;
	/** What `hosts` gives may have changed. */
	hostsChanged(): void;
	/** Zero and null when nothing can be known. */
	load(host: string): Promise<HostLoad>;
	learn(host: string, slots: number): void;
	/** Of all processes; of this one while Redis is away. */
	view(): Promise<QueueReport>;
	setState(state: QueueState): Promise<void>;
	mode(): QueueMode;
	/** Gives back everything that this process has in the queue. */
	stop(): Promise<void>;
}
