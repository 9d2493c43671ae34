/** The hosts in the memory's book of turns, each with one model: who sees which, who holds a slot there, and which one is best. */

import type { HostLoad, HostView, QueueView, TicketEntry } from '../ticket-book.ts';

/** Conversations whose host is remembered; the oldest are forgotten first. */
const REMEMBERED_CONVERSATIONS = 10_000;

interface Held {
	/** All running turns, in the order in which they came. */
	all: Set<string>;
	/** Before their first token, and not recalled. */
	silent: Set<string>;
	streaming: Set<string>;
}

export type TicketHosts = ReturnType<typeof createTicketHosts>;

/** `living` names the processes that count. */
export function createTicketHosts(living: () => readonly string[]) {
	const views = new Map<string, readonly HostView[]>();
	const held = new Map<string, Held>();
	const learned = new Map<string, number>();
	const homes = new Map<string, string>();

	const slotsOf = ({ host, slots, isLearned }: HostView) => (isLearned ? (learned.get(host) ?? slots) : slots);
	const heldOn = (host: string) => held.get(host)?.all.size ?? 0;
	const viewOf = (name: string, model: string) => (views.get(name) ?? []).filter((seen) => seen.model === model);
	const freeOf = (name: string, model: string) => viewOf(name, model).filter((seen) => heldOn(seen.host) < slotsOf(seen));

	function remember(conversationId: string, host: string): void {
		homes.delete(conversationId);
		homes.set(conversationId, host);
		const oldest = homes.size > REMEMBERED_CONVERSATIONS ? homes.keys().next().value : undefined;
		if (oldest !== undefined) homes.delete(oldest);
	}

	function load(host: string): HostLoad {
		return { streaming: held.get(host)?.streaming.size ?? 0, slots: learned.get(host) ?? null };
	}

	return {
		load,
		learned: (): ReadonlyMap<string, number> => new Map(learned),
		isAnythingFree: (model: string) => living().some((name) => freeOf(name, model).length > 0),
		setView: (name: string, view: readonly HostView[]) => void views.set(name, view),
		/** The best free host for an entry: one that does not keep failing, has the model in memory, is the conversation's own, is least busy. */
		choose(name: string, { model, conversationId, excludedHosts }: TicketEntry): string | null {
			const home = homes.get(conversationId);
			const rank = (seen: HostView): number[] => [
				seen.isSpared ? 1 : 0,
				seen.isModelLoaded ? 0 : 1,
				seen.host === home ? 0 : 1,
				heldOn(seen.host) / slotsOf(seen),
			];
			const free = freeOf(name, model).filter(({ host }) => !excludedHosts.includes(host));
			return free.toSorted((one, other) => compare(rank(one), rank(other)))[0]?.host ?? null;
		},
		hold(host: string, id: string, conversationId?: string): void {
			const turns = held.get(host) ?? { all: new Set(), silent: new Set(), streaming: new Set() };
			held.set(host, turns);
			turns.all.add(id);
			turns.silent.add(id);
			if (conversationId !== undefined) remember(conversationId, host);
		},
		release(host: string, id: string): void {
			const turns = held.get(host);
			for (const set of turns ? [turns.all, turns.silent, turns.streaming] : []) set.delete(id);
			if (turns?.all.size === 0) held.delete(host);
		},
		/** The first token came. Returns the load before it. */
		start(host: string, id: string): HostLoad {
			const before = load(host);
			held.get(host)?.silent.delete(id);
			held.get(host)?.streaming.add(id);
			return before;
		},
		/** Only where nothing was learned before. */
		learnFirst(host: string, slots: number): void {
			if (!learned.has(host)) learned.set(host, slots);
		},
		/** Returns the turns that are one too many, the latest first. */
		learn(host: string, slots: number): string[] {
			learned.set(host, slots);
			const turns = held.get(host);
			if (turns === undefined) return [];
			// One more than fits may stay: it is next on the host, so that the host does not idle between two answers.
			const surplus = Math.max(0, turns.silent.size + turns.streaming.size - slots - 1);
			const recalled = [...turns.silent].toReversed().slice(0, surplus);
			for (const id of recalled) turns.silent.delete(id);
			return recalled;
		},
		/** How many turns only wait on the hosts with a model that a process sees: they were sent before it was known that the host takes fewer. */
		waitingOn(name: string, model: string): number {
			const surplus = viewOf(name, model).map((seen) => {
				const { silent, streaming } = held.get(seen.host) ?? { silent: new Set(), streaming: new Set() };
				return Math.max(0, silent.size + streaming.size - slotsOf(seen));
			});
			return surplus.reduce((sum, count) => sum + count, 0);
		},
		list(): QueueView['hosts'] {
			const seen = new Map(living().flatMap((name) => (views.get(name) ?? []).map((view) => [view.host, view] as const)));
			return [...seen.values()].map((view) => ({ host: view.host, model: view.model, running: heldOn(view.host), slots: slotsOf(view) }));
		},
	};
}

function compare(one: readonly number[], other: readonly number[]): number {
	for (const [index, value] of one.entries()) {
		const difference = value - (other[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
