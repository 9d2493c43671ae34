/** What conversations consist of, as the database keeps it. */

import type { AnswerQuery } from '../connectors/company-data/answer-query.ts';
import type { Attachment, CitedWords } from '../platform/chat-event.ts';
import type { Source } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { AnswerTrace } from './trace.ts';

export type AnswerStatus = 'generating' | 'delivering' | 'answered' | 'stopped' | 'failed' | 'refused' | 'interrupted';

export interface Question {
	place: Place;
	messageId: string;
	text: string;
	/** What the message holds beside the author's own words. */
	cited: CitedWords[];
	attachments: Attachment[];
	receivedAt: Date;
}

/** An answer as it stands in the database. */
export interface AnswerRow {
	id: string;
	conversationId: string;
	questionId: string;
	status: AnswerStatus;
	content: string;
	/** What `content` cites. */
	sources: readonly Source[];
	/** A document that it drew on is gone, and its text with it. */
	isForgotten: boolean;
	/** What it asked a company's database; null where it asked none. */
	dataQuery: AnswerQuery | null;
	/** How it was to end, once that is known: an `Ending`; or `Unshown`. */
	finishReason: string | null;
	sequence: number;
	questionSequence: number;
	questionMessageId: string;
	/** It was begun more than a day ago. */
	isOld?: boolean;
	/** True when the conversation holds nothing else, and goes on with no other. */
	isFirst?: boolean;
}

/** Nothing more will come of it. */
export function isOver({ status }: Pick<AnswerRow, 'status'>): boolean {
	return status !== 'generating' && status !== 'delivering';
}

/** As it was kept, before sources told where they stand and of when they are too; of what is gone, the number alone. */
export type StoredSource = (Omit<Source, 'place' | 'date' | 'canShow'> & Partial<Source>) | { position: number; isGone: true };

/** Without what is gone. Where an older row tells nothing, nothing is known, and nothing may be shown. */
export function toSources(stored: readonly StoredSource[]): Source[] {
	return stored.flatMap((one) => ('isGone' in one ? [] : [{ place: null, date: null, canShow: false, ...one }]));
}

/** What stands at a passage of a document is read there each time, and kept there alone. */
export function toStored(sources: readonly Source[]): Source[] {
	return sources.map((source) => (source.chunkId === undefined ? source : { ...source, excerpt: '' }));
}

export interface AskedQuestion {
	text: string;
	cited: CitedWords[];
	/** As they are kept: without their `source`. */
	attachments: Attachment[];
	messageId: string;
	/** False for a question of somebody else. */
	isOwn: boolean;
	/** Taken back by its author. */
	isDeleted: boolean;
}

/** An answer that is to be written. */
export interface BegunAnswer extends AnswerRow {
	/** False when an earlier process had begun it: it may have sent messages already. */
	isNew: boolean;
	/** Its question was taken back meanwhile. */
	isWithdrawn: boolean;
}

/** What is known of an answer when it ends; fields left out stay as they are. */
export interface AnswerFacts {
	status: AnswerStatus;
	content?: string;
	/** What `content` cites. */
	sources?: readonly Source[];
	/** Of documents that the model was shown, cited or not: `document_placements.id`. */
	drawnFrom?: readonly string[];
	/** `chunks.id` of the passages that it is written from, the best first; left out where documents were not asked. */
	found?: readonly number[];
	/** How many marks of sources the model wrote that hold, that do not, and that name none; left out where it had none to cite. */
	supportedMarks?: number;
	unsupportedMarks?: number;
	unknownMarks?: number;
	model?: string;
	host?: string;
	promptTokens?: number | null;
	outputTokens?: number | null;
	errorCode?: string;
	finishReason?: string;
	trace?: AnswerTrace;
	dataQuery?: AnswerQuery;
	signAt?: Date;
	firstTokenAt?: Date;
	firstTextAt?: Date;
	lastTokenAt?: Date;
	finalTextAt?: Date;
}

export interface StoredMessage {
	sequence: number;
	role: 'user' | 'assistant';
	content: string;
	/** Both null for the assistant, and for whom nothing is known of any more. */
	authorId: string | null;
	authorName: string | null;
	/** Null for the assistant. */
	platformMessageId: string | null;
	cited: CitedWords[];
	saidAt: Date;
	/** As of `AnswerRow`. */
	isForgotten: boolean;
	/** It is rows of a company's database. */
	isData: boolean;
}

export interface StoredMemory {
	summary: string | null;
	/** Begun afresh: nothing that stands before it in the thread counts any more. */
	isBegunAfresh: boolean;
	/** Another one after something in the conversation was taken back, forgotten or summed up. */
	version: string;
	/** Oldest first, after the summary. */
	messages: StoredMessage[];
}
