/** What the button of a private offer does: the same question is asked in the presser's personal chat, where nobody else reads along. */

import type { Turns } from '../conversation/turn.ts';
import { type AnswerRow, type AskedQuestion, isOver } from '../history/stored.ts';
import { stableId } from '../identity/stable-id.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { Place } from '../platform/place.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import type { QuestionLimits } from './question-limits.ts';
import { createQuotedQuestions, type QuotedQuestionDependencies, quotedWords } from './quoted-question.ts';

export interface PrivateAnswerDependencies extends QuotedQuestionDependencies {
	turns: Turns;
	limits: QuestionLimits;
	privateWords: PrivateWords;
}

export function createPrivateAnswer({ store, turns, limits, pacers, privateWords }: PrivateAnswerDependencies) {
	const { tell, decline } = privateWords;
	const quote = createQuotedQuestions({ store, pacers });

	async function openChat({ actor, place }: ButtonPressed, { platform, signal }: EventContext): Promise<Place> {
		const call = { operation: 'open-chat', place, priority: 'first' } as const;
		return await pacers(platform).run(call, signal, () => platform.openPersonalChat(actor, place, signal));
	}

	/** A button pressed twice asks once: the answer's id follows from that of the one beside which it was offered. */
	return async (event: ButtonPressed, answer: AnswerRow, question: AskedQuestion, scene: EventContext): Promise<Outcome> => {
		const { person, words, attempt, signal } = scene;
		const answerId = stableId(`privately:${answer.id}`);
		const begun = await store.findAnswer(person, answerId);
		if (question.isDeleted) return await decline(event, words.refusal.questionGone, scene);
		if (begun !== null && (attempt === 1 || isOver(begun))) return await decline(event, words.refusal.askedAgain, scene);
		const refusal = begun === null ? await limits.exceeded(event, answerId, scene) : null;
		if (refusal !== null) return await decline(event, refusal.sentence, scene);
		const { text, cited } = question;
		const chat = await openChat(event, scene);
		const quoted = await quote({ heading: words.documents.askedElsewhere, shown: quotedWords(text), answerId }, chat, scene);
		const again = { ...quoted, text, cited, attachments: [], receivedAt: new Date(event.occurredAt) };
		const tellWhy = (sentence: string) => tell(event, [sentence], scene);
		return await turns.answer({ ...scene, question: again, answerId, recipient: event.actor, tell: tellWhy }, signal);
	};
}
