/** A server with a bot on it, on this machine: a real sshd on loopback, the bot as real processes, and a folder for everything that an update writes. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { eventually } from '#test/e2e/eventually.ts';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { freePorts } from '../https/free-ports.ts';
import { run, runToEnd } from '../https/running.ts';

export interface RemoteServer {
	/** What every call of `ssh_deploy.sh` needs in order to reach it. */
	address: readonly string[];
	/** Of the service. */
	operationsPort: number;
	/** A file below the server's root. */
	file(...path: string[]): string;
	/** The release that `current` leads to. */
	currentRelease(): Promise<string>;
	/** As the stand-in for systemd does it. */
	systemctl(...words: string[]): Promise<string>;
	close(): Promise<void>;
}

export interface RemoteServerOptions {
	folder: string;
	/** The sources that are installed. */
	sources: string;
	environment: Record<string, string>;
	/** Null for the embedded database. */
	databaseUrl: string | null;
}

const standIns = resolve('test/operations/deploy/stand-ins');

export async function startRemoteServer({ folder, sources, environment, databaseUrl }: RemoteServerOptions): Promise<RemoteServer> {
	const [sshPort] = await freePorts(1);
	const [port, operationsPort] = [await freePair(), await freePair()];
	const root = join(folder, 'root');
	const file = (...path: string[]) => join(root, ...path);
	const remote = {
		PATH: `${standIns}:${process.env['PATH'] ?? ''}`,
		OPENCCB_SETUP_ROOT: root,
		OPENCCB_PACKAGES: join(projectFolder, 'node_modules'),
		OPENCCB_DEPLOY_WATCH_SECONDS: '3',
		...(databaseUrl === null ? {} : { PGHOST: new URL(databaseUrl).hostname, PGPORT: new URL(databaseUrl).port, PGUSER: 'postgres' }),
	};
	const settings = { ...environment, PORT: `${port}`, OPENCCB_OPERATIONS_PORT: `${operationsPort}` };
	await install({ file, sources, settings, databaseUrl });
	const sshd = await startSshd(folder, sshPort, remote);
	const systemctl = async (...words: string[]) => (await runToEnd(join(standIns, 'systemctl'), words, remote)).output.trim();
	await systemctl('start', 'openccb.service');
	await eventually(async () => (await fetch(`http://127.0.0.1:${operationsPort}/healthz/intake`).catch(() => null))?.ok === true, 60_000);
	return {
		address: ['root@127.0.0.1', '--port', `${sshPort}`, '--identity', join(folder, 'key'), '--known-hosts', join(folder, 'known_hosts')],
		operationsPort,
		file,
		currentRelease: async () => (await readlink(file('opt/openccb/current'))).split('/').at(-1) ?? '',
		systemctl,
		async close() {
			for (const unit of ['openccb-next.service', 'openccb.service']) await systemctl('kill', unit);
			await sshd.stop();
		},
	};
}

/** As `scripts/setup.sh --no-docker` leaves it. */
async function install(parts: {
	file: RemoteServer['file'];
	sources: string;
	settings: Record<string, string>;
	databaseUrl: string | null;
}): Promise<void> {
	const { file, sources, settings, databaseUrl } = parts;
	const release = file('opt/openccb/releases/0.0.1-old');
	for (const folder of ['etc/systemd/system', 'etc/openccb/secrets', 'opt/openccb/releases', 'run', 'proc', 'var/lib'])
		await mkdir(file(folder), { recursive: true });
	await cp(sources, release, { recursive: true });
	await symlink(join(projectFolder, 'node_modules'), join(release, 'node_modules'));
	await symlink(process.execPath, join(release, 'node'));
	await symlink(release, file('opt/openccb/current'));
	// What `bring-node.mjs` finds there it need not bring.
	const brought = resolve(process.execPath, '../../../..');
	await symlink(brought, file('opt/openccb', basename(brought)));
	await writeFile(file('proc/meminfo'), await readFile('/proc/meminfo'));
	await writeFile(file('etc/openccb/setup.env'), lines(settings));
	await writeFile(file('etc/openccb/openccb.env'), '');
	if (databaseUrl !== null) await writeFile(file('etc/openccb/secrets/DATABASE_URL'), databaseUrl);
	await writeFile(
		file('etc/systemd/system/openccb.service'),
		`[Service]
Type=exec
WorkingDirectory=${file('opt/openccb/current')}
ExecStart=${file('opt/openccb/current/node')} src/main.ts
Environment=NODE_ENV=production NODE_COMPILE_CACHE=${file('var/cache/openccb')} OPENCCB_DATA=${file('var/lib/openccb')}
EnvironmentFile=${file('etc/openccb/setup.env')}
EnvironmentFile=-${file('etc/openccb/openccb.env')}
${databaseUrl === null ? '' : `LoadCredential=DATABASE_URL:${file('etc/openccb/secrets/DATABASE_URL')}`}
Restart=always
MemoryMax=1073741824
`,
	);
}

async function startSshd(folder: string, port: number, remote: Record<string, string>) {
	const keygen = (name: string) => execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
	for (const name of ['host_key', 'key']) keygen(name);
	await cp(join(folder, 'key.pub'), join(folder, 'authorized_keys'));
	await chmod(join(folder, 'authorized_keys'), 0o600);
	const [kind, key] = (await readFile(join(folder, 'host_key.pub'), 'utf8')).split(' ');
	await writeFile(join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${kind} ${key}\n`);
	await writeFile(
		join(folder, 'sshd_config'),
		`ListenAddress 127.0.0.1
Port ${port}
HostKey ${join(folder, 'host_key')}
PidFile none
AuthorizedKeysFile ${join(folder, 'authorized_keys')}
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
SetEnv ${Object.entries(remote)
			.map(([name, value]) => `${name}="${value}"`)
			.join(' ')}
`,
	);
	await mkdir('/run/sshd', { recursive: true });
	const sshd = run('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')]);
	await eventually(() => sshd.output().includes('Server listening'));
	return sshd;
}

function lines(settings: Record<string, string>): string {
	return Object.entries(settings)
		.map(([name, value]) => `${name}=${value}\n`)
		.join('');
}

/** A port with the one after it, which the process beside the service takes. */
async function freePair(): Promise<number> {
	for (;;) {
		const [port] = await freePorts(1);
		if (await isFree(port + 1)) return port;
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	const listening = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
	server.close();
	return listening;
}
