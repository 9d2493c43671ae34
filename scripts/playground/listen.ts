/** Ports: a free one for the bot, and the wanted one or the next for the page. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** So many ports after the wanted one are tried. */
const attempts = 20;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	const port = await listen(server, '127.0.0.1', 0);
	server.close();
	await once(server, 'close');
	return port;
}

/**
 * Listens on `port` and gives the port that it became.
 * @param mayMove whether the next free port will do when it is taken.
 * @throws the system's error, code EADDRINUSE, when no port was free.
 */
export async function listenNear(server: Server, host: string, port: number, mayMove: boolean): Promise<number> {
	for (let offset = 0; ; offset++) {
		try {
			return await listen(server, host, port + offset);
		} catch (error) {
			const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
			if (!isTaken || !mayMove || offset >= attempts) throw error;
		}
	}
}

function listen(server: Server, host: string, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}
