/** Builds the image of the program by its own Dockerfile, and a stand-in for each image that the compose file takes from a registry. */

import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureNewestPostgres, findNewestPostgres } from '../../../../scripts/toolchain/newest-postgres.mjs';
import { projectFolder } from '../../../../scripts/toolchain/project.mjs';
import { buildah } from '../../machine/container-engine.ts';
import { librariesTar, serversTar } from './root-filesystems.ts';

const here = join(projectFolder, 'test/operations/stack/images');

export const version = '0.0.0-proof';
export const commit = 'c0ffee0000000000000000000000000000000000';

/** The variables of the compose file, and the images that are built for them. */
export const images = {
	OPENCCB_IMAGE: 'localhost/openccb:proof',
	POSTGRES_IMAGE: 'localhost/stand-in/postgres:proof',
	REDIS_IMAGE: 'localhost/stand-in/base:proof',
	PROXY_IMAGE: 'localhost/stand-in/proxy:proof',
	OLLAMA_IMAGE: 'localhost/stand-in/ollama:proof',
} as const;
const baseImage = images.REDIS_IMAGE;
const runtimeImage = 'localhost/stand-in/runtime:proof';

/** @param folder To work in. */
export function buildImages(folder: string, environment: Readonly<Record<string, string>>): void {
	const build = (tag: string, context: string, ...options: string[]) =>
		buildah(['build', '--pull=never', '--isolation', 'chroot', '--format', 'docker', '--tag', tag, ...options, context], environment);
	const base = (...options: string[]) => ['--build-arg', `BASE=${baseImage}`, ...options];
	build(baseImage, baseContext(join(folder, 'base')), '--file', join(here, 'base.Dockerfile'));
	build(runtimeImage, runtimeContext(join(folder, 'runtime')), '--file', join(here, 'runtime.Dockerfile'));
	build(images.OPENCCB_IMAGE, projectFolder, ...programOptions(folder));
	build(images.POSTGRES_IMAGE, postgresContext(join(folder, 'postgres')), ...base());
	build(images.OLLAMA_IMAGE, ollamaContext(join(folder, 'ollama')), ...base());
	build(images.PROXY_IMAGE, here, ...base('--file', join(here, 'proxy.Dockerfile')));
}

function programOptions(folder: string): string[] {
	const npmSettings = join(folder, 'npmrc');
	writeFileSync(npmSettings, 'cafile=/etc/ssl/certs/ca-certificates.crt\n');
	const given = { NODE_IMAGE: baseImage, RUNTIME_IMAGE: runtimeImage, VERSION: version, COMMIT: commit };
	return [
		...['--file', join(projectFolder, 'docker/Dockerfile')],
		...Object.entries(given).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
		// Whom this machine trusts, for registries that it reaches through something of its own.
		...['--volume', '/etc/ssl/certs:/etc/ssl/certs:ro', '--volume', `${npmSettings}:/usr/local/etc/npmrc:ro`],
	];
}

function baseContext(folder: string): string {
	mkdirSync(folder, { recursive: true });
	copyTar(serversTar(), folder);
	cpSync(process.execPath, join(folder, 'node'));
	const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim());
	cpSync(dirname(dirname(npm)), join(folder, 'npm'), { recursive: true });
	return folder;
}

function runtimeContext(folder: string): string {
	mkdirSync(folder, { recursive: true });
	copyTar(librariesTar(), folder);
	return folder;
}

function postgresContext(folder: string): string {
	ensureNewestPostgres();
	const programs = findNewestPostgres();
	if (programs === null) throw new Error('no PostgreSQL 18 is known for this kind of machine');
	cpSync(join(here, 'postgres'), folder, { recursive: true });
	cpSync(dirname(programs), join(folder, 'server'), { recursive: true, verbatimSymlinks: true });
	return folder;
}

function ollamaContext(folder: string): string {
	cpSync(join(here, 'ollama/Dockerfile'), join(folder, 'Dockerfile'));
	for (const part of ['test/emulators', 'test/operations', 'src/http', 'package.json']) {
		cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
	}
	writeFileSync(join(folder, 'ollama'), '#!/bin/sh\nexec node /stand-in/test/operations/stack/images/ollama/ollama.ts "$@"\n');
	return folder;
}

/** A link where both lie on one file system, for these files are large. */
function copyTar(file: string, folder: string): void {
	const target = join(folder, 'rootfs.tar');
	rmSync(target, { force: true });
	try {
		linkSync(file, target);
	} catch {
		cpSync(file, target); // another file system
	}
}
