/** HTTPS, both ways, against a directory of our own: certificates, renewal, what passes, what is said when something is wrong. */

import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTcpProxy } from '#test/e2e/tcp-proxy.ts';
import { type AcmeDirectory, startAcmeDirectory } from './acme-directory.ts';
import { createCaddyFront } from './caddy-front.ts';
import { proveFirst, proveOutage, proveRenewal, proveRestart } from './certificates.ts';
import { freePorts } from './free-ports.ts';
import type { Front, FrontOptions } from './front.ts';
import { proveHandingOver, type RealProgram, startRealProgram } from './handing-over.ts';
import { proveLocalAuthority } from './local-authority.ts';
import { createNginxFront } from './nginx-front.ts';
import { provePassing } from './passing.ts';
import type { Prove } from './prove.ts';
import { proveRefusals } from './refusals.ts';
import { startStandInProgram } from './stand-in-program.ts';

type CreateFront = (options: FrontOptions) => Promise<Front>;

/** Two thirds of them are waited for, so they are short; long enough for whoever renews to be in time: Certbot takes some seconds. */
const caddyValiditySeconds = 36;
const nginxValiditySeconds = 45;

/** Takes most of a minute, and nearly all of it is waiting: everything at the same time. */
export async function proveHttps(prove: Prove): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-https-'));
	// nginx answers under an account of its own.
	await chmod(folder, 0o755);
	const proveAs =
		(name: string): Prove =>
		(sentence, act) =>
			prove(`${name} ${sentence}`, act);
	try {
		const folders = ['program', 'caddy', 'nginx', 'caddy-refused', 'nginx-refused', 'local'].map((name) => join(folder, name));
		await Promise.all(folders.map((each) => mkdir(each)));
		const [port] = await freePorts(1);
		const program = await startRealProgram(port, join(folder, 'program'));
		await Promise.all([
			proveCaddy(join(folder, 'caddy'), { program, port }, proveAs('Caddy')),
			proveNginx(join(folder, 'nginx'), { program, port }, proveAs('nginx')),
			proveRefused(join(folder, 'caddy-refused'), createCaddyFront, proveAs('Caddy')),
			proveRefused(join(folder, 'nginx-refused'), createNginxFront, proveAs('nginx')),
			proveLocalAuthority(join(folder, 'local'), prove),
		]);
		await program.close();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Caddy tries again a minute after it has failed, longer than certificates last here, so that comes last. */
async function proveCaddy(folder: string, behind: Behind, prove: Prove): Promise<void> {
	const directory = await startAcmeDirectory(folder, caddyValiditySeconds);
	const front = await proveService(folder, directory, createCaddyFront, behind, prove);
	await proveRenewal(front, prove);
	await proveOutage(front, directory, prove);
	await proveRestart(front, prove);
	await front.stop();
	await directory.close();
}

async function proveNginx(folder: string, behind: Behind, prove: Prove): Promise<void> {
	const directory = await startAcmeDirectory(folder, nginxValiditySeconds);
	const front = await proveService(folder, directory, createNginxFront, behind, prove);
	await proveOutage(front, directory, prove);
	await proveRenewal(front, prove);
	await front.stop();
	await directory.close();
}

interface Behind {
	program: RealProgram;
	/** The program's. */
	port: number;
}

/** @returns the front, which has a certificate and serves. */
async function proveService(
	folder: string,
	directory: AcmeDirectory,
	create: CreateFront,
	{ program, port }: Behind,
	prove: Prove,
): Promise<Front> {
	const [oldPort] = await freePorts(1);
	const old = await startStandInProgram(oldPort);
	const wayToProgram = await startTcpProxy({ host: '127.0.0.1', port });
	await wayToProgram.cut();
	const upstreams = `127.0.0.1:${oldPort} 127.0.0.1:${wayToProgram.port}`;
	const front = await create({ directory, domain: 'bot.example.com', upstreams, folder });
	await proveFirst(front, directory, prove);
	await provePassing(front, old, prove);
	await wayToProgram.restore();
	await proveHandingOver(front, old, program, prove);
	await wayToProgram.close();
	return front;
}

async function proveRefused(folder: string, create: CreateFront, prove: Prove): Promise<void> {
	const directory = await startAcmeDirectory(folder, caddyValiditySeconds);
	const front = await create({ directory, domain: 'elsewhere.example.com', upstreams: '127.0.0.1:1', folder });
	await proveRefusals(front, directory, prove);
	await directory.close();
}
