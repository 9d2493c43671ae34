/** One streamed reply: takes the model's deltas as fast as they come and shows them as fast as the platform's budgets allow. */

import type { Clock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { createAside } from './aside.ts';
import type { Block } from './markdown/block.ts';
import { toInertText } from './markdown/inert-text.ts';
import { createPart, type Part, type PartText } from './part.ts';
import type { PartDependencies, PartOptions } from './part-context.ts';
import { createReplyText, type ReplyText } from './reply-text.ts';

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
	/** Says something below the text for as long as no more of it comes; '' takes it away. */
	remark(sentence: string): void;
	/** Takes back all text so far: it was not meant for the reader. What comes next is shown in its messages. */
	retract(): void;
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
	let text = newText();
	let retractions = 0;
	const existing = [...options.existing];
	const ended = new AbortController();
	/** An announcement is no text yet. */
	const observer = { ...deps.observer, firstText: () => text.length > 0 && deps.observer.firstText() };
	const partDeps: PartDependencies = { ...deps, observer };
	let ending: ReplyEnding | null = null;
	let announceChange = () => {};
	let changed = nextChange();
	let firstDeltaAtMs = 0;
	let shownLength = 0;
	const aside = createAside();
	let delivery: Promise<void> | null = null;
	options.signal.addEventListener('abort', () => ended.abort(over), { once: true });

	function newText(): ReplyText {
		return createReplyText({ renderBlock: (block) => render(deps, block), limit: limit - noticeReserve, unit });
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
		let position: number | null = 0;
		while (position !== null) {
			const begunAt = retractions;
			const mayStream = options.mayStream && (!aside.isAnnounced() || position > 0);
			const part = await createPart(partDeps, { ...options, mayStream, position, existing: existing[position] });
			const next: number | null = await deliverPart(part, position, () => retractions !== begunAt).finally(() => part.leave());
			if (part.reference !== null) existing[position] = part.reference;
			if (next === null) await removeSurplus(position + 1);
			position = next;
		}
	}

	/** Resolves to the part that is next: another one, none, the first one with another text, or the same one to be edited. */
	async function deliverPart(part: Part, position: number, isRetracted: () => boolean): Promise<number | null> {
		const ends = await grow(part, position, isRetracted);
		if (ends === null) await part.giveUp();
		else await part.finish(ends.text, ends.buttons);
		if (isRetracted()) return 0;
		if (ends === null) return position;
		return ends.isLast ? null : position + 1;
	}

	/** Resolves to how the part ends, or to null when it has to begin anew: its text was taken back, or it streams and is to say what goes away again. */
	async function grow(part: Part, position: number, isRetracted: () => boolean): Promise<PartEnd | null> {
		while (!isRetracted() && !(part.isStreaming && aside.isRemarked())) {
			const ends = endOf(position);
			if (ends !== null) return ends;
			if (options.signal.aborted) throw new BotError('CANCELLED', 'the delivery was handed over');

			if (part.isTooOld()) text.cut();
			else await showWhenDue(part, position);
		}
		return null;
	}

	/** How the part ends; null while it may still grow. */
	function endOf(position: number): PartEnd | null {
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
		if (text.length === shownLength && aside.isShown(text.length > 0)) return await Promise.race([changed, waitUnlessEnded(lookAgainMs)]);
		const dueInMs = Math.max(part.nextUpdateAtMs(), firstDueAtMs(position)) - clock.now();
		await (dueInMs > 0 ? waitUnlessEnded(dueInMs) : show(part, position));
	}

	/** The very first words of a reply may gather for a moment. */
	function firstDueAtMs(position: number): number {
		return position > 0 || text.length === 0 || text.length >= firstTextCharacters ? 0 : firstDeltaAtMs + firstTextWaitMs;
	}

	async function show(part: Part, position: number): Promise<void> {
		const lengthBefore = shownLength;
		const newest = () => {
			shownLength = text.length;
			return look(position);
		};
		const patience = new AbortController();
		const isFirst = part.nextUpdateAtMs() === 0;
		if (!isFirst) giveUpLater(clock, patience);
		try {
			const isShown = await part.show(newest, () => text.length - lengthBefore, AbortSignal.any([ended.signal, patience.signal]));
			if (isShown && shownLength > 0) deps.observer.firstText();
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'CANCELLED') return;
			shownLength = 0;
			aside.lose();
			// The pacer holds the next one back.
			if (error.code === 'PLATFORM_RATE_LIMITED') return;
			// An update that failed is not worth a word: the next one carries everything. But do not hurry.
			deps.observer.detoured(error.reason ?? error.code);
			await waitUnlessEnded(1_000);
		} finally {
			patience.abort(over);
		}
	}

	function look(position: number): PartText {
		const part = text.parts()[position];
		const hasText = text.length > 0;
		const shown = aside.showWith(part?.text ?? '', hasText);
		// Beyond a frozen part there is nothing stable left to ask for: its whole text is final.
		if (!hasText || part === undefined || part.isFrozen) return { text: shown, stable: hasText ? (part?.text ?? '') : shown };
		return { text: shown, stable: text.stableText() };
	}

	async function waitUnlessEnded(durationMs: number): Promise<void> {
		if (!ended.signal.aborted) await clock.wait(durationMs, ended.signal).catch(() => {});
	}

	/** An interrupted attempt may have taken more messages than this one. */
	async function removeSurplus(from: number): Promise<void> {
		for (const reference of existing.slice(from)) await platform.remove(reference, options.signal).catch(() => {});
	}

	return {
		append(delta) {
			if (text.length === 0) firstDeltaAtMs = clock.now();
			text.append(delta);
			delivery ??= deliver();
			// Whoever waits for `end` gets the error; until then it must not count as unhandled.
			delivery.catch(() => {});
			notify();
		},
		announce(sentence) {
			aside.announce(sentence);
			delivery ??= deliver();
			delivery.catch(() => {});
			notify();
		},
		remark(sentence) {
			aside.remark(sentence);
			notify();
		},
		retract() {
			text = newText();
			retractions++;
			shownLength = 0;
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

interface PartEnd {
	text: string;
	buttons: Button[];
	isLast: boolean;
}

/** Whatever a model wrote, the answer ends: what cannot be rendered is shown as it is, with nothing alive in it. */
function render({ platform, observer }: PartDependencies, block: Block): string {
	try {
		return platform.renderBlock(block);
	} catch {
		observer.detoured('rendering-failed');
		return toInertText(block.source);
	}
}

function giveUpLater(clock: Clock, patience: AbortController): void {
	clock.wait(lookAgainMs, patience.signal).then(
		() => patience.abort(over),
		() => {},
	);
}
