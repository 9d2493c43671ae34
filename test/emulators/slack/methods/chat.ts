/** chat.*: posting, updating and deleting messages. */

import {
	knownUser,
	optionalText,
	ownMessage,
	postableChannel,
	requiredText,
	threadRoot,
	visibleChannel,
	writableChannel,
} from '../arguments.ts';
import type { Core } from '../core.ts';
import { linkTo } from '../links.ts';
import { type Channel, type Json, SlackFailure, type StoredMessage } from '../types.ts';
import { messageToWire } from '../wire.ts';
import { readContent } from './content.ts';
import type { Methods } from './method.ts';
import { endIfExpired } from './stream.ts';

/** `chat.update`: "msg_too_long" past 4,000 characters of text, unlike chat.postMessage. */
const updateTextLimit = 4_000;

export const chatMethods: Methods = {
	'chat.postMessage': (core, given) => {
		const channel = postableChannel(core, directOf(core, requiredText(given, 'channel')));
		const { text, blocks, metadata, truncated } = readContent(given);
		const threadTs = threadRoot(core, channel, optionalText(given, 'thread_ts'));
		const { botUserId: user, botId } = core.identity;
		const message = core.messages.add({ channel: channel.id, user, botId, text, blocks, metadata, threadTs });
		core.surface.setStatus(channel.id, threadTs ?? message.ts, '');
		core.events.messagePosted(message);
		const warning = truncated ? { warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } } : {};
		return { channel: channel.id, ts: message.ts, message: messageToWire(core, message, { metadata: true }), ...warning };
	},
	'chat.update': (core, given) => {
		const channel = writableChannel(core, requiredText(given, 'channel'));
		const message = ownMessage(core, channel, requiredText(given, 'ts'), 'cant_update_message');
		endIfExpired(core, message);
		if (message.stream?.state === 'in_progress') throw new SlackFailure('streaming_state_conflict');
		if ((optionalText(given, 'text') ?? '').length > updateTextLimit) throw new SlackFailure('msg_too_long');
		update(core, message, given);
		return { channel: channel.id, ts: message.ts, text: message.text, message: messageToWire(core, message, { metadata: true }) };
	},
	'chat.delete': (core, given) => {
		const channel = writableChannel(core, requiredText(given, 'channel'));
		const message = ownMessage(core, channel, requiredText(given, 'ts'), 'cant_delete_message');
		remove(core, message);
		return { channel: channel.id, ts: message.ts };
	},
	'chat.postEphemeral': (core, given) => {
		const channel = writableChannel(core, requiredText(given, 'channel'));
		// Of the refusals by settings, the method's page names this one.
		if (channel.postingRefusal === 'restricted_action') throw new SlackFailure('restricted_action');
		const user = knownUser(core, requiredText(given, 'user'));
		if (!channel.members.includes(user.id)) throw new SlackFailure('user_not_in_channel');
		const { text, blocks } = readContent(given);
		const threadTs = optionalText(given, 'thread_ts');
		const { ts } = core.surface.addEphemeral(channel.id, user.id, { text, blocks, ...(threadTs === undefined ? {} : { threadTs }) });
		return { message_ts: ts };
	},
	'chat.getPermalink': (core, given) => {
		const channel = visibleChannel(core, requiredText(given, 'channel'));
		const ts = requiredText(given, 'message_ts');
		const message = core.messages.get(channel.id, ts);
		if (message === undefined || message.deleted) throw new SlackFailure('message_not_found');
		return { channel: channel.id, permalink: linkTo(core.identity, message) };
	},
};

/** Takes a message away and tells the app. */
export function remove(core: Core, message: StoredMessage): void {
	const previous = messageToWire(core, message);
	message.deleted = true;
	core.messages.changed(message, 'deleted');
	core.events.messageDeleted(message, previous);
}

/** Text without blocks removes the blocks there were, and only such an update carries the "(edited)" mark. */
function update(core: Core, message: StoredMessage, given: Json): void {
	const content = readContent(given);
	const previous = messageToWire(core, message);
	message.text = content.text;
	message.blocks = content.blocks;
	message.metadata = content.metadata ?? message.metadata;
	message.stream = undefined;
	if (content.blocks.length === 0) message.edited = { user: core.identity.botUserId, ts: core.workspace.nextTs() };
	core.messages.changed(message);
	core.events.messageChanged(message, previous);
}

/** A user id stands for the direct conversation with that user. */
function directOf(core: Core, id: string): Channel['id'] {
	return core.workspace.user(id) === undefined ? id : core.workspace.openDirect(id).id;
}
