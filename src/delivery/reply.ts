/** One streamed reply: takes the model's deltas as fast as they come and shows them as fast as the platform's budgets allow. */

import { BotError, toBotError } from '../errors.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import type { Block } from './markdown/block.ts';
import { toInertText } from './markdown/inert-text.ts';
import { createPart, type Part, type PartText } from './part.ts';
import type { PartDependencies, PartOptions } from './part-context.ts';
import { createReplyText } from './reply-text.ts';

export interface ReplyOptions extends Omit<PartOptions, 'position' | 'existing'> {
	/** Messages of an interrupted attempt, in order: they are edited instead of posting new ones. */
	existing: readonly MessageReference[];
}

export interface ReplyEnding {
	buttons: Button[];
	/** A sentence set apart below the text: stopped, interrupted, cut short. */
	notice?: string;
}

export interface Reply {
	/** Costs nothing but the copy: no parsing, no waiting. */
	append(delta: string): void;
	/** Says something in the place of the text, until there is text: a place in the queue. Costs a message, so that the text can only be edited in. */
	announce(sentence: string): void;
	/** No more text. Resolves when the whole reply is visible. @throws BotError when it cannot be shown; the text is not lost, the caller has it. */
	end(ending: ReplyEnding): Promise<void>;
	readonly length: number;
}

/** A few words are worth showing; less flickers. */
const firstTextCharacters = 24;
/** But nobody waits longer than this for the first ones. */
const firstTextWaitMs = 150;
/** How long to wait for an update slot before looking whether the part has meanwhile come to its end. */
const lookAgainMs = 2_000;
/** Why a wait ended. Without a reason every abort would build an exception with a stack, several times a second per reply. */
const over = 'over';
/** Room kept in each message for notices: the two longest that can stand together have about 160 bytes. */
const noticeReserve = 200;

export function startReply(deps: PartDependencies, options: ReplyOptions): Reply {
	const { platform, clock } = deps;
	const { limit, unit } = platform.capabilities.messageText;
	const text = createReplyText({ renderBlock, limit: limit - noticeReserve, unit });
	const ended = new AbortController();
	/** An announcement is no text yet. */
	const observer = { ...deps.observer, firstText: () => text.length > 0 && deps.observer.firstText() };
	const partDeps: PartDependencies = { ...deps, observer };
	let ending: ReplyEnding | null = null;
	let announceChange = () => {};
	let changed = nextChange();
	let firstDeltaAtMs = 0;
	/** Ends the wait for the first words, once, as soon as they are enough. Waking with each delta would cost as much as showing it. */
	let wakeForFirstText: (() => void) | null = null;
	let shownLength = 0;
	let announced = '';
	let shownAnnouncement = '';
	let delivery: Promise<void> | null = null;
	options.signal.addEventListener('abort', () => ended.abort(over), { once: true });

	/** Whatever a model wrote, the answer ends: what cannot be rendered is shown as it is, with nothing alive in it. */
	function renderBlock(block: Block): string {
		try {
			return platform.renderBlock(block);
		} catch {
			deps.observer.detoured('rendering-failed');
			return toInertText(block.source);
		}
	}

	function nextChange(): Promise<void> {
		return new Promise((resolve) => {
			announceChange = resolve;
		});
	}

	function notify(): void {
		announceChange();
		changed = nextChange();
	}

	async function deliver(): Promise<void> {
		for (let position = 0; ; position++) {
			const mayStream = options.mayStream && (announced === '' || position > 0);
			const part = await createPart(partDeps, { ...options, mayStream, position, existing: options.existing[position] });
			const isLast = await deliverPart(part, position).finally(() => part.leave());
			if (isLast) return await removeSurplus(position + 1);
		}
	}

	/** Resolves to whether this was the last part. */
	async function deliverPart(part: Part, position: number): Promise<boolean> {
		let ends = endOf(position);
		while (ends === null) {
			if (options.signal.aborted) throw new BotError('CANCELLED', 'the delivery was handed over');
			if (part.isTooOld()) text.cut();
			else await showWhenDue(part, position);
			ends = endOf(position);
		}
		await part.finish(ends.text, ends.buttons);
		return ends.isLast;
	}

	/** How the part ends; null while it may still grow. */
	function endOf(position: number): { text: string; buttons: Button[]; isLast: boolean } | null {
		const parts = text.parts();
		const body = parts[position]?.text ?? '';
		if (ending !== null && position >= parts.length - 1) {
			const blocks = [body, ending.notice ?? ''].filter((block) => block !== '');
			return { text: blocks.join('\n\n'), buttons: ending.buttons, isLast: true };
		}
		return parts[position]?.isFrozen ? { text: body, buttons: [], isLast: false } : null;
	}

	async function showWhenDue(part: Part, position: number): Promise<void> {
		if (!part.isLive) return await waitUnlessEnded(lookAgainMs);
		if (text.length === shownLength && isAnnouncementShown()) return await Promise.race([changed, waitUnlessEnded(lookAgainMs)]);
		const dueInMs = Math.max(part.nextUpdateAtMs(), firstDueAtMs(position)) - clock.now();
		if (dueInMs <= 0) return await show(part, position);
		await (firstDueAtMs(position) > 0 ? waitForFirstText(dueInMs) : waitUnlessEnded(dueInMs));
	}

	async function waitForFirstText(mostMs: number): Promise<void> {
		const enough = new AbortController();
		wakeForFirstText = () => enough.abort(over);
		await clock.wait(mostMs, AbortSignal.any([ended.signal, enough.signal])).catch(() => {});
		wakeForFirstText = null;
	}

	function isAnnouncementShown(): boolean {
		return text.length > 0 || announced === shownAnnouncement;
	}

	/** The very first words of a reply may gather for a moment. */
	function firstDueAtMs(position: number): number {
		return position > 0 || text.length === 0 || text.length >= firstTextCharacters ? 0 : firstDeltaAtMs + firstTextWaitMs;
	}

	async function show(part: Part, position: number): Promise<void> {
		const lengthBefore = shownLength;
		const newest = () => {
			shownLength = text.length;
			shownAnnouncement = announced;
			return text.length === 0 ? { text: announced, stable: announced } : look(position);
		};
		const patience = new AbortController();
		const isFirst = part.nextUpdateAtMs() === 0;
		if (!isFirst) giveUpLater(patience);
		try {
			const isShown = await part.show(newest, () => text.length - lengthBefore, AbortSignal.any([ended.signal, patience.signal]));
			if (isShown && shownLength > 0) deps.observer.firstText();
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'CANCELLED') return;
			shownLength = 0;
			shownAnnouncement = '';
			// The pacer holds the next one back.
			if (error.code === 'PLATFORM_RATE_LIMITED') return;
			// An update that failed is not worth a word: the next one carries everything. But do not hurry.
			deps.observer.detoured(error.reason ?? error.code);
			await waitUnlessEnded(1_000);
		} finally {
			patience.abort(over);
		}
	}

	function giveUpLater(patience: AbortController): void {
		clock.wait(lookAgainMs, patience.signal).then(
			() => patience.abort(over),
			() => {},
		);
	}

	function look(position: number): PartText {
		const part = text.parts()[position];
		// Beyond a frozen part there is nothing stable left to ask for: its whole text is final.
		if (part === undefined || part.isFrozen) return { text: part?.text ?? '', stable: part?.text ?? '' };
		return { text: part.text, stable: text.stableText() };
	}

	async function waitUnlessEnded(durationMs: number): Promise<void> {
		if (!ended.signal.aborted) await clock.wait(durationMs, ended.signal).catch(() => {});
	}

	/** An interrupted attempt may have taken more messages than this one. */
	async function removeSurplus(from: number): Promise<void> {
		for (const reference of options.existing.slice(from)) await platform.remove(reference, options.signal).catch(() => {});
	}

	return {
		append(delta) {
			if (text.length === 0) firstDeltaAtMs = clock.now();
			text.append(delta);
			if (wakeForFirstText !== null && text.length >= firstTextCharacters) {
				wakeForFirstText();
				wakeForFirstText = null;
			}
			delivery ??= deliver();
			// Whoever waits for `end` gets the error; until then it must not count as unhandled.
			delivery.catch(() => {});
			notify();
		},
		announce(sentence) {
			announced = sentence;
			delivery ??= deliver();
			delivery.catch(() => {});
			notify();
		},
		async end(value) {
			ending = value;
			text.end();
			ended.abort(over);
			notify();
			delivery ??= deliver();
			await delivery;
		},
		get length() {
			return text.length;
		},
	};
}
