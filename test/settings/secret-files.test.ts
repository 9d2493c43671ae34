/** Secrets that stand in files, as systemd's `LoadCredential=` and containers give them. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectSettings, readSettings, secretVariables } from '#src/settings/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'openccb-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
}

describe('a secret in a file', () => {
	it.each([
		['as it is', 'xoxb-secret'],
		['with a line break behind it', 'xoxb-secret\n'],
		['with that of another system', 'xoxb-secret\r\n'],
	])('is read %s', (_name, content) => {
		const settings = readSettings({ SLACK_BOT_TOKEN_FILE: file('token', content), SLACK_APP_TOKEN: 'xapp-1' });
		expect(settings.platforms.slack?.botToken).toBe('xoxb-secret');
	});

	it('may be every one there is, addresses with a password among them', () => {
		const platforms = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'TEAMS_APP_PASSWORD', 'DISCORD_BOT_TOKEN'];
		const signIn = ['SLACK', 'ENTRA', 'DISCORD', 'OPENID'].map((provider) => `OPENCCB_SIGN_IN_${provider}_SECRET`);
		const servers = ['OLLAMA_HOST', 'DATABASE_URL', 'KNOWLEDGE_S3_KEY', 'KNOWLEDGE_S3_SECRET', 'REDIS_URL', 'OPENCCB_ALERTS_TOKEN'];
		expect(secretVariables).toEqual([...platforms, ...signIn, ...servers]);
		const url = 'postgres://openccb:secret@database/openccb';
		expect(readSettings({ DATABASE_URL_FILE: file('url', `${url}\n`) }).database.url).toBe(url);
	});

	it('counts as absent where its variable is empty, and nothing else is read from files', () => {
		const settings = readSettings({ DATABASE_URL_FILE: ' ', PORT_FILE: file('port', '80') });
		expect(settings).toMatchObject({ database: { url: null }, http: { port: 3_000 } });
	});

	it.each([
		[
			'both are given',
			{ SLACK_BOT_TOKEN: 'xoxb-secret', SLACK_BOT_TOKEN_FILE: file('both', 'xoxb-secret') },
			'does not go with SLACK_BOT_TOKEN',
		],
		['it is not there', { SLACK_BOT_TOKEN_FILE: join(folder, 'secret-absent') }, 'is not there'],
		['it is empty', { SLACK_BOT_TOKEN_FILE: file('empty', ' \n') }, 'empty'],
		['it has several lines', { SLACK_BOT_TOKEN_FILE: file('lines', 'xoxb-secret\nxoxb-secret\n') }, 'several lines'],
		['it is a folder', { SLACK_BOT_TOKEN_FILE: folderOf('secret-folder') }, 'folder'],
	])('is refused when %s, by the name of the variable', (_name, environment, reason) => {
		const { settings, readable, problems } = inspectSettings({ ...environment, SLACK_APP_TOKEN: 'xapp-1' });
		expect(settings).toBeNull();
		expect(readable.platforms.slack).toBeNull();
		expect(problems).toEqual([expect.stringMatching(/^SLACK_BOT_TOKEN_FILE /)]);
		expect(problems[0]).toContain(reason);
		expect(problems[0]).not.toContain('secret');
	});

	it('is looked at like any other value, and named without it', () => {
		const { problems } = inspectSettings({ SLACK_BOT_TOKEN_FILE: file('wrong', 'secret') });
		expect(problems).toEqual(['SLACK_BOT_TOKEN must begin with xoxb-']);
	});
});

function folderOf(name: string): string {
	mkdirSync(join(folder, name), { recursive: true });
	return join(folder, name);
}
