/** What a page hears while it is open: server-sent events, one stream a tab. */

import { z } from 'zod';
import type { LiveNotice } from '../../live/live-conversation.ts';
import type { Furniture } from '../../live/live-message.ts';
import { defineRoute } from './define-route.ts';
import type { ConversationMessage } from './messages.ts';

/** `<message>.<epoch>.<length>`: what the page has of a message that is not over, as the id of the last event about it said. */
const held = z.string().regex(/^[0-9a-f-]{36}\.\d{1,16}\.\d{1,7}$/);

export const liveStream = defineRoute({
	name: 'liveStream',
	method: 'GET',
	path: '/live',
	about:
		'Server-sent events: what changes in the list of conversations, and all that happens in the open one. Messages are to be read after `hello`, ' +
		'then nothing is missed. Leaving stops no answer.',
	for: 'whoever is signed in',
	scope: 'read',
	query: z.strictObject({
		/** The one that is open. */
		conversation: z.uuid().optional(),
		/** Or one that the client begins: as in `ask`. */
		newConversation: z.uuid().optional(),
		/** Of its answers that are not over, separated by commas: what the page has already. */
		held: z
			.string()
			.max(400)
			.transform((text) => text.split(','))
			.pipe(z.array(held).max(5))
			.optional(),
	}),
	answer: { status: 200, about: 'Events until either side goes.', body: 'events' },
	errors: ['NOT_FOUND'],
});

/** By the name of the event, what its `data` holds as JSON. */
export interface LiveStreamEvents {
	/** The first one. A `version` other than the page's: a newer page is to be had. */
	hello: { heartbeatMs: number; version: string };
	/** These conversations are new, or other ones in the list. */
	list: { ids: string[] };
	/** A row that is new or another one. */
	message: ConversationMessage;
	/** The row of an answer of which nothing more comes: from now on it counts, and nothing that `answer` said. */
	ended: ConversationMessage;
	/** The text becomes its first `from` UTF-16 units and `text`. What stands below it comes where that is another one. */
	answer: { messageId: string; answerId: string | null; epoch: number; from: number; text: string; isRemoved?: true } & Partial<Furniture>;
	/** What the bot is doing; empty when nothing. */
	activity: { text: string };
	/** Words for this person beside the messages; the same `id` is the same words. */
	private: LiveNotice;
	/** These conversations are not to be seen any more. */
	gone: { ids: string[] };
	/** Nobody is signed in any more. */
	'signed-out': Record<never, never>;
	/** The program stops: to be tried again after so long. */
	bye: { retryMs: number };
}

export type LiveEventName = keyof LiveStreamEvents;
