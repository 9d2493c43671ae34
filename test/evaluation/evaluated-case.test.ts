import { expect, it } from 'vitest';
import { type CaseAnswer, checksOf, type EvaluatedCase, isPassed } from '#src/evaluation/evaluated-case.ts';
import { compareRuns } from '#src/evaluation/run.ts';
import type { Passage } from '#src/knowledge/search/passages.ts';

const asked: EvaluatedCase = {
	...{ id: 'leave', question: 'How many days?', history: [], findsNothing: false },
	...{ expected: [{ name: 'leave.pdf', path: null }], mustHave: ['24 DAYS'], mustNotHave: ['26'] },
};
const passage = (name: string) => ({ name, path: null }) as Passage;
const others = ['a', 'b', 'c', 'd'].map(passage);
const said = (text: string | null, supportedMarks = 1, wrongMarks = 0): CaseAnswer => ({ text, supportedMarks, wrongMarks, error: null });
const right = said('You have 24 days [1].');

it('expects a document among the first five', () => {
	expect(checksOf(asked, { passages: [...others, passage('leave.pdf')] }, null)).toEqual({ retrieval: true });
	expect(checksOf(asked, { passages: [...others, passage('e'), passage('leave.pdf')] }, null)).toEqual({ retrieval: false });
});

it.each([
	['is right', right, { citations: true, words: true }],
	['cites nothing', said('You have 24 days.', 0), { citations: false, words: true }],
	['cites what does not say so', said('You have 24 days [1].', 1, 1), { citations: false, words: true }],
	['lacks a word', said('You have days [1].'), { citations: true, words: false }],
	['has another word beside it', said('You have 24 days, or 26 [1].'), { citations: true, words: false }],
	['has it within another one', said('You have 124 days [1].'), { citations: true, words: false }],
])('looks at an answer that %s', (_what, answer, checks) => {
	expect(checksOf(asked, { passages: [passage('leave.pdf')] }, answer)).toEqual({ retrieval: true, answered: true, ...checks });
});

it('fails where no answer came', () => {
	const checks = checksOf(asked, { passages: [passage('leave.pdf')] }, said(null));
	expect(checks).toEqual({ retrieval: true, answered: false });
	expect(isPassed(checks)).toBe(false);
});

it('expects silence where nothing is to be found: no passage, or no answer that cites one', () => {
	const silent = { ...asked, expected: [], mustHave: [], mustNotHave: [], findsNothing: true };
	expect(checksOf(silent, { passages: [] }, null)).toEqual({ abstention: true });
	expect(checksOf(silent, { passages: others }, null)).toEqual({ abstention: false });
	expect(checksOf(silent, { passages: others }, said('I do not know.', 0))).toMatchObject({ abstention: true });
	expect(checksOf(silent, { passages: others }, said('It is so [1].'))).toMatchObject({ abstention: false });
});

it('compares what both runs looked at', () => {
	const before = { at: '', with: { model: 'a', prompt: '1' }, cases: { x: { retrieval: true, words: true }, y: { words: false }, z: {} } };
	const now = { at: '', with: { model: 'b', prompt: '1' }, cases: { x: { retrieval: false }, y: { words: true }, w: { words: false } } };
	expect(compareRuns(before, now)).toEqual({
		changes: [['model', 'a', 'b']],
		regressions: [['x', 'retrieval']],
		improvements: [['y', 'words']],
		...{ gone: ['z'], added: ['w'] },
	});
});
