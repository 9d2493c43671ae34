/** Whether a message was answered before, or taken back before its turn came. */

import type { ConversationStore } from '../history/store.ts';
import type { MessageReceived } from '../platform/chat-event.ts';
import type { EventContext } from './private-words.ts';

/** Both @throws BotError as the store. */
export function createKnownQuestions(store: Pick<ConversationStore, 'findAnswer' | 'isErased' | 'eraseQuestion'>) {
	return {
		/** The inbox forgets in time what it had; the answer tells longer that a message was received before it was edited. */
		async isKnown({ byEdit }: MessageReceived, answerId: string, { person, attempt }: EventContext): Promise<boolean> {
			return byEdit === true && attempt === 1 && (await store.findAnswer(person, answerId)) !== null;
		},

		/** Only where the deletion can have come first: in a conversation that was there before, or while no process ran. */
		async isTakenBack({ startsThread, place, messageId }: MessageReceived, scene: EventContext): Promise<boolean> {
			const { platform, person, attempt, signal } = scene;
			if (startsThread && attempt === 1) return false;
			if (await store.isErased(person, place, messageId)) return true;
			if (attempt === 1 || platform.isThere === undefined) return false;
			// Nobody may ever tell of what was deleted meanwhile. Where the platform does not say, it counts as there.
			if (await platform.isThere({ place, messageId }, signal).catch(() => true)) return false;
			await store.eraseQuestion(person, place, messageId);
			return true;
		},
	};
}
