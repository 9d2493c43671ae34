import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { boundsFor } from '#src/connectors/catalogue/bounds-for.ts';
import { catalogueJsonSchema } from '#src/connectors/catalogue/catalogue-file.ts';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';

const sample = await readFile(join(projectFolder, 'test/connectors/company/company.yaml'), 'utf8');

function problemsOf(text: string) {
	const reading = readCatalogue(text);
	return 'problems' in reading ? reading.problems : [];
}

/** The sample with one thing changed. */
function changed(from: string, to: string): string {
	expect(sample).toContain(from);
	return sample.replace(from, to);
}

it('reads the sample company, and gives every text a revision of its own', () => {
	const reading = readCatalogue(sample);
	if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
	expect(reading.catalogue).toMatchObject({ connector: 'almacen', limits: { rows: 1_000, statementMs: 10_000 } });
	expect(readCatalogue(`${sample}\n`)).not.toMatchObject({ revision: reading.revision });
});

it.each([
	['version: 1', 'version: 2', [{ path: 'version', kind: 'invalid', expected: '1' }]],
	[
		'engine: sqlite',
		'engine: oracle',
		[{ path: 'engine', kind: 'invalid', expected: 'postgresql | sqlserver | mariadb | mysql | sqlite' }],
	],
	[
		'connector: almacen',
		'conector: almacen',
		[
			{ path: 'connector', kind: 'missing' },
			{ path: 'conector', kind: 'unknown-key' },
		],
	],
	['file: company.sqlite', 'file: company.sqlite, password: s3cret', [{ path: 'where.password', kind: 'unknown-key' }]],
	['timeZone: Europe/Madrid', 'timeZone: Europe/Atlantis', [{ path: 'timeZone', kind: 'invalid', expected: 'custom' }]],
	['es: Superficie,', "es: '',", [{ path: 'views.almacenes.columns.metros.description.es', kind: 'missing' }]],
	['metros: { type: integer,', 'metros: { type: int4,', [{ path: 'views.almacenes.columns.metros.type', kind: 'invalid' }]],
	['key: [almacen_id, producto_id]', 'key: [almacen, producto_id]', [{ path: 'views.existencias.key.0', kind: 'unknown-column' }]],
	['to: almacenes, toColumns', 'to: naves, toColumns', [{ path: 'views.existencias.references.0.to', kind: 'unknown-view' }]],
	['toColumns: [id] }', 'toColumns: [id, ciudad] }', [{ path: 'views.existencias.references.0.toColumns', kind: 'uneven-columns' }]],
	['a.ciudad = :ciudad', "a.ciudad = ':ciudad'", [{ path: 'questions.unidades-en-almacen.parameters.ciudad', kind: 'unused-parameter' }]],
	[
		'= :familia',
		'= :clase',
		[{ path: 'questions.unidades-en-almacen.parameters.clase', kind: 'unknown-parameter' }, { kind: 'unused-parameter' }],
	],
	[
		'lookup: productos.familia',
		'lookup: productos.clase',
		[{ path: 'questions.unidades-en-almacen.parameters.familia.lookup', kind: 'unknown-column' }],
	],
	['views: [almacenes, productos', 'views: [nominas, productos', [{ path: 'roles.employee.views.0', kind: 'unknown-view' }]],
	['engine: sqlite', 'engine: sqlite\nengine: sqlite', [{ path: '', kind: 'unreadable', line: 6 }]],
])('says where and what: %s → %s', (from, to, problems) => {
	expect(problemsOf(changed(from, to))).toMatchObject(problems);
});

it('takes no password, only the name of a variable', () => {
	const server = 'engine: mariadb\nwhere: { host: db, database: shop, user: reader, passwordFrom: hunter2 }';
	const problems = problemsOf(changed('engine: sqlite\nwhere: { file: company.sqlite }', server));
	expect(problems).toMatchObject([{ path: 'where.passwordFrom', kind: 'invalid' }]);
	expect(JSON.stringify(problems)).not.toContain('hunter2');
});

it('lets no small file become an endless one', () => {
	const bomb = `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]`;
	expect(problemsOf(bomb)).toMatchObject([{ kind: 'unreadable' }]);
});

it('gives editors a schema that takes the sample and refuses what the program refuses', () => {
	const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(catalogueJsonSchema());
	expect(validate(parse(sample))).toBe(true);
	expect(validate(parse(changed('engine: sqlite', 'engine: oracle')))).toBe(false);
	expect(validate(parse(changed('file: company.sqlite', 'file: company.sqlite, password: x')))).toBe(false);
});

it('takes a SQL Server, whose planner counts in other numbers', () => {
	const where = 'where: { host: db.example.com, database: company, user: reader }';
	const reading = readCatalogue(changed('engine: sqlite', 'engine: sqlserver').replace(/^where: .*$/m, where));
	if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
	expect(reading.catalogue).toMatchObject({ where: { schema: 'dbo', tls: 'verify' }, limits: { cost: 1_000, rows: 1_000 } });
	expect(boundsFor(reading.catalogue, 'employee', new Date())).toMatchObject({
		dialect: 'sqlserver',
		relations: [{ schema: 'dbo' }, {}, {}],
	});
});

it('gives each role its views, and of those only the references that stay among them', () => {
	const reading = readCatalogue(sample);
	if ('problems' in reading) throw new Error('unreadable');
	const now = new Date('2026-03-01T23:30:00Z');
	const bounds = boundsFor(reading.catalogue, 'employee', now);
	expect(bounds).toMatchObject({ dialect: 'sqlite', maxRows: 1_000, now: '2026-03-02 00:30:00' });
	expect(bounds?.relations.map(({ name }) => name)).toEqual(['almacenes', 'productos', 'existencias']);
	expect(boundsFor(reading.catalogue, 'sales', now)?.relations).toHaveLength(6);
	expect(boundsFor(reading.catalogue, 'guest', now)).toBeNull();
	expect(boundsFor(reading.catalogue, 'constructor', now)).toBeNull();
});
