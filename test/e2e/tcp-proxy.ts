/** The way to a server that can be cut and restored: what runs through it sees a server that died and came back. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
	readonly port: number;
	/** Cuts every connection, and each new one as soon as it is made. */
	cut(): void;
	restore(): void;
	close(): Promise<void>;
}

/** Starts a proxy on a free port, whole unless told otherwise. */
export async function startTcpProxy(target: { host: string; port: number }, options: { isCut?: boolean } = {}): Promise<TcpProxy> {
	const open = new Set<Socket>();
	let isCut = options.isCut ?? false;
	const server = createServer((incoming) => {
		if (isCut) return void incoming.resetAndDestroy();
		join(incoming, connect(target));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

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

	const cut = () => {
		isCut = true;
		for (const side of open) side.resetAndDestroy();
	};
	return {
		port: (server.address() as AddressInfo).port,
		cut,
		restore: () => {
			isCut = false;
		},
		async close() {
			cut();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
