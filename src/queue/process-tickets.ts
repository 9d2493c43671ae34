/** The turns of this process, whatever book they stand in: what is to be written into a book, and what a book says about them. */

import type { Beat, Places, Presence, TicketEntry, TicketMessage } from './ticket-book.ts';
import type { TicketListener } from './ticket-queue.ts';

export interface OwnTicket {
	readonly entry: TicketEntry;
	readonly listener: TicketListener;
	readonly enteredAtMs: number;
	/** Null while it waits. */
	host: string | null;
	hasStarted: boolean;
	/** The book had it waiting while it ran: true once in a while because messages cross, wrong the second time. */
	isDoubtful: boolean;
	/** What the book said last. */
	place: { position: number; offset: number } | null;
}

export interface ProcessTickets {
	add(entry: TicketEntry, listener: TicketListener, nowMs: number): OwnTicket;
	delete(id: string): void;
	has(id: string): boolean;
	ids(): string[];
	hasWaiting(): boolean;
	/** Turns for a book that does not have them, those who wait in their order. */
	presence(nowMs: number): Pick<Presence, 'waiting' | 'running'>;
	/** Passes a message on. False when it is about a turn that is not here (any more), and that the book should forget. */
	hear(message: Extract<TicketMessage, { id: string }>): boolean;
	place(places: Places): void;
	/** Makes up for messages that were lost. False when the book lacks some of the turns in `ids`, which it had been told of. */
	compare(beat: Beat, ids: readonly string[]): boolean;
}

export function createProcessTickets(): ProcessTickets {
	const turns = new Map<string, OwnTicket>();

	return {
		add(entry, listener, nowMs) {
			const turn: OwnTicket = { entry, listener, enteredAtMs: nowMs, host: null, hasStarted: false, isDoubtful: false, place: null };
			turns.set(entry.id, turn);
			return turn;
		},
		delete: (id) => void turns.delete(id),
		has: (id) => turns.has(id),
		ids: () => [...turns.keys()],
		hasWaiting: () => [...turns.values()].some(({ host }) => host === null),
		presence(nowMs) {
			const all = [...turns.values()];
			const position = ({ place }: OwnTicket) => place?.position ?? Number.MAX_SAFE_INTEGER;
			const waiting = all.filter(({ host }) => host === null).toSorted((one, other) => position(one) - position(other));
			return {
				waiting: waiting.map(({ entry, place, enteredAtMs }) => ({
					...entry,
					offset: place?.offset ?? null,
					waitedMs: Math.max(0, nowMs - enteredAtMs),
				})),
				running: all.flatMap(({ entry: { id, model, userId, priority }, host, hasStarted }) =>
					host === null ? [] : [{ id, model, userId, priority, host, hasStarted }],
				),
			};
		},
		hear(message) {
			const turn = turns.get(message.id);
			if (turn === undefined) return false;
			if (message.type === 'granted') grant(turn, message.host);
			if (message.type === 'recalled' && !turn.hasStarted) turn.listener.recalled();
			if (message.type !== 'refused' || turn.host !== null) return true;
			turns.delete(message.id);
			turn.listener.refused(message.reason);
			return false;
		},
		place({ places, meanHoldMs, state }) {
			for (const [id, place] of places) {
				const turn = turns.get(id);
				if (turn === undefined || turn.host !== null) continue;
				turn.place = place;
				const mean = meanHoldMs.get(turn.entry.model) ?? null;
				turn.listener.placed({ position: place.position, meanHoldMs: mean, isPaused: state === 'paused' });
			}
		},
		compare: (beat, ids) =>
			ids
				.map((id) => {
					const turn = turns.get(id);
					const seen = beat.turns.get(id);
					return turn === undefined || (seen !== undefined && agrees(turn, seen));
				})
				.every(Boolean),
	};
}

function grant(turn: OwnTicket, host: string): void {
	// Never twice, whatever is said how often.
	if (turn.host !== null) return;
	turn.host = host;
	turn.listener.granted(host);
}

function agrees(turn: OwnTicket, seen: { host: string | null; isRecalled: boolean }): boolean {
	if (seen.isRecalled && !turn.hasStarted) turn.listener.recalled();
	const wasDoubtful = turn.isDoubtful;
	turn.isDoubtful = turn.host !== null && seen.host === null;
	if (seen.host === null) return !(wasDoubtful && turn.isDoubtful);
	grant(turn, seen.host);
	return turn.host === seen.host;
}
