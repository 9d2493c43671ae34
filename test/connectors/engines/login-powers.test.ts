/** What `test` finds in a login that could do more than read. */

import { expect, it } from 'vitest';
import { type CompanyStage, openMariadbStage, openPostgresqlStage, openSqlServerStage } from './company-stage.ts';

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

it('finds in SQL Server what was granted, owned, and open to everybody', async () => {
	const { emulator, engine, close } = await openSqlServerStage();
	const { state } = emulator;
	state.rights.set('almacenes', new Set(['SELECT', 'UPDATE']));
	state.rights.set('nominas', new Set(['SELECT']));
	state.rights.set('subir_salarios', new Set(['EXECUTE']));
	state.procedures = ['subir_salarios', 'otra'];
	state.owns.add('lineas');
	state.roles.add('db_ddladmin').add('dbcreator');
	state.serverRights = ['ADMINISTER BULK OPERATIONS', 'VIEW SERVER STATE'];
	state.databaseRights = ['CREATE TABLE', 'UNMASK'];
	state.grantable = ['SELECT'];
	state.impersonates = new Set(['payroll', 'sa']);
	state.linkedServers = ['OLD'];
	state.otherDatabases = ['hr'];
	Object.assign(state, { isChained: true, mayRunCommands: true });
	try {
		expect(Object.fromEntries((await engine.findPowers(new AbortController().signal)).map(({ kind, what }) => [kind, what]))).toEqual({
			'powerful-role': ['dbcreator', 'db_ddladmin'],
			'server-files': ['ADMINISTER BULK OPERATIONS', 'xp_cmdshell'],
			administrates: ['UNMASK', 'VIEW SERVER STATE'],
			creates: ['CREATE TABLE'],
			owns: ['dbo.lineas'],
			writes: ['dbo.almacenes', 'dbo.lineas'],
			'definer-functions': ['dbo.subir_salarios'],
			'other-servers': ['OLD'],
			impersonates: ['payroll', 'sa'],
			grants: ['SELECT'],
			'chained-databases': ['company'],
			'reads-more': ['hr', 'dbo.lineas', 'dbo.nominas'],
		});
		state.roles.add('sysadmin');
		expect(await engine.findPowers(new AbortController().signal)).toContainEqual({ kind: 'superuser', what: ['sysadmin'] });
	} finally {
		await close();
	}
});
