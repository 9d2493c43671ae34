/** One reply's text, from the model's deltas to messages that fit the platform. */

import type { LinkRule } from '../markdown/bare-address.ts';
import type { Block, BlockKind } from '../markdown/block.ts';
import { type LocatedBlock, readBlocks, readCertainLength } from '../markdown/blocks.ts';
import { type BlockCut, closeOpenFence, createBlockCutter } from '../markdown/cut.ts';
import { createModelText, type ModelTextOptions } from '../markdown/model-text/model-text.ts';
import { stablePrefixLength } from '../markdown/stable-prefix.ts';
import { createMessageRoom, type RoomOptions } from './message-room.ts';

export interface ReplyTextOptions extends RoomOptions, ModelTextOptions {
	/** The platform's form of one block. For `stableText`, that of a block's beginning must be a prefix of that of the block. */
	renderBlock(block: Block): string;
	/** The rule by which `renderBlock` takes addresses; by none when not given. */
	links?: () => LinkRule | undefined;
}

export interface MessageText {
	text: string;
	/** True when the text will never change again. */
	isFrozen: boolean;
}

export interface ReplyText {
	/** Takes more text. Costs the copy: nothing is parsed here. */
	append(delta: string): void;
	/** No more text will come. */
	end(): void;
	/** The messages so far, rendered. The last one is open until `end`; a fence that it leaves open is shown closed. Empty when there is no text. */
	messages(): readonly MessageText[];
	/**
	 * What is final of the open message's text, and the beginning of what is shown now, without blank space at its end. It is committed by
	 * being returned: no later cut falls before it. Empty when no message is open.
	 */
	stableText(): string;
	/** Ends the open message at its stable text; what follows opens a new one. */
	cut(): void;
	/** Characters received so far, in UTF-16 units. */
	readonly length: number;
}

/** A Markdown file that is shorter than this is not final before it is known whether it has code within; a longer one has room for that. */
const unsettledCharacters = 300;

/** Creates the text of one reply. Parsing happens when the messages are asked for, and only of blocks that are not final yet. */
export function createReplyText(options: ReplyTextOptions): ReplyText {
	const room = createMessageRoom(options);
	const modelText = createModelText(options);
	const frozen: MessageText[] = [];
	let length = 0;
	let isEnded = false;
	let isStale = false;
	/** Final blocks of the open message, rendered. */
	let body = '';
	let bodyParts = 0;
	let lastKind: BlockKind | null = null;
	/** The source behind them, and its blocks. */
	let tail = '';
	let openBlocks: LocatedBlock[] = [];
	/** The open message, rendered: `body` and the blocks of `tail`. */
	let openText = '';
	/** What `stableText` returned, and how far it reaches into the first block of `tail`. */
	let committed = '';
	let committedSource = 0;

	const render = ({ kind, language }: Block, source: string, isComplete: boolean) =>
		options.renderBlock({ kind, source, language, isComplete });

	function refresh(): void {
		if (!isStale) return;
		isStale = false;
		tail = modelText.addTo(tail, committedSource);
		while (!layOut()) {
			// A block was cut: what is left of it is read again, as the beginning of the next message.
		}
	}

	/** Moves final blocks from `tail` to `body` and renders the others. False when a message became full on the way. */
	function layOut(): boolean {
		const { blocks } = readBlocks(tail);
		const isFinal = (block: LocatedBlock) => isEnded || block.isComplete;
		for (const block of blocks) {
			if (!isFinal(block)) break;
			endFullMessage();
			const text = join(body, render(block, closeOpenFence(block.source), true));
			const parts = bodyParts + room.partsOf(block.kind, block.source);
			if (!room.fits(text, parts)) return cutOff(block, body, bodyParts);
			[body, bodyParts] = [text, parts];
			lastKind = block.kind;
			committedSource = 0;
		}
		openBlocks = blocks.filter((block) => !isFinal(block));
		const start = openBlocks[0]?.start ?? tail.length;
		return layOutOpen(start);
	}

	function layOutOpen(start: number): boolean {
		if (openBlocks.length > 0) endFullMessage();
		let text = body;
		let parts = bodyParts;
		for (const block of openBlocks) {
			const longer = join(text, render(block, closeOpenFence(block.source), true));
			const more = parts + room.partsOf(block.kind, block.source);
			if (!room.fits(longer, more)) return cutOff(block, text, parts);
			text = longer;
			parts = more;
		}
		openText = text;
		tail = tail.slice(start);
		openBlocks = openBlocks.map((block) => ({ ...block, start: block.start - start, end: block.end - start }));
		return true;
	}

	function endFullMessage(): void {
		if (committedSource === 0 && lastKind !== 'heading' && room.isFull(body, bodyParts)) freeze(body);
	}

	function freeze(text: string): void {
		frozen.push({ text, isFrozen: true });
		body = '';
		bodyParts = 0;
		openText = '';
		lastKind = null;
		committed = '';
		committedSource = 0;
	}

	/** Ends the open message within a block that does not fit any more, or before it. Returns false: the layout begins again. */
	function cutOff(block: LocatedBlock, before: string, partsBefore: number): false {
		const cutter = createBlockCutter(block.source, block.kind);
		const minimum = before === body ? committedSource : 0;
		const largest = cutter.findLargest((head) =>
			room.fits(join(before, render(block, head, true)), partsBefore + room.partsOf(block.kind, head)),
		);
		const cut = cutter.cutBetween(minimum, Math.max(largest, minimum, 1));
		const mayWait = minimum === 0 && before !== '';
		return mayWait && (largest === 0 || !cut.isClean) ? endBefore(block, before) : endWithin(block, cut, before);
	}

	function endBefore(block: LocatedBlock, before: string): false {
		tail = tail.slice(block.start);
		freeze(before);
		return false;
	}

	function endWithin(block: LocatedBlock, { head, tail: rest }: BlockCut, before: string): false {
		tail = rest + tail.slice(block.end);
		freeze(join(before, render(block, head, true)));
		return false;
	}

	/** What is final of a fence has room for those that may come within it. */
	function settleFence(): void {
		const [block, ...others] = openBlocks;
		const mayWait = block?.kind === 'code' && block.source.length < unsettledCharacters;
		if (block === undefined || others.length > 0 || mayWait || !modelText.isUnsettled) return;
		tail = modelText.settle(tail, committedSource);
		isStale = true;
		refresh();
	}

	function readStable(): { text: string; sourceLength: number } {
		const [block] = openBlocks;
		const isSettled = block !== undefined && !(block.kind === 'code' && modelText.isUnsettled);
		const source = isSettled ? finalBeginning(block, tail.slice(block.start), room.isTight(openText), options.links?.()) : '';
		const rendered = block === undefined || source === '' ? '' : render(block, source, false);
		const text = join(body, rendered).trimEnd();
		const isLonger = text.length > committed.length && text.startsWith(committed) && openText.startsWith(text);
		return isLonger ? { text, sourceLength: source.length } : { text: committed, sourceLength: committedSource };
	}

	return {
		append(delta) {
			modelText.push(delta);
			length += delta.length;
			isStale = true;
		},
		end() {
			modelText.end();
			isEnded = true;
			isStale = true;
		},
		messages() {
			refresh();
			return openText === '' ? [...frozen] : [...frozen, { text: openText, isFrozen: isEnded }];
		},
		stableText() {
			refresh();
			if (isEnded) return openText;
			settleFence();
			const stable = readStable();
			committed = stable.text;
			committedSource = stable.sourceLength;
			return committed;
		},
		cut() {
			refresh();
			if (isEnded) return;
			const [block] = openBlocks;
			const stable = readStable();
			if (stable.text === '') {
				tail = '';
				freeze(openText);
			} else if (block === undefined || stable.sourceLength === 0) freeze(body);
			else {
				// With all that follows, so that the next line still finds its fence or table.
				const source = tail.slice(block.start);
				const cut = createBlockCutter(source, block.kind).cutBetween(committedSource, stable.sourceLength);
				tail = cut.tail;
				freeze(join(body, render(block, cut.head, true)));
			}
			openBlocks = [];
			isStale = true;
		},
		get length() {
			return length;
		},
	};
}

function join(before: string, rendered: string): string {
	return before === '' || rendered === '' ? before + rendered : `${before}\n\n${rendered}`;
}

/** The final beginning of a block, without blank space at its end. `following`: the block and all that came behind it. */
function finalBeginning({ source, kind }: Block, following: string, isTight: boolean, links: LinkRule | undefined): string {
	const whole = source.slice(0, stablePrefixLength(following, readCertainLength(following, kind), links));
	return isTight ? toWholeWords(whole, kind, links) : whole.trimEnd();
}

/** Up to the last word or line that has ended. */
function toWholeWords(source: string, kind: BlockKind, links: LinkRule | undefined): string {
	const isText = kind === 'paragraph' || kind === 'heading';
	const words = source.slice(0, Math.max(source.lastIndexOf('\n'), isText ? source.lastIndexOf(' ') : -1, 0));
	// The blank may lie within a link or a code span.
	return words.slice(0, stablePrefixLength(words, words.length, links)).trimEnd();
}
