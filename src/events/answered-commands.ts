/** Commands that are answered like a question: what was chosen in a menu is said first, and below an answer the same is asked again. */

import type { Commands } from '../commands/commands.ts';
import { type CommandQuestion, type CommandRecap, rootCommand } from '../commands/definition.ts';
import type { Ending, Unshown } from '../conversation/endings.ts';
import type { TurnOptions, Turns } from '../conversation/turn.ts';
import { stableId } from '../identity/stable-id.ts';
import type { ButtonPressed, CommandInvoked } from '../platform/chat-event.ts';
import { resultText } from '../platform/result-text.ts';
import { callerOf } from './caller.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import { createQuotedQuestions, type QuotedQuestionDependencies, quotedWords } from './quoted-question.ts';

export type GivenAnswer = Pick<TurnOptions, 'given' | 'recap'>;

export interface AnsweredCommandsDependencies extends QuotedQuestionDependencies {
	commands: Pick<Commands, 'findSpoken' | 'run'>;
	turns: Turns;
	privateWords: Pick<PrivateWords, 'tell'>;
}

export function createAnsweredCommands({ commands, turns, privateWords, ...deps }: AnsweredCommandsDependencies) {
	const quote = createQuotedQuestions(deps);

	return {
		/** In the personal chat. */
		async fromMenu(event: CommandInvoked, { answer }: CommandQuestion, scene: EventContext): Promise<Ending | Unshown> {
			const { words, signal } = scene;
			const text = `${rootCommand} ${event.text}`;
			const answerId = stableId(`answer:${event.key}`);
			if (event.replyHandle !== undefined) await privateWords.tell(event, [words.sql.below], scene);
			const quoted = await quote({ heading: words.sql.asked, shown: quotedWords(text), answerId }, event.place, scene);
			const question = { ...quoted, text, cited: [], attachments: [], receivedAt: new Date(event.occurredAt) };
			return await turns.answer({ ...scene, question, answerId, recipient: event.actor, given: answer }, signal);
		},

		/** What answers a question that was such a command, as it is answered now; nothing for any other question. */
		async givenTo(question: string, event: ButtonPressed, scene: EventContext): Promise<GivenAnswer> {
			const found = commands.findSpoken(question);
			if (found?.command.isAnswered !== true) return {};
			const result = await commands.run(found.command, found.typed, callerOf(event, event.place, scene));
			if (result === 'not-allowed') return {};
			if ('answer' in result) return { given: result.answer };
			if ('begin' in result) return recapOf(result);
			return { given: async () => ({ text: resultText(result), query: null, isPrivate: false }) };
		},
	};
}

/** For a turn that answers where it was asked. */
export function recapOf({ begin }: CommandRecap): GivenAnswer {
	return {
		async recap(signal) {
			const begun = await begin(signal);
			return 'sentence' in begun ? begun : begun.recap;
		},
	};
}
