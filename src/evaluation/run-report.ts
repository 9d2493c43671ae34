/** What is told of a run: how much passed, and what passes or fails now beside an earlier run. Pure. */

import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { isPassed } from './evaluated-case.ts';
import { checkNames, type EvaluationRun, type RunDifference } from './run.ts';

export function runSummary({ cases }: Pick<EvaluationRun, 'cases'>, { evaluation }: Words): string {
	const all = Object.values(cases);
	return evaluation.summary(all.filter(isPassed).length, all.length);
}

/** What fails, but for what is told as worse than before. */
export function failureReport(
	{ cases }: Pick<EvaluationRun, 'cases'>,
	worse: RunDifference['regressions'],
	{ evaluation }: Words,
): CommandResult {
	const failures = Object.entries(cases).flatMap(([id, checks]) => {
		const failed = checkNames.filter((check) => checks[check] === false && !worse.some(([of, told]) => of === id && told === check));
		return failed.length === 0 ? [] : [`${id}: ${failed.map((check) => evaluation.check[check]).join('; ')}`];
	});
	const more = failures.length - mostFailures;
	const list = more > 0 ? [...failures.slice(0, mostFailures), evaluation.moreFailures(more)] : failures;
	return failures.length === 0 ? [] : [evaluation.failures, { list }];
}

/** As many as one reads in a chat; `npm run eval` says all of them. */
const mostFailures = 20;

export function differenceReport({ changes, regressions, improvements, gone, added }: RunDifference, { evaluation }: Words): CommandResult {
	const turned = (heading: string, cases: RunDifference['regressions']): CommandResult =>
		cases.length === 0 ? [] : [heading, { list: cases.map(([id, check]) => `${id}: ${evaluation.check[check]}`) }];
	return [
		...changes.map(([name, before, now]) => evaluation.changed(name, before ?? evaluation.none, now ?? evaluation.none)),
		...(gone.length > 0 ? [evaluation.gone(gone.length)] : []),
		...(added.length > 0 ? [evaluation.added(added.length)] : []),
		...turned(evaluation.improvements, improvements),
		...turned(evaluation.regressions, regressions),
		...(regressions.length === 0 ? [evaluation.same] : []),
	];
}
