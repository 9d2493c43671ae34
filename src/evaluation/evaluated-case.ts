/** What is asked in an evaluation, what is expected of it, and whether that came. Pure. */

import type { Passage } from '../knowledge/search/passages.ts';
import { foldText } from '../knowledge/text/stems.ts';

export interface EvaluatedCase {
	/** The same in every run. */
	id: string;
	question: string;
	/** What was said before it, the oldest first. */
	history: readonly { role: 'user' | 'assistant'; text: string }[];
	/** Any of them is to be found; empty where that is not said. */
	expected: readonly ExpectedDocument[];
	/** It is right to find nothing. */
	findsNothing: boolean;
	mustHave: readonly string[];
	mustNotHave: readonly string[];
}

/** A newer version of it has its name, and its path. */
export type ExpectedDocument = Pick<Passage, 'name' | 'path'>;

export interface CaseAnswer {
	/** Null where no text came. */
	text: string | null;
	/** Marks of sources, by what the check made of them. */
	supportedMarks: number;
	wrongMarks: number;
	/** The code of the error that kept it from coming; null for none. */
	error: string | null;
}

export interface CaseFinding {
	/** The best first; none where nothing is about the question. */
	passages: readonly Passage[];
}

/** `answered`: a text came. `words`: it has what it must have, and nothing that it must not have. */
export type CheckName = 'retrieval' | 'abstention' | 'answered' | 'citations' | 'words';

/** Those that were looked at. */
export type CaseChecks = Partial<Record<CheckName, boolean>>;

/** Of what is found so much is read by whoever reads on. */
const looked = 5;

/** @param answer null where no model was asked. */
export function checksOf(asked: EvaluatedCase, { passages }: CaseFinding, answer: CaseAnswer | null): CaseChecks {
	const { expected, findsNothing } = asked;
	const isFound = passages.slice(0, looked).some((passage) => expected.some((document) => isOf(passage, document)));
	const isSilent = answer === null ? passages.length === 0 : answer.supportedMarks === 0;
	return {
		...(expected.length === 0 ? {} : { retrieval: isFound }),
		...(findsNothing ? { abstention: isSilent } : {}),
		...(answer === null ? {} : answerChecks(asked, answer)),
	};
}

export function isPassed(checks: CaseChecks): boolean {
	return Object.values(checks).every(Boolean);
}

function answerChecks({ expected, mustHave, mustNotHave }: EvaluatedCase, { text, supportedMarks, wrongMarks }: CaseAnswer): CaseChecks {
	if (text === null) return { answered: false };
	const said = folded(text);
	const has = (words: string) => said.includes(folded(words));
	const isCited = wrongMarks === 0 && (expected.length === 0 || supportedMarks > 0);
	return {
		answered: true,
		citations: isCited,
		...(mustHave.length + mustNotHave.length === 0 ? {} : { words: mustHave.every(has) && !mustNotHave.some(has) }),
	};
}

/** Whole words: 24 does not stand in 1240. */
function folded(text: string): string {
	return ` ${(foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
}

function isOf({ name, path }: Passage, document: ExpectedDocument): boolean {
	return name === document.name && path === document.path;
}
