/** The way to a server that can be cut and restored: what runs through it sees a server that died and came back. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
	readonly port: number;
	/** Cuts every connection and refuses new ones. */
	cut(): Promise<void>;
	/** Takes connections again, at the same port. Nothing happens when it was not cut. */
	restore(): Promise<void>;
	close(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
	const open = new Set<Socket>();
	const server = createServer((incoming) => join(incoming, connect(target)));
	const port = await listen(0);

	async function listen(wanted: number): Promise<number> {
		server.listen(wanted, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	}

	function join(incoming: Socket, outgoing: Socket): void {
		const sides = [incoming, outgoing];
		const end = () => {
			for (const side of sides) {
				open.delete(side);
				side.destroy();
			}
		};
		for (const side of sides) {
			open.add(side);
			side.on('error', end).on('close', end);
		}
		incoming.pipe(outgoing).pipe(incoming);
	}

	async function cut(): Promise<void> {
		if (!server.listening) return;
		const closed = once(server, 'close');
		server.close();
		for (const side of open) side.resetAndDestroy();
		await closed;
	}

	return {
		port,
		cut,
		async restore() {
			if (!server.listening) await listen(port);
		},
		close: cut,
	};
}
