/** As much of what was said before as fits into a prompt, in the order in which it was said. Pure. */

import type { ModelMessage } from '../models/model-pool.ts';
import { quote } from '../models/quotation.ts';
import type { Memory, RememberedMessage } from './memory.ts';
import { type Measure, templateTokensPerMessage } from './prompt-budget.ts';
import { overheardLine, remembered } from './prompt-lines.ts';

/** The newest of what people said among themselves have so much of the room, before anything else gets it. */
const overheardShare = 0.3;
const leftOut = quote({ left_out: 'earlier messages' });

export interface Said {
	messages: ModelMessage[];
	/** Estimated, of what was said to the bot and did not fit. */
	droppedTokens: number;
}

/** One thing that was said: a message of its own, or a line among others. */
interface Entry {
	/** Orders what was said. */
	sequence: number;
	isOverheard: boolean;
	message: ModelMessage;
	tokens: number;
}

/**
 * The notes, and the newest of what was said to the bot and beside it, in its order. Where not all fits, what people said among themselves
 * goes first, the oldest of it; but the newest of it has a share of its own.
 */
export function fitSaid(memory: Memory, tokens: number, { measure, homeTimeZone }: { measure: Measure; homeTimeZone: string }): Said {
	const notes = memory.summary === null ? [] : [quote({ notes: memory.summary })].filter((line) => measure.cost(line) <= tokens);
	const left = tokens - (notes.length === 0 ? 0 : measure.ofLines(notes) + templateTokensPerMessage);
	const talk = memory.messages.slice(0, -1).map((message) => toEntry(message, { isShared: memory.isShared, homeTimeZone, measure }));
	const beside = memory.overheard.map((message): Entry => {
		const content = overheardLine(message, homeTimeZone);
		return { sequence: message.before, isOverheard: true, message: { role: 'user', content }, tokens: measure.ofLines([content]) };
	});
	// Lines that stand beside each other become one message; at worst each is one.
	const reserved = beside.length === 0 ? 0 : measure.tokens(leftOut) + templateTokensPerMessage * (talk.length + 1);
	const sure = newest(beside, (left - reserved) * overheardShare);
	const history = newest(talk, left - (sure.length === 0 ? 0 : reserved) - sumOf(sure));
	while (history[0]?.message.role === 'assistant') history.shift();
	const heard = newest(beside, left - reserved - sumOf(history));
	const isCut = heard.length < beside.length || memory.isThreadCut;
	const droppedTokens = sumOf(talk) - sumOf(history);
	return { messages: toMessages([...notes, ...(isCut && heard.length > 0 ? [leftOut] : [])], [...heard, ...history]), droppedTokens };
}

function toEntry(message: RememberedMessage, options: { isShared: boolean; homeTimeZone: string; measure: Measure }): Entry {
	const content = remembered(message, options);
	return {
		sequence: message.sequence,
		isOverheard: false,
		message: { role: message.role, content },
		tokens: options.measure.cost(content),
	};
}

/** The last ones that fit, without a gap. */
function newest(entries: readonly Entry[], tokens: number): Entry[] {
	let left = tokens;
	const first = entries.findLastIndex((entry) => {
		left -= entry.tokens;
		return left < 0;
	});
	return entries.slice(first + 1);
}

function sumOf(entries: readonly Entry[]): number {
	return entries.reduce((sum, { tokens }) => sum + tokens, 0);
}

/** In the order in which it was said. The notes and lines of people that follow each other are one message. */
function toMessages(notes: readonly string[], entries: readonly Entry[]): ModelMessage[] {
	const messages: ModelMessage[] = notes.length === 0 ? [] : [{ role: 'user', content: notes.join('\n') }];
	let isOpen = notes.length > 0;
	for (const { message, isOverheard } of [...entries].sort(bySequence)) {
		const last = messages.at(-1);
		if (isOverheard && isOpen && last !== undefined) last.content += `\n${message.content}`;
		else messages.push({ ...message });
		isOpen = isOverheard;
	}
	return messages;
}

/** What was said before a message stands before it; sorting keeps the order of equals. */
function bySequence(left: Entry, right: Entry): number {
	return left.sequence - right.sequence || Number(right.isOverheard) - Number(left.isOverheard);
}
