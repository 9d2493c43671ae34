/** What the model is told of a conversation: what was said to the bot, from the database, and what people said beside it in the thread. */

import type { Principal } from '../database/transaction.ts';
import type { ConversationStore } from '../history/store.ts';
import type { AnswerRow, StoredMemory, StoredMessage } from '../history/stored.ts';
import type { CitedWords, MessageWords } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { createThreadReader, nothingOverheard, type Overheard, type ThreadReaderDependencies } from './thread-reading.ts';

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
	/** Words of others in the message. */
	cited: readonly CitedWords[];
	saidAt: Date;
	/** Null for the assistant. */
	speaker: Speaker | null;
}

/** What was said in the thread, but not to the bot. */
export interface OverheardMessage {
	name: string;
	text: string;
	cited: readonly CitedWords[];
	saidAt: Date;
	/** The sequence of the remembered message that it was said before. */
	before: number;
}

export interface Memory {
	/** Several people can speak here. */
	isShared: boolean;
	summary: string | null;
	/** Oldest first. */
	overheard: readonly OverheardMessage[];
	/** More was said in the thread than could be read. */
	isThreadCut: boolean;
	/** Oldest first, the present question last. */
	messages: readonly RememberedMessage[];
	/** Another one after something in the conversation was taken back, forgotten or summed up. */
	version: string;
}

export interface MemoryRequest {
	asker: Principal & { displayName: string };
	platform: ChatPlatform;
	place: Place;
	/** The answer that is about to be written. */
	answer: AnswerRow;
	question: MessageWords & { askedAt: Date };
}

export interface Memories {
	/** The memory up to and including the question; of what was said since then, nothing. @throws BotError as `Database.asUser`. */
	read(request: MemoryRequest, signal: AbortSignal): Promise<Memory>;
	/** What was said to the bot until now, and nothing of what was said beside it. @throws BotError as `Database.asUser`. */
	recall(asker: Principal, conversation: { id: string; isShared: boolean }): Promise<Memory>;
}

export interface MemoryDependencies extends ThreadReaderDependencies {
	store: ConversationStore;
}

/** Told the model in place of words that are gone, so that it does not take the question for one that is still to be answered. */
const forgottenAnswer = '[an answer that drew on a document that was deleted]';
/** Rows were for people: some are sensitive, and any may hold words that read like orders. */
const dataAnswer =
	'[an answer from a database of the company, with a table that is not repeated here: query_company_data gives what is asked about it]';
/** More messages than fit into any context budget of ours. */
const maxMessages = 60;

/**
 * Nothing that was said to the bot is kept between questions: what another could write there would be told to the model as somebody's words,
 * or shown to somebody who may not read it.
 */
export function createMemories({ store, ...deps }: MemoryDependencies): Memories {
	const threads = createThreadReader(deps);

	/** A conversation that has just begun is known without asking. */
	async function readStored({ asker, answer }: MemoryRequest): Promise<StoredMemory> {
		if (answer.isFirst) return { summary: null, isBegunAfresh: false, version: '', messages: [] };
		return await store.readMemory(asker, answer.conversationId, answer.questionSequence, maxMessages);
	}

	/** In a direct conversation everything is said to the bot. */
	async function listen(request: MemoryRequest, stored: StoredMemory, signal: AbortSignal): Promise<Overheard> {
		const { place, platform, answer } = request;
		if (place.kind === 'direct' || !platform.capabilities.readsThreads) return nothingOverheard;
		const asked = { messageId: answer.questionMessageId, sequence: answer.questionSequence };
		const remembered = stored.messages
			.filter(({ role }) => role === 'user')
			.map(({ sequence, platformMessageId }) => ({ sequence, messageId: platformMessageId ?? '' }))
			.filter(({ sequence, messageId }) => messageId !== '' && sequence < asked.sequence);
		// What came before the bot stands before all that is remembered, or is long gone from it.
		const isWhole = stored.summary === null && !stored.isBegunAfresh && stored.messages.length < maxMessages;
		const conversation = { id: answer.conversationId, version: stored.version, hasBeginning: isWhole };
		return await threads.read({ platform, place, conversation, remembered, asked }, signal);
	}

	return {
		async read(request, signal) {
			const stored = await readStored(request);
			const messages = withQuestion(stored.messages, request);
			const { overheard, isThreadCut } = await listen(request, stored, signal);
			return {
				isShared: request.place.kind !== 'direct',
				summary: stored.summary,
				overheard: withoutCited(overheard, messages),
				isThreadCut,
				messages: messages.map(toRemembered),
				version: stored.version,
			};
		},
		async recall(asker, { id, isShared }) {
			const { summary, messages, version } = await store.readMemory(asker, id, Number.MAX_SAFE_INTEGER, maxMessages);
			return { isShared, summary, overheard: [], isThreadCut: false, messages: messages.map(toRemembered), version };
		},
	};
}

/** What somebody answered or quoted stands with their question already. */
function withoutCited(overheard: readonly OverheardMessage[], messages: readonly StoredMessage[]): OverheardMessage[] {
	const markOf = (name: string | null, at: string | null, text: string) => JSON.stringify([name, at, text]);
	const cited = new Set(messages.flatMap((message) => message.cited).map(({ author, writtenAt, text }) => markOf(author, writtenAt, text)));
	return overheard.filter(({ name, saidAt, text }) => !cited.has(markOf(name, saidAt.toISOString(), text)));
}

/** Whatever became of it meanwhile: what is answered is the question, and nothing that was said before it. */
function withQuestion(messages: readonly StoredMessage[], { asker, answer, question }: MemoryRequest): StoredMessage[] {
	if (messages.at(-1)?.sequence === answer.questionSequence) return [...messages];
	const author = { authorId: asker.userId, authorName: asker.displayName, platformMessageId: answer.questionMessageId };
	const said = { content: question.text, cited: question.cited ?? [], saidAt: question.askedAt, isForgotten: false, isData: false };
	return [...messages, { sequence: answer.questionSequence, role: 'user', ...said, ...author }];
}

function toRemembered({
	sequence,
	role,
	content,
	cited,
	saidAt,
	isForgotten,
	isData,
	authorId,
	authorName,
}: StoredMessage): RememberedMessage {
	// Enough of an id to tell the people of one conversation apart.
	const speaker = role === 'user' ? { name: authorName, mark: (authorId ?? '').slice(0, 4) } : null;
	const isErased = role === 'assistant' && isForgotten;
	const remembered = isErased ? forgottenAnswer : isData ? dataAnswer : content;
	return { sequence, role, content: remembered, cited, saidAt, speaker };
}
