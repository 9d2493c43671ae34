/** `npm run eval:sql`: how many of the golden questions to the sample company a real model answers with the right rows, in each language. */

import { toBotError } from '#src/errors.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { silentLogger } from '#src/log.ts';
import { openModels } from '#src/models/open-models.ts';
import { inspectSettings, type Settings } from '#src/settings/settings.ts';
import { goldenQuestions } from '#test/connectors/company/golden.ts';
import { openDataStage } from '#test/connectors/company-data/data-stage.ts';
import { evaluateGolden, type GoldenVerdict } from './evaluate.ts';

// What the process writes is nobody else's on this machine.
process.umask(0o077);

const {
	evaluation: { sql: words, failedRun },
} = wordsFor(null, languageOf(process.env['OPENCCB_LANGUAGE'] ?? null));
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

// The settings of platforms may be missing.
const { settings, problems } = inspectSettings(process.env);
if (settings === null) fail(failedRun(problems.join('; ')));
else await run(settings).catch((thrown) => fail(explain(thrown)));

async function run(known: Settings): Promise<void> {
	const models = openModels({ ...known.models, redisUrl: null, processId: `eval-sql-${process.pid}`, logger: silentLogger });
	models.start();
	const stage = await openDataStage(undefined, models);
	try {
		for (const language of ['es', 'en'] as const) {
			const counts = { right: 0, wrong: 0, told: 0, refused: 0, failed: 0 };
			for (const golden of goldenQuestions()) {
				const evaluation = { stage, language, model: models.model, signal: stopped.signal };
				const { question, verdict, reason } = await evaluateGolden(golden, evaluation);
				counts[verdict]++;
				say(`${question}: ${textOf(verdict, reason)}`);
			}
			say(words.summary(language, { ...counts, wrong: counts.wrong + counts.told }));
		}
	} finally {
		await stage.close();
		await models.stop();
	}
}

function textOf(verdict: GoldenVerdict, reason: string | null): string {
	return verdict === 'failed' ? words.failed(reason ?? '') : words[verdict];
}

function explain(thrown: unknown): string {
	const { code, reason, message } = toBotError(thrown);
	return code === 'MODEL_UNAVAILABLE' ? words.noModel(reason ?? code) : failedRun(message);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function fail(line: string): void {
	process.stderr.write(`${line}\n`);
	process.exitCode = 1;
}
