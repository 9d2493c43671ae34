/** What every table must have, so that none is added without it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('every table on $name', ({ open }) => {
	let store: TestDatabase;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	/** The list of migrations, and from which version on they may be used, are the login's own; the program has no right to them. */
	const tables = `
		select c.relname, c.relrowsecurity and c.relforcerowsecurity as is_closed, exists (
			select from pg_policies p
			where p.schemaname = 'public' and p.tablename = c.relname and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL'
				and p.roles = '{public}' and p.qual like '%is_genuine()%' and p.with_check like '%is_genuine()%'
		) as demands_proof
		from pg_class c
		where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('migrations', 'schema_compatibility') order by 1`;

	it('has row-level security, also for its owner, and shows its rows to signed transactions alone', async () => {
		const found = await store.database.query<{ relname: string; is_closed: boolean; demands_proof: boolean }>(tables);
		expect(found.length).toBeGreaterThan(10);
		expect(found.filter(({ is_closed, demands_proof }) => !is_closed || !demands_proof)).toEqual([]);
	});

	/** The list of queues and the version hold nothing of anybody. */
	const jobTables = `
		select c.relname, c.relrowsecurity and c.relforcerowsecurity and exists (
			select from pg_policies p
			where p.schemaname = 'ccb_jobs' and p.tablename = c.relname and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL'
				and p.roles = '{public}' and p.qual like '%is_genuine()%' and p.with_check like '%is_genuine()%'
		) as demands_proof
		from pg_class c
		where c.relkind in ('r', 'p') and c.relnamespace = 'ccb_jobs'::regnamespace
			and has_any_column_privilege('ccb_app', c.oid, 'select, insert, update') order by 1`;

	it('shows jobs to signed transactions alone, too', async () => {
		expect(await store.database.query(jobTables)).toEqual([
			{ relname: 'job', demands_proof: true },
			{ relname: 'job_common', demands_proof: true },
			{ relname: 'queue', demands_proof: false },
			{ relname: 'version', demands_proof: false },
		]);
	});
});
