/** `npm run doctor` as a process, between emulators and real servers. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, onTestFinished, test } from 'vitest';
import { inspectSettings } from '#src/settings/settings.ts';
import { startProgram } from '#test/e2e/program.ts';
import { startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { startTeamsEmulator } from '#test/emulators/teams/index.ts';
import { openServerDatabase } from '#test/fakes/database.ts';
import { makeDatabaseFolder } from '#test/fakes/database-folder.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { nodeArguments } from '#test/setup/node-arguments.ts';
import { examine } from '../../../scripts/doctor/checks.ts';
import { nowhere } from './stub-server.ts';

type Environment = Record<string, string>;

/** The command with these variables and none of ours, not even those of the project's `.env`. */
const runDoctor = (environment: Environment, ...words: string[]) => run(['scripts/doctor/main.ts', ...words], environment);

async function run(words: string[], environment: Environment) {
	const child = spawn(process.execPath, words, { env: { ...bareEnvironment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
	const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, output, errors };
}

/** A whole installation: all platforms, both servers, a model. */
async function startInstallation(): Promise<Environment> {
	const [slack, teams, discord, ollama, store] = await Promise.all([
		startSlackEmulator(),
		startTeamsEmulator(),
		startDiscordEmulator(),
		startOllamaEmulator(),
		openServerDatabase(),
	]);
	onTestFinished(async () => {
		await Promise.all([slack, teams, discord, ollama, store].map((part) => part.close()));
	});
	return {
		PORT: new URL(await nowhere()).port,
		OPENCCB_OPERATIONS_PORT: new URL(await nowhere()).port,
		DATABASE_URL: store.settings.url ?? '',
		REDIS_URL: inject('redisUrl'),
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo',
		OLLAMA_EMBEDDING_MODEL: 'demo-embed',
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_APP_TOKEN: slack.appToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
		TEAMS_APP_ID: teams.appId,
		TEAMS_APP_PASSWORD: teams.appPassword,
		TEAMS_TENANT_ID: teams.tenantId,
		TEAMS_LOGIN_URL: teams.loginUrl,
		TEAMS_OPENID_URL: teams.openIdMetadataUrl,
		DISCORD_BOT_TOKEN: discord.botToken,
		DISCORD_APPLICATION_ID: discord.applicationId,
		DISCORD_GUILDS: discord.world.addGuild({ name: 'Acme' }).id,
		DISCORD_API_URL: discord.apiUrl,
	};
}

const secrets = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'TEAMS_APP_PASSWORD', 'DISCORD_BOT_TOKEN'];

test('a sound installation ends with 0, a good line for each part, and no secret', async () => {
	const environment = await startInstallation();
	const { code, output, errors } = await runDoctor(environment);
	expect(output).not.toContain('❌');
	expect({ code, errors }).toEqual({ code: 0, errors: '' });
	for (const area of ['Settings', 'Port', 'Database', 'Documents', 'Redis', 'Ollama', 'Slack', 'Teams', 'Discord'])
		expect(output).toContain(`✅ ${area}: `);
	for (const name of secrets) expect(output).not.toContain(environment[name]);
});

test('what is wrong in every part is told at once, in Spanish, with 1 and without a stack or a secret', async () => {
	const installation = await startInstallation();
	const closed = new URL(await nowhere()).host;
	const bad: Environment = {
		...installation,
		LOG_LEVEL: 'loud',
		DATABASE_URL: `postgres://openccb:database-password@${closed}/openccb`,
		REDIS_URL: `redis://:redis-password@${closed}`,
		OLLAMA_MODEL: 'gemma4:e4b',
		SLACK_BOT_TOKEN: 'xoxb-of-another-app',
		TEAMS_APP_PASSWORD: 'of-another-app',
		DISCORD_BOT_TOKEN: 'of-another-bot',
	};
	const { code, output, errors } = await runDoctor(bad, '--language', 'es');
	expect({ code, errors }).toEqual({ code: 1, errors: '' });
	expect(output).toContain('❌ Ajustes: LOG_LEVEL debe ser uno de');
	expect(output).toContain(`❌ Base de datos: ${closed}/openccb no responde (ECONNREFUSED)`);
	expect(output).toContain(`❌ Redis: ${closed} no responde (ECONNREFUSED)`);
	expect(output).toContain(`ejecuta ahí \`ollama pull gemma4:e4b\``);
	expect(output).toContain('❌ Slack: Slack rechaza SLACK_BOT_TOKEN (invalid_auth)');
	expect(output).toContain('❌ Teams: TEAMS_APP_PASSWORD no es un secreto de la app (AADSTS7000215)');
	expect(output).toContain('❌ Discord: Discord rechaza DISCORD_BOT_TOKEN');
	expect(output).toContain('7 cosas están mal');
	expect(output).not.toMatch(/\bat .+:\d+:\d+|loud|-password\b/);
	for (const name of secrets) expect(output).not.toContain(bad[name]);
});

test('beside a running OpenCCB it says so, and leaves its database alone', async () => {
	const dataFolder = await makeDatabaseFolder();
	onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
	await copyTemplate(dataFolder);
	const [slack, ollama] = await Promise.all([startSlackEmulator(), startOllamaEmulator()]);
	onTestFinished(async () => {
		await Promise.all([slack.close(), ollama.close()]);
	});
	const environment = {
		PORT: new URL(await nowhere()).port,
		OPENCCB_OPERATIONS_PORT: new URL(await nowhere()).port,
		OPENCCB_DATA: dataFolder,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo',
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
	};
	const program = await startProgram(environment, { nodeArguments });
	onTestFinished(() => program.kill());
	const { code, output } = await runDoctor(environment);
	expect(output).toContain(`✅ Port: an OpenCCB runs at 127.0.0.1:${environment.PORT} and is ready (database, cache, models, slack)`);
	expect(output).toContain(`⚠️  Database: ${join(dataFolder, 'postgres')} is in use by process ${program.pid} on `);
	expect(output).toContain('ℹ️  Slack: SLACK_SIGNING_SECRET cannot be checked from here');
	expect(code).toBe(0);
	expect((await program.readiness()).status).toBe(200);
});

test('a command line that nobody understands is answered with its usage', async () => {
	const answer = await run(['scripts/doctor/start.mjs', '--lang', 'es'], { LC_ALL: 'es_ES.UTF-8' });
	expect(answer).toEqual({ code: 1, output: '', errors: 'Uso: npm run doctor -- [--language es|en]\n' });
});

test('the variables of .env count', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await writeFile(join(folder, '.env'), 'PORT=none\nOPENCCB_LANGUAGE=es\n');
	const { output } = await run([`--env-file=${join(folder, '.env')}`, 'scripts/doctor/main.ts'], {});
	expect(output).toContain('❌ Ajustes: PORT debe ser un número entero');
});

test('a part that never answers is given up on, and the others are told', async () => {
	const mute = createServer(() => {}).listen(0, '127.0.0.1');
	onTestFinished(() => void mute.close());
	await once(mute, 'listening');
	const address = mute.address();
	const port = typeof address === 'object' ? address?.port : 0;
	const { settings } = inspectSettings({
		PORT: '0',
		OPENCCB_OPERATIONS_PORT: '0',
		OLLAMA_HOST: `http://127.0.0.1:${port}`,
		SLACK_BOT_TOKEN: 'xoxb-1',
		SLACK_APP_TOKEN: 'xapp-1',
		SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
	});
	if (settings === null) throw new TypeError('these settings can be read');
	const examined = await examine(settings, 500);
	expect(examined).toContainEqual({ area: 'ollama', findings: [{ level: 'bad', code: 'check-too-slow', area: 'ollama', seconds: 0.5 }] });
	const unreachable = { level: 'bad', code: 'slack-unreachable', host: `127.0.0.1:${port}`, reason: 'timeout' };
	expect(examined).toContainEqual({ area: 'slack', findings: [unreachable] });
	expect(examined).toContainEqual({ area: 'redis', findings: [{ level: 'good', code: 'no-redis' }] });
});
