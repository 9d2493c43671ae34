/** What the bot asks Slack: who somebody is, and what was said in a thread. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile, ThreadMessage } from '#src/platform/chat-platform.ts';
import { asObject } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { decodeText } from './format.ts';
import { readProfile, unseenProfile } from './people.ts';
import { createThreads } from './threads.ts';

type Lookups = Pick<ChatPlatform, 'fetchProfile' | 'readThread' | 'findOwnMessages'>;
type Json = Record<string, unknown>;

/** Names are a courtesy to the model: a long thread does not get more look-ups than this. */
const maxNames = 20;
/** "users.info": an account of another workspace that this one may not see, or that is not there any more. */
const outsiderErrors = new Set(['user_not_found', 'user_not_visible']);

export function createLookups(call: SlackCall, identity: () => SlackIdentity | null): Lookups {
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

	async function namesOf(messages: Json[], signal: AbortSignal): Promise<Map<string, string>> {
		const ids = [...new Set(messages.map((message) => String(message['user'] ?? '')))].filter((id) => id !== '').slice(0, maxNames);
		const teamId = identity()?.teamId ?? '';
		const profiles = await Promise.allSettled(ids.map((accountId) => fetchProfile({ tenantId: teamId, accountId }, null, signal)));
		return new Map(profiles.flatMap((found) => (found.status === 'fulfilled' ? [[found.value.accountId, found.value.displayName]] : [])));
	}

	return {
		fetchProfile,
		async readThread(place, { before, after = '', limit }, signal) {
			const found = (await threads.newest(place, before, limit, signal)).filter((message) => String(message['ts']) > after);
			const names = await namesOf(found, signal);
			const { botUserId = '', botId = '' } = identity() ?? {};
			return found.map((message) => toThreadMessage(message, { botUserId, botId }, names));
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
