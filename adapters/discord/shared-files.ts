/** Which files people have shared in a channel, from its messages, the newest first. A thread is a channel of its own. */

import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { DiscordCall } from './client.ts';
import { asId, asObjects, compareIds, idAt } from './json.ts';
import { readShared } from './place-events.ts';
import { isFromApp } from './words.ts';

/** "Get Channel Messages": at most 100 a page. */
const pageSize = 100;

export function createListFiles(call: DiscordCall): Pick<ChatPlatform, 'listFiles'> {
	return {
		async listFiles({ channelId, tenantId, kind }, { cursor, since }, signal) {
			const route = `/channels/${channelId}/messages` as const;
			const query = { limit: String(pageSize), ...(cursor === null ? {} : { before: cursor }) };
			const messages = asObjects(await call('get messages', { method: 'GET', route, query }, signal));
			const oldest = since === null ? '0' : idAt(Date.parse(since));
			const wanted = messages.filter((message) => compareIds(asId(message['id']), oldest) >= 0);
			const channel = { id: channelId, guildId: kind === 'direct' ? null : tenantId, isThread: false };
			const isOver = messages.length < pageSize || wanted.length < messages.length;
			return {
				shared: wanted.filter((message) => !isFromApp(message)).flatMap((message) => readShared(message, channel)),
				next: isOver ? null : asId(messages.at(-1)?.['id']),
			};
		},
	};
}
