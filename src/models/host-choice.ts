/** Which host a request goes to: one that has the model in memory, the conversation's own, the least busy. */

import type { Host } from './host.ts';

/** Conversations whose host is remembered; the oldest are forgotten first. */
const REMEMBERED_CONVERSATIONS = 10_000;

export interface HostChoice {
	/** The best host with a free slot, or null. */
	choose(conversationId: string, excluded: ReadonlySet<string>): Host | null;
	/** This conversation's prompt is in the cache of this host now. */
	remember(conversationId: string, host: Host): void;
}

export function createHostChoice(hosts: readonly Host[], now: () => number): HostChoice {
	const homes = new Map<string, string>();
	return {
		choose: (conversationId, excluded) => {
			const home = homes.get(conversationId);
			const free = hosts.filter((host) => host.isUsable() && !excluded.has(host.label) && host.slots.active() < host.slots.limit());
			const rank = (host: Host): number[] => [
				host.breaker.isOpen(now()) ? 1 : 0,
				host.isModelLoaded() ? 0 : 1,
				host.label === home ? 0 : 1,
				host.slots.active() / host.slots.limit(),
			];
			return free.toSorted((one, other) => compare(rank(one), rank(other)))[0] ?? null;
		},
		remember: (conversationId, host) => {
			homes.delete(conversationId);
			homes.set(conversationId, host.label);
			const oldest = homes.size > REMEMBERED_CONVERSATIONS ? homes.keys().next().value : undefined;
			if (oldest !== undefined) homes.delete(oldest);
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
