/** What the proof of the image and of the compose file needs from the machine, and one clear sentence where it is not there. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's packages: the program that shows whether each is there. */
const programs: Readonly<Record<string, string>> = {
	buildah: 'buildah',
	podman: 'podman',
	runc: 'runc',
	conmon: 'conmon',
	netavark: '/usr/lib/podman/netavark',
	'aardvark-dns': '/usr/lib/podman/aardvark-dns',
	iptables: 'iptables',
	mmdebstrap: 'mmdebstrap',
	'docker-compose': 'docker-compose',
	iproute2: 'ip',
};

/** Installs what is missing. @throws Error with what to do where this machine does not do. */
export function ensureRequirements(): void {
	const problem = findProblem();
	if (problem !== null) throw new Error(`containers cannot be run here: ${problem}. Leave it out, or run it as root on Debian 12`);
	const missing = Object.keys(programs).filter((name) => !isThere(programs[name] ?? name));
	if (missing.length === 0) return;
	process.stderr.write(`Installing what the proof needs: ${missing.join(', ')}\n`);
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	execFileSync('apt-get', ['update', '-qq'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
	// Without what they recommend: docker-compose would bring Docker's daemon, and start it.
	const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
	execFileSync('apt-get', install, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
}

function findProblem(): string | null {
	if (process.platform !== 'linux') return 'this is not Linux';
	if (process.arch !== 'x64' && process.arch !== 'arm64') return `nothing is known for ${process.arch}`;
	if (process.getuid?.() !== 0) return 'this account is not root';
	if (!existsSync('/etc/debian_version')) return 'this is not Debian';
	const tried = spawnSync('unshare', ['--mount', '--net', 'true'], { encoding: 'utf8' });
	if (tried.status !== 0) return `this root may not make namespaces (${tried.stderr.trim()})`;
	return null;
}

function isThere(program: string): boolean {
	if (program.startsWith('/')) return existsSync(program);
	return spawnSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' }).status === 0;
}
