/** The book of turns in this process's memory: what runs when no Redis is configured, and what takes over while Redis is away. */

import type { Places, TicketBook, TicketMessage } from '../ticket-book.ts';
import { LEASE_MS } from '../ticket-rules.ts';
import { createTicketLedger } from './ticket-ledger.ts';

export interface MemoryTicketBook {
	/** The book as one process uses it. What `hear` does with a message may call the book again. */
	open(processId: string, hear: (message: TicketMessage) => void): TicketBook;
}

interface Member {
	hear: (message: TicketMessage) => void;
	/** Null before it registered, and after it was taken out. */
	expiresAtMs: number | null;
}

const nothingKnown = { streaming: 0, slots: null };
const nobody = { processes: 1, turns: new Map(), learned: new Map(), state: 'open' as const };
const noPlaces: Places = { places: new Map(), meanHoldMs: new Map(), state: 'open' };
const emptyView = { state: 'open' as const, waiting: { interactive: 0, background: 0 }, users: 0, oldestWaitMs: 0, hosts: [] };

/**
 * `now` gives milliseconds from any fixed moment. The program has one process in it; tests have several, so that both books can be held to
 * one contract. Like Redis it starts no timers.
 */
export function createMemoryTicketBook({ now }: { now: () => number }): MemoryTicketBook {
	const members = new Map<string, Member>();
	const told: { to: string; message: TicketMessage }[] = [];
	const living = () => [...members].filter(([, { expiresAtMs }]) => expiresAtMs !== null).map(([name]) => name);
	const ledger = createTicketLedger({ now, living, tell: (to, message) => void told.push({ to, message }) });

	function dropDead(besides: Member): void {
		for (const [name, member] of members) {
			if (member === besides || member.expiresAtMs === null || member.expiresAtMs > now()) continue;
			ledger.drop(name);
			member.expiresAtMs = null;
		}
	}

	/** Does one thing in the book, then lets everybody hear what came of it. */
	function within<T>(member: Member, work: () => T, forgotten: T): T {
		if (member.expiresAtMs === null) {
			member.hear({ type: 'forgotten' });
			return forgotten;
		}
		dropDead(member);
		const result = work();
		for (const { to, message } of told.splice(0)) members.get(to)?.hear(message);
		return result;
	}

	/** The same for what may move others' places. */
	function changing<T>(member: Member, work: () => T, forgotten: T): T {
		const result = within(member, work, forgotten);
		for (const { hear } of members.values()) hear({ type: 'moved' });
		return result;
	}

	return {
		open(processId, hear) {
			const member: Member = { hear, expiresAtMs: null };
			members.set(processId, member);
			const change = <T>(work: () => T, forgotten: T): T => changing(member, work, forgotten);
			const ask = <T>(work: () => T, forgotten: T): T => within(member, work, forgotten);
			return {
				async register(presence) {
					member.expiresAtMs = now() + LEASE_MS;
					change(() => {
						ledger.drop(processId);
						ledger.hosts.setView(processId, presence.hosts);
						ledger.adopt(presence);
					}, undefined);
				},
				beat: async () =>
					change(() => {
						member.expiresAtMs = now() + LEASE_MS;
						ledger.settle();
						const learned = ledger.hosts.learned();
						return { processes: living().length, turns: ledger.turnsOf(processId), learned, state: ledger.state() };
					}, nobody),
				setHosts: async (seen) =>
					change(() => {
						ledger.hosts.setView(processId, seen);
						ledger.settle();
					}, undefined),
				enter: async (entry, queueLimit) => change(() => ledger.enter(entry, queueLimit), noPlaces),
				places: async () => ask(() => ledger.places(processId), noPlaces),
				started: async (id) => ask(() => ledger.started(id), nothingKnown),
				leave: async (id, use = { heldMs: null, isComplete: false }) => change(() => ledger.leave(id, use), nothingKnown),
				load: async (host) => ask(() => ledger.hosts.load(host), nothingKnown),
				learn: async (host, slots) => change(() => ledger.learn(host, slots), undefined),
				setState: async (state) => change(() => ledger.setState(state), undefined),
				view: async () => ask(ledger.view, emptyView),
				quit: async () =>
					change(() => {
						ledger.drop(processId);
						member.expiresAtMs = null;
						ledger.settle();
					}, undefined),
			};
		},
	};
}
