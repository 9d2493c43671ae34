/** A set in the form of `npm run bench:knowledge`, asked of what the installation has: its passages only name documents, by their titles. */

import type { EvaluatedCase } from '#src/evaluation/evaluated-case.ts';
import { type EvaluationSet, readSet } from '#test/bench/knowledge/read-set.ts';

/** @throws ZodError naming what is wrong, or what reading a file throws. */
export async function readSetCases(folder: string): Promise<EvaluatedCase[]> {
	const set = await readSet(folder);
	return set.queries.map(({ id, text, history, must, must_not: mustNot }) => {
		const expected = documentsFor(set, id);
		const findsNothing = set.relevant !== null && expected.length === 0;
		return { id, question: text, history, expected, findsNothing, mustHave: must, mustNotHave: mustNot };
	});
}

/** A path, too, is called by its last part. */
function documentsFor({ passages, relevant }: EvaluationSet, query: string): EvaluatedCase['expected'] {
	const ids = relevant?.get(query) ?? new Set();
	const titles = new Set(passages.filter(({ id }) => ids.has(id)).map(({ title }) => title));
	return [...titles].flatMap((title) => [
		{ name: title, path: null },
		{ name: title.split('/').at(-1) ?? title, path: title },
	]);
}
