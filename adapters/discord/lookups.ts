/** What the bot asks Discord: who somebody is, and what was said before. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile, ThreadMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { askUnlessAbsent, type DiscordCall } from './client.ts';
import { readMark } from './format.ts';
import type { Guilds } from './guilds.ts';
import { parentOf, textOf } from './inbound.ts';
import { messageOf } from './interaction-events.ts';
import { asId, asObject, asObjects, asText, compareIds, type Json, timeOf } from './json.ts';
import type { Members } from './members.ts';
import { displayNameOf, toProfile } from './profiles.ts';
import type { Roots } from './roots.ts';

type Lookups = Pick<ChatPlatform, 'fetchProfile' | 'readThread' | 'isThere' | 'findOwnMessages'>;

export interface LookupDependencies {
	call: DiscordCall;
	members: Pick<Members, 'find'>;
	guilds: Pick<Guilds, 'names' | 'ownRoles'>;
	roots: Pick<Roots, 'knownRootOf'>;
	botUserId: () => string;
}

/** "Get Channel Messages": at most 100 a page. */
const pageSize = 100;
/** What the bot said after a question is soon found, or was not said. */
const maxPages = 5;
/** "Message Types": the first message of a thread that was started on a message; what it says is in the message it points to. */
const threadStarter = 21;
/** Discord renames accounts that were deleted. */
const deletedName = /^deleted_user_[0-9a-f]+$/;

export function createLookups({ call, members, guilds, roots, botUserId }: LookupDependencies): Lookups {
	/** A member of any guild that is served is one of us. */
	async function fetchProfile(actor: Actor, place: Place, signal: AbortSignal): Promise<Profile> {
		const member = await members.find(actor, place, signal);
		if (member !== null) return toProfile(actor, asObject(member['user']), member);
		return toStranger(actor, await askUnlessAbsent(call, 'get user', `/users/${actor.accountId}`, ['user-unknown'], signal));
	}

	async function readPage(place: Place, query: Record<string, string>, signal: AbortSignal): Promise<Json[]> {
		const route = `/channels/${place.channelId}/messages` as const;
		const messages = asObjects(await call('get messages', { method: 'GET', route, query }, signal));
		return messages.sort((left, right) => compareIds(asId(left['id']), asId(right['id'])));
	}

	/** The messages of one chain, which lie between those of others; its first message is asked for when it is older than all of these. */
	async function chainOf(place: Place, messages: Json[], signal: AbortSignal): Promise<Json[]> {
		const rootId = place.threadId;
		const chain = new Set([rootId]);
		for (const message of messages) {
			const id = asId(message['id']);
			if (roots.knownRootOf(message) === rootId || chain.has(parentOf(message) ?? '')) chain.add(id);
		}
		const found = messages.filter((message) => chain.has(asId(message['id'])));
		if (asId(found[0]?.['id']) === rootId) return found;
		const absent = ['message-gone', 'no-access', 'no-permission'];
		const root = await askUnlessAbsent(call, 'get message', `/channels/${place.channelId}/messages/${rootId}`, absent, signal);
		return root === null ? found : [root, ...found];
	}

	function isOwn(message: Json): boolean {
		return asId(asObject(message['author'])['id']) === botUserId();
	}

	function toThreadMessage(message: Json): ThreadMessage {
		const started = message['type'] === threadStarter ? asObject(message['referenced_message']) : message;
		const author = asObject(started['author']);
		const scene = { own: new Set([botUserId(), ...guilds.ownRoles()]), names: guilds.names };
		return {
			messageId: asId(message['id']),
			author: isOwn(started) ? 'self' : author['bot'] === true ? 'app' : 'person',
			authorName: displayNameOf(author, asObject(started['member'])),
			writtenAt: new Date(timeOf(asId(started['id']))).toISOString(),
			text: textOf(started, scene),
		};
	}

	return {
		fetchProfile,
		async readThread(place, range, signal) {
			const { limit } = range;
			const before = messageOf(range.before);
			const after = messageOf(range.after ?? '0');
			const isChain = place.threadId !== '';
			const count = isChain ? pageSize : Math.min(limit, pageSize);
			const messages = await readPage(place, { before, limit: String(count) }, signal);
			const read = isChain ? await chainOf(place, messages, signal) : messages;
			return read
				.filter((message) => compareIds(asId(message['id']), before) < 0 && compareIds(asId(message['id']), after) > 0)
				.map(toThreadMessage)
				.filter(({ text }) => text !== '')
				.slice(-limit);
		},
		async isThere({ place, messageId }, signal) {
			// Of a message that somebody asked about by the menu, the question is no message.
			if (messageOf(messageId) !== messageId) return true;
			const route = `/channels/${place.channelId}/messages/${messageId}` as const;
			return (await askUnlessAbsent(call, 'get message', route, ['message-gone', 'channel-gone'], signal)) !== null;
		},
		async findOwnMessages(place, afterMessageId, signal) {
			const found: { reference: { place: Place; messageId: string }; replyId: string | null }[] = [];
			let after = messageOf(afterMessageId);
			for (let page = 0; page < maxPages; page++) {
				const messages = await readPage(place, { after, limit: String(pageSize) }, signal);
				for (const message of messages.filter(isOwn)) {
					const messageId = asId(message['id']);
					const isElsewhere = place.threadId !== '' && (roots.knownRootOf(message) ?? place.threadId) !== place.threadId;
					const replyId = readMark(message['components'])?.action.replyId ?? null;
					if (!isElsewhere) found.push({ reference: { place, messageId }, replyId });
				}
				if (messages.length < pageSize) break;
				after = asId(messages.at(-1)?.['id']);
			}
			return found;
		},
	};
}

/** A member of no guild that is served. */
function toStranger(actor: Actor, user: Json | null): Profile {
	const isDeleted = user === null || deletedName.test(asText(user['username']));
	const profile = toProfile(actor, user ?? {}, {});
	return { ...profile, isExternal: !isDeleted, isDeactivated: isDeleted };
}
