import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectSettings } from '#src/settings/settings.ts';
import { spanishProblem } from '../../../scripts/doctor/problems-spanish.ts';
import { secretsIn } from '../../../scripts/doctor/secrets.ts';
import { diagnoseSettings } from '../../../scripts/doctor/settings.ts';

const uuid = '0f9a3c1e-5f0b-4a8e-9d6c-2b1a7e4f3d5c';

/** Environments that together meet every complaint about a setting. */
const wrong: Record<string, string>[] = [
	{ OPENCCB_PUBLIC_URL: 'x', OPENCCB_TRUSTED_PROXIES: 'x' },
	{ OPENCCB_PUBLIC_URL: 'http://x.example' },
	{ PORT: 'eighty', OLLAMA_HOST: 'ftp://a', OLLAMA_SLOTS: 'some', OPENCCB_LANGUAGE: 'fr', DATABASE_URL: 'mysql://a', REDIS_URL: 'a' },
	{ PORT: '99999', OLLAMA_CONTEXT_TOKENS: '1', SLACK_BOT_TOKEN: 'a', SLACK_APP_TOKEN: 'b', SLACK_API_URL: 'c', TEAMS_APP_TYPE: 'd' },
	{ TEAMS_APP_ID: 'a', TEAMS_TENANT_ID: 'b', TEAMS_SERVICE_HOSTS: 'https://a', TEAMS_GRAPH: 'yes', TEAMS_LOGIN_URL: 'c' },
	{ DISCORD_APPLICATION_ID: 'a', DISCORD_GUILDS: '1,2', DISCORD_FILE_HOSTS: ',' },
	{ SLACK_BOT_TOKEN: 'xoxb-1', TEAMS_APP_ID: uuid, DISCORD_BOT_TOKEN: 'a', OLLAMA_ANSWER_TOKENS: '8000' },
	{ SLACK_SIGNING_SECRET: 'a', TEAMS_TENANT_ID: uuid, DISCORD_GUILDS: '100000000000000001' },
	{ TEAMS_APP_ID: uuid, TEAMS_TENANT_ID: uuid, TEAMS_APP_TYPE: 'UserAssignedMSI', TEAMS_APP_PASSWORD: 'a' },
	{ KNOWLEDGE_STORAGE: 'documents', KNOWLEDGE_S3_REGION: 'a b', KNOWLEDGE_S3_ENDPOINT: 'a', OPENCCB_COMMIT: 'a b' },
	{ TEAMS_ANONYMOUS: 'on', TEAMS_APP_ID: uuid, HOST: '0.0.0.0' },
	{ REDIS_URL: 'redis://host', REDIS_URL_FILE: '/dev/null', DATABASE_URL_FILE: '/dev/null', OLLAMA_HOST_FILE: import.meta.filename },
	{ SLACK_BOT_TOKEN_FILE: '/nowhere', DISCORD_BOT_TOKEN_FILE: import.meta.dirname, TEAMS_APP_PASSWORD_FILE: 'a\0b' },
];

test('settings that fit are counted', () => {
	const { findings } = diagnoseSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', PORT: '', HOME: '/root' });
	expect(findings).toEqual([{ level: 'good', code: 'settings', count: 2 }]);
});

test('a secret in a file counts, switches its platform on, and is known as a secret', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	await writeFile(join(folder, 'token'), 'xoxb-from-a-file\n');
	const { findings, secrets } = diagnoseSettings({ SLACK_BOT_TOKEN_FILE: join(folder, 'token'), SLACK_APP_TOKEN: 'xapp-1' });
	expect(findings).toEqual([{ level: 'good', code: 'settings', count: 2 }]);
	expect(secrets).toContain('xoxb-from-a-file');
});

test('without a chat platform that is said', () => {
	expect(diagnoseSettings({}).findings).toContainEqual({ level: 'note', code: 'no-platform' });
	expect(diagnoseSettings({ TEAMS_ANONYMOUS: 'on' }).findings).not.toContainEqual({ level: 'note', code: 'no-platform' });
});

test('every bad variable is named at once, and the others are still read', () => {
	const { settings, findings } = diagnoseSettings({
		PORT: 'eighty',
		OLLAMA_SLOTS: 'some',
		REDIS_URL: 'redis://host',
		DISCORD_GUILDS: '1,2',
	});
	const problems = findings.flatMap((finding) => (finding.code === 'setting-wrong' ? [finding.problem.split(/[ .]/)[0]] : []));
	expect(new Set(problems)).toEqual(new Set(['PORT', 'OLLAMA_SLOTS', 'DISCORD_GUILDS']));
	expect(settings).toMatchObject({ http: { port: 3_000 }, redis: { url: 'redis://host' } });
});

test('settings that do not go together are read all the same', () => {
	const { settings, findings } = diagnoseSettings({ DISCORD_BOT_TOKEN: 'token' });
	expect(findings.map(({ code }) => code)).toEqual(['setting-wrong', 'setting-wrong']);
	expect(settings.platforms.discord?.botToken).toBe('token');
});

test.each(wrong.flatMap((environment) => inspectSettings(environment).problems))('“%s” is said in Spanish too', (problem) => {
	const [variable, ...rest] = problem.split(' ');
	const translated = spanishProblem(problem);
	expect(translated).toMatch(new RegExp(`^${variable} `));
	expect(translated).not.toContain(rest.join(' '));
	expect(translated).not.toMatch(/\$\d|undefined/);
});

test('the secrets among the settings are known, as they are written and as they are meant', () => {
	const secrets = secretsIn({
		SLACK_BOT_TOKEN: 'xoxb-bot-token',
		TEAMS_APP_PASSWORD: 'client-secret',
		DATABASE_URL: 'postgres://user:p%40ss-word@host/db',
		OLLAMA_HOST: 'http://:first-token@a,http://user:second-token@b',
		REDIS_URL: 'redis://host',
		DISCORD_BOT_TOKEN: 'abc',
		KNOWLEDGE_S3_SECRET: 'bucket-secret',
	});
	expect(new Set(secrets)).toEqual(
		new Set(['xoxb-bot-token', 'client-secret', 'bucket-secret', 'p%40ss-word', 'p@ss-word', 'first-token', 'second-token']),
	);
});
