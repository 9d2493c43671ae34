/** How long people waited: each question to the bot, with the moments that they could see, measured in the emulated Slack. */

import type { RecordedCall, SlackEmulator, VisibleMessage } from '#test/emulators/slack/index.ts';
import type { ReplyLag } from './wire.ts';

export interface Question {
	channelId: string;
	ts: string;
	threadTs: string | null;
	askerId: string;
}

export interface LagBook {
	/** Someone wrote something that the bot should answer. */
	asked(question: Question): void;
	/** Newest last. */
	read(): ReplyLag[];
}

/** As many as the panel could ever show. */
const keptQuestions = 30;
/** A reply that did not change for so long has ended for good: a later Retry must not count as a slow answer. */
const settledAfterMs = 3_000;

export function createLagBook(slack: SlackEmulator, now: () => number): LagBook {
	const questions: Question[] = [];
	const settled = new Map<Question, ReplyLag>();
	const read = (question: Question): ReplyLag => {
		const known = settled.get(question);
		if (known !== undefined) return known;
		const lag = measure(slack, question, nextInThread(questions, question));
		if (lag.finalMs !== null && now() - lag.atMs - lag.finalMs > settledAfterMs) settled.set(question, lag);
		return lag;
	};
	return {
		asked(question) {
			questions.push(question);
			for (const forgotten of questions.splice(0, Math.max(0, questions.length - keptQuestions))) settled.delete(forgotten);
		},
		read: () => questions.map(read),
	};
}

function measure(slack: SlackEmulator, question: Question, nextTs: string | null): ReplyLag {
	const root = question.threadTs ?? question.ts;
	const askedAtMs = Number(question.ts) * 1000;
	const replies = slack
		.messages(question.channelId, { threadTs: root })
		.filter(({ botId, ts }) => botId !== undefined && ts > question.ts && (nextTs === null || ts < nextTs));
	const seen = replies
		.flatMap(({ history }) => history.filter(({ visibleText }) => visibleText !== '').map(({ atMs }) => atMs))
		.sort((left, right) => left - right);
	const isOpen = replies.some(isAtWork) || slack.status(question.channelId, root) !== '';
	const privateAtMs = firstPrivateAnswerAtMs(slack.calls, question);
	const since = (atMs: number | undefined) => (atMs === undefined ? null : Math.max(0, atMs - askedAtMs));
	return {
		askedTs: question.ts,
		channelId: question.channelId,
		askerId: question.askerId,
		atMs: askedAtMs,
		signMs: since(earliest(firstStatusAtMs(slack.calls, question, root), replies[0]?.history[0]?.atMs, privateAtMs)),
		firstTextMs: since(seen[0] ?? privateAtMs),
		edits: Math.max(0, seen.length - replies.length),
		finalMs: isOpen ? null : since(seen.at(-1) ?? privateAtMs),
	};
}

/** The next question in the same thread: what the bot says after it belongs to that one. */
function nextInThread(questions: readonly Question[], question: Question): string | null {
	const root = question.threadTs ?? question.ts;
	return (
		questions.find(({ channelId, threadTs, ts }) => channelId === question.channelId && threadTs === root && ts > question.ts)?.ts ?? null
	);
}

function isAtWork({ streaming, buttons }: VisibleMessage): boolean {
	return streaming === 'in_progress' || buttons.some(({ actionId }) => actionId === 'openccb_stop');
}

function firstStatusAtMs(calls: readonly RecordedCall[], question: Question, root: string): number | undefined {
	const askedAtMs = Number(question.ts) * 1000;
	const call = calls.find(
		({ method, arguments: given, atMs, error }) =>
			method === 'assistant.threads.setStatus' &&
			atMs >= askedAtMs &&
			error === undefined &&
			given.channel_id === question.channelId &&
			given.thread_ts === root &&
			given.status !== '',
	);
	return call?.answeredAtMs ?? undefined;
}

/** People who may not ask are told so privately: that is their answer. */
function firstPrivateAnswerAtMs(calls: readonly RecordedCall[], { channelId, askerId, ts }: Question): number | undefined {
	const call = calls.find(
		({ method, arguments: given, atMs, error }) =>
			method === 'chat.postEphemeral' &&
			atMs >= Number(ts) * 1000 &&
			error === undefined &&
			given.channel === channelId &&
			given.user === askerId,
	);
	return call?.answeredAtMs ?? undefined;
}

function earliest(...times: (number | undefined)[]): number | undefined {
	const known = times.filter((time) => time !== undefined);
	return known.length === 0 ? undefined : Math.min(...known);
}
