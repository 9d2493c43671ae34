/** What the bot asks Slack: who somebody is, where to find them, and what was said in a thread. */

import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile, ThreadMessage } from '#src/platform/chat-platform.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { asObject, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { appNameOf, isOfApp } from './authors.ts';
import type { SlackCall } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { readId, toTime } from './id.ts';
import { messageLink, readMessageLink } from './links.ts';
import type { Names } from './names.ts';
import { readProfile, unseenErrors, unseenProfile } from './people.ts';
import { createThreads } from './threads.ts';
import { readThreadWords } from './words/message-words.ts';

type Lookups = Pick<
	ChatPlatform,
	'fetchProfile' | 'openPersonalChat' | 'readThread' | 'messageAt' | 'permalink' | 'readMessage' | 'findOwnMessages'
>;
type Own = Pick<SlackIdentity, 'botUserId' | 'botId'>;

export function createLookups(call: SlackCall, identity: () => SlackIdentity | null, names: Names): Lookups {
	const threads = createThreads(call);

	async function fetchProfile(actor: Actor, _place: unknown, signal: AbortSignal): Promise<Profile> {
		try {
			const answer = await call('users.info', { user: actor.accountId, include_locale: true }, signal);
			return readProfile(asObject(answer['user']), actor, identity() ?? notConnected());
		} catch (thrown) {
			if (thrown instanceof BotError && unseenErrors.has(thrown.reason ?? '')) return unseenProfile(actor);
			throw thrown;
		}
	}

	return {
		fetchProfile,
		async openPersonalChat({ accountId }, _lastSeen, signal) {
			const { channel } = await call('conversations.open', { users: accountId }, signal);
			const { teamId } = identity() ?? notConnected();
			return { platform: 'slack', tenantId: teamId, channelId: readId(asObject(channel)['id']), threadId: '', kind: 'direct' };
		},
		async readThread(place, { before = aMinuteFromNow(), after = '', limit }, signal) {
			const isOutside = place.threadId === '';
			const read = isOutside ? threads.newestOutside(place.channelId, before, limit, signal) : threads.newest(place, before, limit, signal);
			const found = (await read).filter((message) => String(message['ts']) > after && !isNotice(message));
			const { botUserId = '', botId = '' } = identity() ?? {};
			return await names.fill((known) => found.map((message) => toThreadMessage(message, { botUserId, botId }, known)));
		},
		messageAt(link) {
			const own = identity();
			return own === null ? null : readMessageLink(link, own);
		},
		// Composed and not asked for: each answer names several messages.
		permalink: async (reference) => messageLink(reference, identity() ?? notConnected()),
		async readMessage({ place: { channelId, threadId }, messageId }, signal) {
			const message = await threads.one({ channelId, threadId: threadId || messageId }, messageId, signal).catch(nullWhereHidden);
			// Where a message with answers was deleted, Slack says that there was one.
			if (message === null || message['subtype'] === 'tombstone') return null;
			const { botUserId, botId } = identity() ?? notConnected();
			return await names.fill((known) => toThreadMessage(message, { botUserId, botId }, known));
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

/** What "conversations.replies" refuses for good: no such thread any more, or a channel that the bot is not in. */
function nullWhereHidden(thrown: unknown): null {
	const refusal = thrown instanceof BotError ? refusalOf(thrown) : null;
	if (refusal === 'place-gone' || refusal === 'may-not-post') return null;
	throw thrown;
}

/** Clocks differ. */
function aMinuteFromNow(): string {
	return (Date.now() / 1_000 + 60).toFixed(6);
}

/** "Message subtypes": what Slack itself says of a channel, and in place of what was deleted. */
function isNotice({ subtype }: Json): boolean {
	return subtype !== 'bot_message' && /^(?:tombstone$|pinned_item$|(?:channel|group|bot)_)/.test(textOf(subtype));
}

/** The id of whoever does not say in the message what they are called: people never do. Empty for an app that does. */
function unnamedAuthorOf(message: Json): string {
	const user = textOf(message['user']);
	if (!isOfApp(message)) return user;
	return appNameOf(message) === '' ? textOf(message['bot_id'], user) : '';
}

function toThreadMessage(message: Json, own: Own, names: ReadonlyMap<string, string>): ThreadMessage {
	const isOwn = message['bot_id'] === own.botId || message['user'] === own.botUserId;
	const id = unnamedAuthorOf(message);
	return {
		messageId: String(message['ts']),
		author: isOwn ? 'self' : isOfApp(message) ? 'app' : 'person',
		authorName: id === '' ? appNameOf(message) : (names.get(id) ?? id),
		writtenAt: toTime(message['ts']) ?? new Date().toISOString(),
		...readThreadWords(message, { botUserId: own.botUserId, names }),
	};
}

function replyIdOf(message: Json): string | null {
	const payload = ((message['metadata'] as Json | undefined)?.['event_payload'] ?? {}) as Json;
	return typeof payload['reply_id'] === 'string' ? payload['reply_id'] : null;
}
