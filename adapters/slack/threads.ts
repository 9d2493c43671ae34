/** Reads threads from the end that is wanted: Slack gives their pages from the root on, however long they are. */

import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';

export interface Threads {
	/** As `newest`, of the channel itself: without what was answered in its threads. */
	newestOutside(channelId: string, before: string, limit: number, signal: AbortSignal): Promise<Json[]>;
	/** The newest messages before `before`, oldest first: at most `limit`, fewer when they cannot be found with few calls. */
	newest(thread: Thread, before: string, limit: number, signal: AbortSignal): Promise<Json[]>;
	/** This one message; null when it is not there. */
	one(thread: Thread, messageId: string, signal: AbortSignal): Promise<Json | null>;
	/** What followed `after`, oldest first: the first thousand. */
	following(thread: Thread, after: string, signal: AbortSignal): Promise<Json[]>;
}

export interface Thread {
	channelId: string;
	/** The ts of its root. */
	threadId: string;
}

interface Page {
	messages: Json[];
	/** Empty on the last one. */
	cursor: string;
}

/** "conversations.replies" takes 1,000 at most and advises no more than 200. */
const pageSize = 200;
const maxPages = 5;
/** Each halves the doubt about how far back to look, on a scale of ratios. The method is of tier 3: 50 calls a minute. */
const maxSearches = 8;
/** A stretch that should hold so many times what is wanted, if people had talked evenly. */
const margin = 2;
/** How much shorter the next stretch is as long as every one was too long. */
const shortening = 8;

export function createThreads(call: SlackCall): Threads {
	async function readPage({ channelId, threadId }: Thread, range: Record<string, string>, signal: AbortSignal): Promise<Page> {
		const parameters = { channel: channelId, ts: threadId, limit: pageSize, include_all_metadata: true, ...range };
		const answer = await call('conversations.replies', parameters, signal);
		const metadata = answer['response_metadata'] as Json | undefined;
		return { messages: asObjects(answer['messages']), cursor: textOf(metadata?.['next_cursor']) };
	}

	/** Looks for a stretch before `before` that fits on one page and holds enough. Whatever it is, there is no gap behind it. */
	async function search(thread: Thread, before: string, limit: number, firstSpan: number, signal: AbortSignal): Promise<Json[]> {
		const end = Number(before);
		let [tooShort, tooLong, span] = [0, end - Number(thread.threadId), firstSpan];
		let found: Json[] = [];
		for (let count = 0; count < maxSearches && found.length < limit; count++) {
			const oldest = (end - span).toFixed(6);
			const { messages, cursor } = await readPage(thread, { oldest, latest: before }, signal);
			if (cursor === '') [tooShort, found] = [span, messages.filter((message) => tsOf(message) > oldest)];
			else tooLong = span;
			span = tooShort === 0 ? span / shortening : Math.sqrt(tooShort * tooLong);
		}
		return found;
	}

	return {
		/** Apps that are sold outside of Slack's directory get fifteen at once, and are soon told to wait. */
		async newestOutside(channelId, before, limit, signal) {
			const messages: Json[] = [];
			let cursor = '';
			for (let page = 0; page < maxPages && messages.length < limit; page++) {
				const parameters = { channel: channelId, limit: Math.min(limit, pageSize), latest: before, include_all_metadata: true };
				const answer = await call('conversations.history', cursor === '' ? parameters : { ...parameters, cursor }, signal);
				messages.push(...asObjects(answer['messages']));
				cursor = textOf(asObject(answer['response_metadata'])['next_cursor']);
				if (cursor === '') break;
			}
			return messages.slice(0, limit).sort((one, other) => Number(tsOf(one) > tsOf(other)) - Number(tsOf(one) < tsOf(other)));
		},
		async newest(thread, before, limit, signal) {
			const { messages, cursor } = await readPage(thread, { latest: before }, signal);
			const isBefore = (message: Json) => tsOf(message) < before;
			if (cursor === '') return messages.filter(isBefore).slice(-limit);
			const replies = Number(messages[0]?.['reply_count']);
			const share = (limit * margin) / Math.max(Number.isFinite(replies) ? replies : 0, pageSize);
			const firstSpan = (Number(before) - Number(thread.threadId)) * Math.min(share, 1 / margin);
			return (await search(thread, before, limit, firstSpan, signal)).filter(isBefore).slice(-limit);
		},
		async one(thread, messageId, signal) {
			// The root comes along, whatever the range.
			const { messages } = await readPage(thread, { oldest: messageId, latest: messageId, inclusive: 'true' }, signal);
			return messages.find((message) => tsOf(message) === messageId) ?? null;
		},
		async following(thread, after, signal) {
			const messages: Json[] = [];
			let cursor = '';
			for (let page = 0; page < maxPages; page++) {
				const read = await readPage(thread, { oldest: after, ...(cursor === '' ? {} : { cursor }) }, signal);
				messages.push(...read.messages.filter((message) => tsOf(message) > after));
				cursor = read.cursor;
				if (cursor === '') break;
			}
			return messages;
		},
	};
}

function tsOf(message: Json): string {
	return textOf(message['ts']);
}
