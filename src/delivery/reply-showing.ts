/** Lets the message that is open follow the text while a reply goes on: when it is to change, and with what. */

import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import { isInTime, over, pause, startTimeLimit } from '../waiting.ts';
import type { Aside } from './aside.ts';
import type { ReplyMessage } from './reply-message.ts';
import type { DeliveryObserver, PresentText } from './reply-message-context.ts';
import type { ReplyText } from './reply-text.ts';

export interface ReplyShowing {
	/** The text has grown. */
	grew(): void;
	/** It begins anew. */
	restarted(): void;
	/** What stands beside the text has changed. */
	notify(): void;
	/** Waits until the message is due to change, or changes it; resolves after at most a few seconds. */
	showWhenDue(message: ReplyMessage, position: number): Promise<void>;
}

export interface ReplyShowingDependencies {
	clock: Clock;
	/** Another one after a restart. */
	text: () => ReplyText;
	aside: Aside;
	/** As the platform's capabilities say. */
	firstTextWaitMs: number;
	observer: DeliveryObserver;
	/** Ends every wait: the text is whole, or nobody waits for it any more. */
	ended: AbortSignal;
	/** A message is there. */
	onBegun: () => void;
}

/** A few words are worth showing; less flickers. */
const firstTextCharacters = 24;
/** How long to wait for an update slot before looking whether the message has meanwhile come to its end. */
const lookAgainMs = 2_000;
/** How long to rest after an update that failed. */
const restAfterFailureMs = 1_000;

export function createReplyShowing({
	clock,
	text,
	aside,
	firstTextWaitMs,
	observer,
	ended,
	onBegun,
}: ReplyShowingDependencies): ReplyShowing {
	let announceChange = () => {};
	let changed = nextChange();
	let firstDeltaAtMs: number | null = null;
	/** Ends the wait for the first words. */
	let enough: AbortController | null = null;
	let shownLength = 0;

	function nextChange(): Promise<void> {
		return new Promise((resolve) => {
			announceChange = resolve;
		});
	}

	function notify(): void {
		announceChange();
		changed = nextChange();
	}

	/** The very first words of a reply may gather for a moment. */
	function firstDueAtMs(position: number): number {
		const { length } = text();
		return position > 0 || length === 0 || length >= firstTextCharacters ? 0 : (firstDeltaAtMs ?? 0) + firstTextWaitMs;
	}

	async function waitForFirstText(mostMs: number): Promise<void> {
		enough = new AbortController();
		await pause(clock, mostMs, AbortSignal.any([ended, enough.signal]));
		enough = null;
	}

	async function waitUnlessEnded(durationMs: number): Promise<void> {
		if (!ended.aborted) await pause(clock, durationMs, ended);
	}

	async function show(message: ReplyMessage, position: number): Promise<void> {
		const lengthBefore = shownLength;
		const newest = () => {
			shownLength = text().length;
			return look(position);
		};
		const isFirst = message.nextUpdateAtMs(text().length > 0) === 0;
		const patience = isFirst ? null : startTimeLimit(clock, lookAgainMs);
		const until = patience === null ? ended : AbortSignal.any([ended, patience.signal]);
		try {
			await message.show(newest, () => text().length - lengthBefore, until);
			noteShown(message);
		} catch (thrown) {
			await noteFailure(message, thrown);
		} finally {
			patience?.end();
		}
	}

	function noteShown(message: ReplyMessage): void {
		if (message.reference === null) return;
		onBegun();
		if (message.hasText && shownLength > 0) observer.firstText();
		// A sign came first: the text is due now.
		else shownLength = 0;
	}

	async function noteFailure({ obstacle }: ReplyMessage, thrown: unknown): Promise<void> {
		const error = toBotError(thrown);
		if (error.code === 'CANCELLED') return;
		shownLength = 0;
		aside.lose();
		// The pacer holds the next one back.
		if (error.code === 'PLATFORM_RATE_LIMITED') return;
		// An update that failed is not worth a word: the next one carries everything. But do not hurry.
		observer.detoured(error.reason ?? error.code);
		if (obstacle === null) await waitUnlessEnded(restAfterFailureMs);
	}

	function look(position: number): PresentText {
		const message = text().messages()[position];
		const hasText = text().length > 0;
		const shown = aside.showWith(message?.text ?? '', hasText);
		if (!hasText) return { text: shown, stable: shown, isSign: true };
		// Beyond a frozen message there is nothing stable left to ask for: its whole text is final.
		if (message === undefined || message.isFrozen) return { text: shown, stable: message?.text ?? '' };
		return { text: shown, stable: text().stableText() };
	}

	return {
		grew() {
			firstDeltaAtMs ??= clock.now();
			// Once, and not with each delta: waking costs as much as showing.
			if (text().length >= firstTextCharacters) enough?.abort(over);
			notify();
		},
		restarted() {
			firstDeltaAtMs = null;
			shownLength = 0;
			notify();
		},
		notify,
		async showWhenDue(message, position) {
			if (!message.isLive) return await waitUnlessEnded(lookAgainMs);
			const { length } = text();
			if (length === shownLength && aside.isShown(length > 0)) return void (await isInTime(clock, changed, lookAgainMs, ended));
			const firstAtMs = firstDueAtMs(position);
			const dueInMs = Math.max(message.nextUpdateAtMs(length > 0), firstAtMs) - clock.now();
			if (dueInMs <= 0) return await show(message, position);
			await (firstAtMs > 0 ? waitForFirstText(dueInMs) : waitUnlessEnded(dueInMs));
		},
	};
}
