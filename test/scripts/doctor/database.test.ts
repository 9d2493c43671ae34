import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '#src/database/folder-lock.ts';
import type { ServerFacts } from '#src/database/inspect.ts';
import { startPooler } from '#test/database/own-pooler.ts';
import { asSuperuser, createServerDatabase, openEmbeddedDatabase, openServerDatabase } from '#test/fakes/database.ts';
import { diagnoseDatabase, judgePrivacy, judgeServer } from '../../../scripts/doctor/database.ts';
import { diagnoseEnvironmentFile } from '../../../scripts/doctor/environment-file.ts';
import { nowhere, patience } from './stub-server.ts';

const sound: ServerFacts = {
	version: '16.4',
	major: 16,
	isPooled: false,
	isSuperuser: false,
	ownsDatabase: true,
	help: { start: null, madeRoles: null, tables: 'take over', owner: 'own' },
	pgvector: 'installed',
	chosenEmbeddingModel: null,
	lacksVectorIndex: false,
	knownMigrations: 5,
	pendingMigrations: [],
	newerMigrations: [],
	refusal: null,
	wrongKeyOwner: null,
};

const codes = (facts: Partial<ServerFacts>) => judgeServer('host/db', { ...sound, ...facts }).map(({ code }) => code);

async function emptyDatabase(): Promise<URL> {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	return new URL(url);
}

/** A login of its own, with a password that nobody may see. */
async function loginTo(url: URL, rights: string): Promise<URL> {
	const name = `doctor_${randomUUID().replaceAll('-', '')}`;
	await asSuperuser(`create role ${name} login ${rights} password 'top-secret-word'`);
	const own = new URL(url);
	own.username = name;
	own.password = 'top-secret-word';
	return own;
}

const look = (url: string | URL) => diagnoseDatabase(String(url), tmpdir(), patience());

test('a migrated database is current, and a superuser deserves a look', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	await store.database.queryAsLibrarian(`update ccb_knowledge.vector_use set chosen = 'bge-m3:latest'`);
	const findings = await look(store.settings.url ?? '');
	expect(findings).toContainEqual({ level: 'note', code: 'embedding-model-chosen', model: 'bge-m3:latest' });
	expect(findings).toContainEqual({
		level: 'good',
		code: 'server',
		place: expect.stringMatching(/:\d+\/test_/),
		version: expect.any(String),
	});
	expect(findings).toContainEqual({
		level: 'good',
		code: 'migrations-current',
		count: (await readdir('migrations')).filter((name) => /^\d/.test(name)).length,
	});
	expect(findings).toContainEqual({ level: 'warning', code: 'login-superuser' });
});

test('an empty database waits for the first start, and stays empty', async () => {
	const url = await emptyDatabase();
	const owner = await loginTo(url, 'createrole');
	await asSuperuser(`alter database ${url.pathname.slice(1)} owner to ${owner.username}`);
	const findings = await look(owner);
	expect(findings).toContainEqual({ level: 'good', code: 'login' });
	expect(findings).toContainEqual({ level: 'note', code: 'migrations-pending', names: expect.arrayContaining(['0001-roles']) });
	await asSuperuser(
		`do $$ begin if exists (select from pg_tables where schemaname = 'public') then raise 'a table was made'; end if; end $$`,
		url.href,
	);
});

test('a login that may not migrate is told what it lacks', async () => {
	const findings = await look(await loginTo(await emptyDatabase(), ''));
	expect(findings).toContainEqual({ level: 'bad', code: 'login-weak', statement: expect.stringMatching(/^alter database .* owner to /) });
	expect(JSON.stringify(findings)).not.toContain('top-secret-word');
});

test('a database that a newer version has changed is told, and whether this one may work on', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const url = store.settings.url ?? '';
	await asSuperuser(`insert into migrations (name) values ('9999-future')`, url);
	expect(await look(url)).toContainEqual({ level: 'note', code: 'migrations-newer', names: ['9999-future'] });
	await asSuperuser(`update schema_compatibility set compatible_from = '99.0.0'`, url);
	expect(await look(url)).toContainEqual({ level: 'bad', code: 'schema-newer', version: '99.0.0' });
});

test('a database that was restored without its owners is told, and nothing that would hide it', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const url = store.settings.url ?? '';
	await asSuperuser('alter table ccb_private.proof_key owner to postgres', url);
	const findings = await look(url);
	expect(findings).toContainEqual({ level: 'bad', code: 'restored-without-owners', owner: 'postgres' });
	expect(findings.map(({ code }) => code)).not.toContain('migrations-current');
});

test('migrations that the login may not read are told', async () => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const stranger = await loginTo(new URL(store.settings.url ?? ''), '');
	expect(await look(stranger)).toContainEqual({
		level: 'bad',
		code: 'migrations-unreadable',
		statement: expect.stringContaining('owner to'),
	});
});

test('a database that does not exist is told apart from a server that does not answer', async () => {
	const url = await emptyDatabase();
	url.pathname = '/nowhere';
	const place = `${url.host}/nowhere`;
	expect(await look(url)).toEqual([{ level: 'bad', code: 'server-lacks-database', place, reason: '3D000' }]);
	const { host } = new URL(await nowhere());
	const silent = await look(`postgres://somebody:top-secret-word@${host}/db`);
	expect(silent).toEqual([{ level: 'bad', code: 'server-unreachable', place: `${host}/db`, reason: 'ECONNREFUSED' }]);
});

test.each([
	['session', { level: 'good', code: 'pooler' }],
	['transaction', { level: 'bad', code: 'pooler-lends' }],
	['statement', { level: 'bad', code: 'pooler-lends' }],
] as const)('a pooler that lends for a %s is told', async (mode, finding) => {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	expect(await look(await startPooler(mode, store.settings.url ?? ''))).toContainEqual(finding);
});

test('a login that does not exist is refused', async () => {
	const url = await emptyDatabase();
	url.username = 'nobody_at_all';
	expect(await look(url)).toEqual([
		{ level: 'bad', code: 'server-refuses-login', place: `${url.host}${url.pathname}`, reason: expect.stringMatching(/^28/) },
	]);
});

test('the doctor asks in a session that can change nothing', async () => {
	const url = await emptyDatabase();
	await asSuperuser('create sequence counter', url.href);
	await asSuperuser(`create view migrations as select nextval('counter')::text as name, 1 as id`, url.href);
	expect(await look(url)).toMatchObject([{ code: 'server-unreachable', reason: 'SQLSTATE 25006' }]);
});

test.each([
	['an old server', { major: 14, version: '14.9' }, 'server-old'],
	['a server without pgvector', { pgvector: 'missing' as const }, 'pgvector-missing'],
	['a server with pgvector', { pgvector: 'installed' as const }, 'pgvector'],
	['a server whose many vectors have no index yet', { lacksVectorIndex: true }, 'vector-index-missing'],
	['a server with pgvector that is not in the database', { pgvector: 'available' as const }, 'pgvector-not-created'],
	['roles that the login may not give', { help: { ...sound.help, start: 'grant' } }, 'login-weak'],
	['a pooler that keeps sessions', { isPooled: true }, 'pooler'],
	['a login that owns nothing, before migrating', { ownsDatabase: false, pendingMigrations: ['1'] }, 'login-weak'],
	['a login that owns nothing, where all is done', { ownsDatabase: false }, 'login'],
	['a login that may make no roles', { help: { ...sound.help, madeRoles: 'grant' } }, 'login-makes-no-roles'],
])('%s counts for what it is', (_what, facts, code) => {
	expect(codes(facts)).toContain(code);
});

test('a sound server has nothing but good', () => {
	expect(judgeServer('host/db', sound).map(({ level }) => level)).toEqual(['good', 'good', 'good', 'good']);
});

test('the embedded database is looked at without being opened or made', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	const folder = join(dataFolder, 'postgres');
	expect(await diagnoseDatabase(null, dataFolder, patience())).toEqual([{ level: 'good', code: 'folder-new', folder }]);
	expect(await readdir(dataFolder)).toEqual([]);
	const deeper = await diagnoseDatabase(null, join(dataFolder, 'a/b'), patience());
	expect(deeper).toEqual([{ level: 'good', code: 'folder-new', folder: join(dataFolder, 'a/b/postgres') }]);
});

test('an embedded database in use names the process, and is good again afterwards', async () => {
	const store = await openEmbeddedDatabase();
	const { dataFolder } = store.settings;
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	const folder = join(dataFolder, 'postgres');
	const inUse = { level: 'warning', code: 'folder-in-use', folder, pid: process.pid, host: expect.any(String) };
	expect(await diagnoseDatabase(null, dataFolder, patience())).toEqual([inUse]);
	await store.database.close();
	expect(await diagnoseDatabase(null, dataFolder, patience())).toEqual([{ level: 'good', code: 'folder', folder }]);
});

test('a folder below a file cannot be written', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	const lock = await lockFolder(join(dataFolder, 'file'), dataFolder);
	onTestFinished(() => lock.release());
	const findings = await diagnoseDatabase(null, join(dataFolder, 'file'), patience());
	expect(findings).toEqual([{ level: 'bad', code: 'folder-read-only', folder: join(dataFolder, 'file/postgres') }]);
});

test.each([
	['that is closed', { isOpen: false, isLink: false, isForeign: false }, []],
	['that is not there', null, []],
	['that others can enter', { isOpen: true, isLink: false, isForeign: false }, ['folder-open']],
	['that a link leads to, and others can enter', { isOpen: true, isLink: true, isForeign: false }, ['folder-link-open']],
	['of somebody else', { isOpen: true, isLink: false, isForeign: true }, ['folder-foreign']],
])('a folder %s is told as such', (_which, privacy, expected) => {
	expect(judgePrivacy({ folder: '/data/postgres', privacy }).map(({ code }) => code)).toEqual(expected);
});

test('a folder that others can enter is seen, and left as it is', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	const folder = join(dataFolder, 'postgres');
	await mkdir(folder);
	await chmod(folder, 0o755);
	const open = { level: 'warning', code: 'folder-open', folder };
	expect(await diagnoseDatabase(null, dataFolder, patience())).toEqual([{ level: 'good', code: 'folder-new', folder }, open]);
	expect((await stat(folder)).mode & 0o777).toBe(0o755);
});

test('a folder that others can put another in the place of is warned of', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	await chmod(dataFolder, 0o777);
	const folder = join(dataFolder, 'postgres');
	const replaceable = { level: 'warning', code: 'folder-replaceable', folder, holder: dataFolder };
	expect(await diagnoseDatabase(null, dataFolder, patience())).toEqual([{ level: 'good', code: 'folder-new', folder }, replaceable]);
});

test('settings in a file that others can read are warned of', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const file = join(folder, '.env');
	expect(await diagnoseEnvironmentFile(file)).toEqual([]);
	await writeFile(file, '');
	await chmod(file, 0o640);
	expect(await diagnoseEnvironmentFile(file)).toEqual([{ level: 'warning', code: 'secrets-open', file }]);
	await chmod(file, 0o600);
	expect(await diagnoseEnvironmentFile(file)).toEqual([]);
});
