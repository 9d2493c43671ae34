/** How long people waited: each question to the bot, with the moments that they could see. */

import type { Question, Stage } from './stages/stage.ts';
import type { Platform, ReplyLag } from './wire.ts';

export interface LagBook {
	/** Someone wrote something that the bot should answer. */
	asked(platform: Platform, question: Question): void;
	/** Newest last. */
	read(): ReplyLag[];
}

/** As many as the panel could ever show. */
const keptQuestions = 30;
/** A reply that did not change for so long has ended for good: a later Retry must not count as a slow answer. */
const settledAfterMs = 3_000;

type AskedQuestion = Question & { platform: Platform };

export function createLagBook(stages: readonly Pick<Stage, 'platform' | 'trace'>[], now: () => number): LagBook {
	const questions: AskedQuestion[] = [];
	const settled = new Map<AskedQuestion, ReplyLag>();
	const read = (question: AskedQuestion): ReplyLag[] => {
		const known = settled.get(question);
		const stage = stages.find(({ platform }) => platform === question.platform);
		if (known !== undefined) return [known];
		if (stage === undefined) return [];
		const lag = measure(stage, question, nextInThread(questions, question));
		if (lag.finalMs !== null && now() - lag.atMs - lag.finalMs > settledAfterMs) settled.set(question, lag);
		return [lag];
	};
	return {
		asked(platform, question) {
			questions.push({ ...question, platform });
			for (const forgotten of questions.splice(0, Math.max(0, questions.length - keptQuestions))) settled.delete(forgotten);
		},
		read: () => questions.flatMap(read),
	};
}

function measure(stage: Pick<Stage, 'trace'>, question: AskedQuestion, untilMs: number): ReplyLag {
	const { signAtMs, textAtMs, messageCount, isOpen } = stage.trace(question, untilMs);
	const since = (atMs: number | null | undefined) => (atMs == null ? null : Math.max(0, atMs - question.atMs));
	return {
		platform: question.platform,
		placeId: question.placeId,
		questionId: question.messageId,
		askerId: question.personId,
		atMs: question.atMs,
		signMs: since(signAtMs),
		firstTextMs: since(textAtMs[0]),
		edits: Math.max(0, textAtMs.length - Math.max(1, messageCount)),
		finalMs: isOpen ? null : since(textAtMs.at(-1)),
	};
}

/** When the next question in the same thread came: what the bot says after it belongs to that one. */
function nextInThread(questions: readonly AskedQuestion[], question: AskedQuestion): number {
	const next = questions.find(
		({ platform, placeId, threadId, atMs }) =>
			platform === question.platform && placeId === question.placeId && threadId === question.threadId && atMs > question.atMs,
	);
	return next?.atMs ?? Number.POSITIVE_INFINITY;
}
