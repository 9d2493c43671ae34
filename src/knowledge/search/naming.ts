/** Which document a question names: "in the March report", "según el manual de la BL-350". Pure. */

import { monthOf } from '../cite/dates.ts';
import { isFunctionWord } from '../text/function-words.ts';
import { foldText, stem } from '../text/stems.ts';
import { kindAt } from './document-kinds.ts';

/** One thing that is said of a document: its name says it, or its date where the name tells none. */
export interface NamingTerm {
	/** Regular expression of PostgreSQL, for a folded name. */
	pattern: string;
	/** From 1. */
	month: number | null;
	year: number | null;
}

/** What is said of one document. */
export type Naming = readonly NamingTerm[];

/** Before the name of a kind there are at most so many words that say more of it, and behind it. */
const [mostBefore, mostBehind] = [4, 6];
/** `An Excel` is none that somebody knows. */
const determiners = new Set(
	'el la los las del al este esta ese esa nuestro nuestra su mi segun the this that our your my its per'.split(' '),
);
/** Stand within a name. */
const connectors = new Set('de del la las el los y e para con the of for from and with'.split(' '));
/** More documents than these nobody names in one question. */
const mostNamings = 4;
/** Whether a name tells a month at all. */
export const anyMonthPattern = monthPattern(monthOf.keys(), '(0[1-9]|1[0-2])');
const end = /^[^\p{L}\p{N}]$/u;

/**
 * A kind of document with a determiner before it, or at the beginning, and what is said of it around it.
 * @param now tells which year is the last one.
 * @returns nothing for a question that names none.
 */
export function namingsIn(question: string, now: Date): Naming[] {
	const words = wordsOf(question, now.getFullYear());
	const namings: Naming[] = [];
	for (let at = 0; at < words.length && namings.length < mostNamings; at++) {
		const kind = kindAt(words, at);
		if (kind === null) continue;
		const before = wordsBefore(words, at);
		if (before !== null) {
			const said = [...before, ...wordsBehind(words, at + kind.length)];
			namings.push([{ pattern: kind.pattern, month: null, year: null }, ...said.flatMap(termOf)]);
		}
		at += kind.length - 1;
	}
	return namings;
}

const quarters = [
	/\b(?:primer|1\.?o?|1er) trimestre\b|\b(?:first|1st) quarter\b|\b(?:1[tq]|t1)\b/g,
	/\b(?:segundo|2\.?o?) trimestre\b|\b(?:second|2nd) quarter\b|\b(?:2[tq]|t2)\b/g,
	/\b(?:tercer|3\.?o?|3er) trimestre\b|\b(?:third|3rd) quarter\b|\b(?:3[tq]|t3)\b/g,
	/\b(?:cuarto|4\.?o?) trimestre\b|\b(?:fourth|4th) quarter\b|\b(?:4[tq]|t4)\b/g,
];
const quarterNames = [
	'primer trimestre|first quarter|\\m(1[tq]|[tq]1)\\M',
	'segundo trimestre|second quarter|\\m(2[tq]|[tq]2)\\M',
	'tercer trimestre|third quarter|\\m(3[tq]|[tq]3)\\M',
	'cuarto trimestre|fourth quarter|\\m(4[tq]|[tq]4)\\M',
];

/** Folded, with a mark of punctuation as a word of its own, quarters as `q2`, and years as figures. */
function wordsOf(question: string, thisYear: number): string[] {
	let text = foldText(question).replace(/(?<=\p{L})'s\b/gu, '');
	for (const [at, quarter] of quarters.entries()) text = text.replace(quarter, `q${at + 1}`);
	text = text
		.replace(/\b(?:ano pasado|ano anterior)\b/g, String(thisYear - 1))
		.replace(/\b(?:este ano|ano actual)\b/g, String(thisYear))
		// In English they stand where an article does.
		.replace(/\b(?:last|previous) year\b/g, `the ${thisYear - 1}`)
		.replace(/\b(?:this|current) year\b/g, `the ${thisYear}`);
	return text.match(/[\p{L}\p{N}]+(?:[-./_][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** Null where no determiner stands before them: `I report` is no report. */
function wordsBefore(words: readonly string[], at: number): string[] | null {
	const before: string[] = [];
	for (let index = at - 1; before.length <= mostBefore; index--) {
		const word = words[index];
		if (word === undefined || end.test(word) || determiners.has(word)) return before;
		if (isFunctionWord(word, null)) return null;
		before.unshift(word);
	}
	return null;
}

function wordsBehind(words: readonly string[], from: number): string[] {
	const behind: string[] = [];
	for (let index = from; behind.length < mostBehind; index++) {
		const word = words[index];
		if (word === undefined || end.test(word)) break;
		if (connectors.has(word)) continue;
		if (isFunctionWord(word, null)) break;
		behind.push(word);
	}
	return behind;
}

function termOf(word: string): NamingTerm[] {
	const month = monthOf.get(word);
	if (month !== undefined) {
		const names = [...monthOf.keys()].filter((name) => monthOf.get(name) === month);
		return [{ pattern: monthPattern(names, String(month).padStart(2, '0')), month, year: null }];
	}
	if (/^(?:19|20)\d\d$/.test(word)) return [{ pattern: `(^|[^0-9])${word}([^0-9]|$)`, month: null, year: Number(word) }];
	const quarter = /^q([1-4])$/.exec(word)?.[1];
	if (quarter !== undefined) return [{ pattern: quarterNames[Number(quarter) - 1] ?? word, month: null, year: null }];
	const pattern = wordPattern(word);
	return pattern === null ? [] : [{ pattern, month: null, year: null }];
}

/** As a word, or as the number within a date: `2026-03`, `2026-03-31`, `31.03.2026`. */
function monthPattern(names: Iterable<string>, number: string): string {
	return `\\m(${[...names].join('|')})\\M|(19|20)[0-9]{2}[-_. ]?${number}([-_. ]|$)|(^|[^0-9])${number}[-_.](19|20)[0-9]{2}`;
}

/** In any of its forms; what divides a code may be anything. Null for what tells nothing. */
function wordPattern(word: string): string | null {
	if (/\d/.test(word)) return `\\m${(word.match(/[\p{L}\p{N}]+/gu) ?? []).join('[^a-z0-9]*')}\\M`;
	if (!/^\p{L}{2,}$/u.test(word)) return null;
	const stems = new Set([word, stem(word, 'es'), stem(word, 'en')].filter((form) => form.length > 2));
	return stems.size === 0 ? `\\m${word}\\M` : `\\m(${[...stems].join('|')})`;
}
