/** What adapters keep, in memory, shared by the processes of a test. */

import { BotError } from '#src/errors.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';

export interface MemoryState {
	facts: Map<string, string>;
	/** What this process sees of it. */
	of(processId: string): AdapterState;
	/** From now on the store is away; `false` ends it. */
	away(on: boolean): void;
	/** The lease is another process's from now on, whoever had it. */
	seize(name: string, processId: string): void;
	holder(name: string): string | undefined;
}

export function createMemoryState(now: () => number = Date.now): MemoryState {
	const facts = new Map<string, string>();
	const leases = new Map<string, { owner: string; untilMs: number }>();
	let isAway = false;

	function open(): void {
		if (isAway) throw new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
	}

	return {
		facts,
		away(on) {
			isAway = on;
		},
		seize: (name, owner) => void leases.set(name, { owner, untilMs: now() + 60_000 }),
		holder: (name) => leases.get(name)?.owner,
		of: (processId) => ({
			async get(key) {
				open();
				return facts.get(key) ?? null;
			},
			async set(key, value) {
				open();
				facts.set(key, value);
			},
			async delete(key) {
				open();
				facts.delete(key);
			},
			async prune(prefix) {
				for (const key of facts.keys()) if (key.startsWith(prefix)) facts.delete(key);
			},
			async list(prefix) {
				open();
				return [...facts].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => ({ key, value }));
			},
			async lease(name, ttlMs) {
				open();
				const held = leases.get(name);
				if (held !== undefined && held.owner !== processId && held.untilMs > now()) return false;
				leases.set(name, { owner: processId, untilMs: now() + ttlMs });
				return true;
			},
			async release(name) {
				open();
				if (leases.get(name)?.owner === processId) leases.delete(name);
			},
		}),
	};
}
