/** One run of an evaluation: with what the cases were asked, and what came of them; nothing of what was asked or said. Pure. */

import { z } from 'zod';
import type { CheckName } from './evaluated-case.ts';

export const checkNames = ['retrieval', 'abstention', 'answered', 'citations', 'words'] as const satisfies readonly CheckName[];

export const evaluationRun = z.object({
	at: z.string(),
	/** What answers may have changed with; null for what there was not. */
	with: z.record(z.string(), z.string().nullable()),
	cases: z.record(z.string(), z.partialRecord(z.enum(checkNames), z.boolean())),
});

export type EvaluationRun = z.output<typeof evaluationRun>;

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

/** What was looked at in one of them alone is compared with nothing. */
export function compareRuns(before: EvaluationRun, now: EvaluationRun): RunDifference {
	const turned = (from: boolean) =>
		Object.entries(now.cases).flatMap(([id, checks]) =>
			checkNames.flatMap((check): [string, CheckName][] =>
				before.cases[id]?.[check] === from && checks[check] === !from ? [[id, check]] : [],
			),
		);
	const missing = (one: EvaluationRun, other: EvaluationRun) => Object.keys(one.cases).filter((id) => !Object.hasOwn(other.cases, id));
	return {
		changes: changesOf(before, now),
		...{ regressions: turned(true), improvements: turned(false), gone: missing(before, now), added: missing(now, before) },
	};
}

/** What the cases were asked with, where it is another one. */
export function changesOf(before: Pick<EvaluationRun, 'with'>, now: Pick<EvaluationRun, 'with'>): RunDifference['changes'] {
	const names = [...new Set([...Object.keys(before.with), ...Object.keys(now.with)])];
	return names.flatMap((name): RunDifference['changes'] => {
		const [old, current] = [before.with[name] ?? null, now.with[name] ?? null];
		return old === current ? [] : [[name, old, current]];
	});
}
