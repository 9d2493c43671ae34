/** Who may use what of which connector, and questions to it, over the sample company in SQLite. */

import { randomUUID } from 'node:crypto';
import { appendFile, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '#src/clock.ts';
import type { Connectors, UsableConnector } from '#src/connectors/connectors.ts';
import { createConnectors } from '#src/connectors/create-connectors.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { writeCompanyFile } from './company/open-company.ts';

let folder: string;
let connectors: Connectors;
const signal = new AbortController().signal;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'openccb-connectors-'));
	writeCompanyFile(join(folder, 'company.sqlite'));
	await copyFile(join(projectFolder, 'test/connectors/company/company.yaml'), join(folder, 'company.yaml'));
	await writeFile(join(folder, 'broken.yaml'), 'version: 1');
	connectors = createConnectors({ folder, environment: {}, clock: systemClock });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function viewsOf(usable: readonly UsableConnector[]) {
	return usable.map(({ name, bounds, questions }) => [name, bounds.relations.map((view) => view.name), questions]);
}

it('gives each role its own views, and the named questions that read only them', async () => {
	const employee = ['almacen', ['almacenes', 'productos', 'existencias'], ['unidades-en-almacen']];
	expect(viewsOf(await connectors.usableBy('ccb_employee'))).toEqual([employee]);
	expect(viewsOf(await connectors.usableBy('ccb_sales', ['ccb_employee']))).toEqual([employee]);
	expect((await connectors.usableBy('ccb_sales'))[0]?.bounds.relations).toHaveLength(6);
});

it('gives nothing where one reader may use nothing', async () => {
	expect(await connectors.usableBy('ccb_guest')).toEqual([]);
	expect(await connectors.usableBy('ccb_sales', ['ccb_employee', 'ccb_guest'])).toEqual([]);
	expect(await createConnectors({ folder: null, environment: {}, clock: systemClock }).usableBy('ccb_sales')).toEqual([]);
});

it('asks what the guard printed, and tells how it went', async () => {
	const [connector] = await connectors.usableBy('ccb_employee');
	if (connector === undefined) throw new Error('no connector');
	const printed = await guardStatement('select ciudad from almacenes order by id', connector.bounds);
	if (printed.verdict !== 'printed') throw new Error(printed.what);
	const answer = await connectors.ask(connector, printed, { askerId: randomUUID(), identity: null, signal });
	expect(answer).toMatchObject({ cutBy: null, login: null, cost: null, bytes: 38, resultHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
	expect(answer.rows.slice(0, 2)).toEqual([['Valencia'], ['Sevilla']]);
});

it('takes a change of a file at once', async () => {
	const [before] = await connectors.usableBy('ccb_employee');
	await appendFile(join(folder, 'company.yaml'), '  people: { views: [productos] }\n');
	expect(viewsOf(await connectors.usableBy('ccb_people'))).toEqual([['almacen', ['productos'], []]]);
	expect((await connectors.usableBy('ccb_employee'))[0]?.revision).not.toBe(before?.revision);
});
