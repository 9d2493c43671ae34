/** What people are promised when the platform fails in the middle of an answer, on every platform. */

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { answerText, question, settled } from '../promises.ts';
import { type Company, expectGoodManners, expectOneAnswer, type OpenStage, openCompany } from './company.ts';
import { isSign, type RoomKind, type Step, type Trouble } from './stage.ts';

/** The last one takes 0.8 s: long enough for a first sight of it on a slow machine, short enough to end before an edit is due. */
const textFor: Readonly<Record<Step, string>> = { first: answerText(12), update: answerText(130), last: answerText(34) };
const steps = ['first', 'update', 'last'] as const;

interface Fault {
	kind: RoomKind;
	step: Step;
	trouble: Trouble;
	/** Where nobody can look whether a message arrived, a beginning that did stays as it is, and the whole answer comes in a message of its own. */
	isAmbiguous: boolean;
}

/**
 * `roads` are the kinds of rooms in which answers are made of different calls; `looksBack` says whether the platform lets the bot look for a
 * message that it lost.
 */
export function describeFaults(openStage: OpenStage, roads: readonly RoomKind[], looksBack: boolean): void {
	const faults = roads.flatMap((kind) =>
		steps.flatMap((step) =>
			(['429', '502', 'lost', 'reset'] as const).map((trouble): Fault => {
				const isAmbiguous = !looksBack && step === 'first' && trouble !== '429';
				return { kind, step, trouble, isAmbiguous };
			}),
		),
	);
	let company: Company;
	beforeAll(async () => {
		company = await openCompany(openStage, { ollama: { tokensPerSecond: 100 } });
	});
	afterEach(() => {
		company.stage.clearFaults();
		expectGoodManners(company);
	});
	afterAll(async () => await company.close());

	it.each(faults)('$trouble at the $step call of an answer in a $kind: the answer is whole, and there once', async (fault) => {
		const { stage, ollama } = company;
		const { kind, step, trouble, isAmbiguous } = fault;
		const text = textFor[step];
		ollama.answer(text);
		stage.fail(kind, step, trouble);
		const asked = await stage.ask({ room: stage.openRoom(kind), text: question('is it there') });
		if (isAmbiguous) {
			await eventually(() => stage.answers(asked).some(({ isOpen }) => !isOpen));
			await settled(company.program);
			const answers = stage.answers(asked);
			expect(answers.filter(({ isOpen }) => !isOpen).map((answer) => answer.text)).toEqual([text]);
			const left = answers.filter(({ isOpen }) => isOpen);
			expect(left.length).toBe(trouble === 'lost' ? 1 : 0);
			// Where it was a post, no words of the answer stand there twice.
			if (kind === 'channel') expect(left.every((sign) => sign.text === english.notice.thinking)).toBe(true);
			return;
		}
		const answer = await expectOneAnswer(company, asked, text);
		for (const shown of answer.history) expect(isSign(shown.text) || text.startsWith(shown.text), shown.text).toBe(true);
	});
}
