/** Which model documents are searched with and how far another one is, as administrators read it. Pure. */

import type { VectorStanding } from '../knowledge/vectors/vector-operations.ts';
import type { ResultPart, Rows } from '../platform/command-result.ts';
import type { AdministrationWords } from './admin-context.ts';
import { minuteOf } from './audit-log.ts';

export function shownVectors(standing: VectorStanding, { vectors: words }: AdministrationWords): ResultPart[] {
	const { chosen, standard, searched, target, problem } = standing;
	const rows: Rows['rows'][number][] = [
		[words.searched, searched === null ? words.byWords : words.progress(searched.model, searched.made, searched.total)],
		[words.decidedBy, chosen === null ? words.bySetting(standard) : words.byAdministrator(chosen, standard)],
	];
	if (target !== null) {
		const progress = words.progress(target.model, target.made, target.total);
		rows.push([words.beingMade, target.leftMs === null ? progress : words.withTime(progress, target.leftMs)]);
	}
	if (problem !== null) rows.push([words.problem, words.since(minuteOf(problem.at), problemOf(problem.reason, words))]);
	const isBlocked = target !== null && problem !== null && isOfTexts(problem.reason);
	return [
		{ rows },
		...(searched?.isReplaced ? [words.replaced(searched.model)] : []),
		...(isBlocked ? [words.gaps(target.total - target.made)] : []),
	];
}

/** As of `VectorProblem`: of texts, and not of the model. */
function isOfTexts(reason: string): boolean {
	return reason === 'too-long' || reason === 'bad-vector' || reason === 'empty-text';
}

function problemOf(reason: string, { reasons, otherReason }: AdministrationWords['vectors']): string {
	const known: Readonly<Record<string, string>> = reasons;
	return known[reason] ?? otherReason(reason);
}
