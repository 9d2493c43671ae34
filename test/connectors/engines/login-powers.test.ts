/** What `test` finds in a login that could do more than read. */

import { expect, it } from 'vitest';
import { type CompanyStage, openMariadbStage, openPostgresqlStage } from './company-stage.ts';

async function powersAfter(open: () => Promise<CompanyStage>, statements: readonly string[]) {
	const stage = await open();
	try {
		await stage.asOwner(...statements);
		const powers = await stage.engine.findPowers(new AbortController().signal);
		return Object.fromEntries(powers.map(({ kind, what }) => [kind, what.join(' ')]));
	} finally {
		await stage.close();
	}
}

it('finds in PostgreSQL what was granted, owned and inherited', async () => {
	const powers = await powersAfter(openPostgresqlStage, [
		'grant update (metros) on almacenes to READER',
		'grant select on nominas to READER',
		'create table suya (id integer); alter table suya owner to READER',
		"create function paga() returns text language sql security definer as 'select 1::text'",
		'alter role READER bypassrls createrole',
		'grant pg_read_server_files to READER',
		'create schema obra; grant create, usage on schema obra to READER',
	]);
	expect(powers).toMatchObject({
		writes: 'almacenes suya',
		owns: 'suya',
		'reads-more': 'public.nominas public.suya',
		'definer-functions': 'paga',
		'bypasses-policies': expect.any(String),
		'makes-roles': expect.any(String),
		'powerful-role': 'pg_read_server_files',
		creates: 'obra',
	});
	expect(powers).not.toHaveProperty('superuser');
});

it('finds in MariaDB what was granted', async () => {
	const powers = await powersAfter(openMariadbStage, [
		'grant insert (ciudad, metros), delete on almacenes to READER',
		'grant select on nominas to READER with grant option',
		'grant file, process on *.* to READER',
	]);
	expect(powers).toMatchObject({
		writes: expect.stringContaining('INSERT'),
		'reads-more': expect.stringMatching(/\.nominas$/),
		grants: expect.stringContaining('nominas'),
		'server-files': 'FILE ON *.*',
		administrates: 'PROCESS ON *.*',
	});
});
