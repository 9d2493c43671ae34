/** What other apps post in the workspace, and what Slackbot says there. */

import type { Core } from './core.ts';
import type { Block, Channel, Json } from './types.ts';

export interface AppPost {
	/** Of `workspace.addApp`. */
	app: { botId: string; userId: string };
	channel: string;
	text?: string;
	blocks?: Block[];
	attachments?: Json[];
	/** The root of a thread, never a reply. */
	threadTs?: string;
	/** By a webhook: Slack tells no user then, and no name unless the app gives one. */
	webhook?: { username?: string };
}

/** All of these throw TypeError for a channel that is not there. */
export interface OtherApps {
	sayAsApp(post: AppPost): Promise<{ ts: string }>;
	/** Slackbot answers a word, or repeats a reminder: without `bot_id`, as if it were a person. */
	sayAsSlackbot(saying: { channel: string; text: string; threadTs?: string }): Promise<{ ts: string }>;
}

export function createOtherApps(core: Core): OtherApps {
	const channelOf = (id: string): Channel => {
		const channel = core.workspace.channel(id);
		if (channel === undefined) throw new TypeError(`no such channel: ${id}`);
		return channel;
	};
	return {
		async sayAsApp({ app, channel, text = '', blocks = [], attachments = [], threadTs, webhook }) {
			const by = { user: app.userId, botId: app.botId, webhook };
			const message = core.messages.add({ ...by, channel: channelOf(channel).id, text, blocks, attachments, threadTs });
			core.events.messagePosted(message);
			return { ts: message.ts };
		},
		async sayAsSlackbot({ channel, text, threadTs }) {
			const message = core.messages.add({ user: 'USLACKBOT', channel: channelOf(channel).id, text, threadTs });
			core.events.messagePosted(message);
			return { ts: message.ts };
		},
	};
}
