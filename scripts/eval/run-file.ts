/** The file of one run: with what the cases were asked, and what came of them; nothing of what was asked or said. */

import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CheckName } from './evaluated-case.ts';

const checkNames = ['retrieval', 'abstention', 'answered', 'citations', 'words'] as const satisfies readonly CheckName[];

const runFile = z.object({
	at: z.string(),
	/** What answers may have changed with; null for what there was not. */
	with: z.record(z.string(), z.string().nullable()),
	cases: z.record(z.string(), z.partialRecord(z.enum(checkNames), z.boolean())),
});

export type Run = z.output<typeof runFile>;

export interface RunDifference {
	/** What the cases were asked with, where it is another one: its name, before and now. */
	changes: [name: string, before: string | null, now: string | null][];
	/** What passed before and fails now, and the other way round. */
	regressions: [id: string, check: CheckName][];
	improvements: [id: string, check: CheckName][];
	/** Cases that one of the two has not. */
	gone: string[];
	added: string[];
}

/** @throws ZodError for what is no run, or what reading a file throws. */
export async function readRun(file: string): Promise<Run> {
	return runFile.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** For whoever runs it alone: which documents are found tells of them. */
export async function writeRun(file: string, run: Run): Promise<void> {
	await writeFile(file, `${JSON.stringify(run, null, '\t')}\n`, { mode: 0o600 });
}

/** What was looked at in one of them alone is compared with nothing. Pure. */
export function compareRuns(before: Run, now: Run): RunDifference {
	const names = [...new Set([...Object.keys(before.with), ...Object.keys(now.with)])];
	const changes = names.flatMap((name): RunDifference['changes'] => {
		const [old, current] = [before.with[name] ?? null, now.with[name] ?? null];
		return old === current ? [] : [[name, old, current]];
	});
	const turned = (from: boolean) =>
		Object.entries(now.cases).flatMap(([id, checks]) =>
			checkNames.flatMap((check): [string, CheckName][] =>
				before.cases[id]?.[check] === from && checks[check] === !from ? [[id, check]] : [],
			),
		);
	const missing = (one: Run, other: Run) => Object.keys(one.cases).filter((id) => !Object.hasOwn(other.cases, id));
	return { changes, regressions: turned(true), improvements: turned(false), gone: missing(before, now), added: missing(now, before) };
}
