/**
 * Checks the marks of sources in a model's text while it streams: a mark stays where its source says what the sentence says, as `[n]`. Where none does,
 * the sentence is shown without a mark and with a word on it. Only what may be a mark is held back.
 */

import { originalOf } from '../../knowledge/cite/original.ts';
import { supports } from '../../knowledge/cite/supports.ts';
import type { Words } from '../../locales/locales.ts';
import { type Claim, createClaimReader } from './claim-reader.ts';
import { createCodePlace } from './code-place.ts';
import type { FoundSources } from './found-sources.ts';
import { readMarks } from './marks.ts';

/** How many marks a model wrote, by what became of them. */
export interface CitationCounts {
	supportedMarks: number;
	/** Their source does not say what the sentence says. */
	unsupportedMarks: number;
	/** There is no such source. */
	unknownMarks: number;
}

export interface CitationCheck {
	/** Takes text as it comes, and gives what can be shown of it. Linear in the text, however it is divided; the same text for every division. */
	push(text: string): string;
	/** What was still held back, once no more text comes. */
	end(): string;
}

export interface CitationCheckParts {
	/** What can be cited; nothing is added to it while the text comes. Without any, the text passes as it is. */
	sources: Pick<FoundSources, 'all' | 'passage'>;
	words: Pick<Words, 'citation'>;
	/** The numbers that the answer cites rightly so far: these are added, each with what it says in its own language where that is another one. */
	cited: Map<number, string | null>;
	counts: CitationCounts;
}

/** More blanks before a mark stand for something else. */
const mostBlanks = 20;
const blanks = new RegExp(`[ \\t]{0,${mostBlanks}}`, 'y');

export function createCitationCheck({ sources, words, cited, counts }: CitationCheckParts): CitationCheck {
	const code = createCodePlace();
	const claims = createClaimReader();
	const count = sources.all().length;
	let held = '';
	/** What stands directly before what is read next. */
	let last = '';

	function read(text: string, isEnd: boolean): string {
		let shown = '';
		for (let at = 0; at < text.length; ) {
			const marks = marksAt(text, at, isEnd);
			if (marks === 'wait') {
				held = text.slice(at);
				return shown;
			}
			if (marks === null) {
				last = text.charAt(at++);
				code.take(last);
				claims.take(last);
				shown += last;
			} else {
				const written = judge(marks.numbers);
				// A mark that goes takes the blanks before it along.
				shown += written.startsWith('[') ? text.slice(at, marks.start) + written : written;
				last = ']';
				at = marks.end;
			}
		}
		return shown;
	}

	/** With the blanks before them. */
	function marksAt(text: string, at: number, isEnd: boolean) {
		if (!mayBeginMarks(text.charAt(at))) return null;
		blanks.lastIndex = at;
		const start = at + (blanks.exec(text)?.[0].length ?? 0);
		const isOpen = start === text.length && !isEnd && start - at < mostBlanks;
		const isEscaped = start === at && (last === '\\' || last === '!');
		if (isEscaped || !(isOpen || opensMark(text.charAt(start))) || code.isCode()) return null;
		const marks = isOpen ? 'wait' : readMarks(text, start, isEnd);
		return marks === null || marks === 'wait' ? marks : { ...marks, start };
	}

	/** What is written in place of the marks. */
	function judge(numbers: readonly number[]): string {
		const known = [...new Set(numbers)].filter((number) => number <= count);
		counts.unknownMarks += numbers.length - numbers.filter((number) => number <= count).length;
		if (known.length === 0) return '';
		const claim = claims.judge();
		const { holding, mayTell } = check(claim, known);
		counts.supportedMarks += holding.length;
		counts.unsupportedMarks += known.length - holding.length;
		for (const number of holding) cited.set(number, cited.get(number) ?? originalOf(claim.text, sources.all()[number - 1]?.excerpt ?? ''));
		if (holding.length > 0) return holding.map((number) => `[${number}]`).join('');
		return mayTell && !claim.isJudged && !claim.isOtherLine && claims.tell() ? ` ${words.citation.unsupported}` : '';
	}

	/**
	 * Those of the sources that say it by themselves; all of them, where they do so only together. Behind what says nothing, as in a list of sources, those
	 * that hold elsewhere.
	 */
	function check({ text }: Claim, known: number[]): { holding: number[]; mayTell: boolean } {
		const alone = known.filter((number) => supports(text, sources.passage([number])).supported);
		if (alone.length > 0) return { holding: alone, mayTell: false };
		const { supported, reason } = supports(text, sources.passage(known));
		if (supported) return { holding: known, mayTell: false };
		const saysNothing = reason === 'nothing';
		return { holding: saysNothing ? known.filter((number) => cited.has(number)) : [], mayTell: !saysNothing };
	}

	function push(text: string, isEnd: boolean): string {
		if (count === 0) return text;
		const whole = held + text;
		held = '';
		return read(whole, isEnd);
	}

	return { push: (text) => push(text, false), end: () => push('', true) };
}

function opensMark(character: string): boolean {
	return character === '[' || character === '【' || character === '(';
}

function mayBeginMarks(character: string): boolean {
	return character === ' ' || character === '\t' || opensMark(character);
}
