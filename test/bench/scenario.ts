/** Runs one load against the real program between two emulators and measures what readers see. */

import { eventually } from '#test/e2e/eventually.ts';
import { type Answer, isSign, type PlatformStage, type Question, type Room } from '#test/e2e/platforms/stage.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { RecordedRequest } from '#test/emulators/ollama/types.ts';
import { processFigures } from './processes.ts';
import { makeText, tableHeader } from './text.ts';

export interface Scenario {
	name: string;
	openStage: (latencyMs: number) => Promise<PlatformStage>;
	replies: number;
	tokens: number;
	/** All in one channel, each in a channel of its own, or each in a chat with the bot. */
	rooms: 'one channel' | 'channels' | 'chats';
	/** The replies begin evenly over this time; 0 is all at once. */
	spreadMs: number;
	/** Everybody has been answered before. Otherwise the bot meets them all, who were there before the program was. */
	arePeopleKnown?: boolean;
	/** Instead of what holds for all. */
	tokensPerSecond?: number;
	environment?: Record<string, string>;
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
const giveUpMs = 900_000;
/** Longer than any budget remembers, but for the hour of Teams, which nobody fills here. */
const budgetsMs = 62_000;
/** How often readers look whether the bot is at work. */
const lookEveryMs = 20;

export async function runScenario(scenario: Scenario, conditions: Conditions, environment: Record<string, string>): Promise<Measured> {
	const { firstTokenMs, latencyMs } = conditions;
	const tokensPerSecond = scenario.tokensPerSecond ?? conditions.tokensPerSecond;
	const stage = await scenario.openStage(latencyMs);
	const stations = createStations(stage, scenario);
	const ollama = await startOllamaEmulator({ parallel: scenario.replies + 1, tokensPerSecond, firstTokenMs });
	const text = makeText(scenario.tokens);
	ollama.answer({ tokens: text });
	const program = await startProgram({
		...environment,
		...stage.environment,
		...scenario.environment,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo:latest',
		LOG_LEVEL: 'info',
	});
	await stage.attach([program.address]);
	try {
		await warmUp(stage, program);
		if (scenario.arePeopleKnown) await meet(stage, stations);
		stage.forgetCounters();
		const measured = await measure({ scenario, stage, stations, program, requests: ollama.requests, tokens: text });
		await rest(program);
		return measured;
	} finally {
		await program.kill();
		await stage.close();
		await ollama.close();
	}
}

interface Bench {
	scenario: Scenario;
	stage: PlatformStage;
	stations: readonly Station[];
	program: Program;
	requests: readonly RecordedRequest[];
	tokens: readonly string[];
}

interface Asked {
	question: Question;
	atMs: number;
	signAtMs: number;
}

/** One reply beforehand: what is measured is a running program, not its first steps. */
async function warmUp(stage: PlatformStage, program: Program): Promise<void> {
	const question = await stage.ask({ room: stage.openRoom('channel'), text: 'hello' });
	await eventually(() => isClosed(stage.answers(question)), giveUpMs);
	await eventually(async () => (await program.metric('openccb_running_turns')) === 0);
}

/** Everybody is answered once, as fast as the program goes by itself; then its budgets are as they were. */
async function meet(stage: PlatformStage, stations: readonly Station[]): Promise<void> {
	const forgetting = setInterval(stage.forgetCounters, lookEveryMs);
	const asked = await Promise.all(stations.map(async ({ room, user }) => await stage.ask({ room, user, text: 'hello' })));
	await eventually(() => asked.every((question) => isClosed(stage.answers(question))), giveUpMs);
	clearInterval(forgetting);
	await new Promise((resolve) => setTimeout(resolve, budgetsMs));
}

/** What is left in the inbox would be taken up in the middle of the next load. */
async function rest(program: Program): Promise<void> {
	const left = () => Promise.all(['accepted', 'processing'].map((state) => program.metric('openccb_inbox_events', `state="${state}"`)));
	await eventually(async () => (await left()).every((count) => count === 0), 30_000).catch(() => {});
}

async function measure({ scenario, stage, stations, program, requests, tokens }: Bench): Promise<Measured> {
	const callsBefore = stage.countCalls();
	const requestsBefore = requests.length;
	stage.refusedCalls();
	const { processorMs: cpuBeforeMs } = processFigures(program.pid);
	const asked: Asked[] = [];
	const watch = setInterval(() => noteSigns(stage, asked), lookEveryMs);
	await Promise.all(
		stations.map(async ({ room, user }, index) => {
			await new Promise((resolve) => setTimeout(resolve, (scenario.spreadMs * index) / scenario.replies));
			const atMs = now();
			const question = await stage.ask({ room, user, text: `question ${index}` });
			asked[index] = { question, atMs, signAtMs: Number.POSITIVE_INFINITY };
		}),
	);
	const wanted = letters(tokens.join(''));
	const done = new Set<Asked>();
	const isDone = (reply: Asked) => {
		if (done.has(reply)) return true;
		const answers = stage.answers(reply.question);
		const isWhole = isClosed(answers) && lettersOf(answers, wanted) === wanted;
		if (isWhole) done.add(reply);
		return isWhole;
	};
	await eventually(() => asked.every(isDone), giveUpMs).catch(() => {});
	clearInterval(watch);
	const { processorMs, residentBytes } = processFigures(program.pid);
	const chats = requests.slice(requestsBefore).filter((request) => request.path === '/api/chat');
	const perReply = asked.map((reply, index) => readReply(reply, stage.answers(reply.question), findRequest(chats, index), tokens));
	return {
		scenario,
		sign: perReply.map((reply) => reply.sign),
		firstText: perReply.map((reply) => reply.firstText),
		final: perReply.map((reply) => reply.final),
		lag: perReply.flatMap((reply) => reply.lag),
		whole: asked.filter(isDone).length,
		calls: stage.countCalls() - callsBefore,
		limited: stage.refusedCalls(),
		cpuMsPerReply: (processorMs - cpuBeforeMs) / scenario.replies,
		residentMiB: residentBytes / 2 ** 20,
	};
}

function noteSigns(stage: PlatformStage, asked: readonly Asked[]): void {
	// Not all have asked yet.
	for (const reply of asked.filter((one) => one !== undefined)) {
		if (reply.signAtMs === Number.POSITIVE_INFINITY && stage.hasSign(reply.question)) reply.signAtMs = now();
	}
}

/** Which model request belongs to which question: its prompt ends with the question. */
function findRequest(requests: readonly RecordedRequest[], index: number): RecordedRequest | undefined {
	return requests.find((request) => {
		const messages = (request.body as { messages?: { content: string }[] }).messages ?? [];
		return messages.at(-1)?.content === `question ${index}`;
	});
}

function readReply(reply: Asked, answers: readonly Answer[], request: RecordedRequest | undefined, tokens: readonly string[]) {
	const shown = growth(answers);
	const firstTextAtMs = shown.find(({ length }) => length > 0)?.atMs ?? Number.POSITIVE_INFINITY;
	const firstShownAtMs = shown[0]?.atMs ?? Number.POSITIVE_INFINITY;
	const lastTokenAtMs = request?.lastTokenAtMs ?? Number.NaN;
	return {
		sign: (Math.min(reply.signAtMs, firstShownAtMs) - reply.atMs) / 1_000,
		firstText: (firstTextAtMs - reply.atMs) / 1_000,
		final: (finalAtMs(answers) - lastTokenAtMs) / 1_000,
		lag: lagsOf(shown, tokens, request),
	};
}

/** How many letters of the reply were on the screen from when on, over all its messages. */
function growth(answers: readonly Answer[]): { atMs: number; length: number }[] {
	const changes = answers.flatMap((answer, index) =>
		answer.history.map(({ atMs, text }) => ({ atMs, index, length: isSign(text) ? 0 : letters(text).length })),
	);
	changes.sort((left, right) => left.atMs - right.atMs);
	const lengths: number[] = answers.map(() => 0);
	return changes.map(({ atMs, index, length }) => {
		lengths[index] = length;
		return { atMs, length: lengths.reduce((sum, value) => sum + value, 0) };
	});
}

function lagsOf(shown: { atMs: number; length: number }[], tokens: readonly string[], request: RecordedRequest | undefined): number[] {
	const firstAtMs = request?.firstTokenAtMs ?? Number.NaN;
	const lastAtMs = request?.lastTokenAtMs ?? Number.NaN;
	let made = '';
	return tokens.map((token, index) => {
		made += token;
		const madeAtMs = firstAtMs + ((lastAtMs - firstAtMs) * index) / Math.max(tokens.length - 1, 1);
		const seen = shown.find((state) => state.length >= letters(made).length);
		return ((seen?.atMs ?? Number.POSITIVE_INFINITY) - madeAtMs) / 1_000;
	});
}

/** What every platform shows alike: blanks, bars and marks are the renderer's affair, and so is a fence that is closed and opened again. */
function letters(text: string): string {
	return text.replace(/```\w*/g, '').replace(/[^\p{L}\p{N}]/gu, '');
}

/** Of all messages together, a header that was repeated left out. */
function lettersOf(answers: readonly Answer[], wanted: string): string {
	const header = letters(tableHeader);
	return answers.reduce((before, { text }) => {
		const whole = letters(text);
		const isRepeated = whole.startsWith(header) && !wanted.startsWith(before + whole);
		return before + (isRepeated ? whole.slice(header.length) : whole);
	}, '');
}

function finalAtMs(answers: readonly Answer[]): number {
	return Math.max(
		...answers.map(({ history }) => history.findLast((entry, index, all) => entry.text !== all[index - 1]?.text)?.atMs ?? Number.NaN),
	);
}

interface Station {
	room: Room;
	user: string;
}

function createStations(stage: PlatformStage, { replies, rooms }: Scenario): Station[] {
	const numbers = Array.from({ length: replies }, (_, index) => index);
	if (rooms !== 'one channel') {
		return numbers.map(() => stage.openRoom(rooms === 'chats' ? 'direct' : 'channel')).map((room) => ({ room, user: room.asker }));
	}
	const room = stage.openRoom('channel');
	return numbers.map(() => ({ room, user: stage.colleagueIn(room) }));
}

function isClosed(answers: readonly Answer[]): boolean {
	return answers.length > 0 && answers.every(({ isOpen }) => !isOpen) && answers.some(({ buttons }) => buttons.includes('up'));
}

function now(): number {
	return performance.timeOrigin + performance.now();
}
