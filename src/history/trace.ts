/** How an answer came about, or why there is none: kept for whoever asks why. Codes, counts, times and ids; nothing that anybody said. Types only. */

import type { Words } from '../locales/locales.ts';

/** Each has its sentence in `src/locales/why`. */
export type Reason = keyof Words['why']['reason'];

/** Why a message got no answer of its own. */
export type DropReason = Extract<
	Reason,
	| 'guest'
	| 'deactivated'
	| 'taken-back'
	| 'answered-before'
	| 'given-up'
	| 'not-addressed'
	| 'thread-muted'
	| `channel-${string}`
	| `limit-${string}`
>;

/** Why no model wrote an answer to its end. */
export type FailureReason = Extract<
	Reason,
	`model-${string}` | 'prompt-too-long' | 'timeout' | 'queue-full' | 'in-flight' | 'draining' | 'empty-answer' | 'internal'
>;

/** Why a sentence of ours was said and no model asked. */
export type ToldReason = Extract<Reason, 'nothing-found' | 'files-unread' | 'question-too-long' | 'nothing-asked'>;

/** What came of looking through the documents. `unasked`: there was nothing to look for. `below`: nothing found was close enough. */
export interface DocumentTrace {
	state: 'off' | 'none' | 'unasked' | 'below' | 'found';
	/** `chunks.id` of what was found, the best first. */
	chunkIds?: readonly number[];
	/** Searched with the question before it, or in words that a model gave. */
	wording?: 'leaning' | 'rewritten';
}

export interface AnswerTrace {
	/** Where how it ended does not tell. */
	reason?: FailureReason | ToldReason;
	/** From the request to its beginning on a host. */
	queueMs?: number;
	/** Requests to the model. */
	rounds?: number;
	/** How often each tool was called. */
	tools?: Readonly<Record<string, number>>;
	documents?: DocumentTrace;
	/** Sources that were cited and may not be shown. For administrators. */
	withheld?: number;
}
