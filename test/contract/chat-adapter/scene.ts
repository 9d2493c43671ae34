/** The scene of the adapters' common suite: the adapter that is open, and how its tests wait, ask and look. */

import { BotError } from '#src/errors.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { patienceMs } from '#test/setup/patience.ts';
import type { AdapterUnderTest, Lack, Said } from '../adapter-under-test.ts';

export interface AdapterScene {
	/** There once the suite has begun. */
	readonly world: AdapterUnderTest;
	readonly platform: ChatPlatform;
	/** The kind of place where most people read along. */
	readonly widest: Place['kind'];
	lacks(what: Lack): boolean;
	/** Waits for the condition. @throws Error after five seconds. */
	until<T>(condition: () => T): Promise<NonNullable<T>>;
	/** The events about this message. A later message that has arrived proves that nothing more is on its way. */
	eventsAbout(said: Said): Promise<PersonalEvent[]>;
	/** A new thread in a place of this kind, or the place itself where there are none. */
	placeOf(kind: Place['kind']): Promise<Place>;
}

export const allKinds = ['direct', 'group', 'channel'] as const;
export const { signal } = new AbortController();

export function createAdapterScene(world: () => AdapterUnderTest): AdapterScene {
	async function until<T>(condition: () => T): Promise<NonNullable<T>> {
		const deadline = performance.now() + patienceMs;
		for (;;) {
			const value = condition();
			if (value) return value as NonNullable<T>;
			if (performance.now() > deadline) throw new Error(`What was waited for did not happen: ${condition}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	return {
		get world() {
			return world();
		},
		get platform() {
			return world().platform;
		},
		get widest() {
			return world().kinds.includes('channel') ? 'channel' : 'direct';
		},
		lacks: (what) => world().lacks?.includes(what) === true,
		until,
		async eventsAbout(said) {
			const { events, say } = world();
			const last = await say({ place: 'direct', text: 'a later message' });
			await until(() => events.some((event) => 'messageId' in event && event.messageId === last.messageId));
			return events.filter((event) => 'messageId' in event && event.messageId === said.messageId);
		},
		placeOf: async (kind) => (await world().say({ place: kind, text: 'a thread for the test', mentions: kind !== 'direct' })).place,
	};
}

export function message(text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
	return { text, buttons: [], ...more };
}

/** What a refusal says in the words of the port. @throws Error when the work was not refused. */
export async function refusal(work: Promise<unknown>): Promise<Pick<BotError, 'code' | 'reason' | 'retryable' | 'retryAfterMs'>> {
	const error = await work.then(
		() => null,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof BotError)) throw new Error(`not refused: ${error}`);
	return { code: error.code, reason: error.reason, retryable: error.retryable, retryAfterMs: error.retryAfterMs };
}
