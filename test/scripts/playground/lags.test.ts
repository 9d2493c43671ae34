/** The times that the panel shows, measured in the emulated Slack with a clock moved by hand. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { createLagBook, type LagBook } from '../../../scripts/playground/lags.ts';
import { traceInSlack } from '../../../scripts/playground/stages/slack/trace.ts';

let slack: SlackEmulator;
let lags: LagBook;
let nowMs: number;
let user: string;
let channel: string;

beforeEach(async () => {
	nowMs = Date.UTC(2026, 10, 2, 9);
	slack = await startSlackEmulator({ now: () => nowMs, limits: false });
	user = slack.workspace.addUser({ name: 'ana' }).id;
	channel = slack.workspace.openDirect(user).id;
	lags = createLagBook([{ platform: 'slack', trace: (question, untilMs) => traceInSlack(slack, question, untilMs) }], () => nowMs);
});

afterEach(() => slack.close());

async function ask(threadTs: string | null = null): Promise<string> {
	const { ts } = await slack.say({ user, channel, text: 'What is new?', ...(threadTs === null ? {} : { threadTs }) });
	const thread = threadTs ?? ts;
	lags.asked('slack', { placeId: channel, messageId: ts, threadId: thread, personId: user, atMs: Number(ts) * 1000 });
	return ts;
}

async function call(afterMs: number, method: string, parameters: Record<string, string>): Promise<{ ts: string }> {
	nowMs += afterMs;
	const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' };
	const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body: JSON.stringify({ channel, ...parameters }) });
	const answer = (await response.json()) as { ok: boolean; ts: string };
	expect(answer.ok).toBe(true);
	return answer;
}

const setStatus = (threadTs: string) => ({ channel_id: channel, thread_ts: threadTs, status: 'is thinking…' });

test('a question without any sign has no times', async () => {
	await ask();
	expect(lags.read()).toMatchObject([{ signMs: null, firstTextMs: null, edits: 0, finalMs: null }]);
});

test('sign, first text, updates and end are what people could see', async () => {
	const asked = await ask();
	await call(120, 'assistant.threads.setStatus', setStatus(asked));
	const { ts } = await call(400, 'chat.startStream', { thread_ts: asked, markdown_text: 'One' });
	await call(700, 'chat.appendStream', { ts, markdown_text: ' two' });
	expect(lags.read()).toMatchObject([{ signMs: 120, firstTextMs: 520, edits: 1, finalMs: null }]);
	await call(700, 'chat.stopStream', { ts, markdown_text: ' three' });
	expect(lags.read()).toMatchObject([{ signMs: 120, firstTextMs: 520, edits: 2, finalMs: 1920 }]);
});

test('an edit long after the end does not make the answer slow', async () => {
	const asked = await ask();
	const { ts } = await call(300, 'chat.postMessage', { thread_ts: asked, text: 'Done.' });
	nowMs += 10_000;
	expect(lags.read()).toMatchObject([{ finalMs: 300 }]);
	await call(60_000, 'chat.update', { ts, text: 'Done again.' });
	expect(lags.read()).toMatchObject([{ finalMs: 300 }]);
});

test('a private refusal is the whole answer', async () => {
	await ask();
	await call(250, 'chat.postEphemeral', { user, text: 'Sorry.' });
	expect(lags.read()).toMatchObject([{ signMs: 250, firstTextMs: 250, edits: 0, finalMs: 250 }]);
});

test('each question of a thread has its own answer', async () => {
	const first = await ask();
	await call(300, 'chat.postMessage', { thread_ts: first, text: 'One.' });
	nowMs += 1_000;
	await ask(first);
	await call(500, 'chat.postMessage', { thread_ts: first, text: 'Two.' });
	expect(lags.read()).toMatchObject([{ finalMs: 300 }, { finalMs: 500 }]);
});
