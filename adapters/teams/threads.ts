/** What was said in a thread of a channel, or in a group chat, as Microsoft Graph tells of it. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform, ThreadMessage, ThreadRange } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { readFailure, readJson } from './http.ts';
import { asObjects, type Json, textOf } from './json.ts';
import { type OwnIds, readGraphMessage } from './reading/graph-message.ts';
import { teamIn } from './route.ts';
import type { FindTeamGroup } from './team-groups.ts';

export interface ThreadsDependencies {
	/** Null when Graph must not be used. */
	graph: Graph | null;
	findTeamGroup: FindTeamGroup;
	own: OwnIds;
	now: () => number;
	/** Graph does not tell of messages somewhere. Called once. */
	onRefused: (error: BotError) => void;
}

const operation = 'the messages of a thread';
/** "List replies", "List messages in a chat": the most that one page holds. */
const pageSize = 50;
/** Whoever asked waits: a thread of more answers is read as far as that. */
const maxPages = 4;
/** Where Graph tells nothing, a right is missing, which takes an administrator. */
const refusedForMs = 10 * 60_000;
const mostRefused = 10_000;
/** No right, or a private channel, for which the right does not hold; and no such message, about which nothing need be done. */
const [refusals, absences] = [new Set([401, 403]), new Set([404, 410])];

export function createReadThread({ graph, findTeamGroup, own, now, onRefused }: ThreadsDependencies): ChatPlatform['readThread'] {
	/** Until when each channel or chat is not asked for again. */
	const refusedUntilMs = new Map<string, number>();
	let isTold = false;

	async function get(graph: Graph, address: string, signal: AbortSignal): Promise<Json> {
		const response = await graph.get({ operation }, address, signal);
		if (response.ok) return await readJson(operation, response, signal);
		const failure = await readFailure(operation, response, signal);
		if (absences.has(response.status)) return {};
		if (refusals.has(response.status)) throw refusal(`HTTP ${response.status} ${failure.code}`);
		throw toPlatformError(operation, failure, now());
	}

	/** The newest messages within the range; Graph promises no order. */
	async function readPages(graph: Graph, first: string, range: ThreadRange, signal: AbortSignal): Promise<ThreadMessage[]> {
		const found: ThreadMessage[] = [];
		let address = `${first}?$top=${pageSize}`;
		for (let page = 0; page < maxPages && address !== ''; page++) {
			const body = await get(graph, address, signal);
			const read = asObjects(body['value']).flatMap((message) => readGraphMessage(message, own) ?? []);
			found.push(...read.filter(isWithin(range)));
			const next = textOf(body['@odata.nextLink']);
			address = isFallingBelow(read, range, found.length) || !graph.isOurs(next) ? '' : next;
		}
		return found;
	}

	async function read(graph: Graph, place: Place, range: ThreadRange, signal: AbortSignal): Promise<ThreadMessage[]> {
		const channel = encodeURIComponent(place.channelId);
		if (place.kind === 'group') return await readPages(graph, `chats/${channel}/messages`, range, signal);
		const teamId = teamIn(place.route ?? '');
		const groupId = teamId === '' ? '' : await findTeamGroup(place, teamId, signal);
		if (groupId === '') return [];
		const messages = `teams/${encodeURIComponent(groupId)}/channels/${channel}/messages`;
		if (place.threadId === '') return await readPages(graph, messages, range, signal);
		const root = `${messages}/${encodeURIComponent(place.threadId)}`;
		const replies = await readPages(graph, `${root}/replies`, range, signal);
		if (range.after !== undefined || replies.length >= range.limit) return replies;
		const beginning = readGraphMessage(await get(graph, root, signal), own);
		return beginning !== null && isWithin(range)(beginning) ? [beginning, ...replies] : replies;
	}

	function refused(place: Place, error: BotError): ThreadMessage[] {
		if (refusedUntilMs.size >= mostRefused) refusedUntilMs.clear();
		refusedUntilMs.set(place.channelId, now() + refusedForMs);
		if (!isTold) onRefused(toAdvice(error));
		isTold = true;
		return [];
	}

	return async (place, range, signal) => {
		if (graph === null || !isOpenTo(place, range) || now() < (refusedUntilMs.get(place.channelId) ?? 0)) return [];
		try {
			const found = await read(graph, place, range, signal);
			return found.sort((one, other) => Number(one.messageId) - Number(other.messageId)).slice(-range.limit);
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') return refused(place, thrown);
			throw thrown;
		}
	};
}

/**
 * In a chat of two everything is said to the bot. Whoever is added to a group chat need not see what was said before, so there only what
 * follows on something that they know is for them.
 */
function isOpenTo({ kind }: Place, { after }: ThreadRange): boolean {
	return kind === 'channel' || (kind === 'group' && after !== undefined);
}

/** Messages are called by the millisecond in which they were written. */
function isWithin({ before = 'Infinity', after = '0' }: ThreadRange): (message: ThreadMessage) => boolean {
	return ({ messageId }) => Number(messageId) < Number(before) && Number(messageId) > Number(after);
}

/** Whether what comes on the next pages is older than all that is wanted. */
function isFallingBelow(page: readonly ThreadMessage[], { after = '0', limit }: ThreadRange, count: number): boolean {
	const [first, last] = [Number(page[0]?.messageId), Number(page.at(-1)?.messageId)];
	return first > last && (count >= limit || last <= Number(after));
}

function refusal(reason: string): BotError {
	return new BotError('PLATFORM_REJECTED', `Graph does not tell ${operation}: ${reason}`, { reason });
}

function toAdvice(error: BotError): BotError {
	const advice =
		'let the owners of teams and chats grant ChannelMessage.Read.Group and ChatMessage.Read.Chat (in the manifest), if the bot is to know what was said there before';
	return new BotError('CONFIG_INVALID', `Graph does not tell ${operation} (${error.reason}): ${advice}`, { cause: error });
}
