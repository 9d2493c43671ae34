/** Debian's own packages as the root of images: no registry is needed. Made once, kept by the list of their packages. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { sharedCacheFolder } from '../../../../scripts/toolchain/project.mjs';

/** What the sources are built with, and what the servers are made of that stand in for the ones of the compose file. */
const servers = ['ca-certificates', 'libstdc++6', 'redis-server', 'caddy', 'postgresql-client', 'busybox'];
/** As the runtime image of the Dockerfile: what `node` is linked to, and nothing that could be run. */
const libraries = ['base-files', 'netbase', 'tzdata', 'libc6', 'libgcc-s1', 'libstdc++6'];

/** @returns the path of a tar file. */
export function serversTar(): string {
	return makeTar('minbase', servers);
}

export function librariesTar(): string {
	return makeTar('extract', libraries, ['./usr/bin/*', './usr/sbin/*']);
}

/** @param without What is left out of it again. */
function makeTar(variant: string, packages: readonly string[], without: readonly string[] = []): string {
	const recipe = [`--variant=${variant}`, `--include=${packages.join(',')}`];
	const folder = join(sharedCacheFolder, 'root-filesystems');
	const name = createHash('sha256')
		.update([...recipe, ...without].join('\n'))
		.digest('hex')
		.slice(0, 16);
	const file = join(folder, `${name}.tar`);
	if (existsSync(file)) return file;
	mkdirSync(folder, { recursive: true });
	const scratch = join(folder, `${name}-${process.pid}.tar`);
	execFileSync('mmdebstrap', [...recipe, 'bookworm', scratch], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
	if (without.length > 0) execFileSync('tar', ['--delete', '--wildcards', '--file', scratch, ...without]);
	renameSync(scratch, file);
	return file;
}
