/** The runs of evaluations that this installation keeps, the newest of which the next one is compared with. */

import type { Database } from '../database/database.ts';
import { type EvaluationRun, evaluationRun } from './run.ts';

export interface EvaluationRuns {
	/** Null before the first. @throws BotError as `Database.query`. */
	latest(): Promise<EvaluationRun | null>;
	/** @throws BotError as `Database.query`. */
	keep(run: EvaluationRun): Promise<void>;
}

/** Some months of changes; more nobody looks at. */
const mostKept = 50;

const selectLatest = `
select to_char(ran_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, asked_with as "with", cases
from evaluation_runs order by ran_at desc limit 1`;

const keepRun = `
with dropped as (
	delete from evaluation_runs where id in (select id from evaluation_runs order by ran_at desc offset ${mostKept - 1})
)
insert into evaluation_runs (ran_at, asked_with, cases) values ($1, $2, $3)`;

export function createEvaluationRuns(database: Pick<Database, 'query'>): EvaluationRuns {
	return {
		async latest() {
			const [row] = await database.query<object>(selectLatest);
			return row === undefined ? null : evaluationRun.parse(row);
		},
		async keep({ at, with: askedWith, cases }) {
			await database.query(keepRun, [at, askedWith, cases]);
		},
	};
}
