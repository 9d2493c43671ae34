/** What people saw of an answer in the emulated Slack: status, streamed text, edits. */

import type { RecordedCall, SlackEmulator, VisibleMessage } from '#test/emulators/slack/index.ts';
import type { Question, Trace } from '../stage.ts';
import { stopButtonId } from './message.ts';

/** @param question with Slack's own id of the person. */
export function traceInSlack(slack: SlackEmulator, question: Question, untilMs: number): Trace {
	const { placeId, messageId, atMs } = question;
	const root = question.threadId ?? messageId;
	const replies = slack
		.messages(placeId, { threadTs: root })
		.filter(({ botId, ts }) => botId !== undefined && ts > messageId && Number(ts) * 1000 < untilMs);
	const textAtMs = replies.flatMap(({ history }) => history.filter(({ visibleText }) => visibleText !== '').map((entry) => entry.atMs));
	// People who may not ask are told so privately: that is their answer.
	const privateAtMs = answeredAtMs(
		slack.calls.find(
			(call) => call.method === 'chat.postEphemeral' && isAfter(call, atMs) && isFor(call, { channel: placeId, user: question.personId }),
		),
	);
	const status = slack.calls.find(
		(call) =>
			call.method === 'assistant.threads.setStatus' &&
			isAfter(call, atMs) &&
			isFor(call, { channel_id: placeId, thread_ts: root }) &&
			call.arguments['status'] !== '',
	);
	if (textAtMs.length === 0) textAtMs.push(...privateAtMs);
	const signs = [
		...answeredAtMs(status),
		...privateAtMs,
		...replies.slice(0, 1).flatMap(({ history }) => history.slice(0, 1).map((e) => e.atMs)),
	];
	return {
		signAtMs: signs.length === 0 ? null : Math.min(...signs),
		textAtMs: textAtMs.sort((left, right) => left - right),
		messageCount: replies.length,
		isOpen: replies.some(isAtWork) || slack.status(placeId, root) !== '',
	};
}

function isAtWork({ streaming, buttons }: VisibleMessage): boolean {
	return streaming === 'in_progress' || buttons.some(({ actionId }) => actionId === stopButtonId);
}

function isAfter({ atMs, error }: RecordedCall, askedAtMs: number): boolean {
	return atMs >= askedAtMs && error === undefined;
}

function isFor(call: RecordedCall, expected: Readonly<Record<string, string>>): boolean {
	return Object.entries(expected).every(([name, value]) => call.arguments[name] === value);
}

function answeredAtMs(call: RecordedCall | undefined): number[] {
	return call?.answeredAtMs == null ? [] : [call.answeredAtMs];
}
