/** Whoever is no member of the company, or is none any more: one polite sentence that only they see, and only to what they addressed to the bot. */

import type { BotError } from '../errors.ts';
import type { PersonalEvent } from '../platform/chat-event.ts';
import type { EventContext, PrivateWords } from './private-words.ts';
import type { Replays } from './replays.ts';

export interface StrangerDependencies {
	replays: Pick<Replays, 'note'>;
	privateWords: Pick<PrivateWords, 'decline'>;
}

export function createStrangerRefusal({ replays, privateWords }: StrangerDependencies) {
	return async (event: PersonalEvent, scene: EventContext): Promise<'refused'> => {
		const { person, words } = scene;
		const isMeant = event.type === 'message-received' && (event.addressedBy === 'mention' || event.addressedBy === 'direct');
		const isAddressed = isMeant || ['command-invoked', 'button-pressed', 'files-offered'].includes(event.type);
		if (!isAddressed) return 'refused';
		const isGuest = person.standing === 'guest';
		await replays.note(event, isGuest ? 'guest' : 'deactivated', person);
		return await privateWords.decline(event, isGuest ? words.refusal.guest : words.refusal.deactivated, scene).catch((error: BotError) => {
			// Discord lets the bot write to nobody who shares no server with it. They are refused all the same.
			if (error.code === 'PLATFORM_REJECTED') return 'refused';
			throw error;
		});
	};
}
