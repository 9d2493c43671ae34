/** How an answer can end, and what each end means for the reader and the database. Pure. */

import type { BotError } from '../errors.ts';
import type { AnswerStatus } from '../history/stored.ts';
import type { FailureReason } from '../history/trace.ts';
import type { Words } from '../locales/locales.ts';
import { isUnfit } from '../models/model-errors.ts';
import type { Button } from '../platform/chat-platform.ts';

/**
 * `answered`: whole. `cut`: as long as an answer may be. `stopped`: by its reader. `interrupted`: the model broke off after some text.
 * `failed`: no text came, and the answer is the sentence that says why. `told`: no model was asked; a sentence of ours.
 */
export type Ending = 'answered' | 'cut' | 'stopped' | 'interrupted' | 'failed' | 'told';

/**
 * What became of an answer that the platform did not show as it was to end. `curtailed`: it took some of it and no more. `undelivered`: nothing of
 * it, as far as anybody knows.
 */
export type Unshown = 'curtailed' | 'undelivered';

interface EndingRule {
	status: AnswerStatus;
	notice: ((words: Words) => string) | null;
	buttons: readonly ('retry' | 'feedback')[];
}

export const endingRules: Readonly<Record<Ending, EndingRule>> = {
	answered: { status: 'answered', notice: null, buttons: ['feedback', 'retry'] },
	cut: { status: 'answered', notice: (words) => words.notice.lengthLimit, buttons: ['feedback', 'retry'] },
	stopped: { status: 'stopped', notice: (words) => words.notice.stopped, buttons: ['retry'] },
	interrupted: { status: 'interrupted', notice: (words) => words.notice.interrupted, buttons: ['retry'] },
	failed: { status: 'failed', notice: null, buttons: ['retry'] },
	told: { status: 'refused', notice: null, buttons: [] },
};

/** What is remembered of it: the part that was seen, or nothing. */
export const unshownStatus: Readonly<Record<Unshown, AnswerStatus>> = { curtailed: 'interrupted', undelivered: 'failed' };

export function isEnding(value: string | null): value is Ending {
	return value !== null && value in endingRules;
}

export function isUnshown(value: string | null): value is Unshown {
	return value !== null && value in unshownStatus;
}

export function endingButtons(ending: Ending, replyId: string, words: Words): Button[] {
	return endingRules[ending].buttons.flatMap((name): Button[] =>
		name === 'retry'
			? [{ label: words.button.retry, action: { name, replyId } }]
			: [
					{ label: words.button.helpful, action: { name, replyId, rating: 'up' } },
					{ label: words.button.unhelpful, action: { name, replyId, rating: 'down' } },
				],
	);
}

export function stopButton(replyId: string, words: Words): Button {
	return { label: words.button.stop, action: { name: 'stop', replyId } };
}

/** The sentence without what it says of the button to try again, for a message that shows none. */
export function withoutButton(sentence: string, { button }: Words): string {
	const sentences = sentence.split(/(?<=[.!?…]) (?=\p{Lu})/u);
	return sentences.filter((one) => !one.includes(`“${button.retry}”`) && !one.includes(`«${button.retry}»`)).join(' ');
}

/** What a question was asked of, and how many answers its person may have under way. */
export interface AskedModel {
	model: string;
	inFlightLimit?: number;
}

/** The sentence for a question that got no answer. */
export function failureSentence(error: BotError, words: Words, asked: AskedModel): string {
	const { failure, limits, queue } = words;
	switch (failureReason(error)) {
		case 'model-unavailable':
			return failure.modelUnavailable;
		case 'model-missing':
			return failure.modelMissing(asked.model);
		case 'model-blind':
			return failure.modelBlind(asked.model);
		case 'model-unfit':
			return failure.modelUnfit(asked.model);
		case 'prompt-too-long':
			return failure.promptTooLong;
		case 'model-rejected':
			return failure.modelRejected;
		case 'timeout':
			return failure.timeout;
		case 'queue-full':
			return failure.queueFull;
		case 'in-flight':
			return limits.refusal.repliesInFlight(asked.inFlightLimit ?? 0);
		case 'draining':
			return queue.draining;
		case 'empty-answer':
			return failure.emptyAnswer;
		case 'internal':
			return failure.internal;
	}
}

export function failureReason(error: BotError): FailureReason {
	switch (error.code) {
		case 'MODEL_UNAVAILABLE':
			return 'model-unavailable';
		case 'MODEL_REJECTED':
			return rejection(error);
		case 'TIMEOUT':
			return error.reason === 'queue' ? 'queue-full' : 'timeout';
		case 'RATE_LIMITED':
			return error.reason === 'in-flight' || error.reason === 'draining' ? error.reason : 'queue-full';
		default:
			return 'internal';
	}
}

function rejection(error: BotError): FailureReason {
	if (error.reason === 'model-missing') return 'model-missing';
	if (error.reason === 'cannot-see') return 'model-blind';
	if (error.reason === 'empty') return 'empty-answer';
	if (isUnfit(error)) return 'model-unfit';
	return error.reason === 'too-long' ? 'prompt-too-long' : 'model-rejected';
}
