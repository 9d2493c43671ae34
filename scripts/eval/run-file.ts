/** The file of one run. */

import { readFile, writeFile } from 'node:fs/promises';
import { type EvaluationRun, evaluationRun } from '#src/evaluation/run.ts';

/** @throws ZodError for what is no run, or what reading a file throws. */
export async function readRun(file: string): Promise<EvaluationRun> {
	return evaluationRun.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** For whoever runs it alone: which documents are found tells of them. */
export async function writeRun(file: string, run: EvaluationRun): Promise<void> {
	await writeFile(file, `${JSON.stringify(run, null, '\t')}\n`, { mode: 0o600 });
}
