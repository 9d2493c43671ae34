/** `npm run connectors` as a process, over the sample company in a file. */

import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { writeCompanyFile } from '../../connectors/company/open-company.ts';

let folder: string;
let file: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'openccb-connectors-'));
	file = join(folder, 'almacen.yaml');
	writeCompanyFile(join(folder, 'company.sqlite'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(
	words: string[],
	environment: Record<string, string> = {},
	input = '',
): Promise<{ code: number; output: string; complaints: string }> {
	const program = [join(projectFolder, 'scripts/connectors/main.ts'), ...words];
	return new Promise((resolve) => {
		const child = execFile(process.execPath, program, { env: { ...environment } }, (_error, output, complaints) =>
			resolve({ code: child.exitCode ?? 1, output, complaints }),
		);
		child.stdin?.end(input);
	});
}

it('tests a connector that is in order', async () => {
	await copyFile(join(projectFolder, 'test/connectors/company/company.yaml'), file);
	expect(await run(['test', file])).toMatchObject({ code: 0, output: expect.stringContaining('can do nothing else'), complaints: '' });
});

it('answers statements line by line: printed and run, or refused by name', async () => {
	await copyFile(join(projectFolder, 'test/connectors/company/company.yaml'), file);
	const statements = [
		{ id: 1, sql: "select metros from almacenes where ciudad = 'Valencia'" },
		{ id: 'b', sql: 'delete from almacenes' },
		{ id: 3, sql: 'select salario from nominas' },
		{ id: 4, sql: 'select count(*) from clientes' },
		{ id: 5, sql: "select upper(ciudad), round(count(*) * 1.005, 2) from almacenes where lower(ciudad) like '%ñ%' group by ciudad" },
	];
	const input = [...statements.map((statement) => JSON.stringify(statement)), 'nothing'].join('\n');
	const { code, output } = await run(['check', file, '--run', '--role', 'employee'], {}, input);
	expect(code).toBe(0);
	const answers = output
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(answers).toMatchObject([
		{ id: 1, verdict: 'printed', reason: null, sql: expect.stringContaining('"metros"'), ms: expect.any(Number), rows: [['800']] },
		{ id: 'b', verdict: 'refused', reason: 'statement-kind: DeleteStmt', sql: null },
		{ id: 3, verdict: 'refused', reason: 'unknown-relation: nominas' },
		// Sales may read it, and employees may not.
		{ id: 4, verdict: 'refused', reason: 'unknown-relation: clientes' },
		{ id: 5, verdict: 'printed', rows: [['A CORUÑA', '1.01']] },
		{ id: null, verdict: 'refused' },
	]);
	expect(await run(['check', file, '--role', 'guest'])).toMatchObject({ code: 1, complaints: expect.stringContaining('guest') });
});

it('says what has drifted, in the language that was asked for, and ends with 1', async () => {
	const text = await readFile(join(projectFolder, 'test/connectors/company/company.yaml'), 'utf8');
	await writeFile(file, text.replace('metros: {', 'superficie: {').replace('fecha: { type: date', 'fecha: { type: integer'));
	const { code, complaints } = await run(['test', file], { OPENCCB_LANGUAGE: 'es' });
	expect(code).toBe(1);
	expect(complaints).toContain('La columna almacenes.superficie no está');
	expect(complaints).toContain('La columna pedidos.fecha es date en la base de datos');
	expect(complaints).toContain('2 cosas que arreglar.');
});

it('drafts the views of a database, keeps what was written, and leaves the rest to a person', async () => {
	const head =
		'# ours\nversion: 1\nconnector: almacen\ntitle: { es: Almacén, en: Stock }\nengine: sqlite\nwhere: { file: company.sqlite }\n';
	await writeFile(file, head);
	expect(await run(['draft', file])).toMatchObject({ code: 0 });
	const drafted = await readFile(file, 'utf8');
	expect(drafted).toMatch(/^# ours\n/);
	expect(parse(drafted).views.productos).toMatchObject({
		description: { es: '', en: '' },
		key: ['id'],
		columns: { precio: { type: 'decimal' } },
	});
	const { code, complaints } = await run(['test', file]);
	expect(code).toBe(1);
	expect(complaints).toContain('views.productos.description.es: is missing. Write it.');
});

it('says how it is called, and which file cannot be read', async () => {
	expect(await run(['drop', file])).toMatchObject({ code: 1, complaints: expect.stringContaining('npm run connectors -- check FILE') });
	expect(await run(['test', join(folder, 'none.yaml')])).toMatchObject({
		code: 1,
		complaints: expect.stringContaining('none.yaml cannot be read'),
	});
});
