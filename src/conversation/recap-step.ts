/** What a model is given of messages that it is to sum up: them alone, and no talk before. Pure. */

import type { AnswerRow, Question } from '../history/stored.ts';
import type { Person } from '../identity/person.ts';
import { quote, withoutCitations } from '../models/quotation.ts';
import type { FoundSource } from '../tools/tool.ts';
import { createFoundSources } from './citing/found-sources.ts';
import { type Material, passageOf } from './material.ts';
import type { Memory } from './memory.ts';
import { type PromptFacts, roomForPassages } from './prompt.ts';
import { measureBy, type PromptBudget } from './prompt-budget.ts';
import type { Recap } from './recap.ts';

/** Longer than that of any message here, for what is measured before it has one. */
const longestMark = '[1000]';

export function recapMemory(
	{ task }: Pick<Recap, 'task'>,
	{ userId, displayName }: Pick<Person, 'userId' | 'displayName'>,
	{ questionSequence: sequence }: Pick<AnswerRow, 'questionSequence'>,
	{ receivedAt: saidAt }: Pick<Question, 'receivedAt'>,
): Memory {
	const speaker = { name: displayName, mark: userId.slice(0, 4) };
	const messages = [{ sequence, role: 'user' as const, content: task, cited: [], saidAt, speaker }];
	return { isShared: false, summary: null, overheard: [], isThreadCut: false, messages, version: '' };
}

/** The newest that fit, oldest first; `found` are the newest first, for whoever gets no answer. */
export function recapMaterial(
	recap: Recap,
	{ memory, facts, budget }: { memory: Memory; facts: PromptFacts; budget: PromptBudget },
): Material {
	const sources = createFoundSources({ now: facts.now, staleAfterDays: null });
	const room = roomForPassages(memory, facts, budget, { isRecap: true });
	const fitting = newestWithin(recap.messages, room, budget);
	const isCut = recap.isCut || fitting.length < recap.messages.length;
	const passages = fitting.map((message) => passageOf(sources, message));
	return {
		prompt: { isRecap: true, passages },
		sources,
		found: fitting.toReversed(),
		remarks: [...(isCut ? [recap.cutRemark(fitting.length)] : []), ...recap.remarks],
		asked: null,
		documents: { state: 'off' },
		hadSlot: false,
	};
}

function newestWithin(messages: readonly FoundSource[], tokens: number, budget: PromptBudget): FoundSource[] {
	const measure = measureBy(budget);
	let left = tokens;
	const first = messages.findLastIndex(({ told = {} }) => {
		left -= measure.ofLines([quote({ cite_as: longestMark, ...withoutCitations(told) })]);
		return left < 0;
	});
	return messages.slice(first + 1);
}
