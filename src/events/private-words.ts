/** What one person is told and nobody else sees: where it is said, and what that makes of the event. */

import type { EarlySign } from '../conversation/early-sign.ts';
import { identityIdOf } from '../identity/account.ts';
import type { Identities } from '../identity/identity.ts';
import type { Person } from '../identity/person.ts';
import type { Limits } from '../limits/limits.ts';
import type { Words } from '../locales/locales.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor, MessageReceived, PersonalEvent } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Form } from '../platform/form.ts';
import type { Place } from '../platform/place.ts';
import type { ShownPassage } from '../platform/source.ts';

/** An event with its platform and its person. */
export interface EventContext {
	platform: ChatPlatform;
	/** The platform that knows the person's account: another one when they ask from elsewhere. */
	home: ChatPlatform;
	person: Person;
	words: Words;
	/** Counts from 1: from 2 on, an earlier process may have done part of the work. */
	attempt: number;
	/** What is shown already, while it was found out who it is. */
	sign: EarlySign;
	signal: AbortSignal;
}

/** All throw what the platform's `sendPrivately` and `showPassage` do. Nothing is said to who makes the bot talk without end. */
export interface PrivateWords {
	tell(event: PersonalEvent, told: CommandResult, scene: EventContext): Promise<'commanded'>;
	show(event: PersonalEvent, passage: ShownPassage, scene: EventContext): Promise<'commanded'>;
	/** Tells why not. */
	decline(event: PersonalEvent, sentence: string, scene: EventContext): Promise<'refused'>;
	/** Asks in a form. False where the platform shows none to one person, or opens its forms itself. */
	ask(event: PersonalEvent, form: Form, scene: EventContext): Promise<boolean>;
}

export interface PrivateWordsDependencies {
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	limits: Pick<Limits, 'mayBeTold'>;
	identities: Pick<Identities, 'lastPlaceOf'>;
}

type Saying = (speaker: ChatPlatform, place: Place, actor: Actor, replyHandle: string | undefined) => Promise<void>;

export function createPrivateWords({ pacers, limits, identities }: PrivateWordsDependencies): PrivateWords {
	async function send(event: PersonalEvent, scene: EventContext, say: Saying): Promise<void> {
		const { platform, home, person, signal } = scene;
		if (!(await limits.mayBeTold(person))) return;
		// In a direct conversation nobody else reads along, whatever account they have there.
		const isHere = home === platform || event.place.kind === 'direct';
		const speaker = isHere ? platform : home;
		const place = isHere ? privatePlaceOf(event, platform) : await openChat(event, scene);
		if (place === null) return;
		const handle = 'replyHandle' in event ? event.replyHandle : undefined;
		const call = { operation: 'send-privately', place, priority: 'first' } as const;
		await pacers(speaker).run(call, signal, () => say(speaker, place, actorIn(event), handle));
	}

	/** Nobody in the place would know them: it is said where they have their account. Null for somebody who was never met there. */
	async function openChat(event: PersonalEvent, { home, signal }: EventContext): Promise<Place | null> {
		const actor = actorIn(event);
		const lastSeen = await identities.lastPlaceOf({ ...actor, platform: home.name });
		if (lastSeen === null) return null;
		const call = { operation: 'open-chat', place: lastSeen, priority: 'first' } as const;
		return await pacers(home).run(call, signal, () => home.openPersonalChat(actor, lastSeen, signal));
	}

	return {
		async tell(event, told, scene) {
			await send(event, scene, wordsTo(scene, told));
			return 'commanded';
		},
		async show(event, passage, scene) {
			const { signal } = scene;
			await send(event, scene, (speaker, place, actor, handle) => speaker.showPassage(place, actor, passage, handle, signal));
			return 'commanded';
		},
		async decline(event, sentence, scene) {
			await send(event, scene, wordsTo(scene, [sentence]));
			return 'refused';
		},
		async ask(event, form, { platform, home, person, signal }) {
			const { sendForm } = platform;
			if (home !== platform || sendForm === undefined || !(await limits.mayBeTold(person))) return false;
			const place = privatePlaceOf(event, platform);
			const call = { operation: 'send-privately', place, priority: 'first' } as const;
			return await pacers(platform).run(call, signal, () => sendForm(place, actorIn(event), form, signal));
		},
	};
}

function wordsTo({ signal }: EventContext, told: CommandResult): Saying {
	return (speaker, place, actor, handle) => speaker.sendPrivately(place, actor, told, handle, signal);
}

export function actorIn(event: PersonalEvent): Actor {
	return 'author' in event ? event.author : event.actor;
}

/** `identities.id` of whoever did it. */
export function accountOf(event: PersonalEvent): string {
	return identityIdOf({ ...actorIn(event), platform: homeOf(event) });
}

/** The platform that knows whoever did it. */
export function homeOf(event: PersonalEvent): string {
	return actorIn(event).platform ?? event.platform;
}

/** Where private words are seen: on some platforms a thread that nobody has answered in yet is open to no one. */
export function privatePlaceOf(event: PersonalEvent, { capabilities }: Pick<ChatPlatform, 'capabilities'>): Place {
	if (event.place.kind === 'direct' || capabilities.showsPrivateWordsInNewThreads) return event.place;
	if (event.type === 'files-offered') return { ...event.place, threadId: '' };
	return event.type === 'message-received' ? whereSaid(event) : event.place;
}

/** A message that starts a thread speaks to the whole channel: there is nothing in its thread yet to stop or to forget. */
export function whereSaid({ place, startsThread }: MessageReceived): Place {
	return startsThread ? { ...place, threadId: '' } : place;
}
