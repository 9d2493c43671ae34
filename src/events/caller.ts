/** Who gives a command, and where. Pure. */

import type { Caller } from '../commands/definition.ts';
import type { PersonalEvent } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { actorIn, type EventContext } from './private-words.ts';

export function callerOf(event: PersonalEvent, place: Place, { person, platform, words, signal }: EventContext): Caller {
	return { person, account: actorIn(event), platform, words, place, isConversation: isConversation(place, platform), signal };
}

/** Where messages form threads, each thread is one. */
function isConversation({ threadId, kind }: Place, { capabilities }: Pick<ChatPlatform, 'capabilities'>): boolean {
	return threadId !== '' || !capabilities.threads.includes(kind);
}
