/** Which process holds the gateway: one at a time, by a lease that is renewed. */

import type { Clock } from '#src/clock.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import { pause } from '#src/waiting.ts';

export interface GatewayLease {
	start(): void;
	/** Gives the lease back, so that another process need not wait for its end. */
	stop(): Promise<void>;
	/** Null until it was asked for the first time. */
	isHeld(): boolean | null;
}

export interface LeaseDependencies {
	/** Long enough for two renewals to fail, short enough that the gateway is not empty for long after a crash. */
	ttlMs: number;
	state: AdapterState;
	clock: Clock;
	/** Both are called once for each change, `onLost` also when it was asked for in vain at first. */
	onGained: () => void;
	onLost: () => void;
	onFailed: (error: unknown) => void;
}

const leaseName = 'gateway';
/** Until the store has answered once. */
const firstTriesEveryMs = 500;

export function createLease({ ttlMs, state, clock, onGained, onLost, onFailed }: LeaseDependencies): GatewayLease {
	const stopped = new AbortController();
	let held: boolean | null = null;
	let isAway = false;
	let running: Promise<void> = Promise.resolve();

	async function renew(): Promise<void> {
		try {
			change(await state.lease(leaseName, ttlMs));
			isAway = false;
		} catch (thrown) {
			// While the store is away no other process gets the lease either, and a connection given up would cost events. Should both come
			// to hold it for a moment when the store is back, each event is stored once all the same.
			// Before it was ever answered the program is starting, and its database too.
			if (!isAway && held !== null) onFailed(thrown);
			isAway = true;
		}
	}

	function change(next: boolean): void {
		if (stopped.signal.aborted || next === held) return;
		held = next;
		if (next) onGained();
		else onLost();
	}

	async function run(): Promise<void> {
		while (!stopped.signal.aborted) {
			await renew();
			await pause(clock, held === null ? firstTriesEveryMs : ttlMs / 3, stopped.signal);
		}
	}

	return {
		start() {
			running = run();
		},
		async stop() {
			stopped.abort();
			await running;
			if (held === true) await state.release(leaseName).catch(onFailed);
			held = null;
		},
		isHeld: () => held,
	};
}
