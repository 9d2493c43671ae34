/** Where the bot runs as a service, and where it runs in containers: the same scripts, with stand-ins for what they call. */

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import type { Prove } from '../https/prove.ts';
import { runToEnd } from '../https/running.ts';
import { makeKey } from './administrator.ts';
import { databases, ownUrl } from './server-databases.ts';

export interface WayParts {
	/** Of a server with a database `openccb`, as its administrator. */
	server: string;
	/** With the documents of that database. */
	dataFolder: string;
	folder: string;
	prove: Prove;
}

export async function proveWays({ server, dataFolder, folder, prove }: WayParts): Promise<void> {
	for (const way of ['systemd', 'docker'] as const) {
		await prove(`backed up, verified, restored over data and taken back, where the bot runs by ${way}`, async () => {
			const root = await mkdtemp(join(folder, `${way}-`));
			await (way === 'systemd' ? installService(root, ownUrl(server), dataFolder) : installStack(root, dataFolder));
			const [identity, recipients] = [join(root, 'identity'), join(root, 'etc/openccb/backup.recipients')];
			await makeKey(identity, recipients);
			const environment = {
				PATH: `${resolve('test/operations/backup/stand-ins')}:${process.env['PATH'] ?? ''}`,
				OPENCCB_SETUP_ROOT: root,
				OPENCCB_BACKUP_IDENTITY: identity,
				STAND_IN_PORT: new URL(server).port,
				LANG: 'C',
			};
			const steps: [string, ...string[]][] = [
				['backup.sh'],
				['restore.sh', 'latest', '--verify'],
				['restore.sh', 'latest', '--yes', '--replace'],
				['restore.sh', '--back'],
				['restore.sh', 'latest', '--yes', '--replace'],
				['restore.sh', '--forget'],
				['backup.sh', '--schedule', '--at', '03:15'],
			];
			for (const [script, ...words] of steps) {
				const { code, output } = await runToEnd(`scripts/${script}`, words, environment);
				assert.equal(code, 0, `${script} ${words.join(' ')}: ${output}`);
			}
			assert.deepEqual(await databases(server), ['openccb', 'postgres']);
			assert.match(await readFile(join(root, 'etc/systemd/system/openccb-backup.timer'), 'utf8'), /OnCalendar=\*-\*-\* 03:15:00/);
			// It ends with 0 whatever it finds.
			const units = ['service', 'timer'].map((kind) => join(root, `etc/systemd/system/openccb-backup.${kind}`));
			assert.equal((await runToEnd('systemd-analyze', ['verify', ...units])).output, '');
			assert.match(await readFile(join(root, 'systemctl'), 'utf8'), /enable --now openccb-backup\.timer/);
		});
	}
}

/** As `scripts/setup.sh --no-docker` leaves it. */
async function installService(root: string, url: string, dataFolder: string): Promise<void> {
	const release = join(root, 'opt/openccb/current');
	for (const folder of ['etc/systemd/system', 'etc/openccb/secrets', 'opt/openccb/current', 'var/lib'])
		await mkdir(join(root, folder), { recursive: true });
	for (const name of ['package.json', 'migrations', 'scripts', 'src', 'node_modules'])
		await symlink(join(projectFolder, name), join(release, name));
	await symlink(process.execPath, join(release, 'node'));
	await writeFile(join(root, 'etc/systemd/system/openccb.service'), '[Service]\n');
	await writeFile(join(root, 'etc/openccb/setup.env'), 'OPENCCB_ADMINS=slack:T0:U0\nSOME_TOKEN=secret\n');
	await writeFile(join(root, 'etc/openccb/secrets/DATABASE_URL'), url);
	await cp(dataFolder, join(root, 'var/lib/openccb'), { recursive: true });
}

/** As `scripts/setup.sh` leaves it. */
async function installStack(root: string, dataFolder: string): Promise<void> {
	for (const folder of ['etc/openccb', 'etc/systemd/system', 'opt/openccb/stack']) await mkdir(join(root, folder), { recursive: true });
	await writeFile(join(root, 'opt/openccb/stack/docker-compose.yml'), 'services: {}\n');
	await writeFile(join(root, 'opt/openccb/stack/.env'), 'COMPOSE_PROJECT_NAME=openccb\n');
	await cp(dataFolder, join(root, 'volume'), { recursive: true });
}
