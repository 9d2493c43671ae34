/** A Redis of the test run's own: loopback only, nothing kept. */

import { connect } from 'node:net';
import { createServerFolder, type RunningServer, startServer } from './server-process.ts';

/**
 * @param path the `redis-server` program.
 * @throws Error when it did not come up.
 */
export async function startRedis(path: string): Promise<RunningServer> {
	const folder = createServerFolder('redis');
	return startServer((port) => ({
		url: `redis://127.0.0.1:${port}`,
		path,
		arguments: ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
		stopSignal: 'SIGTERM',
		folder,
		probe: () => ping(port),
	}));
}

function ping(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 });
		const finish = (error?: Error) => {
			socket.destroy();
			if (error === undefined) resolve();
			else reject(error);
		};
		socket.setEncoding('utf8');
		socket.once('connect', () => socket.write('PING\r\n'));
		socket.once('data', (answer: unknown) => finish(String(answer).startsWith('+PONG') ? undefined : new Error('not a Redis')));
		socket.once('timeout', () => finish(new Error('no answer')));
		socket.once('error', finish);
		socket.once('close', () => finish(new Error('connection closed')));
	});
}
