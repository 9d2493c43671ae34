/** Which files people have shared in a channel, from its history: the messages of the channel in pages, and behind each page its threads. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform, FilePage, FileRange } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { asObject, asObjects, type Json, parseObject, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import { readId as id } from './id.ts';
import { readSharedBefore } from './place-events.ts';

/** "conversations.history" and "conversations.replies" advise no more than 200; apps that are sold outside of Slack's directory get fifteen. */
const pageSize = 200;

/** What is still to be read. */
interface Rest {
	/** Where the channel's own messages go on; null when they are read. */
	history: string | null;
	/** Roots whose answers come first, the first of them from here on. */
	threads: string[];
	thread: string;
}

export function createListFiles(call: SlackCall, identity: () => SlackIdentity | null): Pick<ChatPlatform, 'listFiles'> {
	async function read(method: string, parameters: Json, cursor: string, since: string | null, signal: AbortSignal) {
		const oldest = since === null ? {} : { oldest: (Date.parse(since) / 1_000).toFixed(6) };
		const answer = await call(method, { limit: pageSize, ...oldest, ...(cursor === '' ? {} : { cursor }), ...parameters }, signal);
		return { messages: asObjects(answer['messages']), cursor: textOf(asObject(answer['response_metadata'])['next_cursor']) };
	}

	async function readHistory(place: Place, rest: Rest, since: string | null, signal: AbortSignal): Promise<FilePage> {
		const { messages, cursor } = await read('conversations.history', { channel: place.channelId }, rest.history ?? '', since, signal);
		const threads = messages.filter((message) => Number(message['reply_count']) > 0).map((message) => id(message['ts']));
		return pageOf(place, messages, { history: cursor || null, threads, thread: '' });
	}

	async function readThread(place: Place, root: string, rest: Rest, since: string | null, signal: AbortSignal): Promise<FilePage> {
		const [, ...others] = rest.threads;
		try {
			const parameters = { channel: place.channelId, ts: root };
			const { messages, cursor } = await read('conversations.replies', parameters, rest.thread, since, signal);
			// The root comes along, and what is shown in the channel too was there.
			const answers = messages.filter(({ ts, subtype }) => ts !== root && subtype !== 'thread_broadcast');
			return pageOf(place, answers, { ...rest, threads: cursor === '' ? others : rest.threads, thread: cursor });
		} catch (thrown) {
			// It was deleted meanwhile.
			if (!(thrown instanceof BotError) || refusalOf(thrown) !== 'place-gone') throw thrown;
			return pageOf(place, [], { ...rest, threads: others, thread: '' });
		}
	}

	function pageOf(place: Place, messages: readonly Json[], rest: Rest): FilePage {
		const own = identity() ?? notConnected();
		const isOver = rest.history === null && rest.threads.length === 0;
		return {
			shared: messages.flatMap((message) => readSharedBefore(message, place, own)),
			next: isOver ? null : JSON.stringify(rest),
		};
	}

	return {
		async listFiles(place, { cursor, since }: FileRange, signal) {
			const rest = readRest(cursor);
			const [root] = rest.threads;
			return root === undefined ? await readHistory(place, rest, since, signal) : await readThread(place, root, rest, since, signal);
		},
	};
}

function readRest(cursor: string | null): Rest {
	const { history, threads, thread } = parseObject(cursor ?? '{}') ?? {};
	return {
		history: typeof history === 'string' ? history : null,
		threads: Array.isArray(threads) ? threads.map((root) => id(root)).filter((root) => root !== '') : [],
		thread: textOf(thread),
	};
}
