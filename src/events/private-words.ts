/** What one person is told and nobody else sees: where it is said, and what that makes of the event. */

import type { EarlySign } from '../conversation/early-sign.ts';
import type { Person } from '../identity/person.ts';
import type { Limits } from '../limits/limits.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor, MessageReceived, PersonalEvent } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Words } from '../words/words.ts';

/** An event with its platform and its person. */
export interface Scene {
	platform: ChatPlatform;
	person: Person;
	words: Words;
	/** Counts from 1: from 2 on, an earlier process may have done part of the work. */
	attempt: number;
	/** What is shown already, while it was found out who it is. */
	sign: EarlySign;
	signal: AbortSignal;
}

/** Both throw what the platform's `sendPrivately` does. Nothing is said to who makes the bot talk without end. */
export interface PrivateWords {
	tell(event: PersonalEvent, text: string, scene: Scene): Promise<'commanded'>;
	/** Tells why not. */
	decline(event: PersonalEvent, text: string, scene: Scene): Promise<'refused'>;
}

export interface PrivateWordsDependencies {
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'mayBeTold'>;
}

export function createPrivateWords({ pacers, limits }: PrivateWordsDependencies): PrivateWords {
	async function send(event: PersonalEvent, text: string, { platform, person, signal }: Scene): Promise<void> {
		if (!(await limits.mayBeTold(person))) return;
		const place = privatePlaceOf(event, platform);
		const handle = 'replyHandle' in event ? event.replyHandle : undefined;
		const call = { operation: 'send-privately', place, priority: 'first' } as const;
		await pacers(platform).run(call, signal, () => platform.sendPrivately(place, actorOf(event), text, handle, signal));
	}
	return {
		async tell(event, text, scene) {
			await send(event, text, scene);
			return 'commanded';
		},
		async decline(event, text, scene) {
			await send(event, text, scene);
			return 'refused';
		},
	};
}

export function actorOf(event: PersonalEvent): Actor {
	return 'author' in event ? event.author : event.actor;
}

/** Where private words are seen: on some platforms a thread that nobody has answered in yet is open to no one. */
export function privatePlaceOf(event: PersonalEvent, { capabilities }: Pick<ChatPlatform, 'capabilities'>): Place {
	const isThread = event.type !== 'message-received' || event.place.kind === 'direct' || capabilities.showsPrivateWordsInNewThreads;
	return isThread ? event.place : whereSaid(event);
}

/** A message that starts a thread speaks to the whole channel: there is nothing in its thread yet to stop or to forget. */
export function whereSaid({ place, startsThread }: MessageReceived): Place {
	return startsThread ? { ...place, threadId: '' } : place;
}
