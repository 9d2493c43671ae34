/** People who ask the bot something all the time, by an emulated Slack in Socket Mode, and what became of their questions. */

import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '#test/e2e/eventually.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { probedWord } from '../probed-word.ts';

/** Slack takes 300 messages a minute from an app, so more questions would only measure that. */
const everyMs = 250;
/** Each takes a message a second. */
const channelCount = 40;

export interface Company {
	/** What the program must know of it. */
	environment: Record<string, string>;
	/** Asks until `end`. */
	beginAsking(): Asking;
	/** Asks once. @returns the answer. */
	ask(): Promise<string>;
	close(): Promise<void>;
}

export interface Asking {
	/** Asks no more, and waits until all is answered. */
	end(): Promise<{ asked: number; lost: number; doubled: number; worstWaitMs: number }>;
}

export async function startCompany(): Promise<Company> {
	const [slack, ollama] = await Promise.all([startSlackEmulator(), startOllamaEmulator({ parallel: 16 })]);
	ollama.answer((body) => probedWord(body) ?? `Answered: ${body.messages?.at(-1)?.content.slice(-40)}`);
	const user = slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id;
	const channels = Array.from(
		{ length: channelCount },
		(_, index) => slack.workspace.addChannel({ name: `room-${index}`, members: [user] }).id,
	);
	let count = 0;

	const answersTo = ({ channel, ts }: Question) =>
		slack.messages(channel, { threadTs: ts }).filter(({ botId, deleted }) => botId === slack.botId && !deleted);
	const isWhole = (question: Question) =>
		answersTo(question).some(
			({ streaming, buttons }) => streaming !== 'in_progress' && buttons.some(({ actionId }) => actionId !== 'openccb_stop'),
		);

	async function say(): Promise<Question> {
		const channel = channels[count++ % channels.length] ?? '';
		const askedAtMs = performance.now();
		const { ts } = await slack.say({ user, channel, text: `<@${slack.botUserId}> question ${count}` });
		return { channel, ts, askedAtMs, waitedMs: null };
	}

	/** Whether all are answered by now. */
	function note(questions: readonly Question[]): boolean {
		for (const question of questions)
			if (question.waitedMs === null && isWhole(question)) question.waitedMs = performance.now() - question.askedAtMs;
		return questions.every(({ waitedMs }) => waitedMs !== null);
	}

	return {
		environment: {
			OLLAMA_HOST: ollama.url,
			OLLAMA_MODEL: 'demo:latest',
			OLLAMA_SLOTS: '16',
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_APP_TOKEN: slack.appToken,
			SLACK_API_URL: slack.apiUrl,
			OPENCCB_REQUESTS_PER_MINUTE: 'none',
		},
		beginAsking() {
			const questions: Question[] = [];
			const ending = new AbortController();
			const asking = (async () => {
				while (!ending.signal.aborted) {
					const next = wait(everyMs);
					questions.push(await say());
					note(questions);
					await next;
				}
			})();
			return {
				async end() {
					ending.abort();
					await asking;
					await eventually(() => note(questions), 30_000).catch(() => {});
					return {
						asked: questions.length,
						lost: questions.filter(({ waitedMs }) => waitedMs === null).length,
						doubled: questions.filter((question) => answersTo(question).length > 1).length,
						worstWaitMs: Math.max(...questions.map(({ waitedMs }) => waitedMs ?? Number.POSITIVE_INFINITY)),
					};
				},
			};
		},
		async ask() {
			const question = await say();
			await eventually(() => isWhole(question), 30_000);
			return answersTo(question)[0]?.visibleText ?? '';
		},
		close: async () => void (await Promise.all([slack.close(), ollama.close()])),
	};
}

interface Question {
	channel: string;
	ts: string;
	askedAtMs: number;
	/** Until its answer was whole; null until then. */
	waitedMs: number | null;
}
