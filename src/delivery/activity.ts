/** The sign that the bot is at work on a reply: shown at once, kept alive, and never a reason to fail. */

import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import type { Priority } from '../pacing/budget-queue.ts';
import type { PacedCall, Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { type Refusal, refusalOf } from '../platform/refusal.ts';
import { pause } from '../waiting.ts';

export interface Activity {
	/** Shows these words from now on. Resolves to whether the platform took them. */
	show(text: string): Promise<boolean>;
	/** Its reader has waited for a second and seen no sign; never where no sign surely shows, since there all calls of a crowd would be. */
	isOverdue(): boolean;
	/** Why the platform did not take the last one, where it said so. */
	readonly refusal: Refusal | null;
	/** Renews no more until other words are shown. What is shown goes when the reply appears. */
	rest(): void;
	/** Takes the sign away while the reply goes on. It may come back. */
	hide(): Promise<void>;
	/** Renews no more, and shows nothing any more. */
	end(): void;
	/** Takes the sign away, for an end without a new message. */
	clear(): Promise<void>;
}

export interface ActivityOptions {
	place: Place;
	signal: AbortSignal;
	/** Since when its reader has been waiting, by the clock; from now on when not given. */
	sinceMs?: number;
}

/** Renewed when this share of its lifetime is over. */
const renewShare = 0.8;
/** Everybody is to see something within two seconds: for the first of them it gives way to the ends of other people's replies, and a bare sign to their words. */
const patienceMs = 1_000;

export function startActivity(
	deps: { platform: ChatPlatform; pacer: Pick<Pacer, 'run'>; clock: Clock },
	{ place, signal, sinceMs = deps.clock.now() }: ActivityOptions,
): Activity {
	const { platform, pacer, clock } = deps;
	const ended = new AbortController();
	const until = AbortSignal.any([ended.signal, signal]);
	const { showsText = false, unsureIn = [] } = platform.capabilities.activity ?? {};
	const isUnsure = unsureIn.includes(place.kind);
	let shown = '';
	let isSeen = false;
	/** Ends when the sign rests. */
	let period = new AbortController();
	/** A call has no slot yet: it will say the newest words. */
	let isWaiting = false;
	let sending: Promise<boolean> = Promise.resolve(true);
	let refusal: Refusal | null = null;

	async function send(priority: PacedCall['priority'], allowed: AbortSignal, words: () => string | null): Promise<boolean> {
		if (platform.capabilities.activity === null) return false;
		try {
			const call = { operation: 'show-activity', place, priority } as const;
			await pacer.run(call, allowed, () => platform.showActivity(place, words(), allowed));
			return true;
		} catch (thrown) {
			refusal = refusalOf(toBotError(thrown));
			// Without the sign the first text is the sign.
			return false;
		}
	}

	const isOverdue = () => !isUnsure && !isSeen && clock.now() - sinceMs >= patienceMs;

	/** A bare sign is worth less than anybody's first words, and so is every sign but the first. */
	function rank(): Priority {
		if (isOverdue()) return 'overdue';
		return showsText && !isSeen ? 'first' : 'update';
	}

	/** One call at a time. Words that are overtaken while they wait are never said: places in a queue change faster than a platform takes them. */
	function sendNewest(): Promise<boolean> {
		if (isWaiting) return sending;
		isWaiting = true;
		sending = sending.then(async () => {
			let hadTurn = false;
			const isTaken = await send(rank, AbortSignal.any([until, period.signal]), () => {
				hadTurn = true;
				isWaiting = false;
				return shown;
			});
			if (!hadTurn) isWaiting = false;
			isSeen ||= isTaken;
			return isTaken;
		});
		return sending;
	}

	async function renew(resting: AbortSignal): Promise<void> {
		const lifetimeMs = platform.capabilities.activity?.lifetimeMs ?? null;
		const ended = AbortSignal.any([until, resting]);
		while (lifetimeMs !== null && !ended.aborted) {
			await pause(clock, lifetimeMs * renewShare, ended);
			if (!ended.aborted) await sendNewest();
		}
	}

	function rest(): void {
		shown = '';
		period.abort();
		period = new AbortController();
	}

	return {
		async show(text) {
			if (until.aborted || text === shown) return false;
			if (shown === '') void renew(period.signal);
			shown = text;
			return await sendNewest();
		},
		rest,
		async hide() {
			rest();
			await sending;
			if (shown === '') await send('update', until, () => null);
		},
		isOverdue,
		get refusal() {
			return refusal;
		},
		end: () => ended.abort(),
		async clear() {
			ended.abort();
			// A sign that is still on its way would come after its end.
			await sending;
			await send(showsText ? 'final' : 'update', signal, () => null);
		},
	};
}
