/** Whether a sentence says yes where the passage says no in the same words, or the other way round. Pure, and careful: rather silent than wrong. */

import { stem, type TextLanguage, words } from '../text/stems.ts';
import { contentWords } from './wording.ts';

const negations = new Set(
	`no nunca jamas ni tampoco ningun ninguna ninguno nadie nada not never none nobody nothing neither nor cannot cant dont doesnt didnt isnt arent
	wasnt werent wont wouldnt shouldnt mustnt hasnt havent`.split(/\s+/),
);
/** An answer to the question, and no part of what the source says. */
const answering = /^\W*(?:no|si|yes)[,.:;!]\s/;
/** With one of those they say yes: nothing without permission is everything with it. */
const lacks = new Set(['sin', 'without']);
/** Where these words stand, nothing is denied. */
const notDenying =
	/\b(?:no solo|no solamente|not only|not just|no mas de|no menos de|no more than|not more than|no less than|no later than|no antes de|sin embargo|no obstante|no\. ?\d)/g;
const sentenceEnd = /[.!?;:\n]+(?:\s|$)/;
const clauseEnd = /[.!?;:\n,()]+|\b(?:pero|sino|salvo|excepto|aunque|but|except|unless|although|however)\b/;
/** Fewer words meet by chance. */
const fewestWords = 3;

export interface Statement {
	stems: ReadonlySet<string>;
	isDenied: boolean;
}

/** What a passage says, piece by piece; read when it is asked for. */
export interface Statements {
	sentences(): readonly Statement[];
	clauses(): readonly Statement[];
}

/** @param folded as `foldText` gives it. */
export function readStatements(folded: string, language: TextLanguage | null): Statements {
	const reading = (end: RegExp) => {
		let statements: readonly Statement[] | null = null;
		return () => {
			statements ??= folded.split(end).map((piece) => readStatement(piece, language));
			return statements;
		};
	};
	return { sentences: reading(sentenceEnd), clauses: reading(clauseEnd) };
}

/** @param sentence as `foldText` gives it. */
export function isFlipped(sentence: string, passage: Statements, language: TextLanguage | null): boolean {
	const claim = readStatement(sentence.replace(answering, ''), language);
	if (claim.stems.size < fewestWords) return false;
	// What is denied anywhere in a sentence denies it; what a clause affirms may be denied in the next one.
	const same = passage[claim.isDenied ? 'sentences' : 'clauses']().filter((statement) => isSame(claim, statement));
	return same.length > 0 && same.every(({ isDenied }) => isDenied !== claim.isDenied);
}

/** @param text as `foldText` gives it. */
export function readStatement(text: string, language: TextLanguage | null): Statement {
	const asserted = text.replace(notDenying, ' ');
	const stems = contentWords(asserted, language)
		.filter((word) => !negations.has(word) && !lacks.has(word))
		.map((word) => stem(word, language));
	const said = words(asserted);
	return { stems: new Set(stems), isDenied: said.some((word) => negations.has(word)) !== said.some((word) => lacks.has(word)) };
}

/** All that is claimed, and hardly more. */
function isSame(claim: Statement, { stems }: Statement): boolean {
	return stems.size <= claim.stems.size + 1 && [...claim.stems].every((one) => stems.has(one));
}
