/** The turns of all processes in memory: who waits, who runs, and what follows from each change. `turn-script.ts` says the same in Lua. */

import type {
	HostLoad,
	Places,
	Presence,
	QueueState,
	QueueView,
	SlotUse,
	TicketEntry,
	TicketMessage,
	TicketRefusal,
} from '../ticket-book.ts';
import { costCorrection, newMean, SCANNED_ENTRIES } from '../ticket-rules.ts';
import { createTicketHosts, type TicketHosts } from './ticket-hosts.ts';
import type { Placed } from './ticket-line.ts';
import { createTicketLines } from './ticket-lines.ts';

interface WaitingTurn {
	entry: TicketEntry;
	placed: Placed;
	enteredAtMs: number;
	host: null;
}

interface RunningTurn {
	entry: Pick<TicketEntry, 'id' | 'model' | 'userId' | 'priority'>;
	host: string;
	paid: number | null;
	isRecalled: boolean;
}

export interface TicketLedger {
	readonly hosts: TicketHosts;
	state(): QueueState;
	setState(state: QueueState): void;
	/** Adds what one process brings along, and takes over the numbers that are not known here. */
	adopt(presence: Presence): void;
	/** Grants, refuses or keeps it. */
	enter(entry: TicketEntry, queueLimit: number): Places;
	places(processId: string): Places;
	turnsOf(processId: string): ReadonlyMap<string, { host: string | null; isRecalled: boolean }>;
	started(id: string): HostLoad;
	leave(id: string, use: SlotUse): HostLoad;
	learn(host: string, slots: number): void;
	/** Takes out everything of one process. */
	drop(processId: string): void;
	/** Grants whatever can be granted. */
	settle(): void;
	view(): QueueView;
}

const nothingKnown: HostLoad = { streaming: 0, slots: null };

export interface TicketLedgerParts {
	/** Milliseconds from any fixed moment. */
	now: () => number;
	/** The processes that count. */
	living: () => readonly string[];
	tell: (processId: string, message: TicketMessage) => void;
}

export function createTicketLedger({ now, living, tell }: TicketLedgerParts): TicketLedger {
	const turns = new Map<string, WaitingTurn | RunningTurn>();
	const lines = createTicketLines();
	const hosts = createTicketHosts(living);
	const inFlight = createCounts();
	const waiters = createCounts();
	let state: QueueState | null = null;
	const meanHoldMs = new Map<string, number>();
	let serial = 0;

	const tellOwner = (id: string, message: TicketMessage) => tell(ownerOf(id), message);
	const ownBy = (processId: string) => [...turns].filter(([id]) => ownerOf(id) === processId);
	const hasRoom = (model: string) => state !== 'paused' && hosts.isAnythingFree(model);

	function insert(entry: TicketEntry, offset: number | null, waitedMs: number): void {
		const { id, userId, isFirst } = entry;
		serial += 1;
		const placed = lines.of(entry).add({ id, userId, serial, isFirst }, offset, lines.aheadElsewhere(entry));
		turns.set(id, { entry, placed, enteredAtMs: now() - waitedMs, host: null });
		inFlight.add(userId, 1);
		waiters.add(userId, 1);
	}

	function remove(id: string, turn: WaitingTurn | RunningTurn): void {
		const { userId } = turn.entry;
		if (turn.host === null) {
			lines.of(turn.entry).withdraw(turn.placed);
			waiters.add(userId, -1);
		} else {
			hosts.release(turn.host, id);
		}
		inFlight.add(userId, -1);
		turns.delete(id);
	}

	/** False when no host is free for it. */
	function grant({ entry, placed }: WaitingTurn): boolean {
		const host = hosts.choose(ownerOf(entry.id), entry);
		if (host === null) return false;
		const paid = lines.of(entry).serve(placed);
		waiters.add(entry.userId, -1);
		turns.set(entry.id, { entry, host, paid, isRecalled: false });
		hosts.hold(host, entry.id, entry.conversationId);
		tellOwner(entry.id, { type: 'granted', id: entry.id, host });
		return true;
	}

	function* inOrder(model: string): Generator<WaitingTurn> {
		for (const { id } of lines.both(model).flatMap((line) => [...line.entries()])) {
			const turn = turns.get(id);
			if (turn?.host === null) yield turn;
		}
	}

	function settle(): void {
		for (const model of lines.models()) settleFor(model);
	}

	function settleFor(model: string): void {
		if (!hasRoom(model)) return;
		let skipped = 0;
		for (const turn of inOrder(model)) {
			if (!grant(turn)) skipped += 1;
			if (skipped >= SCANNED_ENTRIES || !hasRoom(model)) return;
		}
	}

	function refuseSurplus(model: string, limit: number): void {
		const [interactive, background] = lines.both(model);
		while (interactive.size() + background.size() > limit) {
			const last = background.last() ?? interactive.last();
			const turn = last && turns.get(last.id);
			if (turn === undefined) return;
			tellOwner(turn.entry.id, { type: 'refused', id: turn.entry.id, reason: 'queue-full' });
			remove(turn.entry.id, turn);
		}
	}

	function refusalOf({ isFirst, userId, inFlightLimit }: TicketEntry): TicketRefusal | null {
		if (isFirst) return null;
		if (inFlightLimit !== undefined && inFlight.of(userId) >= inFlightLimit) return 'in-flight';
		return state === 'draining' ? 'draining' : null;
	}

	/** Of one process. */
	function placesOf(ids: readonly string[]): Places {
		const places = new Map<string, { position: number; offset: number }>();
		for (const id of ids) {
			const turn = turns.get(id);
			if (turn?.host !== null) continue;
			const { model, priority } = turn.entry;
			const before = hosts.waitingOn(ownerOf(id), model) + (priority === 'background' ? lines.both(model)[0].size() : 0);
			const line = lines.of(turn.entry);
			places.set(id, { position: before + line.positionOf(turn.placed), offset: line.offsetOf(turn.placed) });
		}
		return { places, meanHoldMs: new Map(meanHoldMs), state: state ?? 'open' };
	}

	function charge({ entry, paid }: RunningTurn, heldMs: number, isComplete: boolean): void {
		const mean = meanHoldMs.get(entry.model) ?? 0;
		if (mean > 0) lines.of(entry).charge(entry.userId, costCorrection(heldMs, mean), paid);
		if (isComplete) meanHoldMs.set(entry.model, newMean(meanHoldMs.get(entry.model) ?? null, heldMs));
	}

	function adoptNumbers(presence: Presence): void {
		for (const [host, slots] of presence.learned) hosts.learnFirst(host, slots);
		for (const [model, mean] of presence.meanHoldMs) if (!meanHoldMs.has(model)) meanHoldMs.set(model, mean);
		state = presence.isNewer ? presence.state : (state ?? presence.state);
	}

	return {
		hosts,
		settle,
		state: () => state ?? 'open',
		setState(next) {
			state = next;
			settle();
		},
		adopt(presence) {
			adoptNumbers(presence);
			for (const { host, hasStarted, ...entry } of presence.running) {
				turns.set(entry.id, { entry, host, paid: null, isRecalled: false });
				inFlight.add(entry.userId, 1);
				hosts.hold(host, entry.id);
				if (hasStarted) hosts.start(host, entry.id);
			}
			for (const { offset, waitedMs, ...entry } of presence.waiting) insert(entry, offset, waitedMs);
			settle();
			for (const model of lines.models()) refuseSurplus(model, presence.queueLimit);
		},
		enter(entry, queueLimit) {
			const reason = refusalOf(entry);
			if (reason !== null) {
				tellOwner(entry.id, { type: 'refused', id: entry.id, reason });
				return placesOf([]);
			}
			insert(entry, null, 0);
			settleFor(entry.model);
			refuseSurplus(entry.model, queueLimit);
			return placesOf([entry.id]);
		},
		places: (processId) => placesOf(ownBy(processId).map(([id]) => id)),
		turnsOf: (processId) =>
			new Map(ownBy(processId).map(([id, turn]) => [id, { host: turn.host, isRecalled: turn.host !== null && turn.isRecalled }])),
		started(id) {
			const host = turns.get(id)?.host ?? null;
			return host === null ? nothingKnown : hosts.start(host, id);
		},
		leave(id, { heldMs, isComplete }) {
			const turn = turns.get(id);
			if (turn === undefined) return nothingKnown;
			const load = turn.host === null ? nothingKnown : hosts.load(turn.host);
			remove(id, turn);
			if (turn.host !== null && heldMs !== null) charge(turn, heldMs, isComplete);
			settleFor(turn.entry.model);
			return load;
		},
		learn(host, slots) {
			if (hosts.learned().get(host) === slots) return;
			const recalled = hosts.learn(host, slots);
			for (const processId of living()) tell(processId, { type: 'learned', host, slots });
			for (const id of recalled) {
				const turn = turns.get(id);
				if (turn !== undefined && turn.host !== null) turn.isRecalled = true;
				tellOwner(id, { type: 'recalled', id });
			}
			settle();
		},
		drop(processId) {
			for (const [id, turn] of ownBy(processId)) remove(id, turn);
			hosts.setView(processId, []);
		},
		view: () => ({
			state: state ?? 'open',
			waiting: lines.sizes(),
			users: waiters.size(),
			oldestWaitMs: Math.max(0, ...lines.models().flatMap((model) => [...inOrder(model)].map(({ enteredAtMs }) => now() - enteredAtMs))),
			hosts: hosts.list(),
		}),
	};
}

function ownerOf(id: string): string {
	return id.slice(0, id.indexOf('/'));
}

function createCounts() {
	const counts = new Map<string, number>();
	return {
		add(key: string, change: number): void {
			const count = (counts.get(key) ?? 0) + change;
			if (count > 0) counts.set(key, count);
			else counts.delete(key);
		},
		of: (key: string) => counts.get(key) ?? 0,
		size: () => counts.size,
	};
}
