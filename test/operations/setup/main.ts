/** `npm run test:operations -- setup`: each phase of the setup on a server of stand-ins, then the whole on a fresh Debian that systemd runs. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { countTests } from '../../../scripts/toolchain/test-result.mjs';
import { prepareEngine } from '../machine/container-engine.ts';
import { importServer } from './server-image.ts';

/** Debian's packages of what is used here beside podman: the program that shows whether each is there. */
const programs = ['bats', 'shellcheck', 'podman', 'runc', 'conmon', 'slirp4netns', 'mmdebstrap'];

process.chdir(projectFolder);
process.exitCode = await main();

async function main(): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'openccb-setup-'));
	try {
		bringPrograms();
		const phases = await tryPhases();
		const server = await tryServer(folder);
		const failed = phases.failed + server.failed;
		process.stdout.write(`${phases.passed + server.passed} passed, ${failed} failed\n`);
		return failed === 0 ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

function bringPrograms(): void {
	const missing = programs.filter((name) => spawnSync('sh', ['-c', 'command -v "$0"', name], { stdio: 'ignore' }).status !== 0);
	if (missing.length === 0) return;
	const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
	for (const words of [['update', '-qq'], install]) spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function tryPhases(): Promise<{ passed: number; failed: number }> {
	const child = spawn('bats', ['--tap', '--print-output-on-failure', 'test/operations/setup'], { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		process.stdout.write(text);
	});
	const [code] = (await once(child, 'close')) as [number | null];
	const passed = output.match(/^ok /gm)?.length ?? 0;
	const failed = output.match(/^not ok /gm)?.length ?? 0;
	return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

async function tryServer(folder: string): Promise<{ passed: number; failed: number }> {
	const environment = { ...process.env, ...prepareEngine(join(folder, 'engine')) };
	importServer(environment);
	const report = join(folder, 'report.json');
	const words = [
		'run',
		'--config',
		'test/operations/setup/vitest.config.ts',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`,
	];
	const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...words], {
		env: { ...environment, OPENCCB_PROOF_FOLDER: folder },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const [code] = (await once(child, 'exit')) as [number | null];
	return countTests(report, code ?? 1);
}
