/** A run of an evaluation: which checks of the accepted cases passed, and with what they were asked. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, timeOfInsert } from './columns.ts';

export const KeptEvaluationRun = defineEntity({
	name: 'KeptEvaluationRun',
	tableName: 'evaluation_runs',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'evaluation_runs_ran_at_index', properties: ['ranAt'] }],
	properties: {
		id: id(),
		ranAt: timeOfInsert(),
		/** As `EvaluationRun.with`. */
		askedWith: p.json<Record<string, string | null>>(),
		/** As `EvaluationRun.cases`. */
		cases: p.json<Record<string, Record<string, boolean>>>(),
	},
});
export type KeptEvaluationRun = InferEntity<typeof KeptEvaluationRun>;
