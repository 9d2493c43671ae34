/** A page that has conversations open: it hears what any process writes in them, and shows what it is sent. */

import type { Cache } from '#src/cache/cache.ts';
import { systemClock } from '#src/clock.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import type { LiveNotice } from '#src/live/live-conversation.ts';
import { createLiveFollower } from '#src/live/live-follower.ts';
import type { Furniture } from '#src/live/live-message.ts';
import { createLiveReading, type LiveEvent } from '#src/live/live-reading.ts';
import type { Place } from '#src/platform/place.ts';

interface PageMessage extends Furniture {
	text: string;
	isRemoved: boolean;
}

export interface OpenConversation {
	messages: ReadonlyMap<string, PageMessage>;
	notices: readonly LiveNotice[];
	activity: string;
}

export interface WebPage {
	open(place: Place): Promise<void>;
	/** Everything that was sent for it until now. */
	look(place: Place): OpenConversation;
}

const nothing: OpenConversation = { messages: new Map(), notices: [], activity: '' };

export function openWebPage(cache: Cache): WebPage {
	const follower = createLiveFollower({ cache, clock: systemClock });
	const looks = new Map<string, () => OpenConversation>();
	return {
		async open(place) {
			const id = conversationIdOf(place);
			if (looks.has(id)) return;
			const reading = createLiveReading();
			const followed = await follower.follow(id, { heard: (change) => reading.heard(change) });
			const shown = { messages: new Map<string, PageMessage>(), notices: [] as LiveNotice[], activity: '' };
			looks.set(id, () => {
				for (const event of reading.next(followed.state(), Number.POSITIVE_INFINITY)) take(shown, event);
				return shown;
			});
		},
		look: (place) => looks.get(conversationIdOf(place))?.() ?? nothing,
	};
}

function take(shown: { messages: Map<string, PageMessage>; notices: LiveNotice[]; activity: string }, event: LiveEvent): void {
	if (event.name === 'activity') shown.activity = event.text;
	if (event.name === 'private') shown.notices.push(event.notice);
	if (event.name !== 'answer') return;
	const before = shown.messages.get(event.messageId) ?? { text: '', buttons: [], sources: [], isRemoved: false };
	const { buttons = before.buttons, sources = before.sources, isRemoved = before.isRemoved } = event;
	shown.messages.set(event.messageId, { text: before.text.slice(0, event.from) + event.text, buttons, sources, isRemoved });
}
