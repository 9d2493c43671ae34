/** What people and Slack hang below messages: messages that are passed on, and previews of links. */

import type { Core } from './core.ts';
import { linkTo } from './links.ts';
import { memberChannel, type Saying, say } from './people.ts';
import type { Json, StoredMessage } from './types.ts';
import { fileToWire, messageToWire } from './wire.ts';

/** Both throw TypeError when the thing could not be done in Slack either. */
export interface PassingOn {
	/** Passes a message on, with a note or without one. */
	forward(forwarding: { of: { channel: string; ts: string } } & Saying): Promise<{ ts: string }>;
	/** Slack has looked at the links of a message and shows what is behind them: a change without the mark of an edit. */
	showPreviews(message: { channel: string; ts: string; attachments: Json[] }): Promise<void>;
}

export function createPassingOn(core: Core): PassingOn {
	const messageAt = (channel: string, ts: string) => {
		const message = core.messages.get(channel, ts);
		if (message === undefined || message.deleted) throw new TypeError(`no message at ${ts}`);
		return message;
	};
	return {
		async forward({ of, ...saying }) {
			memberChannel(core, saying.user, of.channel);
			return say(core, { ...saying, attachments: [shareOf(core, messageAt(of.channel, of.ts))] });
		},
		async showPreviews({ channel, ts, attachments }) {
			const message = messageAt(channel, ts);
			const previous = messageToWire(core, message);
			message.attachments = [...message.attachments, ...attachments];
			core.messages.changed(message);
			core.events.messageChanged(message, previous);
		},
	};
}

/** As `conversations.history` gives it ("ConversationsHistoryResponse" of the SDK). */
function shareOf(core: Core, message: StoredMessage): Json {
	const { identity, workspace } = core;
	const author = workspace.user(message.user);
	const channel = workspace.channel(message.channel);
	const at = { team: identity.teamId, channel: message.channel, ts: message.ts };
	return {
		id: 1,
		ts: message.ts,
		is_msg_unfurl: true,
		is_share: true,
		channel_id: message.channel,
		channel_name: channel?.name,
		channel_team: identity.teamId,
		author_id: message.user,
		author_name: author?.name,
		author_subname: author?.realName,
		from_url: linkTo(identity, message),
		text: message.text,
		fallback: `[November 14th, 2026 10:13 PM] ${author?.name}: ${message.text}`,
		...(message.blocks.length > 0 && { message_blocks: [{ ...at, message: { blocks: message.blocks } }] }),
		...(message.files.length > 0 && { files: message.files.map((file) => fileToWire(core, file)) }),
		...(message.attachments.length > 0 && { attachments: message.attachments }),
		mrkdwn_in: ['text'],
		footer: `Posted in #${channel?.name}`,
	};
}
