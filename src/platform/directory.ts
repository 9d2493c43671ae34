/** What a platform told of many accounts at once: kept in the adapter's memory, to spare a question about each of them. */

import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { Actor } from './chat-event.ts';
import type { Profile } from './profile.ts';

/** The platform's answer to a question that was asked `ageMs` ago. */
export interface RecalledProfile {
	profile: Profile;
	ageMs: number;
}

export interface Directory {
	/** Calls nobody. Null where no answer of the last `withinMs` has the account, which says nothing of it. */
	recall(actor: Actor, withinMs: number): RecalledProfile | null;
	/** Resolves once there is something to recall. @throws BotError `CANCELLED` when the signal fires first. */
	arrival(actor: Actor, withinMs: number, signal: AbortSignal): Promise<RecalledProfile>;
	/** The platform told something of the account, here or in another process: what it answered until now does not count any more. */
	forget(actor: Actor): void;
}

/** A directory as its adapter fills it. */
export interface Accounts extends Directory {
	/** The answer to a question that was asked at `askedAtMs`, by the clock. */
	learn(profiles: readonly Profile[], askedAtMs: number): void;
	/** The platform told this unasked, be it late, repeated or out of order. As `forget`; what the account is called is believed. */
	doubt(profile: Profile): void;
	/** What the account is called, from whenever that is; null when it was never told. */
	nameOf(actor: Actor): string | null;
}

/** At some 400 bytes an account this is 20 MiB. Whoever is not kept is asked for, as if there were no directory. */
const mostAccounts = 50_000;
/** Longer than any answer is on its way. */
const toldKeptMs = 60_000;

interface Entry {
	profile: Profile;
	/** Null when only the name counts. */
	askedAtMs: number | null;
}

export function createAccounts({ clock, limit = mostAccounts }: { clock: Pick<Clock, 'now'>; limit?: number }): Accounts {
	const entries = new Map<string, Entry>();
	/** When the platform last told something unasked, by account: for answers that are still on their way. */
	const toldAtMs = new Map<string, number>();
	const waiting = new Map<string, Set<() => void>>();

	function recall(actor: Actor, withinMs: number): RecalledProfile | null {
		const entry = entries.get(keyOf(actor));
		if (entry === undefined || entry.askedAtMs === null) return null;
		const ageMs = clock.now() - entry.askedAtMs;
		// A clock that was set back makes nothing younger.
		return ageMs >= 0 && ageMs < withinMs ? { profile: entry.profile, ageMs } : null;
	}

	function learnOne(profile: Profile, askedAtMs: number): void {
		const key = keyOf(profile);
		const known = entries.get(key);
		if (known === undefined && entries.size >= limit) return;
		const isOlder = askedAtMs <= Math.max(toldAtMs.get(key) ?? 0, known?.askedAtMs ?? 0);
		if (isOlder) return;
		entries.set(key, { profile, askedAtMs });
		for (const wake of waiting.get(key) ?? []) wake();
	}

	function forget(actor: Actor): void {
		const key = keyOf(actor);
		forgetTold();
		toldAtMs.delete(key);
		toldAtMs.set(key, clock.now());
		const known = entries.get(key);
		if (known !== undefined) entries.set(key, { ...known, askedAtMs: null });
	}

	function forgetTold(): void {
		const before = clock.now() - toldKeptMs;
		// The oldest come first.
		for (const [key, atMs] of toldAtMs) {
			if (atMs > before) break;
			toldAtMs.delete(key);
		}
	}

	return {
		recall,
		arrival(actor, withinMs, signal) {
			const known = recall(actor, withinMs);
			if (known !== null) return Promise.resolve(known);
			const key = keyOf(actor);
			const wakers = waiting.get(key) ?? new Set();
			return new Promise((resolve, reject) => {
				const leave = () => {
					signal.removeEventListener('abort', cancel);
					wakers.delete(wake);
					if (wakers.size === 0) waiting.delete(key);
				};
				const cancel = () => {
					leave();
					reject(new BotError('CANCELLED', 'no longer waiting for a profile'));
				};
				const wake = () => {
					const arrived = recall(actor, withinMs);
					if (arrived === null) return;
					leave();
					resolve(arrived);
				};
				if (signal.aborted) return cancel();
				signal.addEventListener('abort', cancel, { once: true });
				waiting.set(key, wakers.add(wake));
			});
		},
		learn(profiles, askedAtMs) {
			for (const profile of profiles) learnOne(profile, askedAtMs);
		},
		forget,
		doubt(profile) {
			forget(profile);
			const key = keyOf(profile);
			if (entries.has(key)) entries.set(key, { profile, askedAtMs: null });
		},
		nameOf: (actor) => entries.get(keyOf(actor))?.profile.displayName ?? null,
	};
}

function keyOf({ tenantId, accountId }: Actor): string {
	return `${tenantId} ${accountId}`;
}
