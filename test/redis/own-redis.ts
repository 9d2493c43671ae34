/** A Redis for one test, on a port of its own, that can be killed, frozen and started again at the same address. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findRedisServer } from '../../scripts/toolchain/system-parts.mjs';

export interface OwnRedis {
	url: string;
	start(): Promise<void>;
	/** Ends it at once, with everything in it. */
	kill(): Promise<void>;
	/** It keeps its connections but answers nobody, as behind a broken network. */
	freeze(): void;
	thaw(): void;
}

/** Not started yet. */
export async function createOwnRedis(): Promise<OwnRedis> {
	const port = await findFreePort();
	let server: ChildProcess | undefined;
	const killOnExit = (): void => void server?.kill('SIGKILL');

	async function kill(): Promise<void> {
		process.off('exit', killOnExit);
		if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
		const exited = once(server, 'exit');
		server.kill('SIGKILL');
		await exited;
	}

	return {
		url: `redis://127.0.0.1:${port}`,
		async start() {
			const path = findRedisServer();
			if (path === null) throw new Error('redis-server is missing on this machine.');
			server = spawn(path, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'], {
				stdio: 'ignore',
			});
			process.once('exit', killOnExit);
			for (const deadline = Date.now() + 10_000; !(await answers(port)); ) {
				if (Date.now() > deadline) throw new Error('redis-server did not start.');
				await delay(10);
			}
		},
		kill,
		freeze: () => server?.kill('SIGSTOP'),
		thaw: () => server?.kill('SIGCONT'),
	};
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('There is no free port.');
	return address.port;
}

async function answers(port: number): Promise<boolean> {
	const socket = connect({ host: '127.0.0.1', port });
	try {
		await once(socket, 'connect');
		socket.write('PING\r\n');
		const [answer] = await once(socket, 'data');
		return String(answer).startsWith('+PONG');
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
