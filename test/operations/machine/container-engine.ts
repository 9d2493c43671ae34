/** buildah and podman with a store, networks and settings of their own, so that nothing of the machine's is touched. */

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Far above what any of them writes. */
const maxBuffer = 16 * 1024 * 1024;

export interface Outcome {
	code: number;
	stdout: string;
	stderr: string;
}

/** Writes the settings into `folder`. @returns the environment in which buildah, podman and docker-compose use them. */
export function prepareEngine(folder: string): Record<string, string> {
	mkdirSync(folder, { recursive: true });
	const engine = `[containers]
# Raising limits is refused in many sandboxes, and these are above what any service here needs. Podman's service swaps soft and hard ones.
default_ulimits = ["nofile=4096:4096", "nproc=1000:1000"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
[network]
network_backend = "netavark"
network_config_dir = "${join(folder, 'networks')}"
`;
	const storage = `[storage]
driver = "overlay"
graphroot = "${join(folder, 'graph')}"
runroot = "${join(folder, 'run')}"
`;
	writeFileSync(join(folder, 'containers.conf'), engine);
	writeFileSync(join(folder, 'storage.conf'), storage);
	return {
		CONTAINERS_CONF: join(folder, 'containers.conf'),
		CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
		DOCKER_HOST: `unix://${join(folder, 'podman.sock')}`,
	};
}

/** @throws what it wrote, when it fails. */
export function buildah(words: readonly string[], environment: Readonly<Record<string, string>>): string {
	try {
		return execFileSync('buildah', words, { env: { ...process.env, ...environment }, encoding: 'utf8', maxBuffer, stdio: 'pipe' });
	} catch (thrown) {
		const { stdout, stderr } = thrown as { stdout: string; stderr: string };
		throw new Error(`buildah ${words[0]} failed:\n${stdout}\n${stderr}`);
	}
}

/** @throws Error with what it wrote, when it fails. */
export async function podman(...words: string[]): Promise<string> {
	const { code, stdout, stderr } = await tryPodman(...words);
	if (code !== 0) throw new Error(`podman ${words.join(' ')} ended with ${code}: ${stderr}`);
	return stdout.trim();
}

export async function tryPodman(...words: string[]): Promise<Outcome> {
	return await tryRun('podman', words);
}

export async function tryRun(program: string, words: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
	try {
		const { stdout, stderr } = await run(program, words, { env: { ...process.env, ...environment }, maxBuffer });
		return { code: 0, stdout, stderr };
	} catch (thrown) {
		const { code, stdout, stderr } = thrown as { code: unknown; stdout?: string; stderr?: string };
		return { code: typeof code === 'number' ? code : -1, stdout: stdout ?? '', stderr: stderr ?? String(thrown) };
	}
}
