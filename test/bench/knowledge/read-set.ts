/** An evaluation set from a folder: passages, questions and which passages answer which. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const passage = z.object({ id: z.string(), title: z.string().default(''), text: z.string(), lang: z.string().optional() });
const query = z.object({
	id: z.string(),
	text: z.string(),
	lang: z.string().optional(),
	kind: z.string().default('all'),
	/** Words of a right answer, and words that it must not have: for `npm run eval`. */
	must: z.array(z.string()).default([]),
	must_not: z.array(z.string()).default([]),
	/** What one that leans on that means alone. */
	standalone: z.string().optional(),
	/** What was said before it. */
	history: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })).default([]),
});
const relevance = z.object({ query: z.string(), passage: z.string() });

export type SetPassage = z.output<typeof passage>;
export type SetQuery = z.output<typeof query>;

export interface EvaluationSet {
	passages: SetPassage[];
	queries: SetQuery[];
	/** By question; those without an answer have no entry. Null where the set does not tell. */
	relevant: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** @throws ZodError naming what is wrong, or what reading a file throws. */
export async function readSet(folder: string): Promise<EvaluationSet> {
	const [passages, queries] = await Promise.all([
		readLines(join(folder, 'passages.jsonl'), passage),
		readLines(join(folder, 'queries.jsonl'), query),
	]);
	const file = join(folder, 'qrels.jsonl');
	if (!existsSync(file)) return { passages, queries, relevant: null };
	const relevant = new Map<string, Set<string>>();
	for (const { query: asked, passage: answer } of await readLines(file, relevance)) {
		relevant.set(asked, (relevant.get(asked) ?? new Set()).add(answer));
	}
	return { passages, queries, relevant };
}

async function readLines<Line>(file: string, shape: z.ZodType<Line>): Promise<Line[]> {
	const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
	return lines.map((line) => shape.parse(JSON.parse(line)));
}
