/** What the model is told of a conversation so far: quick from the cache, rebuilt from Postgres and the platform when it is not there. */

import { randomUUID } from 'node:crypto';
import type { Cache } from '../cache/cache.ts';
import type { Asker } from '../database/transaction.ts';
import type { ChatPlatform, ThreadMessage } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { ConversationStore } from './store.ts';
import type { AnswerRow, StoredMemory } from './stored.ts';

export interface RememberedMessage {
	sequence: number;
	role: 'user' | 'assistant';
	content: string;
}

export interface Memory {
	summary: string | null;
	/** What people had said in the thread before the bot was called into it. */
	earlierThread: { name: string; text: string }[];
	/** Oldest first, the present question last. */
	messages: RememberedMessage[];
}

export interface MemoryRequest {
	asker: Asker;
	platform: ChatPlatform;
	place: Place;
	/** The answer that is about to be written. */
	answer: AnswerRow;
	question: string;
	/** Asking again: what was said since the question does not count. */
	isRetry: boolean;
}

export interface Memories {
	/** The memory up to and including the question. */
	read(request: MemoryRequest, signal: AbortSignal): Promise<Memory>;
	/** Keeps what was read, with the answer that followed. */
	keep(answer: AnswerRow, memory: Memory, text: string): Promise<void>;
	/** The next `read` starts from the database: something in the conversation was changed or taken back. */
	forget(conversationId: string): Promise<void>;
}

/** A conversation that rests for an hour is rebuilt; nothing is lost with the cache. */
const keepMs = 60 * 60 * 1_000;
/** More messages than fit into any context budget of ours. */
const maxMessages = 60;
/** What people said before is context, not the subject: the last few dozen messages tell it. */
const maxThreadMessages = 40;

export function createMemories(deps: { store: ConversationStore; cache: Cache }): Memories {
	const { store, cache } = deps;

	async function rebuild(request: MemoryRequest, signal: AbortSignal): Promise<Memory> {
		const { platform, place } = request;
		const stored = await readStored(request);
		const first = stored.messages.find((message) => message.platformMessageId !== null)?.platformMessageId ?? place.threadId;
		const mayHaveEarlier = place.kind !== 'direct' && stored.summary === null && first !== place.threadId;
		const earlier = mayHaveEarlier ? await readEarlier(platform, place, first, signal) : [];
		return {
			summary: stored.summary,
			earlierThread: earlier.map(({ authorName, text }) => ({ name: authorName, text })),
			messages: stored.messages.map(({ sequence, role, content }) => ({ sequence, role, content })),
		};
	}

	/** A conversation that has just begun is known without asking. */
	async function readStored({ asker, answer, question }: MemoryRequest): Promise<StoredMemory> {
		if (!answer.isFirst) return await store.readMemory(asker, answer.conversationId, answer.questionSequence, maxMessages);
		const only = {
			sequence: answer.questionSequence,
			role: 'user' as const,
			content: question,
			platformMessageId: answer.questionMessageId,
		};
		return { summary: null, summaryThrough: 0, messages: [only] };
	}

	async function readAny(request: MemoryRequest, signal: AbortSignal): Promise<Memory> {
		const { answer, question, isRetry } = request;
		const cached = isRetry ? null : await cache.get(keyOf(answer.conversationId));
		if (cached === null) return await rebuild(request, signal);
		const memory = JSON.parse(cached) as Memory;
		return { ...memory, messages: [...memory.messages, { sequence: answer.questionSequence, role: 'user', content: question }] };
	}

	const readVersion = async (conversationId: string) => (await cache.get(versionKeyOf(conversationId))) ?? '';
	/** Which version each memory was read at: what was forgotten since must not come back with it. */
	const versions = new WeakMap<Memory, string>();

	return {
		async read(request, signal) {
			const version = await readVersion(request.answer.conversationId);
			const memory = await readAny(request, signal);
			versions.set(memory, version);
			return memory;
		},
		async keep(answer, memory, text) {
			const said: RememberedMessage = { sequence: answer.sequence, role: 'assistant', content: text };
			const kept: Memory = { ...memory, messages: [...memory.messages, said].slice(-maxMessages) };
			await cache.set(keyOf(answer.conversationId), JSON.stringify(kept), keepMs);
			const isOutdated = (await readVersion(answer.conversationId)) !== (versions.get(memory) ?? '');
			if (isOutdated) await cache.delete(keyOf(answer.conversationId));
		},
		async forget(conversationId) {
			await cache.set(versionKeyOf(conversationId), randomUUID(), keepMs);
			await cache.delete(keyOf(conversationId));
		},
	};
}

/** An unreadable thread is no reason not to answer. */
async function readEarlier(platform: ChatPlatform, place: Place, before: string, signal: AbortSignal): Promise<ThreadMessage[]> {
	if (!platform.capabilities.readsThreads) return [];
	return await platform.readThread(place, before, maxThreadMessages, signal).catch(() => []);
}

function versionKeyOf(conversationId: string): string {
	return `memory-version:${conversationId}`;
}

function keyOf(conversationId: string): string {
	return `memory:${conversationId}`;
}
