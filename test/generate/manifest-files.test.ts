import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { committedManifests } from '../../scripts/generate/manifest-files.ts';
import { withCommands } from './more-commands.ts';

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'manifests-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the manifests in the repository', () => {
	it.each(Object.entries(committedManifests()))('%s is current', async (path, content) => {
		const present = await readFile(path);
		expect(present.equals(Buffer.from(content))).toBe(true);
	});

	it('all follow from one description: one more command is in each', () => {
		const [present, extended] = [committedManifests(), committedManifests(withCommands(1))];
		const changed = Object.keys(present).filter((path) => !same(present[path], extended[path]));
		expect(changed.sort()).toEqual([
			'manifests/discord-commands.json',
			'manifests/slack.json',
			'manifests/teams.zip',
			'manifests/teams/es.json',
			'manifests/teams/manifest.json',
		]);
		for (const path of changed.filter((name) => name.endsWith('.json'))) {
			expect(Buffer.from(extended[path] ?? '').toString(), path).toMatch(/extra0|otro0/);
		}
	});
});

describe('npm run manifests', () => {
	const options = ['--public-url', 'https://bot.example.com/', '--teams-app-id', '6f1f2c1e-0a4b-4c6d-8e2f-1234567890ab'];

	it('writes the files of an installation, the same in every time zone', async () => {
		const packages = await Promise.all(
			['Pacific/Kiritimati', 'America/Los_Angeles'].map(async (zone, index) => {
				const out = join(folder, String(index));
				await manifests([...options, '--out', out], zone);
				const slack = await readFile(join(out, 'slack.json'), 'utf8');
				expect(slack).toContain('"https://bot.example.com/slack/events"');
				return readFile(join(out, 'teams.zip'));
			}),
		);
		expect(same(packages[0], packages[1])).toBe(true);
	});

	it('shows the link that invites the bot to Discord', async () => {
		const { stdout } = await manifests(['--discord-application-id', '1234567890123456789']);
		expect(stdout).toMatch(/^Invite the bot to a Discord server: https:\/\/discord\.com\/\S+client_id=1234567890123456789/);
	});

	it('refuses what it does not understand in one sentence', async () => {
		const failure = await manifests(['--public-url', 'http://bot.example.com']).catch((error: { code: number; stderr: string }) => error);
		expect(failure).toMatchObject({ code: 1, stderr: expect.stringMatching(/^manifests\.ts failed: --public-url takes .+\n$/) });
	});
});

function manifests(words: string[], timeZone = 'UTC'): Promise<{ stdout: string; stderr: string }> {
	return run(process.execPath, ['scripts/generate/manifests.ts', ...words], { env: { ...process.env, TZ: timeZone }, timeout: 60_000 });
}

function same(left: string | Uint8Array | undefined, right: string | Uint8Array | undefined): boolean {
	return Buffer.from(left ?? '').equals(Buffer.from(right ?? ''));
}
