/**
 * Whether what a sentence says stands in a passage, without a model: what can be looked up is looked up. Pure, linear in both.
 *
 * Every quoted stretch, number, date, code and name of the sentence must stand there, and half of its other words. It does not understand: the same words
 * in another order pass.
 */

import { foldText, plainText, type TextLanguage, textLanguageOf } from '../text/stems.ts';
import { findDates, readDates } from './dates.ts';
import { type Fact, type FoundFacts, holdsFact, type Lack } from './fact.ts';
import { codesIn, namesIn } from './names.ts';
import { isFlipped, readStatements, type Statements } from './negation.ts';
import { findNumbers, readNumbers } from './numbers.ts';
import { quotationsIn, verbatim } from './quotations.ts';
import { contentWords, holdsWord, isAcross, readWording, type Wording } from './wording.ts';

/** A text that sentences are checked against, read once. */
export interface PassageReading {
	folded: string;
	facts: FoundFacts;
	wording: Wording;
	verbatim(): string;
	/** Sentence by sentence, a title first. */
	pieces(): readonly Piece[];
	/** In its own language; of a text without one, in that of whoever asks first. */
	statements(language: TextLanguage | null): Statements;
}

interface Piece {
	folded: string;
	wording: Wording;
	/** Read when they are asked for. */
	facts(): FoundFacts;
}

export interface Support {
	supported: boolean;
	/** Null when it is supported. */
	reason: Lack | null;
}

/** By stem, in one language. Of the sentences in `test/knowledge/cite/claims.ts` those that hold have 0.5 at least, the others a third at most. */
const leastShare = 0.5;
const sentenceEnd = /(?<=[.!?;])\s+|\n\s*\n/;
/** A piece of no more words is a heading: it belongs to what follows. */
const headingWords = 4;
/** Some eight pages, and a tenth of a second: what a source says beyond that is not read. */
const mostCharacters = 20_000;
/** What a sentence says, longer than any: lists without a full stop. */
const mostSentenceCharacters = 1_000;

export function readPassage(text: string): PassageReading {
	const known = text.slice(0, mostCharacters);
	const plain = plainText(known);
	const facts = findFacts(plain);
	const folded = plain.toLowerCase();
	const wording = readWording(folded);
	let quotable: string | null = null;
	let pieces: readonly Piece[] | null = null;
	let statements: Statements | null = null;
	return {
		folded,
		facts,
		wording,
		verbatim() {
			quotable ??= verbatim(folded);
			return quotable;
		},
		pieces() {
			pieces ??= known.split(sentenceEnd).map((piece) => readPiece(plainText(piece), wording.language));
			return pieces;
		},
		statements(language) {
			statements ??= readStatements(folded, language);
			return statements;
		},
	};
}

function readPiece(plain: string, language: TextLanguage | null): Piece {
	let facts: FoundFacts | null = null;
	return {
		folded: plain.toLowerCase(),
		wording: readWording(plain, language),
		facts() {
			facts ??= findFacts(plain);
			return facts;
		},
	};
}

/** @param plain as `plainText` gives it. */
export function findFacts(plain: string): FoundFacts {
	const facts: FoundFacts = new Map();
	findNumbers(findDates(plain, facts).toLowerCase(), facts);
	return facts;
}

/**
 * @param sentence as the model wrote it, with its Markdown and without marks of sources.
 * @param passage of all the sources together that it names.
 */
export function supports(sentence: string, passage: PassageReading): Support {
	const claim = readClaim(sentence);
	const lack = lackOf(claim, passage);
	return { supported: lack === null, reason: lack };
}

/** What a sentence says. */
interface Claim {
	/** Folded, without what is quoted. */
	own: string;
	language: TextLanguage | null;
	stretches: string[];
	codes: RegExp[];
	facts: Fact[];
	names: string[];
	content: string[];
}

/** @param known its language, where that is known better than by these few words. */
export function readClaim(sentence: string, known: TextLanguage | null = null): Claim {
	const plain = plainText(sentence.slice(-mostSentenceCharacters).replace(/^[\s>]*(?:[-*+•]|\d{1,3}[.)]|#{1,6})\s+/, ''))
		.replace(/\]\([^)\s]*\)/g, '] ')
		.replace(/[*~`]|(?<!\w)_+|_+(?!\w)/g, '');
	const { stretches, rest } = quotationsIn(plain);
	const language = known ?? textLanguageOf(plain);
	const dates = readDates(rest);
	const codes = codesIn(dates.rest);
	const facts = [...dates.facts, ...readNumbers(codes.rest.toLowerCase(), language)];
	const isEnumeration = /:\s*$/.test(rest);
	return {
		own: foldText(rest),
		language,
		stretches,
		codes: codes.patterns,
		facts: isEnumeration ? facts.filter(({ unit, kind }) => kind === 'date' || unit !== null) : facts,
		names: namesIn(codes.rest),
		content: contentWords(codes.rest, language),
	};
}

/** The first thing that the passage lacks; null when it lacks nothing. */
function lackOf(claim: Claim, passage: PassageReading): Lack | null {
	const { language, stretches, codes, facts, names } = claim;
	if (stretches.some((stretch) => !passage.verbatim().includes(stretch))) return 'quotation';
	if (codes.some((code) => !code.test(passage.folded))) return 'number';
	const missing = facts.find((fact) => !holdsFact(passage.facts, fact));
	if (missing !== undefined) return missing.kind;
	if (names.some((name) => !holdsName(name, language, passage))) return 'name';
	const lack = lackOfWording(claim, passage);
	if (lack !== null || isAcross(language, passage.wording)) return lack;
	const stray = facts.find((fact) => !standsBeside(fact, claim, passage));
	if (stray !== undefined) return stray.kind;
	const spoken = passage.wording.language ?? language;
	return isFlipped(claim.own, passage.statements(spoken), spoken) ? 'negation' : null;
}

/** A number belongs to the words beside it: some of the claim's stand in the same sentence of the passage, or the number in a heading. */
function standsBeside(fact: Fact, { content, codes, language }: Claim, passage: PassageReading): boolean {
	const pieces = passage.pieces();
	const isBeside = (piece: Piece, index: number) =>
		index === 0 ||
		piece.wording.words.size <= headingWords ||
		codes.some((code) => code.test(piece.folded)) ||
		content.some((word) => holdsWord(word, language, piece.wording));
	const holds = (piece: Piece) => holdsFact(piece.facts(), fact);
	if (content.length + codes.length === 0 || pieces.some((piece, index) => isBeside(piece, index) && holds(piece))) return true;
	// It may be written over the end of one and the beginning of the next.
	return !pieces.some(holds);
}

/** Abbreviations are others in other languages: `IVA` is `VAT`. */
function holdsName(name: string, language: TextLanguage | null, { wording }: PassageReading): boolean {
	return holdsWord(name, language, wording) || (name.length <= 4 && isAcross(language, wording));
}

/**
 * Everything else was found. Across two languages one fact among that is enough, or one word of the same root in five; without either nothing can be
 * said. A single word that is not there, such as a heading or a yes, says nothing that could be wrong.
 */
function lackOfWording({ content, language, stretches, codes, facts, names }: Claim, { wording }: PassageReading): Lack | null {
	const hasFacts = stretches.length + codes.length + facts.length + names.length > 0;
	if (content.length === 0) return hasFacts ? null : 'nothing';
	const found = content.filter((word) => holdsWord(word, language, wording)).length;
	if (isAcross(language, wording)) return hasFacts || found * 5 >= content.length ? null : 'nothing';
	// A quotation and a code are words too.
	const verbatimWords = stretches.length + codes.length;
	if (found + verbatimWords >= (content.length + verbatimWords) * leastShare) return null;
	return content.length === 1 && !hasFacts ? 'nothing' : 'wording';
}
