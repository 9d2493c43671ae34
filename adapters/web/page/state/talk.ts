/** The open conversation: what was said, what is being written, and what follows from each thing that is heard. Pure. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { LiveStreamEvents } from '#src/api/contract/live.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { MessagePage } from './api-client.ts';
import { type LiveText, withPiece } from './live-texts.ts';

export interface Talk {
	/** Null until its first question has been taken. */
	conversationId: string | null;
	/** What this page named it by, if it was begun here. */
	begins: string | null;
	/** The conversation that it goes on with. */
	continues: ConversationView | null;
	/** Null until it is known. */
	view: ConversationView | null;
	/** The oldest first. */
	messages: readonly ConversationMessage[];
	/** Where earlier ones are to be had. */
	nextBefore: number | null;
	isLoaded: boolean;
	texts: readonly LiveText[];
	/** By question: the version of its answer that is shown, where that is not the newest. */
	chosen: Readonly<Record<string, string>>;
	/** The source of an answer that is open beside it. */
	shownSource: ShownSource | null;
	/** What the bot says that it is doing. */
	activity: string;
	/** Said to this person beside the messages. */
	notices: readonly PrivateNotice[];
	/** Those that they have put away; the stream tells of them again when it comes back. */
	dismissed: readonly string[];
	/** It is not there, or not for this person any more. */
	isGone: boolean;
}

/** By the number that the text names it by. */
export interface ShownSource {
	answerId: string;
	position: number;
}

export type PrivateNotice = Pick<LiveStreamEvents['private'], 'id' | 'text'>;

const nothing = {
	view: null,
	messages: [],
	nextBefore: null,
	texts: [],
	chosen: {},
	shownSource: null,
	activity: '',
	notices: [],
	dismissed: [],
	isGone: false,
} as const;

export function beganTalk(begins: string, continues: ConversationView | null = null): Talk {
	return { ...nothing, conversationId: null, begins, continues, isLoaded: true };
}

export function openedTalk(conversationId: string, view: ConversationView | null): Talk {
	return { ...nothing, conversationId, begins: null, continues: null, view, isLoaded: false };
}

/** Whether questions can be asked in it from here, as far as is known. */
export function canAskIn({ begins, view, isGone }: Talk): boolean {
	return !isGone && (begins !== null || view?.takesQuestions === true);
}

/**
 * With the newest page as it was read.
 * @param heard Rows that the live stream has told of since the reading began: those are newer than the page's.
 */
export function withNewest(talk: Talk, { messages: page, nextBefore }: MessagePage, heard: ReadonlySet<string>): Talk {
	const rows = [...page].reverse();
	const first = rows[0]?.sequence ?? 0;
	const last = talk.messages.at(-1)?.sequence ?? 0;
	// So much was said meanwhile that the pages do not meet: what lies between is read again when somebody goes back to it.
	const isApart = nextBefore !== null && first > last;
	const known = talk.messages.filter(({ id, sequence }) => heard.has(id) || (!isApart && sequence < first));
	const fresh = rows.filter(({ id }) => !heard.has(id));
	const joined = { ...talk, messages: inOrder([...known, ...fresh]), isLoaded: true };
	const reachesBack = !isApart && talk.messages.some(({ sequence }) => sequence < first);
	return withoutWritten({ ...joined, nextBefore: reachesBack ? talk.nextBefore : nextBefore });
}

export function withEarlier(talk: Talk, { messages: page, nextBefore }: MessagePage): Talk {
	const known = new Set(talk.messages.map(({ id }) => id));
	return { ...talk, messages: inOrder([...page.filter(({ id }) => !known.has(id)), ...talk.messages]), nextBefore };
}

export function withRow(talk: Talk, row: ConversationMessage): Talk {
	return withoutWritten({ ...talk, messages: inOrder([...talk.messages.filter(({ id }) => id !== row.id), row]) });
}

/** Null where something before this piece is missing. Of an answer that is over nothing more is heard. */
export function withAnswerPiece(talk: Talk, piece: LiveStreamEvents['answer']): Talk | null {
	const row = talk.messages.find(({ id }) => id === piece.answerId);
	if (row !== undefined && isOverNow(row)) return talk;
	const texts = withPiece(talk.texts, piece);
	if (texts === null) return null;
	return texts === talk.texts ? talk : { ...talk, texts };
}

export function withNotice(talk: Talk, { id, text }: PrivateNotice): Talk {
	const isKnown = talk.dismissed.includes(id) || talk.notices.some((one) => one.id === id);
	return isKnown ? talk : { ...talk, notices: [...talk.notices, { id, text }] };
}

export function withoutNotice(talk: Talk, id: string): Talk {
	return { ...talk, notices: talk.notices.filter((one) => one.id !== id), dismissed: [...talk.dismissed, id] };
}

export function isOverNow({ status }: Pick<ConversationMessage, 'status'>): boolean {
	return status !== 'generating' && status !== 'delivering' && status !== 'received';
}

function inOrder(messages: readonly ConversationMessage[]): ConversationMessage[] {
	return [...messages].sort((one, other) => one.sequence - other.sequence);
}

/** The row of an answer that is over counts, and nothing that was heard while it was written. */
function withoutWritten(talk: Talk): Talk {
	const over = new Set(talk.messages.filter((message) => message.role === 'assistant' && isOverNow(message)).map(({ id }) => id));
	const texts = talk.texts.filter(({ answerId }) => answerId === null || !over.has(answerId));
	return texts.length === talk.texts.length ? talk : { ...talk, texts };
}
