/** Starting from nothing: a copy of the scripts in an empty folder, with an `npm` and programs that only record what happened. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

/** Shell commands that install a Vite which only copies. */
const vite = `const [, , , source, , , , folder] = process.argv;
	require('node:fs').mkdirSync(folder, { recursive: true });
	require('node:fs').copyFileSync(source + '/main.tsx', folder + '/index.html');`;
const bringVite = `mkdir -p node_modules/vite/bin; echo "${vite.replaceAll('\n', ' ')}" > node_modules/vite/bin/vite.js; echo '{}' > node_modules/vite/package.json`;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'openccb-start-'));
	for (const name of ['scripts/toolchain', 'scripts/start.mjs', 'scripts/with-node.mjs', '.npmrc', 'package.json']) {
		cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
	}
	write('package-lock.json', '{"first": true}');
	write('src/main.ts', program('the bot'));
	write('scripts/playground/main.ts', program('the playground'));
	for (const source of ['src/markdown/any.ts', 'src/api/contract/any.ts', 'adapters/web/page/main.tsx']) write(source, 'one');
	writeNpm(`mkdir -p node_modules/library; echo fine > node_modules/library/index.js; ${bringVite}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm start', () => {
	test.each([
		{ situation: 'nothing is configured', token: undefined, file: '', expected: 'the playground' },
		{ situation: 'the environment has a Slack token', token: 'xoxb-1', file: '', expected: 'the bot' },
		{ situation: '.env has a Slack token', token: undefined, file: 'A=1\nSLACK_BOT_TOKEN=xoxb-1\n', expected: 'the bot' },
		{ situation: '.env has a quoted Slack token', token: undefined, file: 'export SLACK_BOT_TOKEN="xoxb-1"\n', expected: 'the bot' },
		{ situation: '.env leaves the Slack token empty', token: undefined, file: 'SLACK_BOT_TOKEN=\nB=2\n', expected: 'the playground' },
		{ situation: '.env has it commented out', token: undefined, file: '# SLACK_BOT_TOKEN=xoxb-1\n', expected: 'the playground' },
		{ situation: '.env names a file with a Slack token', token: undefined, file: 'SLACK_BOT_TOKEN_FILE=/run/token\n', expected: 'the bot' },
		{ situation: '.env has the id of a Teams bot', token: undefined, file: 'TEAMS_APP_ID=1\n', expected: 'the bot' },
		{ situation: '.env has a Discord token', token: undefined, file: 'DISCORD_BOT_TOKEN=1\n', expected: 'the bot' },
		{ situation: '.env leaves the anonymous mode off', token: undefined, file: 'TEAMS_ANONYMOUS=off\n', expected: 'the playground' },
		{ situation: 'an empty variable hides the one in .env', token: '', file: 'SLACK_BOT_TOKEN=xoxb-1\n', expected: 'the playground' },
	])('runs $expected when $situation', async ({ token, file, expected }) => {
		write('.env', file);
		const { code, output } = await finished(run(['scripts/start.mjs'], token === undefined ? {} : { SLACK_BOT_TOKEN: token }));
		expect({ code, output }).toEqual({ code: 0, output: `${expected}\n` });
	});

	test('gives the program the variables of .env', async () => {
		write('.env', 'SLACK_BOT_TOKEN=xoxb-1\nGREETING=hello\n');
		write('src/main.ts', 'console.log(process.env.GREETING);');
		expect((await finished(run(['scripts/start.mjs']))).output).toBe('hello\n');
	});

	test.each([
		{ situation: 'the web is switched on', variables: { SLACK_BOT_TOKEN: 'xoxb-1', OPENCCB_PUBLIC_URL: 'https://bot.example.com' } },
		{ situation: 'it is the playground, which gives links to it', variables: {} },
	])('builds the page first where $situation, and again when its sources change', async ({ variables }) => {
		for (const name of ['src/main.ts', 'scripts/playground/main.ts'])
			write(name, `import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('.cache/web/index.html', 'utf8'));`);
		const built: string[] = [];
		for (const source of ['one', 'one', 'two']) {
			write('adapters/web/page/main.tsx', source);
			const { output, errors } = await finished(run(['scripts/start.mjs'], variables));
			built.push(`${output.trim()} ${errors.includes('Building the page')}`);
		}
		expect(built).toEqual(['one true', 'one false', 'two true']);
	});
});

describe('the packages', () => {
	test('are installed once for a lock file, and again when it changes', async () => {
		for (const lock of ['{"first": true}', '{"first": true}', '{"second": true}', '{"second": true}']) {
			write('package-lock.json', lock);
			expect((await finished(run(['scripts/start.mjs']))).code).toBe(0);
		}
		expect(npmCalls()).toBe(2);
	});

	test('are installed again when an installation by other means replaced them', async () => {
		await finished(run(['scripts/start.mjs']));
		rmSync(join(folder, 'node_modules'), { recursive: true });
		write('node_modules/library/half', '');
		await finished(run(['scripts/start.mjs']));
		expect(npmCalls()).toBe(2);
		expect(readdirSync(join(folder, 'node_modules/library'))).toEqual(['index.js']);
	});

	test('stay as they were when the installation fails, and one sentence says what to do', async () => {
		await finished(run(['scripts/start.mjs']));
		write('package-lock.json', '{"second": true}');
		writeNpm('mkdir -p node_modules/half; echo "npm error code ENOTFOUND" >&2; echo "npm error no such host" >&2; exit 1');
		const { code, output, errors } = await finished(run(['scripts/start.mjs']));
		expect({ code, output }).toEqual({ code: 1, output: '' });
		expect(errors.trimEnd().split('\n').at(-1)).toBe(
			`The packages could not be installed (npm: code ENOTFOUND, no such host). Mend it with: cd ${folder} && npm ci`,
		);
		expect(errors).not.toContain('    at ');
		expect(existsSync(join(folder, 'node_modules/library/index.js'))).toBe(true);
		expect(readdirSync(join(folder, '.cache/packages'))).toEqual([]);
	});

	test('end up whole when two runs install at once', async () => {
		const runs = await Promise.all([finished(run(['scripts/start.mjs'])), finished(run(['scripts/start.mjs']))]);
		expect(runs.map(({ code, output }) => ({ code, output }))).toEqual(Array(2).fill({ code: 0, output: 'the playground\n' }));
		expect(readFileSync(join(folder, 'node_modules/library/index.js'), 'utf8')).toBe('fine\n');
		expect(readdirSync(join(folder, '.cache/packages'))).toEqual([]);
	});
});

describe('a program under with-node', () => {
	test('gets its arguments and keeps its exit code', async () => {
		write('script.ts', 'console.log(process.argv.slice(2).join()); process.exitCode = 7;');
		expect(await finished(run(['scripts/with-node.mjs', 'script.ts', 'one', 'two']))).toMatchObject({ code: 7, output: 'one,two\n' });
	});

	test.each(['SIGTERM', 'SIGINT'] as const)('gets %s once and decides itself how to end', async (signal) => {
		write(
			'script.ts',
			`let count = 0;
			const alive = setInterval(() => {}, 1_000);
			process.on('${signal}', () => {
				count += 1;
				setTimeout(() => { console.log('signals: ' + count); process.exitCode = 3; clearInterval(alive); }, 200);
			});
			console.log('ready');`,
		);
		const child = run(['scripts/with-node.mjs', 'script.ts']);
		child.stdout.once('data', () => child.kill(signal));
		expect(await finished(child)).toMatchObject({ code: 3, output: 'ready\nsignals: 1\n' });
	});

	test('that a signal ended is reported as shells do', async () => {
		write('script.ts', `process.kill(process.pid, 'SIGKILL');`);
		expect((await finished(run(['scripts/with-node.mjs', 'script.ts']))).code).toBe(128 + 9);
	});
});

function program(name: string): string {
	return `console.log('${name}');`;
}

function write(path: string, content: string): void {
	const target = join(folder, path);
	mkdirSync(join(target, '..'), { recursive: true });
	writeFileSync(target, content);
}

/** An `npm` that counts its calls and then runs these shell commands where it was told to install. */
function writeNpm(commands: string): void {
	write('bin/npm', `#!/bin/sh\necho "$@" >> ${join(folder, 'npm-calls')}\n${commands}\n`);
	chmodSync(join(folder, 'bin/npm'), 0o755);
}

function npmCalls(): number {
	return readFileSync(join(folder, 'npm-calls'), 'utf8').trimEnd().split('\n').length;
}

function run(nodeArguments: string[], variables: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
	const { SLACK_BOT_TOKEN: _, ...environment } = process.env;
	const path = `${join(folder, 'bin')}${delimiter}${environment.PATH}`;
	return spawn(process.execPath, nodeArguments, { cwd: folder, env: { ...environment, PATH: path, ...variables } });
}

async function finished(child: ChildProcessWithoutNullStreams) {
	const [[code], output, errors] = await Promise.all([
		once(child, 'close') as Promise<[number | null]>,
		text(child.stdout),
		text(child.stderr),
	]);
	return { code, output, errors };
}
