/**
 * Durable jobs. The tables are pg-boss's own, in a schema of their own; who may do what with them is ours. A later pg-boss that wants other
 * tables gets a migration of its own, which runs its `getMigrationPlans` where the version in the database is lower.
 */

import { Migration } from '@mikro-orm/migrations';

const createSchema = 'create schema ccb_jobs';

/** `dead` keeps what failed for good. The names are those of `src/jobs/boss.ts`, the policy lets one job of a key run at a time. */
const createQueues = `
select ccb_jobs.create_queue('dead', '{ "policy": "standard" }');
select ccb_jobs.create_queue('work', '{ "policy": "singleton", "deadLetter": "dead" }')`;

/** While a job waits for its first try or the next one, another of the same key is not taken in. */
const oneWaiting = `
create unique index job_one_waiting on ccb_jobs.job_common (singleton_key) where name = 'work' and state in ('created', 'retry')`;

/** The program reads and writes jobs, and changes nothing else; pg-boss makes no tables and runs no maintenance here. */
const closeSchema = `
revoke all on all routines in schema ccb_jobs from public;
grant usage on schema ccb_jobs to ccb_app, ccb_employee, ccb_admin;
grant select on ccb_jobs.version to ccb_app;
grant select on ccb_jobs.queue to ccb_app, ccb_employee, ccb_admin;
grant execute on function ccb_jobs.job_now() to ccb_app, ccb_employee, ccb_admin;
grant select, insert, update, delete on ccb_jobs.job, ccb_jobs.job_common to ccb_app`;

/**
 * Whoever works in a person's name can leave a job for that person, and end one in the transaction that carries its effect. Of the data of
 * a job, their own included, people read nothing.
 */
const openToPeople = `
grant insert on ccb_jobs.job_common to ccb_employee, ccb_admin;
grant select (id, name, state, retry_count) on ccb_jobs.job_common to ccb_employee, ccb_admin;
grant update (state, completed_on, output) on ccb_jobs.job_common to ccb_employee, ccb_admin`;

const policies = ['job', 'job_common'].map(
	(table) => `
alter table ccb_jobs.${table} enable row level security;
alter table ccb_jobs.${table} force row level security;
create policy ${table}_program on ccb_jobs.${table} to ccb_app using (true) with check (true);
create policy ${table}_genuine on ccb_jobs.${table} as restrictive
	using ((select ccb_private.is_genuine())) with check ((select ccb_private.is_genuine()))`,
);

const personPolicies = `
create policy job_common_own on ccb_jobs.job_common for select to ccb_employee, ccb_admin
	using (group_id = ccb_user_id()::text);
create policy job_common_new on ccb_jobs.job_common for insert to ccb_employee, ccb_admin
	with check (group_id = ccb_user_id()::text and name = 'work' and state = 'created');
create policy job_common_end on ccb_jobs.job_common for update to ccb_employee, ccb_admin
	using (group_id = ccb_user_id()::text and name = 'work' and state = 'active')
	with check (group_id = ccb_user_id()::text and name = 'work' and state = 'completed')`;

export class Jobs extends Migration {
	override async up(): Promise<void> {
		const { getConstructionPlans } = await import('pg-boss');
		// It would begin and end a transaction, and has one already.
		const createTables = getConstructionPlans('ccb_jobs', { createSchema: false }).replaceAll(/^\s*(BEGIN|COMMIT);$/gm, '');
		const steps = [createSchema, createTables, createQueues, oneWaiting, closeSchema, openToPeople, ...policies, personPolicies];
		for (const sql of steps) this.addSql(sql);
	}
}
