/** What the bot asks Slack: who somebody is, and what was said in a thread. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile, ThreadMessage } from '#src/platform/chat-platform.ts';
import { asObject } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { decodeText } from './format.ts';
import type { Names } from './names.ts';
import { readProfile, unseenProfile } from './people.ts';
import { createThreads } from './threads.ts';

type Lookups = Pick<ChatPlatform, 'fetchProfile' | 'readThread' | 'findOwnMessages'>;
type Json = Record<string, unknown>;

/** "users.info": an account of another workspace that this one may not see, or that is not there any more. */
const outsiderErrors = new Set(['user_not_found', 'user_not_visible']);

export function createLookups(call: SlackCall, identity: () => SlackIdentity | null, names: Names): Lookups {
	const threads = createThreads(call);

	async function fetchProfile(actor: Actor, _place: unknown, signal: AbortSignal): Promise<Profile> {
		try {
			const answer = await call('users.info', { user: actor.accountId, include_locale: true }, signal);
			const { teamId } = identity() ?? notConnected();
			return readProfile(asObject(answer['user']), actor, teamId);
		} catch (thrown) {
			if (thrown instanceof BotError && outsiderErrors.has(thrown.reason ?? '')) return unseenProfile(actor);
			throw thrown;
		}
	}

	return {
		fetchProfile,
		async readThread(place, { before, after = '', limit }, signal) {
			const found = (await threads.newest(place, before, limit, signal)).filter((message) => String(message['ts']) > after);
			const { botUserId = '', botId = '' } = identity() ?? {};
			return await names.fill((known) => found.map((message) => toThreadMessage(message, { botUserId, botId }, known)));
		},
		async findOwnMessages(place, afterMessageId, signal) {
			const following = await threads.following(place, afterMessageId, signal);
			const botId = identity()?.botId;
			return following
				.filter((message) => message['bot_id'] === botId)
				.map((message) => ({ reference: { place, messageId: String(message['ts']) }, replyId: replyIdOf(message) }));
		},
	};
}

function toThreadMessage(
	message: Json,
	own: Pick<SlackIdentity, 'botUserId' | 'botId'>,
	names: ReadonlyMap<string, string>,
): ThreadMessage {
	const author = String(message['user'] ?? '');
	return {
		messageId: String(message['ts']),
		author: message['bot_id'] === undefined ? 'person' : message['bot_id'] === own.botId ? 'self' : 'app',
		authorName: names.get(author) ?? author,
		writtenAt: new Date(Number(message['ts']) * 1_000).toISOString(),
		text: decodeText(String(message['text'] ?? ''), own.botUserId, names),
	};
}

function replyIdOf(message: Json): string | null {
	const payload = ((message['metadata'] as Json | undefined)?.['event_payload'] ?? {}) as Json;
	return typeof payload['reply_id'] === 'string' ? payload['reply_id'] : null;
}
