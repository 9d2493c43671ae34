/** Proves backups: with real servers, real tools and the real program; as root, with age, rclone, shellcheck and PostgreSQL of Debian. */

import { spawnSync } from 'node:child_process';
import { runCounted } from '../counted.ts';
import { proveBackup } from './prove-backup.ts';

bringPrograms(['age', 'rclone', 'shellcheck', 'pgbackrest']);
await runCounted(proveBackup);

/** Each has the name of its package. */
function bringPrograms(names: readonly string[]): void {
	const missing = names.filter((name) => spawnSync('sh', ['-c', 'command -v "$0"', name], { stdio: 'ignore' }).status !== 0);
	if (missing.length === 0) return;
	const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
	for (const words of [['update', '-qq'], install]) spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'] });
}
