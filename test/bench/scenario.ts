/** Runs one load against the real program between two emulators and measures what readers see. */

import { readFile } from 'node:fs/promises';
import { eventually } from '#test/e2e/eventually.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { RecordedRequest } from '#test/emulators/ollama/types.ts';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { makeText } from './text.ts';

export interface Scenario {
	name: string;
	replies: number;
	tokens: number;
	/** All in one channel, or each in its own. */
	channels: 'one' | 'each';
	streaming: 'native' | 'edit';
	/** The replies begin evenly over this time; 0 is all at once. */
	spreadMs: number;
}

/** Seconds, but for the counts. Each list holds one value a reply. */
export interface Measured {
	scenario: Scenario;
	sign: number[];
	firstText: number[];
	/** From the last token of a reply to its whole text on the screen. */
	final: number[];
	/** From a token's making to its showing, over all tokens of all replies. */
	lag: number[];
	whole: number;
	calls: number;
	limited: number;
	cpuMsPerReply: number;
	residentMiB: number;
}

export interface Conditions {
	latencyMs: number;
	tokensPerSecond: number;
	firstTokenMs: number;
}

/** Past this the reply counts as never finished. */
const giveUpMs = 300_000;

export async function runScenario(scenario: Scenario, conditions: Conditions, environment: Record<string, string>): Promise<Measured> {
	const { tokensPerSecond, firstTokenMs, latencyMs } = conditions;
	const slack = await startSlackEmulator({ latencyMs });
	const ollama = await startOllamaEmulator({ parallel: scenario.replies + 1, tokensPerSecond, firstTokenMs });
	const text = makeText(scenario.tokens);
	ollama.answer({ tokens: text });
	const program = await startProgram({
		...environment,
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
		SLACK_STREAMING: scenario.streaming,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo:latest',
		LOG_LEVEL: 'info',
	});
	slack.setEventsUrl(`${program.address}/slack/events`);
	try {
		await warmUp(slack, program);
		slack.forgetCounters();
		return await measure({ scenario, slack, program, requests: ollama.requests, tokens: text });
	} finally {
		await program.kill();
		await slack.close();
		await ollama.close();
	}
}

interface Stage {
	scenario: Scenario;
	slack: SlackEmulator;
	program: Program;
	requests: readonly RecordedRequest[];
	tokens: readonly string[];
}

interface Asked {
	channel: string;
	ts: string;
	atMs: number;
	signAtMs: number | null;
}

/** One reply beforehand: what is measured is a running program, not its first steps. */
async function warmUp(slack: SlackEmulator, program: Program): Promise<void> {
	const { user, channel } = addPerson(slack, 'warm-up');
	const { ts } = await slack.say({ user, channel, text: `<@${slack.botUserId}> hello` });
	await eventually(() => botMessages(slack, channel, ts).some((message) => message.buttons.length > 1), giveUpMs);
	await eventually(async () => (await program.metric('openccb_running_turns')) === 0);
}

async function measure({ scenario, slack, program, requests, tokens }: Stage): Promise<Measured> {
	const stations = createStations(slack, scenario);
	const callsBefore = slack.calls.length;
	const requestsBefore = requests.length;
	const cpuBeforeMs = await cpuMs(program.pid);
	const asked = await Promise.all(
		stations.map(async ({ user, channel }, index): Promise<Asked> => {
			await new Promise((resolve) => setTimeout(resolve, (scenario.spreadMs * index) / scenario.replies));
			const atMs = now();
			const { ts } = await slack.say({ user, channel, text: `<@${slack.botUserId}> question ${index}` });
			return { channel, ts, atMs, signAtMs: null };
		}),
	);
	const plain = tokens.join('');
	const isDone = ({ channel, ts }: Asked) => visibleText(slack, channel, ts) === plain && isClosed(slack, channel, ts);
	const wholeAfter = await eventually(() => asked.every(isDone), giveUpMs).catch(() => false);
	const cpuUsedMs = (await cpuMs(program.pid)) - cpuBeforeMs;
	const calls = slack.calls.slice(callsBefore);
	const chats = requests.slice(requestsBefore).filter((request) => request.path === '/api/chat');
	const perReply = asked.map((reply) => readReply(reply, slack, calls, findRequest(chats, reply, asked), tokens));
	const residentMiB = await resident(program.pid);
	return {
		scenario,
		sign: perReply.map((reply) => reply.sign),
		firstText: perReply.map((reply) => reply.firstText),
		final: perReply.map((reply) => reply.final),
		lag: perReply.flatMap((reply) => reply.lag),
		whole: wholeAfter ? asked.length : asked.filter(isDone).length,
		calls: calls.length,
		limited: calls.filter((call) => call.httpStatus === 429).length,
		cpuMsPerReply: cpuUsedMs / scenario.replies,
		residentMiB,
	};
}

/** Which model request belongs to which question: its prompt ends with the question. */
function findRequest(requests: readonly RecordedRequest[], reply: Asked, asked: readonly Asked[]): RecordedRequest | undefined {
	const question = `question ${asked.indexOf(reply)}`;
	return requests.find((request) => {
		const messages = (request.body as { messages?: { content: string }[] }).messages ?? [];
		return messages.at(-1)?.content === question;
	});
}

function readReply(
	reply: Asked,
	slack: SlackEmulator,
	calls: SlackEmulator['calls'],
	request: RecordedRequest | undefined,
	tokens: readonly string[],
) {
	const messages = botMessages(slack, reply.channel, reply.ts);
	// A reply may end as a new message in place of its first one, which people have read until then.
	const replaced = slack
		.messages(reply.channel, { threadTs: reply.ts })
		.filter((message) => message.botId !== undefined && message.deleted);
	const sign = calls.find(
		(call) => call.method === 'assistant.threads.setStatus' && call.arguments['thread_ts'] === reply.ts && call.httpStatus === 200,
	);
	const shown = [...growth(messages), ...growth(replaced)].sort((left, right) => left.atMs - right.atMs);
	const firstTextAtMs = shown[0]?.atMs ?? Number.POSITIVE_INFINITY;
	const lag = lagsOf(shown, tokens, request);
	const lastTokenAtMs = request?.lastTokenAtMs ?? Number.NaN;
	return {
		sign: (Math.min(sign?.answeredAtMs ?? Number.POSITIVE_INFINITY, firstTextAtMs) - reply.atMs) / 1_000,
		firstText: (firstTextAtMs - reply.atMs) / 1_000,
		final: (finalAtMs(messages) - lastTokenAtMs) / 1_000,
		lag,
	};
}

/** How many characters of the reply were on the screen from when on, over all its messages. */
function growth(messages: readonly VisibleMessage[]): { atMs: number; length: number }[] {
	const changes = messages.flatMap((message, index) =>
		message.history.map((entry) => ({ atMs: entry.atMs, index, length: letters(entry.visibleText) })),
	);
	changes.sort((left, right) => left.atMs - right.atMs);
	const lengths: number[] = messages.map(() => 0);
	return changes.map(({ atMs, index, length }) => {
		lengths[index] = length;
		return { atMs, length: lengths.reduce((sum, value) => sum + value, 0) };
	});
}

function lagsOf(shown: { atMs: number; length: number }[], tokens: readonly string[], request: RecordedRequest | undefined): number[] {
	const firstAtMs = request?.firstTokenAtMs ?? Number.NaN;
	const lastAtMs = request?.lastTokenAtMs ?? Number.NaN;
	let made = 0;
	return tokens.map((token, index) => {
		made += letters(token);
		const madeAtMs = firstAtMs + ((lastAtMs - firstAtMs) * index) / Math.max(tokens.length - 1, 1);
		const seen = shown.find((state) => state.length >= made);
		return ((seen?.atMs ?? Number.POSITIVE_INFINITY) - madeAtMs) / 1_000;
	});
}

/** Blanks between blocks are the renderer's affair. */
function letters(text: string): number {
	return text.replace(/\s+/g, '').length;
}

function finalAtMs(messages: readonly VisibleMessage[]): number {
	return Math.max(
		...messages.map(
			(message) => message.history.findLast((entry, index, all) => entry.visibleText !== all[index - 1]?.visibleText)?.atMs ?? Number.NaN,
		),
	);
}

interface Station {
	user: string;
	channel: string;
}

function createStations(slack: SlackEmulator, { replies, channels }: Scenario): Station[] {
	const names = Array.from({ length: replies }, (_, index) => `person-${index}`);
	if (channels === 'each') return names.map((name) => addPerson(slack, name));
	const users = names.map((name) => slack.workspace.addUser({ name, locale: 'en-US' }).id);
	const channel = slack.workspace.addChannel({ name: 'shared', members: users }).id;
	return users.map((user) => ({ user, channel }));
}

function addPerson(slack: SlackEmulator, name: string): Station {
	const user = slack.workspace.addUser({ name, locale: 'en-US' }).id;
	return { user, channel: slack.workspace.addChannel({ name: `channel-of-${name}`, members: [user] }).id };
}

function botMessages(slack: SlackEmulator, channel: string, threadTs: string): VisibleMessage[] {
	return slack.messages(channel, { threadTs }).filter((message) => message.botId !== undefined && !message.deleted);
}

function visibleText(slack: SlackEmulator, channel: string, ts: string): string {
	return botMessages(slack, channel, ts)
		.map((message) => message.visibleText)
		.join('\n\n');
}

function isClosed(slack: SlackEmulator, channel: string, ts: string): boolean {
	const messages = botMessages(slack, channel, ts);
	return messages.every((message) => message.streaming !== 'in_progress') && messages.some((message) => message.buttons.length > 1);
}

function now(): number {
	return performance.timeOrigin + performance.now();
}

/** User and system time of a process ("proc(5)", stat fields 14 and 15, in ticks of 10 ms). */
async function cpuMs(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function resident(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
