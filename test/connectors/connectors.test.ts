/** From a file in the folder to a question that was asked and written down, over the sample company in SQLite. */

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnectorOrders } from '#src/administration/connector-orders.ts';
import { systemClock } from '#src/clock.ts';
import { sqlCommand } from '#src/commands/sql.ts';
import { createCompanyData } from '#src/connectors/company-data/company-data.ts';
import type { Connectors, UsableConnector } from '#src/connectors/connectors.ts';
import { type ConnectorsRoom, createConnectors } from '#src/connectors/create-connectors.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createAddressBook } from '#src/identity/address-book.ts';
import type { Person } from '#src/identity/person.ts';
import { silentLogger } from '#src/log.ts';
import { type Company, foundCompany } from '#test/administration/company.ts';
import { placeOfKind, runCommand } from '#test/commands/command-scene.ts';
import { questionIn, say as sayThere } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createFakeLimits } from '#test/fakes/limits.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { writeCompanyFile } from './company/open-company.ts';

const signal = new AbortController().signal;
const platform = createFakePlatform();
let folder: string;
let store: TestDatabase;
let company: Company;
let room: ConnectorsRoom;
let connectors: Connectors;
let ana: Principal;
/** Of hers. */
let questionId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'openccb-connectors-'));
	writeCompanyFile(join(folder, 'company.sqlite'));
	await copyFile(join(projectFolder, 'test/connectors/company/company.yaml'), join(folder, 'company.yaml'));
	await writeFile(join(folder, 'broken.yaml'), 'version: 1');
	store = await openEmbeddedDatabase();
	company = await foundCompany(store.database);
	ana = { userId: await company.enter('fake:T:ana', { role: 'ccb_employee' }), role: 'ccb_employee' };
	({ questionId } = await sayThere(store.database, ana as Person, questionIn(placeOfKind('direct'), '1'), ''));
	const everything = { database: store.database, clock: systemClock, logger: silentLogger, language: 'en' } as const;
	room = createConnectors({ ...everything, folder, environment: {}, platforms: new Map([['slack', platform]]), pacers: unpaced });
	connectors = room.connectors;
});
afterAll(async () => {
	await store.close();
	await rm(folder, { recursive: true, force: true });
});

/** What `/ccb sql …` answers. */
async function say(typed: string, principal: Principal = company.admin): Promise<string> {
	const { database } = store;
	const person: Person = { ...principal, identityId: '', displayName: 'Ana', locale: null, standing: 'member', limits: {} };
	const { identityId: _none, ...asker } = person;
	return await runCommand(sqlCommand, typed, {
		person: asker as Person,
		questionId,
		services: {
			connectors,
			queryLog: room.log,
			companyData: createCompanyData({
				...{ connectors, clock: systemClock, logger: silentLogger, addresses: createAddressBook(database) },
				...{ models: createFakeModelPool(), limits: createFakeLimits() },
				memberships: { audienceOf: () => Promise.reject(new Error('nobody reads along')) },
				readerRoles: { of: async () => [] },
			}),
			connectorOrders: createConnectorOrders({ database, operations: room.operations, mayAudit: true }),
		},
	});
}

function viewsOf(usable: readonly UsableConnector[]) {
	return usable.map(({ name, bounds, questions }) => [name, bounds.relations.map((view) => view.name), questions]);
}

async function ask(connector: UsableConnector | undefined, statement: string) {
	if (connector === undefined) throw new Error('no connector');
	const printed = await guardStatement(statement, connector.bounds);
	if (printed.verdict !== 'printed') throw new Error(printed.what);
	return await connectors.ask(connector, printed, { askerId: ana.userId, identity: null, signal });
}

const file = () => join(folder, 'company.yaml');

it('uses nothing that is not added, tested and approved', async () => {
	expect(await connectors.usableBy('ccb_employee')).toEqual([]);
	expect(await say('list')).toMatch(/almacen.*new file[\s\S]*broken\.yaml.*cannot be read/);
	expect(await say('test almacen')).toContain('not known yet');
	expect(await say('approve almacen')).toContain('not known yet');
	expect(await say('add nothing')).toContain('no file');
	expect(await say('add almacen')).toContain('sql test almacen');
	expect(await say('approve almacen')).toContain('has to pass the test');
	expect(await say('test almacen')).toContain('It passed');
	expect(await connectors.usableBy('ccb_employee')).toEqual([]);
	expect(await say('approve almacen')).toContain('in use from now on');
	expect(
		(await company.entries()).filter(({ action }) => action.startsWith('sql')).map(({ action, outcome }) => [action, outcome]),
	).toEqual([
		['sql add', 'done'],
		['sql approve', 'refused'],
		['sql test', 'done'],
		['sql approve', 'done'],
	]);
});

it('gives each role its own views, and the named questions that read only them', async () => {
	const employee = ['almacen', ['almacenes', 'productos', 'existencias'], ['unidades-en-almacen']];
	expect(viewsOf(await connectors.usableBy('ccb_employee'))).toEqual([employee]);
	expect(viewsOf(await connectors.usableBy('ccb_sales', ['ccb_employee']))).toEqual([employee]);
	expect((await connectors.usableBy('ccb_sales'))[0]?.bounds.relations).toHaveLength(6);
});

it('gives nothing where one reader may use nothing', async () => {
	expect(await connectors.usableBy('ccb_guest')).toEqual([]);
	expect(await connectors.usableBy('ccb_sales', ['ccb_employee', 'ccb_guest'])).toEqual([]);
});

it('asks what the guard printed, and tells how it went', async () => {
	const [connector] = await connectors.usableBy('ccb_employee');
	const answer = await ask(connector, 'select ciudad from almacenes order by id');
	expect(answer).toMatchObject({ cutBy: null, login: null, cost: null, bytes: 38, resultHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
	expect(answer.rows.slice(0, 2)).toEqual([['Valencia'], ['Sevilla']]);
});

it('answers a saved question, and writes down everything but values of the result', async () => {
	expect(await say('list', ana)).toContain('unidades-en-almacen');
	expect(await say('named', ana)).toMatch(/almacen\/unidades-en-almacen.*familia, ciudad/);
	expect(await say('ask unidades-en-almacen familia=bomba', ana)).toContain('“ciudad”');
	const said = await say('ask unidades-en-almacen familia=bomba ciudad="A Coruña"', ana);
	expect(said).toMatch(
		/\(familia: bomba, ciudad: A Coruña\): \*\*\d+\*\*\n\n\| unidades \|\n.*\n.*\n\n> 1 row · data of .* · verified question “unidades-en-almacen”$/,
	);
	const why = await say('why', ana);
	expect(why).toContain('saved question “unidades-en-almacen”');
	expect(why).toContain("'A Coruña'");
	expect(await say('log', ana)).toContain('answered');
	const [row] = await company.rows<{ row: string }>('select count(*)::text as row from connector_queries');
	expect(row).toEqual({ row: '0' });
});

it('shows an administrator what somebody asked once they have said why, and that is written down', async () => {
	expect(await say('log fake:T:ana')).toContain('why you look');
	expect(await say('log fake:T:ana complaint of May')).toContain('unidades-en-almacen');
	expect((await company.entries()).at(-1)).toMatchObject({ action: 'audit', subjectUserId: ana.userId, details: { of: 'sql' } });
	expect(await say('log fake:T:ana complaint of May', ana)).toContain('Administrators alone');
});

it('says the same of what there is not and of what is not for whoever asks', async () => {
	const guest: Principal = { ...ana, role: 'ccb_guest' };
	const hidden = await say('ask unidades-en-almacen familia=bomba ciudad=Valencia', guest);
	expect(hidden.replaceAll('unidades-en-almacen', 'x')).toBe((await say('ask nada', ana)).replaceAll('nada', 'x'));
	expect((await say('named almacen', guest)).replaceAll('almacen', 'x')).toBe((await say('named nada', ana)).replaceAll('nada', 'x'));
	expect(await say('list', guest)).not.toContain('almacen');
	for (const order of ['add', 'test', 'approve', 'revoke']) {
		expect(await say(`${order} almacen`, ana)).toBe(await say(`${order} nada`, ana));
	}
});

it('lets the database say, too, that administrators alone decide', async () => {
	const orders = createConnectorOrders({ database: store.database, operations: room.operations, mayAudit: true });
	for (const act of [orders.add, orders.approve, orders.revoke, orders.list]) {
		await expect(act(ana, 'almacen')).rejects.toMatchObject({ code: 'FORBIDDEN' });
	}
});

it('forgets the statement of a question that was taken back', async () => {
	const place = placeOfKind('direct');
	const entry = { questionId: null, place, connector: 'almacen', revision: 'x', role: 'employee', named: null, model: 'm' } as const;
	const id = await connectors.record(ana, { ...entry, sql: 'select 1', decision: 'answered', reason: null, answer: null });
	const change = (sql: string) => store.database.asUser(ana, ({ query }) => query(sql, [id]));
	await expect(change("update connector_queries set sql = 'select 2' where id = $1")).rejects.toMatchObject({ code: 'FORBIDDEN' });
	await expect(change("update connector_queries set decision = 'refused' where id = $1")).rejects.toMatchObject({ code: 'FORBIDDEN' });
	await change('update connector_queries set sql = null where id = $1');
	expect((await room.log.own(ana, 1))[0]).toMatchObject({ id, sql: null, model: 'm' });
});

it('switches off what is not as the file says any more, and tells administrators once', async () => {
	const [check] = room.jobDefinitions;
	const lastPlace = JSON.stringify({ ...placeOfKind('direct'), channelId: 'D' });
	await store.database.queryAsRegistrar("update identities set last_place = $1 where account_id = 'UADMIN'", [lastPlace]);
	const [before] = await connectors.usableBy('ccb_employee');
	const database = new DatabaseSync(join(folder, 'company.sqlite'));
	database.exec('alter table productos rename column familia to clase');
	await check?.run({}, createFakeJobContext());
	await check?.run({}, createFakeJobContext());
	expect(platform.privately).toMatchObject([
		{ accountId: 'UADMIN', text: expect.stringContaining('not as its file says any more: productos') },
	]);
	expect(viewsOf(await connectors.usableBy('ccb_employee'))).toEqual([['almacen', ['almacenes', 'existencias'], []]]);
	await expect(ask(before, 'select familia from productos')).rejects.toMatchObject({ code: 'FORBIDDEN' });
	expect(await say('list')).toContain('in use, without productos');
	database.exec('alter table productos rename column clase to familia');
	database.close();
	await check?.run({}, createFakeJobContext());
	expect((await connectors.usableBy('ccb_employee'))[0]?.bounds.relations).toHaveLength(3);
});

it('does not use a file that has changed until it is approved again', async () => {
	const [before] = await connectors.usableBy('ccb_employee');
	await writeFile(file(), `${await readFile(file(), 'utf8')}  people: { views: [productos] }\n`);
	expect(await connectors.usableBy('ccb_people')).toEqual([]);
	expect(await connectors.usableBy('ccb_employee')).toEqual([]);
	expect(await say('list')).toContain('changed since it was approved');
	expect(await say('approve almacen')).toContain('has to pass the test');
	await say('test almacen');
	await say('approve almacen');
	expect(viewsOf(await connectors.usableBy('ccb_people'))).toEqual([['almacen', ['productos'], []]]);
	await expect(ask(before, 'select ciudad from almacenes')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('does not use what was taken back, not even for what was printed before', async () => {
	const [before] = await connectors.usableBy('ccb_employee');
	expect(await say('revoke almacen')).toContain('not in use any more');
	expect(await say('revoke almacen')).toContain('is not in use.');
	expect(await connectors.usableBy('ccb_employee')).toEqual([]);
	await expect(ask(before, 'select ciudad from almacenes')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
