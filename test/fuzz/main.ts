/** `npm run fuzz`: sends very many hostile texts to every platform and reads what arrives. Ends with 1 and the smallest counter-examples. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { platformNames } from './check.ts';
import { type Failure, keyOf, type TextsRun } from './run-texts.ts';
import type { PlatformName } from './sent/platform.ts';
import { runWatched } from './watched-worker.ts';

const usage = `npm run fuzz -- [--platform slack|teams|discord] [--texts 300000] [--seed n] [--minutes n] [--failures 1] [--workers n]`;

/** How many texts one worker takes at a time. */
const chunkTexts = 5_000;

const { values } = parseArgs({
	options: {
		platform: { type: 'string', multiple: true },
		texts: { type: 'string', default: '300000' },
		seed: { type: 'string' },
		minutes: { type: 'string' },
		failures: { type: 'string', default: '1' },
		workers: { type: 'string', default: String(availableParallelism()) },
		help: { type: 'boolean' },
	},
});

interface Totals {
	texts: number;
	cpuMs: number;
	failures: Failure[];
}

if (values.help || !isUsable()) {
	say(usage);
	process.exitCode = values.help ? 0 : 1;
} else process.exitCode = (await fuzz()) ? 0 : 1;

/** A slip of the pen must not look like a run that found nothing. */
function isUsable(): boolean {
	const numbers = [values.texts, values.failures, values.workers, values.seed ?? '1', values.minutes ?? '1'];
	const names: readonly string[] = platformNames;
	return numbers.every((text) => Number(text) > 0) && (values.platform ?? []).every((name) => names.includes(name));
}

async function fuzz(): Promise<boolean> {
	const seed = Number(values.seed ?? Date.now() % 2 ** 31);
	const platforms = platformNames.filter((name) => values.platform === undefined || values.platform.includes(name));
	const endsAtMs = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000;
	const mostFailures = Number(values.failures);
	const totals = new Map<PlatformName, Totals>(platforms.map((name) => [name, { texts: 0, cpuMs: 0, failures: [] }]));
	const chunks = planChunks(platforms, Number(values.texts), seed, mostFailures);
	say(`seed ${seed}, ${values.texts} texts for each of ${platforms.join(', ')}`);
	let saidAtMs = Date.now();

	async function work(): Promise<void> {
		for (let chunk = chunks.shift(); chunk !== undefined && Date.now() < endsAtMs; chunk = chunks.shift()) {
			const total = totals.get(chunk.platform);
			if (total === undefined || total.failures.length >= mostFailures) continue;
			const { texts, failures, cpuMs } = await runWatched(chunk);
			total.texts += texts;
			total.cpuMs += cpuMs;
			addNew(total.failures, failures);
			if (Date.now() - saidAtMs < 10_000) continue;
			saidAtMs = Date.now();
			say([...totals].map(([name, { texts: done, failures: found }]) => `${name} ${done} (${found.length} found)`).join(', '));
		}
	}

	await Promise.all(Array.from({ length: Number(values.workers) }, work));
	for (const [name, { texts, cpuMs, failures }] of totals) {
		say(`${name}: ${texts} texts, ${failures.length} counter-examples, ${(cpuMs / 1_000).toFixed(0)} s of one core`);
		for (const failure of failures) say(describe(failure));
	}
	return [...totals.values()].every(({ failures }) => failures.length === 0);
}

/** The platforms by turns, so that a run that is ended early has looked at all of them. */
function planChunks(platforms: readonly PlatformName[], texts: number, seed: number, mostFailures: number): TextsRun[] {
	const starts = Array.from({ length: Math.ceil(texts / chunkTexts) }, (_unused, index) => index * chunkTexts);
	return starts.flatMap((from) =>
		platforms.map((platform) => ({ platform, seed, from, to: Math.min(from + chunkTexts, texts), mostFailures })),
	);
}

function addNew(known: Failure[], found: readonly Failure[]): void {
	for (const failure of found) if (!known.some((one) => keyOf(one.finding) === keyOf(failure.finding))) known.push(failure);
}

/** One line for people, and the entry for the corpus. */
function describe({ platform, finding, attempt, index }: Failure): string {
	const entry = { platform, finding: finding.kind, kind: attempt.kind, ...attempt.script };
	return `  ${finding.kind} at ${finding.where}, text ${index}: ${finding.what}\n    ${JSON.stringify(entry)}`;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
