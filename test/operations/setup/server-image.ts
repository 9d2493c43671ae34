/** A fresh Debian 12 with systemd, made of Debian's packages alone, once. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { sharedCacheFolder } from '../../../scripts/toolchain/project.mjs';

export const serverImage = 'localhost/server:debian-12';

/**
 * What a server has that somebody rented. Node.js and npm are 377 packages and take minutes, so here the setup finds them; that it brings them
 * where they are missing is seen in the phases.
 */
const packages = ['ca-certificates', 'iproute2', 'systemd', 'systemd-sysv', 'nodejs', 'npm'];

export function importServer(environment: NodeJS.ProcessEnv): void {
	execFileSync('podman', ['import', serverTar(), serverImage], { env: environment, stdio: 'pipe' });
}

function serverTar(): string {
	const folder = join(sharedCacheFolder, 'root-filesystems');
	const name = createHash('sha256').update(packages.join()).digest('hex').slice(0, 16);
	const file = join(folder, `${name}.tar`);
	if (existsSync(file)) return file;
	mkdirSync(folder, { recursive: true });
	const scratch = join(folder, `${name}-${process.pid}.tar`);
	const words = ['--variant=minbase', `--include=${packages.join(',')}`, 'bookworm', scratch];
	execFileSync('mmdebstrap', words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
	renameSync(scratch, file);
	return file;
}
