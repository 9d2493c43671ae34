/** A road to a server that can swallow everything without a word, as when a machine on the way loses its power. */

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface BreakableRoad {
	port: number;
	/** Connections that stand now carry nothing any more but stay open; new ones work. Returns how many there are. */
	swallow(): number;
	/** How many connections have been made in all. */
	connections(): number;
	close(): Promise<void>;
}

export async function createBreakableRoad(targetPort: number): Promise<BreakableRoad> {
	const sockets: Socket[] = [];
	let connections = 0;
	const server = createServer((inner) => {
		connections += 1;
		const outer = connect({ host: '127.0.0.1', port: targetPort });
		inner.pipe(outer).pipe(inner);
		for (const socket of [inner, outer]) {
			// The other end is told nothing of errors either: the client under test finds out for itself.
			socket.on('error', () => undefined);
			sockets.push(socket);
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('There is no free port.');
	return {
		port: address.port,
		swallow() {
			for (const socket of sockets) {
				socket.unpipe();
				socket.pause();
			}
			return sockets.length / 2;
		},
		connections: () => connections,
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
