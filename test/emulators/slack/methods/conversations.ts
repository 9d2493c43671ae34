/** conversations.*: what the app may know about channels and their messages. */

import { flag, integer, joinedChannel, optionalText, paginate, requiredText, visibleChannel } from '../arguments.ts';
import type { Core } from '../core.ts';
import { type Json, SlackFailure, type StoredMessage } from '../types.ts';
import { channelToWire, messageToWire } from '../wire.ts';
import type { Methods } from './method.ts';

export const conversationMethods: Methods = {
	'conversations.info': (core, given) => ({ channel: channelToWire(core, visibleChannel(core, requiredText(given, 'channel'))) }),
	'conversations.members': (core, given) => {
		const channel = visibleChannel(core, requiredText(given, 'channel'));
		const members = [...channel.members, ...(channel.botIsMember ? [core.identity.botUserId] : [])];
		const { page, cursor } = paginate(members, integer(given, 'limit', 100, 1000), optionalText(given, 'cursor'));
		return { members: page, response_metadata: { next_cursor: cursor } };
	},
	'conversations.replies': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel'));
		const ts = requiredText(given, 'ts');
		const root = core.messages.get(channel.id, ts);
		if (root === undefined || root.deleted) throw new SlackFailure('thread_not_found');
		return messagePage(core, given, inRange(core.messages.thread(channel.id, ts), given, ts));
	},
	'conversations.history': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel'));
		const roots = core.messages.list(channel.id).filter(({ threadTs }) => threadTs === undefined);
		return messagePage(core, given, inRange(roots, given).reverse());
	},
	'conversations.open': (core, given) => {
		const existing = optionalText(given, 'channel');
		if (existing !== undefined) return { channel: { id: visibleChannel(core, existing).id } };
		const users = requiredText(given, 'users').split(',');
		const [user] = users;
		// Only direct conversations with one person: the app never opens a group.
		if (users.length !== 1 || user === undefined || core.workspace.user(user) === undefined) throw new SlackFailure('user_not_found');
		if (core.workspace.user(user)?.deleted) throw new SlackFailure('user_disabled');
		return { channel: { id: core.workspace.openDirect(user).id } };
	},
};

/** Between `oldest` and `latest`, which count themselves only when `inclusive`. The root of a thread is always there. */
function inRange(messages: readonly StoredMessage[], given: Json, rootTs?: string): StoredMessage[] {
	const oldest = optionalText(given, 'oldest') ?? '0';
	const latest = optionalText(given, 'latest') ?? '9';
	const bounds = flag(given, 'inclusive') ? [oldest, latest] : [];
	return messages.filter(({ ts, deleted }) => !deleted && (ts === rootTs || bounds.includes(ts) || (ts > oldest && ts < latest)));
}

function messagePage(core: Core, given: Json, messages: readonly StoredMessage[]): Json {
	const { page, cursor } = paginate(messages, integer(given, 'limit', 100, 999), optionalText(given, 'cursor'));
	const metadata = flag(given, 'include_all_metadata');
	return {
		messages: page.map((message) => messageToWire(core, message, { metadata })),
		has_more: cursor !== '',
		response_metadata: { next_cursor: cursor },
	};
}
