/** What other apps post in the tenant: bots do not hear each other, so nothing of it reaches this one by itself. */

import type { Core } from './core.ts';
import type { Json } from './types.ts';

export interface AppPost {
	/** Of `tenant.addApp`. */
	app: { id: string };
	conversation: string;
	text?: string;
	attachments?: Json[];
	/** Of an answer in a channel: the message that began the thread. */
	threadRootId?: string;
}

export interface OtherApps {
	/** Throws TypeError where no other app can be: in the chat of a person with the bot, and in a conversation that is not there. */
	sayAsApp(post: AppPost): Promise<{ id: string }>;
}

export function createOtherApps(core: Core): OtherApps {
	return {
		async sayAsApp({ app, conversation, text = '', attachments = [], threadRootId }) {
			const kind = core.tenant.conversation(conversation)?.kind;
			if (kind === undefined || kind === 'personal') throw new TypeError(`no other app is in ${conversation}`);
			return { id: core.messages.add({ conversation, threadRootId, from: app.id, text, attachments }).id };
		},
	};
}
