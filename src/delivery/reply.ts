/** One streamed reply: takes the model's deltas as fast as they come and shows them as fast as the platform's budgets allow. */

import { BotError } from '../errors.ts';
import type { LinkRule } from '../markdown/bare-address.ts';
import type { Block } from '../markdown/block.ts';
import { toInertText } from '../markdown/inert-text.ts';
import { keepKnownLinks } from '../markdown/safe-inline.ts';
import type { Button, MessageReference, Source } from '../platform/chat-platform.ts';
import { onAbort, over } from '../waiting.ts';
import { createAside } from './aside.ts';
import type { Delivered, Obstacle } from './obstacle.ts';
import { createReplyMessage, type ReplyMessage } from './reply-message.ts';
import type { Closing, Seen } from './reply-message-closing.ts';
import type { ReplyMessageDependencies, ReplyMessageOptions } from './reply-message-context.ts';
import type { FinalText } from './reply-message-ending.ts';
import { createReplyShowing } from './reply-showing.ts';
import { createReplyText, type ReplyText } from './reply-text.ts';

export interface ReplyOptions extends Omit<ReplyMessageOptions, 'position' | 'existing' | 'waits'> {
	/** Messages of an interrupted attempt, in order: they are edited instead of posting new ones. */
	existing: readonly MessageReference[];
	/** Which addresses in the text may be links: asked anew whenever it is shown. Any of the web without a rule. */
	links?: () => LinkRule | undefined;
	/** Nothing more can be shown: whoever writes may stop. Called once, at once. */
	onObstacle?: (obstacle: Obstacle) => void;
	/** What is then said in the place, where the bot still can. Nothing when not given. */
	closing?: (obstacle: Obstacle, seen: Seen) => Closing;
}

export interface ReplyEnding {
	buttons: Button[];
	/** What the text cites: shown with the last message. */
	sources?: readonly Source[];
	/** A sentence set apart below the text: stopped, interrupted, cut short. */
	notice?: string;
	/** The same without words about buttons, for a message that can show none; `text` too where that is a sentence of ours. */
	bare?: { text?: string; notice?: string };
}

interface FinalMessage extends FinalText {
	isLast: boolean;
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
	/** Resolves as soon as the first message is there, or it is clear that there can be none. */
	readonly begun: Promise<void>;
	/**
	 * No more text. Resolves when the whole reply is visible, or as much of it as ever can be.
	 * @throws BotError when the platform does not answer for too long; the text is not lost, the caller has it.
	 */
	end(ending: ReplyEnding): Promise<Delivered>;
	/** Shows nothing more, not even an end. Resolves when nothing is on its way any more. */
	abandon(): Promise<void>;
	readonly length: number;
}

/** Room kept in each message for notices: the two longest that can stand together have about 160 bytes. */
const noticeReserve = 200;

export function startReply(deps: ReplyMessageDependencies, options: ReplyOptions): Reply {
	const { messageText, messageStructure: structure, firstTextWaitMs, drawsFormulas: keepsFormulas } = deps.platform.capabilities;
	const { limit, unit } = messageText;
	const { links = () => undefined } = options;
	let text = newText();
	let retractions = 0;
	const existing = [...options.existing];
	const ended = new AbortController();
	/** An announcement is no text yet. */
	const observer = { ...deps.observer, firstText: () => text.length > 0 && deps.observer.firstText() };
	const messageDeps: ReplyMessageDependencies = { ...deps, observer };
	let ending: ReplyEnding | null = null;
	let tellBegun = () => {};
	const begun = new Promise<void>((resolve) => {
		tellBegun = resolve;
	});
	let delivery: Promise<Delivered> | null = null;
	const abandoned = new AbortController();
	const waits = AbortSignal.any([options.signal, abandoned.signal]);
	const forget = onAbort(waits, () => ended.abort(over));
	const aside = createAside();
	const showing = createReplyShowing({
		...{ clock: deps.clock, observer, aside, firstTextWaitMs },
		text: () => text,
		ended: ended.signal,
		onBegun: () => tellBegun(),
	});

	function newText(): ReplyText {
		return createReplyText({ renderBlock, limit: limit - noticeReserve, unit, structure, links, keepsFormulas });
	}

	function renderBlock(block: Block): string {
		const rule = links();
		return render(deps, rule === undefined ? block : { ...block, source: keepKnownLinks(block.source, rule) });
	}

	function begin(): Promise<Delivered> {
		delivery ??= deliver().finally(() => {
			tellBegun();
			forget();
		});
		// Whoever waits for `end` gets the error; until then it must not count as unhandled.
		delivery.catch(() => {});
		return delivery;
	}

	async function deliver(): Promise<Delivered> {
		let next: Delivered | number = 0;
		while (typeof next === 'number') next = await deliverAt(next);
		return next;
	}

	/** Resolves to the position of the message that is next, or to what became of the whole. */
	async function deliverAt(position: number): Promise<Delivered | number> {
		const begunAt = retractions;
		const mayStream = options.mayStream && (!aside.isAnnounced() || position > 0);
		const message = await createReplyMessage(messageDeps, { ...options, waits, mayStream, position, existing: existing[position] });
		try {
			const next = await deliverMessage(message, position, () => retractions !== begunAt);
			if (message.obstacle !== null) return await close(message, position, message.obstacle);
			if (message.reference !== null) existing[position] = message.reference;
			if (next !== null) return next;
			await removeSurplus(position + 1);
			return { obstacle: null, isTold: false, hasText: true };
		} finally {
			if (abandoned.signal.aborted) await message.abandon();
			await message.leave();
		}
	}

	/** Resolves to the message that is next: another one, none, the first one with another text, or the same one to be edited. */
	async function deliverMessage(message: ReplyMessage, position: number, isRetracted: () => boolean): Promise<number | null> {
		const ends = await grow(message, position, isRetracted);
		if (message.obstacle !== null) return null;
		if (ends === null) await message.giveUp();
		else await message.finish(ends);
		if (isRetracted()) return 0;
		if (ends === null) return position;
		return ends.isLast ? null : position + 1;
	}

	/**
	 * Resolves to how the message ends. Null when there is an obstacle; or when it has to begin anew: its text was taken back, or it streams and is
	 * to say what goes away again.
	 */
	async function grow(message: ReplyMessage, position: number, isRetracted: () => boolean): Promise<FinalMessage | null> {
		while (message.obstacle === null && !isRetracted() && !(message.isStreaming && aside.isRemarked())) {
			const ends = endOf(position);
			if (ends !== null) return ends;
			if (waits.aborted) throw new BotError('CANCELLED', 'the delivery was handed over or given up');
			if (message.isTooOld()) text.cut();
			else await showing.showWhenDue(message, position);
		}
		return null;
	}

	async function close(message: ReplyMessage, position: number, obstacle: Obstacle): Promise<Delivered> {
		options.onObstacle?.(obstacle);
		const hasText = position > 0 || message.hasText;
		const closing = options.closing?.(obstacle, { isBegun: message.reference !== null, hasText }) ?? { notice: '', buttons: [] };
		const isTold = await message.close(closing);
		await removeSurplus(position + 1);
		return { obstacle, isTold, hasText };
	}

	/** How the message ends; null while it may still grow. */
	function endOf(position: number): FinalMessage | null {
		const messages = text.messages();
		const body = messages[position]?.text ?? '';
		if (ending !== null && position >= messages.length - 1) {
			const { notice, bare = {}, buttons, sources = [] } = ending;
			const bareText = apart(bare.text ?? body, bare.notice ?? notice);
			return { text: apart(body, notice), bareText, buttons, sources, isLast: true };
		}
		return messages[position]?.isFrozen ? { text: body, bareText: body, buttons: [], sources: [], isLast: false } : null;
	}

	/** An interrupted attempt may have taken more messages than this one. */
	async function removeSurplus(from: number): Promise<void> {
		for (const reference of existing.slice(from)) await deps.platform.remove(reference, options.signal).catch(() => {});
	}

	return {
		append(delta) {
			text.append(delta);
			void begin();
			showing.grew();
		},
		announce(sentence) {
			aside.announce(sentence);
			void begin();
			showing.notify();
		},
		remark(sentence) {
			aside.remark(sentence);
			showing.notify();
		},
		retract() {
			text = newText();
			retractions++;
			showing.restarted();
		},
		begun,
		async end(value) {
			ending = value;
			text.end();
			ended.abort(over);
			showing.notify();
			return await begin();
		},
		async abandon() {
			abandoned.abort(over);
			showing.notify();
			await delivery?.catch(() => {});
		},
		get length() {
			return text.length;
		},
	};
}

/** Whatever a model wrote, the answer ends: what cannot be rendered is shown as it is, with nothing alive in it. */
function render({ platform, observer }: ReplyMessageDependencies, block: Block): string {
	try {
		return platform.renderBlock(block);
	} catch {
		observer.detoured('rendering-failed');
		return toInertText(block.source);
	}
}

function apart(...blocks: (string | undefined)[]): string {
	return blocks.filter((block) => block !== undefined && block !== '').join('\n\n');
}
