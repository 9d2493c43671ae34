/** Backups from their making to the same answers on another server, and everything that is refused on the way. */

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { findDatabaseHolder } from '#test/setup/database-holder.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { folderPrefix, type RunningServer } from '#test/setup/server-process.ts';
import { findNewestPostgres } from '../../../scripts/toolchain/newest-postgres.mjs';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';
import type { Prove } from '../https/prove.ts';
import { runToEnd } from '../https/running.ts';
import { createAdministrator } from './administrator.ts';
import { proveEmbedded } from './prove-embedded.ts';
import { proveRefusals } from './prove-refusals.ts';
import { proveTargets } from './prove-targets.ts';
import { proveWays } from './prove-ways.ts';
import { databases, makeDatabase, ownUrl, rowsOf } from './server-databases.ts';
import { openWorkshop, type ToldAnswer, type Workshop } from './workshop.ts';

export async function proveBackup(prove: Prove): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-backup-proof-'));
	await chmod(folder, 0o711);
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('there is no PostgreSQL server on this machine');
	const first = await startPostgres(programs, findDatabaseHolder(folderPrefix('data')));
	const workshop = await openWorkshop();
	try {
		await prove('shell scripts have no known mistakes', async () => {
			const files = [
				'scripts/backup.sh',
				'scripts/restore.sh',
				...(await readdir('scripts/backup/parts')).map((name) => `scripts/backup/parts/${name}`),
			];
			const { code, output } = await runToEnd('shellcheck', ['--exclude=SC1090,SC1091,SC2154', ...files]);
			assert.equal(code, 0, output);
		});
		await prove('pgBackRest takes the configuration that is offered', async () => {
			const repository = { PGBACKREST_REPO1_PATH: folder, PGBACKREST_REPO1_CIPHER_PASS: 'anything' };
			const { code, output } = await runToEnd(
				'pgbackrest',
				[`--config=${resolve('scripts/backup/pgbackrest.conf')}`, '--stanza=openccb', 'info'],
				repository,
			);
			assert.equal(code, 0, output);
			assert.doesNotMatch(output, /WARN|ERROR/);
		});
		const url = await makeDatabase(first.url);
		const answer = await proveServer({ first, url, folder, workshop, prove });
		const newest = findNewestPostgres();
		const others = [['another server of the same version', programs], ...(newest === null ? [] : [['PostgreSQL 18', newest]])] as [
			string,
			string,
		][];
		for (const [name, other] of others) await proveElsewhere({ name, programs: other, answer, folder, workshop, prove });
		await proveWays({ server: first.url, dataFolder: join(folder, 'data'), folder, prove });
		await proveTargets({ url, folder, prove });
		await proveEmbedded({ folder, workshop, target: first.url, prove });
	} finally {
		await workshop.close();
		await first.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

interface ServerParts {
	first: RunningServer;
	url: string;
	folder: string;
	workshop: Workshop;
	prove: Prove;
}

async function proveServer({ first, url, folder, workshop, prove }: ServerParts): Promise<ToldAnswer> {
	const dataFolder = join(folder, 'data');
	const administrator = await createAdministrator({ folder: join(folder, 'administrator'), url, dataFolder });
	await workshop.start({ url, dataFolder });
	await workshop.share();
	const answer = await workshop.ask('owner');
	assert.deepEqual(answer.sources, ['manual.pdf']);
	await prove('a backup is made while people talk, opened and read, and leaves nothing but itself and its signs', async () => {
		const { code, output } = await administrator.backup();
		assert.equal(code, 0, output);
		assert.match(output, /reading in it\.\nDone: .*\.tar\.age \(\d+ kB\); 1 are there\./);
		assert.deepEqual(await databases(first.url), ['openccb', 'postgres']);
		assert.deepEqual(await administrator.leftovers(), []);
		const signs = await administrator.signs();
		for (const name of ['last_success_timestamp_seconds', 'last_verified_timestamp_seconds', 'size_bytes'])
			assert.ok((signs.get(`openccb_backup_${name}`) ?? 0) > 0, name);
	});
	await prove('the role that reads all rows changes none', async () => {
		const client = new Client({ connectionString: first.url.replace(/postgres$/, 'openccb') });
		await client.connect();
		await client.query('set role openccb_backup');
		assert.notEqual((await client.query('select content from messages')).rows.length, 0);
		for (const statement of ["update messages set content = ''", 'delete from users', 'create table mine (x int)', 'create role mine'])
			await assert.rejects(client.query(statement), /permission denied/, statement);
		await client.end();
		const may = `select rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication
			or exists (select from pg_auth_members where member = role.oid and roleid <> 'pg_read_all_data'::regrole) as "mayMore"
			from pg_roles as role where rolname = 'openccb_backup'`;
		assert.deepEqual(await rowsOf(first.url, may), [{ mayMore: false }]);
	});
	await proveRefusals({ administrator, server: first.url, folder, prove });
	await prove('a restore replaces what is there, and --back puts that back', async () => {
		const before = await conversation(first.url);
		await workshop.ask('owner');
		const after = await conversation(first.url);
		assert.notDeepEqual(after, before);
		await workshop.stop();
		const restored = await administrator.restore(['latest', '--yes', '--replace']);
		assert.equal(restored.code, 0, restored.output);
		assert.match(restored.output, /--back puts it back.*\nRestored: the bot as it was on .*Start it: npm start\./);
		assert.deepEqual(await conversation(first.url), before);
		const back = await administrator.restore(['--back']);
		assert.equal(back.code, 0, back.output);
		assert.deepEqual(await conversation(first.url), after);
		assert.deepEqual(await databases(first.url), ['openccb', 'postgres']);
	});
	return answer;
}

interface ElsewhereParts {
	name: string;
	/** Where its programs lie. */
	programs: string;
	/** What the owner was told before all was lost. */
	answer: ToldAnswer;
	folder: string;
	workshop: Workshop;
	prove: Prove;
}

/** The whole server is gone, with its roles; only backup, key and settings are left. */
async function proveElsewhere({ name, programs, answer, folder, workshop, prove }: ElsewhereParts): Promise<void> {
	const server = await startPostgres(programs, findDatabaseHolder(folderPrefix('data')));
	const dataFolder = await mkdtemp(join(folder, 'data-'));
	const url = ownUrl(server.url);
	const backup = await newestBackup(join(folder, 'administrator'));
	const administrator = await createAdministrator({ folder: await mkdtemp(join(folder, 'elsewhere-')), url, dataFolder });
	try {
		await prove(`on ${name}, without any role of ours, the owner gets the same answer again and the colleague still does not`, async () => {
			const { code, output } = await administrator.restore([backup, '--yes', '--identity', join(folder, 'administrator/identity')]);
			assert.equal(code, 0, output);
			assert.deepEqual(await databases(server.url), ['openccb', 'postgres']);
			const program = await workshop.start({ url, dataFolder });
			assert.deepEqual(await workshop.ask('owner'), answer);
			assert.deepEqual((await workshop.ask('colleague')).sources, []);
			assert.doesNotMatch(program.output(), /superuser|"level":"(?:error|fatal)"/);
			await workshop.stop();
		});
	} finally {
		await workshop.stop();
		await server.stop();
	}
}

async function newestBackup(folder: string): Promise<string> {
	const names = (await readdir(join(folder, 'target'))).filter((name) => name.endsWith('.age')).toSorted();
	return join(folder, 'target', names.at(-1) ?? '');
}

/** All that was said, as nobody but the server's administrator sees it. */
async function conversation(url: string): Promise<string[]> {
	const rows = await rowsOf(url.replace(/postgres$/, 'openccb'), 'select id::text || content as name from messages order by sequence');
	return rows.map(({ name }) => String(name));
}
