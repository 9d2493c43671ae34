/** Runs of evaluations: with what the accepted cases were asked, and which checks passed. Nothing of what was asked or said. */

import { Migration } from '@mikro-orm/migrations';

const createRuns = `
create table evaluation_runs (
	id uuid primary key default gen_random_uuid(),
	ran_at timestamptz not null default now(),
	asked_with jsonb not null,
	cases jsonb not null
);
create index evaluation_runs_ran_at_index on evaluation_runs (ran_at)`;

/** The program alone keeps them; administrators are told what became of a run. */
const closeRuns = `
alter table evaluation_runs enable row level security;
alter table evaluation_runs force row level security;
create policy evaluation_runs_genuine on evaluation_runs as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()));
create policy evaluation_runs_app on evaluation_runs to ccb_app using (true) with check (true);
grant select, insert, delete on evaluation_runs to ccb_app`;

export class EvaluationRuns extends Migration {
	override up(): void {
		for (const sql of [createRuns, closeRuns]) this.addSql(sql);
	}
}
