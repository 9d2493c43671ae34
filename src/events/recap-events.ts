/** Answers what is summed up for one person alone: in their personal chat, wherever they asked for it. */

import { type CommandRecap, rootCommand } from '../commands/definition.ts';
import type { Turns } from '../conversation/turn.ts';
import { toBotError } from '../errors.ts';
import { stableId } from '../identity/stable-id.ts';
import type { CommandInvoked, MessageReceived } from '../platform/chat-event.ts';
import type { Place } from '../platform/place.ts';
import type { Outcome } from './events.ts';
import { actorIn, type EventContext, type PrivateWords } from './private-words.ts';
import type { QuestionLimits } from './question-limits.ts';
import { createQuotedQuestions, type QuotedQuestionDependencies } from './quoted-question.ts';

export interface RecapHandlerDependencies extends QuotedQuestionDependencies {
	turns: Turns;
	limits: Pick<QuestionLimits, 'exceededAlone'>;
	privateWords: Pick<PrivateWords, 'tell' | 'decline'>;
}

export function createRecapHandler({ turns, limits, pacers, privateWords, ...deps }: RecapHandlerDependencies) {
	const { tell, decline } = privateWords;
	const quote = createQuotedQuestions({ ...deps, pacers });

	/** Null where they take nothing from the bot. */
	async function openChat(event: MessageReceived | CommandInvoked, { platform, signal }: EventContext): Promise<Place | null> {
		const { place } = event;
		if (place.kind === 'direct') return place;
		const call = { operation: 'open-chat', place, priority: 'first' } as const;
		try {
			return await pacers(platform).run(call, signal, () => platform.openPersonalChat(actorIn(event), place, signal));
		} catch (thrown) {
			if (toBotError(thrown).code !== 'PLATFORM_REJECTED') throw thrown;
			return null;
		}
	}

	return async (event: MessageReceived | CommandInvoked, { begin }: CommandRecap, scene: EventContext): Promise<Outcome> => {
		const { sign, ...asking } = scene;
		const { words, signal } = scene;
		const answerId = stableId(`answer:${event.key}`);
		const refusal = await limits.exceededAlone(answerId, scene);
		if (refusal !== null) return await decline(event, refusal.sentence, scene);
		const begun = await begin(signal);
		if ('sentence' in begun) return await tell(event, [begun.sentence], scene);
		const chat = await openChat(event, scene);
		if (chat === null) return await decline(event, words.recap.noChat, scene);
		await tell(event, [event.place.kind === 'direct' ? words.sql.below : words.recap.elsewhere], scene);
		// It belongs to the place where they asked.
		await sign.clear();
		const text = `${rootCommand} ${begun.typed}`;
		const quoted = await quote({ heading: words.recap.asked, shown: begun.shown, answerId }, chat, scene);
		const question = { ...quoted, text, cited: [], attachments: [], receivedAt: new Date(event.occurredAt) };
		const recap = async () => begun.recap;
		const tellWhy = (sentence: string) => tell(event, [sentence], scene);
		return await turns.answer({ ...asking, question, answerId, recipient: actorIn(event), recap, tell: tellWhy }, signal);
	};
}
