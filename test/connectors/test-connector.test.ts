/** What the test of a connector finds on real servers, from the file as a person writes it. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import { testConnector } from '#src/connectors/test-connector.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { type CompanyStage, openMariadbStage, openPostgresqlStage, openSqlServerStage } from './engines/company-stage.ts';

const sample = parse(await readFile(join(projectFolder, 'test/connectors/company/company.yaml'), 'utf8'));
const signal = new AbortController().signal;

async function findingsOf(changes: object, environment: NodeJS.ProcessEnv = {}) {
	const reading = readCatalogue(stringify({ ...sample, timeZone: 'UTC', ...changes }, { aliasDuplicateObjects: false }));
	if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
	return (await testConnector(reading.catalogue, [], { folder: '/', environment, signal })).findings;
}

describe('PostgreSQL', () => {
	let stage: CompanyStage;
	let where: object;
	beforeAll(async () => {
		stage = await openPostgresqlStage();
		const { host, port, database, user } = stage.address ?? {};
		where = { host, port, database, user, tls: 'off' };
	});
	afterAll(() => stage.close());

	it('finds nothing in the sample company', async () => {
		expect(await findingsOf({ engine: 'postgresql', where })).toEqual([]);
	});

	it('finds what goes unencrypted to another machine, and connects to none that should be encrypted and is not', async () => {
		// The same machine under a name that others could have.
		const elsewhere = { ...where, host: '0.0.0.0' };
		expect(await findingsOf({ engine: 'postgresql', where: elsewhere })).toEqual([{ about: 'unencrypted', host: '0.0.0.0' }]);
		await expect(findingsOf({ engine: 'postgresql', where: { ...where, tls: 'verify' } })).rejects.toMatchObject({
			code: 'STORE_UNAVAILABLE',
		});
	});

	it('finds rows that are the same for two people, and none where policies hold', async () => {
		await stage.asOwner(
			'create table visitas (id integer primary key, responsable text)',
			"insert into visitas values (1, 'ana@example.com'), (2, 'ana@example.com'), (3, 'berta@example.com')",
			'alter table visitas enable row level security',
			"create policy own on visitas using (responsable = current_setting('app.user_email', true))",
			'create view visitas_todas as select * from visitas',
			'create view visitas_propias with (security_invoker = true) as select * from visitas',
			'grant select on visitas, visitas_todas, visitas_propias to READER',
		);
		const columns = { id: { type: 'integer' }, responsable: { type: 'text' } };
		const description = { es: 'Visitas', en: 'Visits' };
		const names = ['visitas', 'visitas_todas', 'visitas_propias'];
		const views = { ...sample.views, ...Object.fromEntries(names.map((name) => [name, { description, columns }])) };
		const people = ['ana@example.com', 'berta@example.com'];
		const proven = (view: string) =>
			findingsOf({ engine: 'postgresql', where, views, identity: { setting: 'app.user_email', proof: { view, people } } });
		expect(await proven('visitas_propias')).toEqual([]);
		expect(await proven('visitas')).toEqual([]);
		// A view reads as its owner does, whom no policy concerns.
		expect(await proven('visitas_todas')).toEqual([{ about: 'same-rows', view: 'visitas_todas' }]);
	});

	it('looks at each login for the views that are asked under it', async () => {
		await stage.asOwner('create role people_READER login', 'grant select on productos to people_READER');
		const roles = {
			employee: { views: ['almacenes'] },
			people: { views: ['productos'], login: { user: `people_${stage.address?.user}` } },
		};
		const found = await findingsOf({ engine: 'postgresql', where, roles });
		expect(found.filter(({ about }) => about === 'drift')).toEqual([]);
	});
});

describe('MariaDB', () => {
	let stage: CompanyStage;
	let where: object;
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'openccb-secrets-'));
		stage = await openMariadbStage();
		const { host, port, database, user } = stage.address ?? {};
		where = { host, port, database, user, passwordFrom: 'SHOP_PASSWORD', tls: 'off' };
	});
	afterAll(async () => {
		await stage.close();
		await rm(folder, { recursive: true, force: true });
	});

	const password = () => stage.address?.password ?? '';

	it('takes the password from the environment or from a file, when it is used', async () => {
		expect(await findingsOf({ engine: 'mariadb', where }, { SHOP_PASSWORD: password() })).toEqual([]);
		await writeFile(join(folder, 'shop'), `${password()}\n`);
		expect(await findingsOf({ engine: 'mariadb', where }, { SHOP_PASSWORD_FILE: join(folder, 'shop') })).toEqual([]);
	});

	it('says which secret is missing or wrong, and never the secret', async () => {
		await expect(findingsOf({ engine: 'mariadb', where })).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason: 'SHOP_PASSWORD' });
		const failure: unknown = await findingsOf({ engine: 'mariadb', where }, { SHOP_PASSWORD: 'sentinel-5f1' }).catch((error) => error);
		expect(failure).toMatchObject({ code: 'CONFIG_INVALID', reason: '1045' });
		expect(JSON.stringify([failure, String(failure)])).not.toContain('sentinel-5f1');
	});

	it('connects to no server that should be encrypted and is not', async () => {
		const encrypted = findingsOf({ engine: 'mariadb', where: { ...where, tls: 'verify' } }, { SHOP_PASSWORD: password() });
		await expect(encrypted).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
	});
});

it('finds nothing in a SQL Server that is as the file says, and else what has drifted and what is not needed', async () => {
	const stage = await openSqlServerStage();
	try {
		const { host, port, database, user, password } = stage.address ?? {};
		const where = { host, port, database, user, passwordFrom: 'SHOP_PASSWORD', tls: 'off' };
		const find = (views: object = sample.views) => findingsOf({ engine: 'sqlserver', where, views }, { SHOP_PASSWORD: password ?? '' });
		expect(await find()).toEqual([]);
		await stage.asOwner('create table visitas (id integer primary key, cuando datetimeoffset)', 'grant select on visitas to READER');
		const columns = { id: { type: 'integer' }, cuando: { type: 'timestamp' }, donde: { type: 'text' } };
		expect(await find({ ...sample.views, visitas: { description: { es: 'Visitas', en: 'Visits' }, columns } })).toEqual([
			{ about: 'drift', kind: 'other-type', name: 'visitas.cuando', type: 'timestamptz' },
			{ about: 'drift', kind: 'missing-column', name: 'visitas.donde' },
		]);
		expect(await find()).toEqual([{ about: 'power', kind: 'reads-more', what: ['dbo.visitas'] }]);
	} finally {
		await stage.close();
	}
});
