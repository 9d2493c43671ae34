/**
 * Takes a model's reasoning out of the answer in which it stands, while the answer comes in: however it is marked and wherever the marks are
 * cut, but not in code, which is how an answer speaks of such marks.
 */

import { createCodeTracker } from './code-tracker.ts';
import { createHiddenStretch, type HiddenStretch } from './hidden-stretch.ts';
import { findingMarks, harmony, isForReader, type Mark, markAt, markStart } from './reasoning-marks.ts';

/** What became of some text of the model. */
export interface Filtered {
	/** All that was given out before was reasoning; `text` stands in its place. */
	isRetracted: boolean;
	text: string;
}

export interface ReasoningFilter {
	push(delta: string): Filtered;
	/** What was still held back, once no more comes. */
	end(): Filtered;
	/** Reasoning ended that no mark had begun: the model's template has the first one. */
	readonly endedUnbegun: boolean;
}

export interface ReasoningFilterOptions {
	/**
	 * Holds the beginning back until it is known to be the answer, for models that are known to end reasoning that no mark began. Costs their
	 * readers the first words for so long; of other models nothing is held back but what may become a mark.
	 */
	holdsBeginning: boolean;
}

/** So far into an answer a mark that ends reasoning takes back all before it. Later it is a word of the answer. */
const beginningCharacters = 4_000;
/** A role, a channel, a recipient and a format; what is longer is no header. */
const longestHeader = 200;
const closingQuotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '«': '»' };
/** A channel whose mark, or a role whose mark, stood in the prompt already. */
const bareHeader = /^\s*(?:assistant)?\s*(?:analysis|commentary|final)?\s*$/;

type Place = { type: 'answer' } | { type: 'hidden'; stretch: HiddenStretch } | { type: 'header'; begun: string };

export function createReasoningFilter({ holdsBeginning }: ReasoningFilterOptions): ReasoningFilter {
	const code = createCodeTracker();
	let place: Place = { type: 'answer' };
	/** What has not been read. */
	let rest = '';
	let isEnded = false;
	let isHolding = holdsBeginning;
	let isAnythingGiven = false;
	let out: Filtered = { isRetracted: false, text: '' };
	/** Characters of the answer so far, and the last of them. */
	let length = 0;
	let tail = '';
	/** The answer so far was said in the channel for it. */
	let isFinal = false;
	let endedUnbegun = false;

	/** Reads on in `rest`. False when more must come first. */
	function read(): boolean {
		if (place.type === 'hidden') return readHidden(place.stretch);
		return place.type === 'header' ? readHeader(place.begun) : readAnswer();
	}

	function take(count: number): string {
		const taken = rest.slice(0, count);
		rest = rest.slice(count);
		return taken;
	}

	function readAnswer(): boolean {
		const next = rest.search(markStart);
		show(take(next < 0 ? rest.length : next));
		if (rest === '') return false;
		const mark = markAt(rest);
		if (mark === 'partial' && !isEnded) return false;
		if (mark === 'partial' || mark === null) {
			show(take(1));
			return true;
		}
		const isWord = isSpokenOf(mark);
		if (isWord === null) return false;
		const spelled = take(mark.name.length);
		if (isWord) show(spelled);
		else obey(mark, spelled);
		return true;
	}

	function show(text: string): void {
		code.take(text);
		out.text += text;
		length += text.length;
		tail = (tail + text).slice(-longestHeader);
		if (length > beginningCharacters) isHolding = false;
	}

	/** Whether a mark is what the answer is about: in code or between quotation marks. Null when that is not known yet. */
	function isSpokenOf({ name, role }: Mark): boolean | null {
		const state = code.state();
		if (state === 'fence') return true;
		if (typeof state === 'number') {
			const closes = closesSpan(rest, state, isEnded);
			if (closes !== false) return closes;
		}
		const following = rest.charAt(name.length);
		const quote = closingQuotes[tail.slice(-1)];
		const isUndecided = quote !== undefined || (typeof role === 'object' && !code.isAtLineStart());
		return isUndecided && following === '' && !isEnded ? null : following !== '' && following === quote;
	}

	function obey({ role }: Mark, spelled: string): void {
		if (typeof role === 'object') hide([role.closedBy], mayBeWord() ? spelled : null);
		else if (role === 'closing') endUnbegun(spelled);
		else if (role === 'header') place = { type: 'header', begun: spelled };
		else if (role === 'message' && isBareHeader()) beginMessage(`${harmony.channel}${tail.trim().replace(/^assistant\s*/, '')}`);
	}

	/** A mark that begins reasoning begins a line, or the reasoning follows without a blank. */
	function mayBeWord(): boolean {
		return !code.isAtLineStart() && /^[\s\p{P}]/u.test(rest);
	}

	function hide(ends: readonly string[], word: string | null): void {
		place = { type: 'hidden', stretch: createHiddenStretch(ends, word) };
	}

	function endUnbegun(spelled: string): void {
		if (length > beginningCharacters) {
			show(spelled);
			return;
		}
		endedUnbegun ||= length > 0;
		retract();
	}

	function retract(): void {
		out = { isRetracted: isAnythingGiven, text: '' };
		length = 0;
		tail = '';
		isHolding = false;
		code.reset();
	}

	function readHidden(stretch: HiddenStretch): boolean {
		const { mark, rest: following } = stretch.read(rest, isEnded);
		rest = following;
		if (mark === null) {
			if (isEnded) show(stretch.words());
			return false;
		}
		const isHeader = harmony.headers.includes(mark.toLowerCase());
		place = isHeader ? { type: 'header', begun: mark } : { type: 'answer' };
		// A model that marks both ends is not waited for.
		isHolding = false;
		return true;
	}

	function readHeader(begun: string): boolean {
		const header = headerIn(rest, isEnded);
		if (header === null) return false;
		const named = begun + take(header.length);
		if (header.hasMessage) take(harmony.message.length);
		beginMessage(named);
		return true;
	}

	/** What is said in other channels than the final one, or to others than the reader, is hidden. */
	function beginMessage(header: string): void {
		const isOpening = isBareHeader();
		const takesBack = !isFinal && length <= beginningCharacters;
		if (isForReader(header)) {
			endedUnbegun ||= takesBack && !isOpening;
			if (takesBack) retract();
			code.reset();
			place = { type: 'answer' };
			isFinal = true;
			return;
		}
		if (takesBack && isOpening) retract();
		hide([...harmony.headers, ...harmony.ends], null);
	}

	/** All that was shown are words that belong to the header. */
	function isBareHeader(): boolean {
		return length === tail.length && bareHeader.test(tail);
	}

	function give(): Filtered {
		if (isHolding && !isEnded) return { isRetracted: false, text: '' };
		const given = out;
		out = { isRetracted: false, text: '' };
		isAnythingGiven ||= given.text !== '';
		return given;
	}

	function readAll(): Filtered {
		let goesOn = true;
		while (goesOn) goesOn = read();
		return give();
	}

	return {
		push(delta) {
			rest += delta;
			return readAll();
		},
		end() {
			isEnded = true;
			return readAll();
		},
		get endedUnbegun() {
			return endedUnbegun;
		},
	};
}

const messageMark = findingMarks([harmony.message]);

/** Where the header ends that a text goes on with. Without the mark of a message it is the name of a channel. Null when more must come first. */
function headerIn(text: string, isEnded: boolean): { length: number; hasMessage: boolean } | null {
	const end = text.search(messageMark);
	const atLeast = end < 0 ? text.length - harmony.message.length : end;
	const isNone = atLeast > longestHeader || text.slice(0, end < 0 ? text.length : end).includes('\n') || (end < 0 && isEnded);
	if (isNone) return { length: /^[^\S\n]*[\w-]{0,40}/.exec(text)?.[0].length ?? 0, hasMessage: false };
	return end < 0 ? null : { length: end, hasMessage: true };
}

/** Whether as many backticks follow in the line. Null when that is not known yet. */
function closesSpan(text: string, ticks: number, isEnded: boolean): boolean | null {
	const lineEnd = text.indexOf('\n');
	const line = lineEnd < 0 ? text : text.slice(0, lineEnd);
	const isOpen = lineEnd < 0 && !isEnded;
	for (const { 0: run, index } of line.matchAll(/`+/g)) {
		const mayGrow = isOpen && index + run.length === line.length;
		if (run.length === ticks && !mayGrow) return true;
	}
	return isOpen ? null : false;
}
