/** What the button of a private offer does: the same question is asked in the presser's personal chat, where nobody else reads along. */

import type { Turns } from '../conversation/turn.ts';
import type { ConversationStore } from '../history/store.ts';
import { type AnswerRow, type AskedQuestion, isOver } from '../history/stored.ts';
import { stableId } from '../identity/stable-id.ts';
import { readBlocks } from '../markdown/blocks.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ButtonPressed } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { shortened } from '../text.ts';
import type { Outcome } from './events.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import type { QuestionLimits } from './question-limits.ts';

export interface PrivateAnswerDependencies {
	store: Pick<ConversationStore, 'findAnswer' | 'findQuestion'>;
	turns: Turns;
	limits: QuestionLimits;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	privateWords: PrivateWords;
}

/** Enough to know it again. */
const quotedCharacters = 300;

export function createPrivateAnswer({ store, turns, limits, pacers, privateWords }: PrivateAnswerDependencies) {
	const { tell, decline } = privateWords;

	async function openChat({ actor, place }: ButtonPressed, { platform, signal }: EventContext): Promise<Place> {
		const call = { operation: 'open-chat', place, priority: 'first' } as const;
		return await pacers(platform).run(call, signal, () => platform.openPersonalChat(actor, place, signal));
	}

	/** The bot says what was asked, and answers below. @returns the id of that message. */
	async function quote(text: string, chat: Place, answerId: string, { platform, words, signal }: EventContext): Promise<string> {
		const lines = shortened(text, quotedCharacters).replace(/^/gm, '> ');
		const { blocks } = readBlocks(`${words.documents.askedElsewhere}\n\n${lines}`);
		const shown = blocks.map(({ kind, source, language }) => platform.renderBlock({ kind, source, language, isComplete: true }));
		const message = { text: shown.join('\n\n'), buttons: [], sendKey: stableId(`quotation:${answerId}`) };
		const call = { operation: 'post', place: chat, priority: 'first' } as const;
		return (await pacers(platform).run(call, signal, () => platform.post(chat, message, signal))).messageId;
	}

	/** A button pressed twice asks once: the answer's id follows from that of the one beside which it was offered. */
	return async (event: ButtonPressed, answer: AnswerRow, question: AskedQuestion, scene: EventContext): Promise<Outcome> => {
		const { person, words, attempt, signal } = scene;
		const answerId = stableId(`privately:${answer.id}`);
		const begun = await store.findAnswer(person, answerId);
		if (question.isDeleted) return await decline(event, words.refusal.questionGone, scene);
		if (begun !== null && (attempt === 1 || isOver(begun))) return await decline(event, words.refusal.askedAgain, scene);
		const refusal = begun === null ? await limits.exceeded(event, answerId, scene) : null;
		if (refusal !== null) return await decline(event, refusal, scene);
		const { text, cited } = question;
		const chat = await openChat(event, scene);
		const earlier = begun === null ? null : await store.findQuestion(person, begun.questionId);
		const messageId = earlier?.messageId ?? (await quote(text, chat, answerId, scene));
		const place = scene.platform.capabilities.threads.includes('direct') ? { ...chat, threadId: messageId } : chat;
		const again = { place, messageId, text, cited, attachments: [], receivedAt: new Date(event.occurredAt) };
		const tellWhy = (sentence: string) => tell(event, [sentence], scene);
		return await turns.answer({ ...scene, question: again, answerId, recipient: event.actor, tell: tellWhy }, signal);
	};
}
