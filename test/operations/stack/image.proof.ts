import { describe, expect, it } from 'vitest';
import { podman, tryPodman } from '../machine/container-engine.ts';
import { commit, images, version } from './images/build-images.ts';

const image = images.OPENCCB_IMAGE;
const mostBytes = 350 * 1000 ** 2;
/** What the real runtime image weighs more than its stand-in: certificates, OpenSSL and a little more. */
const standInLacksBytes = 8 * 1000 ** 2;
const restricted = ['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges', '--network=none', '--tmpfs=/tmp'];

describe('the image', () => {
	it('weighs at most 350 MB', async () => {
		const bytes = Number(await podman('image', 'inspect', '--format', '{{.Size}}', image));
		expect(bytes + standInLacksBytes).toBeLessThan(mostBytes);
	});

	it('says of what version and commit it is', async () => {
		const labels = JSON.parse(await podman('image', 'inspect', '--format', '{{json .Labels}}', image)) as Record<string, string>;
		expect(labels).toMatchObject({
			'org.opencontainers.image.title': 'OpenCCB',
			'org.opencontainers.image.version': version,
			'org.opencontainers.image.revision': commit,
		});
	});

	it('runs as an account without rights, on a root that it cannot change, with system calls filtered', async () => {
		const script = `
			const { readFileSync, writeFileSync } = require('node:fs');
			const status = readFileSync('/proc/self/status', 'utf8');
			const field = (name) => new RegExp('^' + name + ':\\\\s*(\\\\S+)', 'm').exec(status)[1];
			const tryTo = (file) => { try { writeFileSync(file, ''); return 'written'; } catch (error) { return error.code; } };
			console.log(JSON.stringify({
				user: [process.getuid(), process.getgid()], capabilities: field('CapEff'), noNewPrivileges: field('NoNewPrivs'), filter: field('Seccomp'),
				init: readFileSync('/proc/1/comm', 'utf8').trim(), root: tryTo('/app/x'), temporary: tryTo('/tmp/x'), data: tryTo('/data/x'),
			}));`;
		expect(JSON.parse(await podman('run', '--rm', ...restricted, image, '-e', script))).toEqual({
			user: [10_001, 10_001],
			capabilities: '0000000000000000',
			noNewPrivileges: '1',
			filter: '2',
			init: 'tini',
			root: 'EROFS',
			temporary: 'written',
			data: 'written',
		});
	});

	it('holds no shell, no package manager, no source map and no test', async () => {
		const script = `
			const { existsSync, readdirSync } = require('node:fs');
			const programs = ['/bin', '/usr/bin', '/usr/local/bin', '/sbin', '/usr/sbin'].flatMap((folder) => existsSync(folder) ? readdirSync(folder) : []);
			const unread = readdirSync('/app', { recursive: true }).filter((name) => /\\.map$|\\.d\\.ts$|\\.test\\.ts$|^test/.test(name));
			console.log(JSON.stringify({ programs: [...new Set(programs)].sort(), unread, files: readdirSync('/app').sort() }));`;
		expect(JSON.parse(await podman('run', '--rm', ...restricted, image, '-e', script))).toEqual({
			programs: ['node', 'tini'],
			unread: [],
			files: [
				'.cache',
				'LICENSE',
				'adapters',
				'compiled',
				'migrations',
				'node_modules',
				'package-lock.json',
				'package.json',
				'scripts',
				'src',
			],
		});
	});

	// As `compose run … app SCRIPT` of scripts/setup and scripts/backup does, which no engine here knows.
	it.each([
		['the doctor', ['scripts/doctor/main.ts', '--language', 'en'], /Slack|Ollama|database/],
		['the loading of a model', ['scripts/setup/load-model.mjs', 'http://127.0.0.1:1', 'demo', '8192'], /^silent$/m],
		['the check of a backup', ['scripts/backup/check.ts'], /.+/],
		['the copies of documents', ['scripts/backup/documents.mjs', 'keep'], /^$/],
		['the migration', ['scripts/migrate/main.ts', '--dry-run'], /.+/],
	])('runs %s by the name of its script', async (_name, words, says) => {
		const { stdout, stderr } = await tryPodman('run', '--rm', ...restricted, image, ...words);
		// Without what podman says of health checks, for which it wants systemd.
		const wrote = (stdout + stderr).replaceAll(/^time=.*\n/gm, '');
		expect(wrote).not.toMatch(/Cannot find module|SyntaxError|MODULE_NOT_FOUND/);
		expect(wrote).toMatch(says);
	});

	it('says in one sentence what is wrong with a setting, and ends', async () => {
		const { code, stderr } = await tryPodman('run', '--rm', ...restricted, '--env', 'PORT=many', image);
		expect(code).toBe(1);
		expect(stderr).toContain('PORT');
	});

	it('starts on its own with the embedded database, is healthy, and ends at once when it is told to', async () => {
		await podman('run', '--detach', '--name', 'alone', ...restricted, '--hostname=openccb', image);
		try {
			await expect.poll(async () => await podman('logs', 'alone'), { timeout: 60_000 }).toContain('OpenCCB is running');
			expect((await tryPodman('healthcheck', 'run', 'alone')).code).toBe(0);
			expect((await podman('top', 'alone', 'args')).split('\n')[1]).toContain('tini -- node src/main.ts');
			const stoppedAt = performance.now();
			await podman('stop', '--time', '30', 'alone');
			expect(performance.now() - stoppedAt).toBeLessThan(10_000);
			expect(await podman('inspect', '--format', '{{.State.ExitCode}}', 'alone')).toBe('0');
		} finally {
			await tryPodman('rm', '--force', '--volumes', 'alone');
		}
	});
});
