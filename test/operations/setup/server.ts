/** A fresh server in a container: systemd, the machine's ways to packages, the checkout, and a company that the bot is for. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { eventually } from '../../e2e/eventually.ts';
import { podman, tryPodman } from '../machine/container-engine.ts';
import { serverImage } from './server-image.ts';

const name = 'fresh-server';
/** Leads to the container (`--network=slirp4netns` gives it this address), and nowhere else. */
export const serverName = 'bot.internal';
const ownAddress = '10.0.2.100';
export const checkout = '/srv/openccb';
const node = '/srv/node';

/** It leads a process group, all of which dies at once, as in a power cut. */
const killItsGroup = 'kill -KILL -- "-$(</run/openccb-setup.lock)"';

export interface SetupEnd {
	code: number | null;
	output: string;
}

export interface Server {
	/** Runs a command of the shell. @returns what it wrote. @throws when it fails. */
	run(command: string): Promise<string>;
	/** The setup, with all answers; killed with all that it started as soon as it writes `killAt`. */
	setup(options?: { more?: readonly string[]; killAt?: string }): Promise<SetupEnd>;
	/** @returns what the bot answered in the emulated chat. */
	ask(question: string): Promise<string>;
	close(): Promise<void>;
}

/** @param folder For files of this run. */
export async function openServer(folder: string): Promise<Server> {
	const sandbox = [
		'--systemd=always',
		'--cap-add=SYS_ADMIN',
		'--cap-add=SYS_PTRACE',
		'--security-opt=seccomp=unconfined',
		'--network=slirp4netns',
		`--add-host=${serverName}:${ownAddress}`,
	];
	await podman('run', '--detach', '--name', name, ...sandbox, ...mounts(folder), serverImage, '/sbin/init');
	// Credentials of services reach them through a shared mount, which a real machine has and a container gets.
	await podman('exec', name, 'mount', '--make-rshared', '/');
	await eventually(async () => (await tryPodman('exec', name, 'systemctl', 'is-system-running')).stdout.trim() === 'running');
	const company = await openCompany();
	return {
		run: (command) => podman('exec', name, 'bash', '-c', command),
		setup: ({ more = [], killAt } = {}) => runSetup(company.access, more, killAt),
		ask: company.ask,
		async close() {
			company.close();
			await podman('rm', '--force', '--time', '0', name);
		},
	};
}

/** How this machine reaches its registries is for the container too; nothing of it is written anywhere else. */
function mounts(folder: string): string[] {
	const npm = (key: string) => execFileSync('npm', ['config', 'get', key], { encoding: 'utf8' }).trim();
	const own = join(homedir(), '.npmrc');
	const files = {
		apt: execFileSync('apt-config', ['dump', 'Acquire'], { encoding: 'utf8' }),
		npmrc: [`registry=${npm('registry')}`, `cafile=${npm('cafile')}`, existsSync(own) ? readFileSync(own, 'utf8') : ''].join('\n'),
		dpkg: 'force-unsafe-io\n',
		// Neither user namespaces nor higher limits are to be had in most sandboxes, and Debian's unit asks for both.
		redis: '[Service]\nPrivateUsers=no\nLimitNOFILE=4096\n',
	};
	for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
	const pairs = [
		[projectFolder, checkout],
		[process.execPath, node],
		['/etc/apt/sources.list', '/etc/apt/sources.list'],
		['/etc/apt/sources.list.d', '/etc/apt/sources.list.d'],
		['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/ca-certificates.crt'],
		[npm('cafile'), npm('cafile')],
		[join(folder, 'apt'), '/etc/apt/apt.conf.d/99machine'],
		[join(folder, 'npmrc'), '/root/.npmrc'],
		[join(folder, 'dpkg'), '/etc/dpkg/dpkg.cfg.d/machine'],
		[join(folder, 'redis'), '/etc/systemd/system/redis-server@.service.d/machine.conf'],
	] as const;
	const there = [...new Map(pairs.filter(([source]) => existsSync(source)).map((pair) => [pair[1], pair])).values()];
	return [...there.flatMap(([source, target]) => ['--volume', `${source}:${target}:ro`]), '--volume', `${npm('cache')}:/root/.npm`];
}

interface Access {
	botToken: string;
	appToken: string;
	apiUrl: string;
}

async function openCompany(): Promise<{ access: Access; ask(question: string): Promise<string>; close(): void }> {
	const child = spawn('podman', ['exec', '--interactive', '--workdir', checkout, name, node, 'test/operations/setup/company.ts'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const read = async <T>() => JSON.parse((await lines.next()).value ?? '{}') as T;
	return {
		access: await read<Access>(),
		async ask(question) {
			child.stdin.write(`${question}\n`);
			return (await read<{ answer: string }>()).answer;
		},
		close: () => child.stdin.end(),
	};
}

async function runSetup({ botToken, appToken, apiUrl }: Access, more: readonly string[], killAt?: string): Promise<SetupEnd> {
	const secrets = ['--env', `SLACK_BOT_TOKEN=${botToken}`, '--env', `SLACK_APP_TOKEN=${appToken}`];
	const domain = ['--domain', serverName, '--set', 'OPENCCB_CERTIFICATE=internal'];
	const words = ['--no-docker', '--yes', '--set', `SLACK_API_URL=${apiUrl}`, ...domain, ...more];
	const child = spawn('podman', ['exec', ...secrets, name, 'bash', `${checkout}/scripts/setup.sh`, ...words], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output: string[] = [];
	const watch = (lines: Interface) =>
		lines.on('line', (line) => {
			output.push(line);
			if (killAt !== undefined && line.includes(killAt)) void tryPodman('exec', name, 'bash', '-c', killItsGroup);
		});
	for (const stream of [child.stdout, child.stderr]) watch(createInterface({ input: stream }));
	return { code: await ended(child), output: output.join('\n') };
}

async function ended(child: ChildProcess): Promise<number | null> {
	return await new Promise((resolve) => child.once('close', resolve));
}
