/** Updates over ssh: with people who go on asking, of versions that are no good, twice at once, and without whoever began them. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '#test/e2e/eventually.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { startRedis } from '#test/setup/redis-server.ts';
import { findPostgresPrograms, findRedisServer } from '../../../scripts/toolchain/system-parts.mjs';
import type { Prove } from '../https/prove.ts';
import { runToEnd } from '../https/running.ts';
import { type Company, startCompany } from './company.ts';
import { type RemoteServer, startRemoteServer } from './remote-server.ts';
import { type VersionName, writeVersion } from './versions.ts';

/** What somebody waits for who sees that the new version is no good. */
const backWithinMs = 60_000;
const worstWaitMs = 5_000;

export async function proveDeploy(prove: Prove): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-deploy-'));
	await chmod(folder, 0o755);
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('there is no PostgreSQL server on this machine');
	// Processes that share a workspace share what it lets an app say in a minute.
	const [postgres, redis, company] = await Promise.all([
		startPostgres(programs),
		startRedis(findRedisServer() ?? 'redis-server'),
		startCompany(),
	]);
	try {
		await proveHalves(prove);
		const server = await startRemoteServer({
			folder,
			sources: await writeVersion('old', folder),
			environment: { ...company.environment, REDIS_URL: redis.url, OPENCCB_DRAIN_SECONDS: '1' },
			databaseUrl: await makeDatabase(postgres.url),
		});
		const deploy = deployTo(server, folder);
		await proveRefusals({ server, deploy, folder, prove });
		await proveBadVersions({ server, company, deploy, prove });
		await proveUpdate({ server, company, deploy, prove });
		await server.close();
		await proveEmbedded(company, folder, prove);
	} finally {
		await Promise.all([postgres.stop(), redis.stop(), company.close()]);
		await rm(folder, { recursive: true, force: true });
	}
}

function deployTo({ address }: RemoteServer, folder: string): Deploy {
	return async (version, ...words) => {
		const laptop = await writeVersion(version, folder);
		return await runToEnd(join(laptop, 'scripts/ssh_deploy.sh'), [...address, '--yes', '--lang', 'en', ...words]);
	};
}

async function proveHalves(prove: Prove): Promise<void> {
	for (const half of ['client', 'server']) {
		await prove(`the half of an update that is the ${half}'s, with stand-ins`, async () => {
			const { code, output } = await runToEnd('bats', [`test/operations/deploy/${half}.bats`]);
			assert.equal(code, 0, output);
		});
	}
}

type Deploy = (version: VersionName, ...words: string[]) => Promise<{ code: number; output: string }>;

async function proveRefusals({
	server,
	deploy,
	folder,
	prove,
}: {
	server: RemoteServer;
	deploy: Deploy;
	folder: string;
	prove: Prove;
}): Promise<void> {
	await prove('says what it would do, and does nothing', async () => {
		const { code, output } = await deploy('good', '--dry-run');
		assert.equal(code, 0, output);
		assert.match(output, /from 0\.0\.1-old to .*\n.*somebody answers all the time.*\nThat was a rehearsal/s);
		assert.deepEqual(await readdir(server.file('opt/openccb/releases')), ['0.0.1-old']);
	});
	await prove('says nothing to a server with another key, or an unknown one', async () => {
		const strange = join(folder, 'strange_hosts');
		const known = (await readFile(join(folder, 'known_hosts'), 'utf8')).split(' ').slice(0, 2).join(' ');
		await writeFile(strange, `${known} ${(await readFile(join(folder, 'key.pub'), 'utf8')).split(' ')[1]}\n`);
		assert.match((await deploy('good', '--known-hosts', strange)).output, /the key of root@127\.0\.0\.1 is not the known one/);
		await writeFile(strange, '');
		const { code, output } = await deploy('good', '--known-hosts', strange);
		assert.equal(code, 1);
		assert.match(output, /the key of root@127\.0\.0\.1 is not known here/);
	});
}

async function proveBadVersions({
	server,
	company,
	deploy,
	prove,
}: {
	server: RemoteServer;
	company: Company;
	deploy: Deploy;
	prove: Prove;
}): Promise<void> {
	// One that hangs shows it at once; others must have started first.
	const bad: [VersionName, RegExp, patience?: string][] = [
		['crashes at its start', /ended by itself/],
		['hangs', /takes no messages in/, '5'],
		['never answers', /did not answer a question/, '20'],
		['answers something else', /answered something else/],
		['loses memory', /too much memory/],
		['migrates badly', /the migration stopped/],
	];
	for (const [version, words, patience = '40'] of bad) {
		await prove(`a version that ${version} is gone within a minute, and the old one has never stopped answering`, async () => {
			const pid = await server.systemctl('show', '--property', 'MainPID', 'openccb.service');
			const beganAtMs = performance.now();
			const { code, output } = await deploy(version, '--patience', patience);
			assert.equal(code, 1, output);
			assert.match(
				output.trimEnd().split('\n').at(-1) ?? '',
				new RegExp(`^Failed at step .*${words.source}.*0\\.0\\.1-old is in its place and answers`),
			);
			assert.ok(performance.now() - beganAtMs < backWithinMs);
			assert.equal(await server.systemctl('show', '--property', 'MainPID', 'openccb.service'), pid);
			assert.equal(await server.systemctl('show', '--property', 'MainPID', 'openccb-next.service'), '0');
			assert.match(await company.ask(), /Answered/);
		});
	}
}

async function proveUpdate({
	server,
	company,
	deploy,
	prove,
}: {
	server: RemoteServer;
	company: Company;
	deploy: Deploy;
	prove: Prove;
}): Promise<void> {
	await prove('a good version takes its place while people go on asking; nothing is lost, nothing answered twice', async () => {
		const asking = company.beginAsking();
		const { code, output } = await deploy('good');
		const { asked, lost, doubled, worstWaitMs: worst } = await asking.end();
		process.stdout.write(`  ${asked} questions, ${lost} lost, ${doubled} answered twice, longest wait ${(worst / 1_000).toFixed(1)} s\n`);
		assert.equal(code, 0, output);
		assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 });
		assert.ok(worst <= worstWaitMs, `longest wait ${worst} ms`);
		assert.notEqual(await server.currentRelease(), '0.0.1-old');
	});
	await prove('the same version again is nothing to do', async () => {
		assert.match((await deploy('good')).output, /Nothing to do/);
	});
	await prove('whoever began it may go, and a second one is told to wait', async () => {
		const updated = await server.currentRelease();
		const laptop = await writeVersion('good', server.file('..'));
		const client = spawn(join(laptop, 'scripts/ssh_deploy.sh'), [...server.address, '--yes', '--rollback', '--lang', 'en'], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let heard = '';
		client.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text));
		await eventually(() => heard.includes('Starting'), 60_000);
		client.kill('SIGKILL');
		await once(client, 'exit');
		assert.match((await deploy('good')).output, /Another update is running/);
		await eventually(async () => (await readLastRun(server)).includes('\tfinished\t'), 120_000);
		assert.equal(await server.currentRelease(), '0.0.1-old');
		assert.match(await company.ask(), /Answered/);
		assert.notEqual(updated, '0.0.1-old');
	});
	await prove('the database was copied before, with its data', async () => {
		const [dump = ''] = await readdir(server.file('var/backups/openccb'));
		const { output } = await runToEnd('pg_restore', ['--list', server.file('var/backups/openccb', dump)]);
		assert.match(output, /TABLE DATA public messages/);
	});
}

async function proveEmbedded(company: Company, folder: string, prove: Prove): Promise<void> {
	const own = join(folder, 'embedded');
	await mkdir(own);
	const sources = await writeVersion('old', folder);
	const server = await startRemoteServer({ folder: own, sources, environment: company.environment, databaseUrl: null });
	const deploy = deployTo(server, own);
	await prove('with the embedded database the old version comes back when the new one does not answer', async () => {
		const { code, output } = await deploy('never answers', '--patience', '20');
		assert.equal(code, 1, output);
		assert.match(output, /nobody answers for some seconds.*0\.0\.1-old is in its place and answers/s);
		assert.match(await company.ask(), /Answered/);
	});
	await prove('with the embedded database a good version takes its place, and its folder was copied', async () => {
		const { code, output } = await deploy('good');
		assert.equal(code, 0, output);
		assert.match(await company.ask(), /Answered/);
		const [copy = ''] = await readdir(server.file('var/backups/openccb'));
		assert.ok((await readdir(server.file('var/backups/openccb', copy))).includes('PG_VERSION'));
	});
	await server.close();
}

async function readLastRun(server: RemoteServer): Promise<string> {
	const runs = (await readdir(server.file('var/lib/openccb-deploy/runs'))).filter((name) => !name.endsWith('.log')).toSorted();
	return await readFile(server.file('var/lib/openccb-deploy/runs', runs.at(-1) ?? ''), 'utf8');
}

/** With the login that the documentation asks for. */
async function makeDatabase(url: string): Promise<string> {
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query("create role openccb login createrole password 'secret'");
	await client.query('create database openccb owner openccb');
	await client.end();
	const own = new URL(url);
	Object.assign(own, { username: 'openccb', password: 'secret', pathname: '/openccb' });
	return own.href;
}
