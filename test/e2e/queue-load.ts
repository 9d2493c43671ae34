/** Many questions before few model slots, asked of two processes that share a database, a Redis and one emulated Ollama host. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { eventually } from './eventually.ts';
import { type ModelRequest, modelRequests } from './observe.ts';
import type { Answer, PlatformStage, Question } from './platforms/stage.ts';
import { type Program, startProgram } from './program.ts';

export interface QueueLoad {
	openStage: () => Promise<PlatformStage>;
	turns: number;
	/** Who ask them, in turn, each in a channel of their own. */
	people: number;
	slots: number;
	/** How long one answer holds its slot, milliseconds. */
	answerMs: number;
	/** What is asked, and what every answer says: short, so that the platform is not what they wait for. */
	words: { question: (index: number) => string; answer: string };
	/** Of a server database and a Redis, and whatever else is to be set. */
	environment: Record<string, string>;
}

export interface QueueScene extends AsyncDisposable {
	stage: PlatformStage;
	ollama: Awaited<ReturnType<typeof startOllamaEmulator>>;
	programs: Program[];
	/** Asks everything at once. Resolves when all of it was said. */
	askAll(): Promise<Question[]>;
	/** The answers to the question that do not change any more, oldest first. */
	ended(question: Question): Answer[];
}

/** Two processes that both hear of everything. */
export async function openQueueScene({ openStage, turns, people, slots, answerMs, words, environment }: QueueLoad): Promise<QueueScene> {
	const stage = await openStage();
	const ollama = await startOllamaEmulator({ parallel: slots, firstTokenMs: answerMs });
	ollama.answer({ tokens: [words.answer] });
	const settings = {
		...stage.environment,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo:latest',
		OLLAMA_SLOTS: `${slots}`,
		OPENCCB_REQUESTS_PER_MINUTE: 'none',
		OPENCCB_REPLIES_IN_FLIGHT: 'none',
		OPENCCB_TOKENS_PER_DAY: 'none',
		...environment,
	};
	const programs: Program[] = [];
	// One after the other: the first one makes the tables.
	for (let count = 0; count < 2; count++) programs.push(await startProgram(settings));
	await stage.attach(programs.map(({ address }) => address));
	const ended = (asked: Question) => stage.answers(asked).filter(({ isOpen }) => !isOpen);
	return {
		stage,
		ollama,
		programs,
		async askAll() {
			const rooms = Array.from({ length: people }, () => stage.openRoom('channel'));
			const numbers = Array.from({ length: turns }, (_, index) => index);
			return await Promise.all(
				numbers.map(async (index) => {
					const room = rooms[index % people] ?? stage.openRoom('channel');
					return await stage.ask({ room, text: words.question(index) });
				}),
			);
		},
		ended,
		async [Symbol.asyncDispose]() {
			await Promise.all(programs.map((program) => program.kill()));
			await Promise.all([stage.close(), ollama.close()]);
		},
	};
}

/** How many of these questions have an end. */
export function countEnded(scene: QueueScene, asked: readonly Question[]): number {
	return asked.filter((one) => scene.ended(one).length > 0).length;
}

/** Model requests of one question, oldest first. */
export function requestsOf({ ollama }: Pick<QueueScene, 'ollama'>, { text }: Question): ModelRequest[] {
	return modelRequests({ ollama }).filter(({ body }) => body.messages?.at(-1)?.content.includes(text));
}

/** The slots that a process holds: what it writes and what does not wait. */
async function heldSlots(program: Program): Promise<number> {
	return (await program.metric('openccb_running_turns')) - (await program.metric('openccb_model_queue_length'));
}

/** How many requests the model had at one moment, at most and from when on first that many; requests that begin where others end are not together. */
export function busiest({ ollama }: Pick<QueueScene, 'ollama'>, fromMs = 0): { requests: number; atMs: number } {
	const now = performance.timeOrigin + performance.now();
	const changes = modelRequests({ ollama }).flatMap(({ record: { atMs, endedAtMs, hungUpAtMs } }) => [
		{ atMs, by: 1 },
		{ atMs: endedAtMs ?? hungUpAtMs ?? now, by: -1 },
	]);
	changes.sort((left, right) => left.atMs - right.atMs || left.by - right.by);
	let running = 0;
	let most = { requests: 0, atMs: fromMs };
	for (const { atMs, by } of changes) {
		running += by;
		if (atMs >= fromMs && running > most.requests) most = { requests: running, atMs };
	}
	return most;
}

/** The highest place in the queue that any of these texts tells of. */
export function highestPlace(texts: readonly string[]): number {
	return Math.max(0, ...texts.map((text) => Number(/place (\d+)/.exec(text)?.[1] ?? 0)));
}

export interface Killing {
	survivor: Program;
	/** Since 1970. All that the dead process had sent by then is read; what comes later is the survivor's. */
	atMs: number;
	/** What had an end by then. */
	endedBefore: ReadonlySet<Question>;
}

/** Kills one of the two processes once `after` questions have an end and it holds a slot itself. */
export async function killOne(scene: QueueScene, asked: readonly Question[], after: number): Promise<Killing> {
	const [killed, survivor] = scene.programs as [Program, Program];
	await eventually(async () => countEnded(scene, asked) >= after && (await heldSlots(killed)) >= 1);
	await killed.kill();
	await readWhatIsSent();
	const atMs = performance.timeOrigin + performance.now();
	return { survivor, atMs, endedBefore: new Set(asked.filter((one) => scene.ended(one).length > 0)) };
}

/** A connection that a dead process had opened is accepted in one turn of the emulator's thread, which is this one, and read in the next ones. */
async function readWhatIsSent(): Promise<void> {
	for (let turns = 0; turns < 10; turns++) await nextTurn();
}

/** Whether the model was asked more often than it had to be: only what the dead process had begun and not ended may be asked again, once. */
export function isAskedTooOften(scene: QueueScene, one: Question, { atMs, endedBefore }: Killing): boolean {
	const requests = requestsOf(scene, one).map(({ record }) => record);
	const [first] = requests;
	const mayRepeat = !endedBefore.has(one) && first !== undefined && first.atMs < atMs;
	return requests.length > (mayRepeat ? 2 : 1);
}

/** Gives up after `withinMs`; what is not there by then, whoever looks will miss. */
export async function untilAllEnded(scene: QueueScene, asked: readonly Question[], withinMs: number): Promise<void> {
	let left = [...asked];
	const isOpen = (one: Question) => scene.ended(one).length === 0;
	await eventually(() => {
		left = left.filter(isOpen);
		return left.length === 0;
	}, withinMs).catch(() => {});
}
