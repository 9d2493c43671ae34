/** What the bot asks Discord: who somebody is, and what was said before. */

import type { Actor, MessageWords } from '#src/platform/chat-event.ts';
import type { ChatPlatform, Profile, ThreadMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { askUnlessAbsent, type DiscordCall } from './client.ts';
import { readMark } from './format.ts';
import type { Guilds } from './guilds.ts';
import { attachmentsOf } from './inbound.ts';
import { messageOf } from './interaction-events.ts';
import { asId, asObject, asObjects, compareIds, type Json, timeOf } from './json.ts';
import { messageLink, readMessageLink } from './links.ts';
import type { Members } from './members.ts';
import { authorNameOf, isDeleted, toProfile } from './profiles.ts';
import { answeredIdOf, parentOf } from './references.ts';
import type { Roots } from './roots.ts';
import { isFromApp, readWords, type WordsReading } from './words.ts';

type Lookups = Pick<
	ChatPlatform,
	'fetchProfile' | 'readThread' | 'messageAt' | 'permalink' | 'readMessage' | 'isThere' | 'isShared' | 'findOwnMessages'
>;

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

/** What Discord says of messages that are gone, and of those that the bot may not see. */
const hidden = ['message-gone', 'no-access', 'no-permission'];

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
		const root = await askUnlessAbsent(call, 'get message', `/channels/${place.channelId}/messages/${rootId}`, hidden, signal);
		return root === null ? found : [root, ...found];
	}

	function isOwn(message: Json): boolean {
		return asId(asObject(message['author'])['id']) === botUserId();
	}

	function readingOf(): WordsReading {
		return { botUserId: botUserId(), own: new Set([botUserId(), ...guilds.ownRoles()]), names: guilds.names };
	}

	function hasWords(message: Json): boolean {
		const { text, cited } = readWords(startedOn(message), readingOf(), { files: 'named', answered: 'nothing' });
		return text !== '' || cited !== undefined;
	}

	function toThreadMessage(message: Json, index: number, all: readonly Json[]): ThreadMessage {
		const said = startedOn(message);
		return {
			messageId: asId(message['id']),
			author: isOwn(said) ? 'self' : isFromApp(said) ? 'app' : 'person',
			authorName: authorNameOf(said) ?? '',
			writtenAt: new Date(timeOf(asId(said['id']))).toISOString(),
			...readAmong(said, { index, all, reading: readingOf() }),
		};
	}

	return {
		fetchProfile,
		async readThread(place, range, signal) {
			const { limit } = range;
			const before = range.before === undefined ? null : messageOf(range.before);
			const after = messageOf(range.after ?? '0');
			const isChain = place.threadId !== '';
			const count = isChain ? pageSize : Math.min(limit, pageSize);
			const messages = await readPage(place, { ...(before === null ? {} : { before }), limit: String(count) }, signal);
			const read = isChain ? await chainOf(place, messages, signal) : messages;
			return read
				.filter((message) => (before === null || compareIds(asId(message['id']), before) < 0) && compareIds(asId(message['id']), after) > 0)
				.filter(hasWords)
				.slice(-limit)
				.map(toThreadMessage);
		},
		messageAt: readMessageLink,
		permalink: async (reference) => messageLink(reference),
		async readMessage({ place, messageId }, signal) {
			const route = `/channels/${place.channelId}/messages/${messageId}` as const;
			const message = await askUnlessAbsent(call, 'get message', route, [...hidden, 'channel-gone', 'not-for-messages'], signal);
			return message === null || !hasWords(message) ? null : toThreadMessage(message, 0, [message]);
		},
		async isThere({ place, messageId }, signal) {
			// Of a message that somebody asked about by the menu, the question is no message.
			if (messageOf(messageId) !== messageId) return true;
			const route = `/channels/${place.channelId}/messages/${messageId}` as const;
			return (await askUnlessAbsent(call, 'get message', route, ['message-gone', 'channel-gone'], signal)) !== null;
		},
		async isShared({ place, messageId }, fileId, signal) {
			const route = `/channels/${place.channelId}/messages/${messageId}` as const;
			const message = await askUnlessAbsent(call, 'get message', route, ['message-gone'], signal);
			return message !== null && attachmentsOf(message, place.channelId).some(({ id }) => id === fileId);
		},
		async findOwnMessages(place, afterMessageId, signal) {
			const found: { reference: { place: Place; messageId: string }; replyId: string | null }[] = [];
			let after = messageOf(afterMessageId);
			for (let page = 0; page < maxPages; page++) {
				const messages = await readPage(place, { after, limit: String(pageSize) }, signal);
				for (const message of messages.filter(isOwn)) {
					const messageId = asId(message['id']);
					const isElsewhere = place.threadId !== '' && (roots.knownRootOf(message) ?? place.threadId) !== place.threadId;
					const replyId = readMark(message['components'])?.replyId ?? null;
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
	const isGone = user === null || isDeleted(user);
	const profile = toProfile(actor, user ?? {}, {});
	return { ...profile, isExternal: !isGone, isDeactivated: isGone };
}

/** The message that a thread was started on, for the one that stands in its place; itself for any other. */
function startedOn(message: Json): Json {
	const { referenced_message: started } = message;
	return message['type'] === threadStarter && typeof started === 'object' && started !== null ? asObject(started) : message;
}

/** What is read with it is not repeated: right above an answer it needs no word, and further up its beginning tells which one is meant. */
function readAmong(message: Json, { index, all, reading }: { index: number; all: readonly Json[]; reading: WordsReading }): MessageWords {
	const answeredId = answeredIdOf(message);
	const answeredIndex = answeredId === null ? -1 : all.findIndex(({ id }) => id === answeredId);
	if (answeredIndex < 0) return readWords(message, reading, { files: 'named', answered: 'whole' });
	const whole = { ...message, referenced_message: message['referenced_message'] ?? all[answeredIndex] };
	return readWords(whole, reading, { files: 'named', answered: answeredIndex === index - 1 ? 'nothing' : 'brief' });
}
