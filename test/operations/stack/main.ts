/** `npm run test:operations -- stack`: builds the image, starts the compose file in a network of its own, and asks a question through all of it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../../../scripts/toolchain/project.mjs';
import { countTests } from '../../../scripts/toolchain/test-result.mjs';
import { prepareEngine } from '../machine/container-engine.ts';
import { ensureRequirements } from '../machine/requirements.ts';
import { buildImages } from './images/build-images.ts';

/** The images take 1.5 GB; in memory a run is twice as fast where the disk is slow. */
const memoryNeededBytes = 6 * 1024 ** 3;

process.chdir(projectFolder);
process.exitCode = await main();

async function main(): Promise<number> {
	const kept = process.env['OPENCCB_PROOF_FOLDER'];
	const folder = kept ?? mkdtempSync(join(roomyFolder(), 'openccb-operations-'));
	try {
		ensureRequirements();
		const areBuilt = existsSync(join(folder, 'engine'));
		const environment = prepareEngine(join(folder, 'engine'));
		if (!areBuilt) report('building images', () => buildImages(join(folder, 'contexts'), environment));
		return await runProofs(folder, environment);
	} catch (thrown) {
		say(thrown instanceof Error ? thrown.message : String(thrown));
		say('0 passed, 1 failed');
		return 1;
	} finally {
		if (kept === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function runProofs(folder: string, environment: Record<string, string>): Promise<number> {
	mkdirSync(cacheFolder, { recursive: true });
	const reportFile = join(folder, 'report.json');
	const words = [
		'--config',
		'test/operations/stack/vitest.config.ts',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${reportFile}`,
	];
	const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
	const inside = ['sh', 'test/operations/machine/inside.sh', process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...words];
	const child = spawn('unshare', [...namespaces, ...inside, ...process.argv.slice(2)], {
		env: { ...process.env, ...environment, OPENCCB_PROOF_FOLDER: folder },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const stop = () => child.kill('SIGTERM');
	process.once('SIGTERM', stop).once('SIGINT', stop);
	const [code] = (await once(child, 'exit')) as [number | null];
	const { passed, failed } = countTests(reportFile, code ?? 1);
	say(`${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

function report(what: string, work: () => void): void {
	const startedAt = performance.now();
	work();
	say(`${what}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

function roomyFolder(): string {
	const memory = '/dev/shm';
	try {
		const { bavail, bsize } = statfsSync(memory);
		return bavail * bsize > memoryNeededBytes ? memory : tmpdir();
	} catch {
		return tmpdir(); // no such file system here
	}
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
