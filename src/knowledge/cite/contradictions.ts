/**
 * Which passages of different documents say different things of the same: another number, date or amount beside the same words, or a yes for a no. Pure.
 *
 * It does not understand, and is silent rather than wrong: both clauses name the same people and things, have most of their words in common, and
 * differ in one value alone.
 */

import { foldText, plainText, stem, type TextLanguage, textLanguageOf } from '../text/stems.ts';
import { type Fact, type FoundFacts, holdsFact } from './fact.ts';
import { codesIn } from './names.ts';
import { readStatement } from './negation.ts';
import { findFacts, readClaim } from './supports.ts';

/** A passage with the name of its document and the date of it, which tell two documents apart. */
export interface DatedPassage {
	title: string;
	date: string | null;
	text: string;
}

/** What one passage says, clause by clause. */
export interface PassageClauses {
	title: TitleReading;
	date: string | null;
	language: TextLanguage | null;
	clauses: readonly Clause[];
}

export interface Contradiction {
	/** What each of the two says, word for word. */
	said: readonly [string, string];
	/** The value of each; null where one says yes and the other no. */
	values: readonly [Fact, Fact] | null;
}

interface Clause {
	text: string;
	/** Of words that say something. */
	stems: ReadonlySet<string>;
	/** Names and codes, and years: what it is about. */
	about: ReadonlySet<string>;
	facts: readonly Fact[];
	found: FoundFacts;
	isDenied: boolean;
}

/** What a document is about by its name. */
interface TitleReading {
	name: string;
	/** Months, quarters, codes and numbers, but no years: a rule of another year is an older one. */
	about: string;
	/** Each of a kind tells of its own time: none contradicts another one. */
	isPeriodic: boolean;
}

/** A clause of fewer words says the same as another one by chance. */
const fewestWords = 3;
/** Of the words of the shorter clause, and of the longer one. Measured on the project's own set: docs/benchmarks.md, "Contradictions". */
const [leastOfShorter, leastOfLonger] = [0.8, 0.5];
/** What a passage says beyond that is not read: a page or two. */
const mostClauses = 40;
const mostCharacters = 6_000;

const sentenceEnd = /(?<=[.!?;])\s+|\n+/;
const clauseEnd = /,\s+|\s\|\s/;
const year = /^(?:19|20)\d\d$/;
const periodic =
	/\b(?:informes?|calendarios?|calendars?|actas?|memorias?|menus?|boletin|resultados|cierre|nominas?|facturas?|reports?|minutes|newsletter|results|invoices?|payroll)\b/;
const quarter = /\b(?:[tq][1-4]|[1-4][tq])\b/g;

export function readClauses({ title, date, text }: DatedPassage): PassageClauses {
	const known = text.slice(0, mostCharacters);
	const language = textLanguageOf(plainText(known));
	const clauses = known.split(sentenceEnd).flatMap((sentence) => {
		const codes = codesIn(plainText(sentence)).patterns.map(({ source }) => source);
		return sentence.split(clauseEnd).map((piece) => readClause(piece.trim(), codes, language));
	});
	return {
		title: readTitle(title),
		date,
		language,
		clauses: clauses.filter(({ stems }) => stems.size >= fewestWords).slice(0, mostClauses),
	};
}

/** The first thing that the two say differently; null for nothing. */
export function contradictionOf(one: PassageClauses, other: PassageClauses): Contradiction | null {
	if (!mayContradict(one, other)) return null;
	for (const mine of one.clauses) {
		for (const theirs of other.clauses) {
			const values = isAboutTheSame(mine, theirs) ? differenceOf(mine, theirs) : undefined;
			if (values !== undefined) return { said: [mine.text, theirs.text], values };
		}
	}
	return null;
}

/** @param codes of the whole sentence: a row of a list is about what it begins with. */
function readClause(text: string, codes: readonly string[], language: TextLanguage | null): Clause {
	const { facts, names, content } = readClaim(text, language);
	const isYear = ({ unit, ways }: Fact) => unit === null && ways.length === 1 && ways[0]?.length === 1 && year.test(ways[0][0] ?? '');
	const years = facts.filter(isYear).flatMap(({ ways }) => ways.flat());
	return {
		text,
		stems: new Set(content.map((word) => stem(word, language))),
		about: new Set([...names, ...codes, ...years]),
		facts: facts.filter((fact) => !isYear(fact)),
		found: findFacts(plainText(text)),
		isDenied: readStatement(foldText(text), language).isDenied,
	};
}

function readTitle(title: string): TitleReading {
	const plain = plainText(title.replace(/\.\w{1,5}$/, '').replaceAll('_', ' '));
	const folded = foldText(title);
	const { facts, codes } = readClaim(plain);
	const keys = facts.map(({ ways }) => ways.flat().join(' '));
	const about = [...keys.filter((key) => !year.test(key)), ...codes.map(({ source }) => source), ...(folded.match(quarter) ?? [])];
	return {
		name: folded,
		about: about.sort().join('\n'),
		isPeriodic: periodic.test(folded),
	};
}

function mayContradict({ title: one, ...first }: PassageClauses, { title: other, ...second }: PassageClauses): boolean {
	if (one.name === other.name && first.date === second.date) return false;
	if (first.language !== second.language || one.about !== other.about) return false;
	return !(one.isPeriodic && other.isPeriodic);
}

function isAboutTheSame({ stems: mine, about }: Clause, { stems: theirs, about: otherAbout }: Clause): boolean {
	if (about.size !== otherAbout.size || !about.isSubsetOf(otherAbout)) return false;
	const [shorter, longer] = mine.size <= theirs.size ? [mine, theirs] : [theirs, mine];
	const shared = shorter.intersection(longer).size;
	return shared >= fewestWords && shared >= shorter.size * leastOfShorter && shared >= longer.size * leastOfLonger;
}

/** The two values in which they differ; null for a yes and a no; undefined where they do not, or in more than one thing. */
function differenceOf(mine: Clause, theirs: Clause): Contradiction['values'] | undefined {
	const kinds = new Map(mine.facts.map((fact) => [kindOf(fact), fact]));
	const others = new Map(theirs.facts.map((fact) => [kindOf(fact), fact]));
	// Several of a kind in one clause belong to different things.
	if (kinds.size !== mine.facts.length || others.size !== theirs.facts.length || kinds.size !== others.size) return undefined;
	const differing: [Fact, Fact][] = [];
	for (const [kind, fact] of kinds) {
		const other = others.get(kind);
		if (other === undefined) return undefined;
		if (!holdsFact(theirs.found, fact) && !holdsFact(mine.found, other)) differing.push([fact, other]);
	}
	const [values] = differing;
	if (differing.length > 1) return undefined;
	if (values !== undefined) return mine.isDenied === theirs.isDenied ? values : undefined;
	const isSaidAlike = mine.stems.symmetricDifference(theirs.stems).size <= 1;
	return mine.isDenied !== theirs.isDenied && isSaidAlike ? null : undefined;
}

function kindOf({ kind, unit }: Fact): string {
	return `${kind} ${unit}`;
}
