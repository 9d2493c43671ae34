/** What the model is told of a conversation so far: read from the database in the asker's name, and from the platform what came before. */

import { createValueStore } from '../cache/value-store.ts';
import type { Clock } from '../clock.ts';
import type { Asker } from '../database/transaction.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { ConversationStore } from './store.ts';
import type { AnswerRow, StoredMemory, StoredMessage } from './stored.ts';

/** Who said something, for the model. */
export interface Speaker {
	/** As they were called when they said it; null where that is not known any more. */
	name: string | null;
	/** Tells people of the same name apart, and stays the same. */
	mark: string;
}

export interface RememberedMessage {
	sequence: number;
	role: 'user' | 'assistant';
	content: string;
	/** Null for the assistant. */
	speaker: Speaker | null;
}

export interface Memory {
	/** Several people can speak here. */
	isShared: boolean;
	summary: string | null;
	/** What people had said in the thread before the bot was called into it; the oldest first. */
	earlierThread: { name: string; text: string }[];
	/** More had been said before that. */
	isThreadCut: boolean;
	/** Oldest first, the present question last. */
	messages: RememberedMessage[];
	/** Another one after something in the conversation was taken back, forgotten or summed up. */
	version: string;
}

export interface MemoryRequest {
	asker: Asker & { displayName: string };
	platform: ChatPlatform;
	place: Place;
	/** The answer that is about to be written. */
	answer: AnswerRow;
	question: string;
}

export interface Memories {
	/** The memory up to and including the question; of what was said since then, nothing. @throws BotError as `Database.asUser`. */
	read(request: MemoryRequest, signal: AbortSignal): Promise<Memory>;
}

/** What was said before the bot came in changes seldom, and reading it takes a call of the platform that others need too. */
const keepThreadMs = 15 * 60 * 1_000;
/** More messages than fit into any context budget of ours. */
const maxMessages = 60;
/** What people said before is context, not the subject: the last few dozen messages tell it. */
const maxThreadMessages = 40;

/**
 * Nothing that was said is kept between processes: what another could write there would be told to the model as somebody's words, or shown
 * to somebody who may not read it. Only threads of the platform are remembered, in this process.
 */
export function createMemories({ store, clock }: { store: ConversationStore; clock: Pick<Clock, 'now'> }): Memories {
	const threads = createValueStore(clock.now);

	/** A conversation that has just begun is known without asking. */
	async function readStored({ asker, answer }: MemoryRequest): Promise<StoredMemory> {
		if (answer.isFirst) return { summary: null, version: '', messages: [] };
		return await store.readMemory(asker, answer.conversationId, answer.questionSequence, maxMessages);
	}

	/** An unreadable thread is no reason not to answer. It is read again when something in the conversation was taken back. */
	async function readEarlier(request: MemoryRequest, before: string, version: string, signal: AbortSignal): Promise<Earlier> {
		const { platform, place, answer } = request;
		if (!platform.capabilities.readsThreads) return nothingEarlier;
		const key = `${answer.conversationId} ${before} ${version}`;
		const kept = threads.get(key);
		if (kept !== null) return JSON.parse(kept) as Earlier;
		const found = await platform.readThread(place, { before, limit: maxThreadMessages }, signal).catch(() => null);
		if (found === null) return nothingEarlier;
		const earlierThread = found.map(({ authorName, text }) => ({ name: authorName, text }));
		const earlier = { earlierThread, isThreadCut: found.length >= maxThreadMessages };
		threads.set(key, JSON.stringify(earlier), keepThreadMs);
		return earlier;
	}

	return {
		async read(request, signal) {
			const { place } = request;
			const stored = await readStored(request);
			const messages = withQuestion(stored.messages, request);
			const first = messages.find((message) => message.platformMessageId !== null)?.platformMessageId ?? place.threadId;
			// What came before the bot stands before all that is remembered, or is long gone from it.
			const isWhole = stored.summary === null && stored.messages.length < maxMessages;
			const mayHaveEarlier = place.kind !== 'direct' && isWhole && first !== place.threadId;
			return {
				isShared: place.kind !== 'direct',
				summary: stored.summary,
				...(mayHaveEarlier ? await readEarlier(request, first, stored.version, signal) : nothingEarlier),
				messages: messages.map(toRemembered),
				version: stored.version,
			};
		},
	};
}

type Earlier = Pick<Memory, 'earlierThread' | 'isThreadCut'>;

const nothingEarlier: Earlier = { earlierThread: [], isThreadCut: false };

/** Whatever became of it meanwhile: what is answered is the question, and nothing that was said before it. */
function withQuestion(messages: readonly StoredMessage[], { asker, answer, question }: MemoryRequest): StoredMessage[] {
	if (messages.at(-1)?.sequence === answer.questionSequence) return [...messages];
	const author = {
		authorId: asker.userId,
		authorName: asker.displayName,
		platformMessageId: answer.isFirst ? answer.questionMessageId : null,
	};
	return [...messages, { sequence: answer.questionSequence, role: 'user', content: question, ...author }];
}

function toRemembered({ sequence, role, content, authorId, authorName }: StoredMessage): RememberedMessage {
	// Enough of an id to tell the people of one conversation apart.
	const speaker = role === 'user' ? { name: authorName, mark: (authorId ?? '').slice(0, 4) } : null;
	return { sequence, role, content, speaker };
}
