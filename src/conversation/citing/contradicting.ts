/** Sources of one answer that contradict each other: what the model is told of them, and what the reader of an answer from the older one. Pure. */

import { type Contradiction, contradictionOf, readClauses } from '../../knowledge/cite/contradictions.ts';
import { holdsFact } from '../../knowledge/cite/fact.ts';
import { findFacts } from '../../knowledge/cite/supports.ts';
import { plainText } from '../../knowledge/text/stems.ts';
import { withoutCitations } from '../../models/quotation.ts';
import type { Source } from '../../platform/source.ts';

/** The first of the two is the newer one, where their dates tell. */
export interface Contradicting extends Contradiction {
	sources: readonly [Source, Source];
	isDated: boolean;
}

/** An answer cites the older one alone. */
export interface Superseded {
	older: number;
	newer: Source;
}

/** The model is shown hardly more at once; all pairs of them are a few milliseconds. */
const mostSources = 10;

/** Of passages of documents: what else can be cited has a date of its own, and is what somebody said. */
export function contradictionsAmong(sources: readonly Source[]): Contradicting[] {
	const read = sources
		.filter(({ chunkId }) => chunkId !== undefined)
		.slice(0, mostSources)
		.map((source) => ({ source, clauses: readClauses({ title: source.title, date: source.date, text: source.excerpt }) }));
	return read.flatMap((one, at) =>
		read.slice(at + 1).flatMap((other) => {
			const [newer, older] = dayOf(other.source) > dayOf(one.source) ? [other, one] : [one, other];
			const found = contradictionOf(newer.clauses, older.clauses);
			const isDated = dayOf(older.source) !== '' && dayOf(older.source) < dayOf(newer.source);
			return found === null ? [] : [{ ...found, sources: [newer.source, older.source] as const, isDated }];
		}),
	);
}

/** As the model is told. */
export function toldOfContradiction({ sources: [newer, older], said, isDated }: Contradicting): Record<string, unknown> {
	const says = withoutCitations({ [markOf(newer)]: said[0], [markOf(older)]: said[1] });
	return { contradiction: says, ...(isDated ? { newer: markOf(newer), of: dayOf(newer) } : {}) };
}

/** What an answer says that cites the older of two alone; each newer one once. */
export function supersededIn(text: string, cited: readonly Source[], contradictions: readonly Contradicting[]): Superseded[] {
	const isCited = (source: Source) => cited.some(({ position }) => position === source.position);
	const facts = findFacts(plainText(text));
	const found = contradictions
		.filter(({ sources: [newer, older], isDated }) => isDated && isCited(older) && !isCited(newer))
		// The answer may draw on something else that stands there.
		.filter(({ values }) => values === null || holdsFact(facts, values[1]))
		.map(({ sources: [newer, older] }) => ({ older: older.position, newer }));
	return found.filter(({ newer }, at) => found.findIndex((other) => other.newer.position === newer.position) === at);
}

function markOf({ position }: Source): string {
	return `[${position}]`;
}

function dayOf({ date }: Source): string {
	return date?.slice(0, 10) ?? '';
}
