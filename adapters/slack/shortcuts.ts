/** The entry of ours in a message's menu ("Shortcuts"), in the core's words. Pure. */

import type { Actor, FilesOffered } from '#src/platform/chat-event.ts';
import { asObject, type Json, textOf as text } from '#src/platform/untrusted-json.ts';
import { isOfApp } from './authors.ts';
import type { SlackIdentity } from './connection.ts';
import { readId as id, toTime } from './id.ts';
import { authorOf, filesIn, happening, placeOf, tenantOf } from './inbound.ts';

/** What the manifest calls the entry, and Bolt knows it by. */
export const takeFilesCallback = 'openccb_take_files';

/** Null for what names no message, or nobody. */
export function readShortcut(body: Json, identity: SlackIdentity): FilesOffered | null {
	const [user, message] = [asObject(body['user']), asObject(body['message'])];
	const channelId = id(asObject(body['channel'])['id']);
	const messageId = id(message['ts'], id(body['message_ts']));
	const accountId = id(user['id']);
	if (channelId === '' || messageId === '' || accountId === '') return null;
	const pressedAt = id(body['action_ts'], id(body['trigger_id']));
	const responseUrl = text(body['response_url']);
	return {
		type: 'files-offered',
		...happening(identity, `${channelId}:${messageId}:offered:${accountId}:${pressedAt}`, toTime(pressedAt) ?? new Date().toISOString()),
		place: placeOf({ channel: channelId, thread_ts: message['thread_ts'] }, identity, messageId),
		actor: { tenantId: tenantOf([user['team_id'], asObject(body['team'])['id']], identity), accountId },
		messageId,
		sharedBy: sharerOf(message, identity),
		sharedAt: toTime(messageId) ?? new Date().toISOString(),
		files: isOwn(message, identity) ? [] : filesIn(message),
		...(responseUrl === '' ? {} : { replyHandle: responseUrl }),
	};
}

function isOwn(message: Json, { botId, botUserId }: SlackIdentity): boolean {
	return message['bot_id'] === botId || message['user'] === botUserId;
}

function sharerOf(message: Json, identity: SlackIdentity): Actor | null {
	const author = authorOf(message, {}, identity);
	return isOfApp(message) || author.accountId === '' ? null : author;
}
