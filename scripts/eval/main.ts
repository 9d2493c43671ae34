/** `npm run eval`: asks the accepted cases, and those of a set, of this installation, and says which answers are not what was expected of them. */

import { inspectFolder } from '#src/database/inspect.ts';
import { toBotError } from '#src/errors.ts';
import { evaluateCases } from '#src/evaluation/evaluate.ts';
import { type CaseChecks, type CheckName, isPassed } from '#src/evaluation/evaluated-case.ts';
import { compareRuns, type EvaluationRun, type RunDifference } from '#src/evaluation/run.ts';
import { differenceReport, runSummary } from '#src/evaluation/run-report.ts';
import { readStoredCases } from '#src/evaluation/stored-cases.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { openInstallation } from './installation.ts';
import { type EvaluationOrder, readEvaluationOrder } from './options.ts';
import { readRun, writeRun } from './run-file.ts';
import { readSetCases } from './set-cases.ts';

// What the process writes is nobody else's on this machine.
process.umask(0o077);

const allWords = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const { evaluation: words } = allWords;
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

const order = readEvaluationOrder(process.argv.slice(2), new Date());
// The settings of platforms may be missing.
const { settings, problems } = inspectSettings(process.env);
if (order === null) fail(words.usage);
else if (settings === null) fail(words.failedRun(problems.join('; ')));
else await run(order, settings).catch(async (thrown) => fail(await explain(thrown, settings)));

async function run(given: EvaluationOrder, known: Settings): Promise<void> {
	const before = given.against === null ? null : await readRun(given.against);
	const ofSet = given.set === null ? [] : await readSetCases(given.set);
	await using installation = await openInstallation({ settings: known, role: given.role, signal: stopped.signal });
	const cases = [...(await readStoredCases(installation.database)), ...ofSet];
	if (cases.length === 0) return say(words.noCases);
	await installation.warmUp();
	const { cases: checked, withoutVectors } = await evaluateCases(installation, cases, {
		isRetrievalAlone: given.isRetrievalAlone,
		onCase: (id, checks, error) => say(`${id}: ${lineOf(checks, error)}`),
		onNoModel: (reason) => say(words.noModel(reason)),
	});
	const now: EvaluationRun = { at: new Date().toISOString(), with: await installation.describe(), cases: checked };
	await writeRun(given.out, now);
	if (withoutVectors > 0) say(words.withoutVectors(withoutVectors));
	say(runSummary(now, allWords));
	if (before !== null) showDifference(compareRuns(before, now));
	say(words.written(given.out));
}

function lineOf(checks: CaseChecks, error: string | null): string {
	if (isPassed(checks)) return words.passed;
	const failed = Object.entries(checks).filter(([, isGood]) => !isGood);
	const shown = failed.map(([check]) => (check === 'answered' && error !== null ? words.error(error) : words.check[check as CheckName]));
	return words.failed(shown.join('; '));
}

function showDifference(difference: RunDifference): void {
	for (const part of differenceReport(difference, allWords)) {
		if (typeof part === 'string') say(part);
		else if ('list' in part) for (const line of part.list) say(`  ${line}`);
	}
	if (difference.regressions.length > 0) process.exitCode = 1;
}

async function explain(thrown: unknown, { database: { url, dataFolder } }: Settings): Promise<string> {
	const { code, message } = toBotError(thrown);
	const isInUse = code === 'CONFIG_INVALID' && url === null && (await inspectFolder(dataFolder)).holder !== null;
	return isInUse ? words.inUse : words.failedRun(message);
}

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

function fail(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
	process.exitCode = 1;
}
