/** How long askers wait for the first words while many files come in, in turns with a bot that has nothing else to do. */

import { eventually } from '#test/e2e/eventually.ts';
import { isSign, type Question } from '#test/e2e/platforms/stage.ts';
import { processFigures } from './processes.ts';
import { makeSample, type Sample, sampleTypes } from './samples.ts';
import { type IngestionScene, openIngestionScene, type SceneOptions } from './scene.ts';

export interface LoadOptions extends Pick<SceneOptions, 'onServer'> {
	files: number;
	/** Of each file. */
	pages: number;
	askers: number;
	/** Each asks while the bot is idle and then while files come in. */
	rounds: number;
}

export interface LoadFigures {
	/** Seconds, of all rounds. */
	idle: number[];
	loaded: number[];
	/** Seconds from the sharing of the files until all can be found, and until all have vectors; one value a round. */
	indexed: number[];
	embedded: number[];
	/** Of the bot's own process, in bytes. */
	memory: { before: number; peak: number; after: number };
	readerPeakBytes: number;
	passages: number;
	/** Processor time of the bot's own process for each file, in milliseconds. */
	processorMsPerFile: number;
}

/** Over so long the questions come. */
const askingMs = 10_000;
/** How often memory is looked at. */
const lookEveryMs = 100;
/** Slack counts calls by the minute, and twenty answers use most of one: each time of asking begins with a whole one. */
const budgetMs = 60_000;
/** Until garbage is collected. */
const restMs = 5_000;

export async function measureLoad({ files, pages, askers, rounds, onServer }: LoadOptions): Promise<LoadFigures> {
	await using scene = await openIngestionScene({ onServer, slots: askers });
	const figures: LoadFigures = {
		...{ idle: [], loaded: [], indexed: [], embedded: [] },
		...{ memory: { before: 0, peak: 0, after: 0 }, readerPeakBytes: 0, passages: 0, processorMsPerFile: 0 },
	};
	const resident = () => processFigures(scene.program.pid).residentBytes;
	// A running program that has answered, read and embedded, and no first steps of one.
	await ask(scene, askers, 0);
	await takeIn(scene, samplesOf(sampleTypes.length, 1, 0));
	await rest();
	figures.memory.before = resident();
	const watch = setInterval(() => {
		figures.memory.peak = Math.max(figures.memory.peak, resident());
	}, lookEveryMs);
	const before = await scene.counts();
	for (let round = 1; round <= rounds; round++) {
		await pause(budgetMs);
		figures.idle.push(...(await ask(scene, askers, askingMs)));
		await pause(budgetMs);
		const taking = takeIn(scene, samplesOf(files, pages, round));
		figures.loaded.push(...(await ask(scene, askers, askingMs)));
		const { indexed, embedded } = await taking;
		figures.indexed.push(indexed);
		figures.embedded.push(embedded);
		await rest();
	}
	clearInterval(watch);
	const after = await scene.counts();
	figures.memory.after = resident();
	figures.readerPeakBytes = after.readerPeakBytes;
	figures.passages = after.passages - before.passages;
	figures.processorMsPerFile = (after.processorMs - before.processorMs) / (files * rounds);
	return figures;
}

/** Of all types, no two of one content. */
function samplesOf(count: number, pages: number, round: number): Sample[] {
	return Array.from({ length: count }, (_, at) =>
		makeSample(sampleTypes[at % sampleTypes.length] ?? 'text', pages, round * 10_000 + at + 1),
	);
}

/** Everybody shares ten at the same moment. */
async function takeIn(scene: IngestionScene, samples: readonly Sample[]): Promise<{ indexed: number; embedded: number }> {
	const before = await scene.counts();
	const beganAtMs = performance.now();
	const messages = Math.ceil(samples.length / 10);
	await Promise.all(
		Array.from({ length: messages }, (_, at) => scene.share(scene.stage.openRoom('channel'), samples.slice(at * 10, at * 10 + 10))),
	);
	const { indexedAtMs, embeddedAtMs } = await scene.untilReady(before, samples.length);
	return { indexed: (indexedAtMs - beganAtMs) / 1_000, embedded: (embeddedAtMs - beganAtMs) / 1_000 };
}

/** @returns the seconds until each saw the first words. */
async function ask({ stage }: IngestionScene, askers: number, spreadMs: number): Promise<number[]> {
	stage.forgetCounters();
	const asked = await Promise.all(
		Array.from({ length: askers }, async (_, at) => {
			await pause((spreadMs * at) / askers);
			const atMs = now();
			return { question: await stage.ask({ room: stage.openRoom('channel'), text: `question ${at}` }), atMs };
		}),
	);
	const firstWords = ({ question }: { question: Question }) =>
		stage.answers(question).flatMap(({ history }) => history.filter(({ text }) => !isSign(text)));
	await eventually(
		() => asked.every((one) => firstWords(one).length > 0 && stage.answers(one.question).every(({ isOpen }) => !isOpen)),
		120_000,
	);
	return asked.map((one) => (Math.min(...firstWords(one).map(({ atMs }) => atMs)) - one.atMs) / 1_000);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const rest = () => pause(restMs);
const now = () => performance.timeOrigin + performance.now();
