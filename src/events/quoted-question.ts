/** A question that was asked elsewhere than by a message: the bot says what was asked in the personal chat, so that an answer can stand below it. */

import type { ConversationStore } from '../history/store.ts';
import { stableId } from '../identity/stable-id.ts';
import { readBlocks } from '../markdown/blocks.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { shortened } from '../text.ts';
import type { EventContext } from './private-words.ts';

export interface QuotedQuestionDependencies {
	store: Pick<ConversationStore, 'findAnswer' | 'findQuestion'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

export interface QuotedQuestion {
	/** Of ours, over what was asked. */
	heading: string;
	/** Markdown. */
	shown: string;
	/** Of the answer: the same question is said once. */
	answerId: string;
}

/** Enough to know it again. */
const quotedCharacters = 300;

/** What somebody wrote, as it is shown again. */
export function quotedWords(text: string): string {
	return shortened(text, quotedCharacters);
}

export function createQuotedQuestions({ store, pacers }: QuotedQuestionDependencies) {
	async function quote(
		{ heading, shown: asked, answerId }: QuotedQuestion,
		chat: Place,
		{ platform, signal }: EventContext,
	): Promise<string> {
		const lines = asked.replace(/^/gm, '> ');
		const { blocks } = readBlocks(`${heading}\n\n${lines}`);
		const shown = blocks.map(({ kind, source, language }) => platform.renderBlock({ kind, source, language, isComplete: true }));
		const message = { text: shown.join('\n\n'), buttons: [], sendKey: stableId(`quotation:${answerId}`) };
		const call = { operation: 'post', place: chat, priority: 'first' } as const;
		return (await pacers(platform).run(call, signal, () => platform.post(chat, message, signal))).messageId;
	}

	/** @param chat of the bot with one person. @returns where the question stands, and the answer belongs. */
	return async (question: QuotedQuestion, chat: Place, scene: EventContext): Promise<{ place: Place; messageId: string }> => {
		const { person, platform } = scene;
		const begun = await store.findAnswer(person, question.answerId);
		const earlier = begun === null ? null : await store.findQuestion(person, begun.questionId);
		const messageId = earlier?.messageId ?? (await quote(question, chat, scene));
		return { messageId, place: platform.capabilities.threads.includes('direct') ? { ...chat, threadId: messageId } : chat };
	};
}
