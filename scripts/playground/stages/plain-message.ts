/** What the stages' messages have in common: nothing special about them. */

import type { Message } from '../wire.ts';

/** To be completed with what a message is: where, when, by whom, what it says. */
export const plainMessage = {
	threadId: null,
	link: null,
	repliesTo: null,
	source: '',
	isCard: false,
	buttons: [],
	citations: [],
	isAi: false,
	isStreaming: false,
	isEdited: false,
	isPrivate: false,
} satisfies Partial<Message>;
