/** Which views the named questions of a catalogue read, as the guard finds them. */

import { guardStatement } from '../guard/guard.ts';
import { boundsOf } from './bounds-for.ts';
import type { Catalogue, NamedQuestion } from './catalogue-file.ts';
import { fillQuestion } from './named-question.ts';

/** Of each type one that stands for all. */
const samples: Readonly<Record<NamedQuestion['parameters'][string]['type'], string>> = {
	text: 'x',
	integer: '1',
	decimal: '1',
	date: '2026-01-31',
	boolean: 'true',
};

export interface RefusedQuestion {
	name: string;
	/** As `RefusalReason`, and what it is about. */
	reason: string;
}

export interface QuestionRelations {
	/** By name of the question. */
	reads: ReadonlyMap<string, readonly string[]>;
	/** What the guard prints for nobody. */
	refused: RefusedQuestion[];
}

export async function questionRelations(catalogue: Catalogue): Promise<QuestionRelations> {
	const bounds = boundsOf(catalogue, 'all', new Date(0));
	const reads = new Map<string, readonly string[]>();
	const refused: RefusedQuestion[] = [];
	for (const [name, question] of Object.entries(catalogue.questions)) {
		const given = Object.entries(question.parameters).map(([parameter, { type }]) => [parameter, samples[type]]);
		const verdict = await guardStatement(fillQuestion(question, Object.fromEntries(given)), bounds);
		if (verdict.verdict === 'printed') reads.set(name, verdict.relations);
		else refused.push({ name, reason: `${verdict.reason}: ${verdict.what}` });
	}
	return { reads, refused };
}
