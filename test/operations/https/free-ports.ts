/** Ports of this machine that nobody has. */

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** So many different ones, free a moment ago. */
export async function freePorts<Count extends number>(count: Count): Promise<PortsOf<Count>> {
	const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
	await Promise.all(servers.map((server) => once(server, 'listening')));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => once(server.close(), 'close')));
	return ports as PortsOf<Count>;
}

/** A tuple of as many numbers. */
type PortsOf<Count extends number, Ports extends number[] = []> = Ports['length'] extends Count
	? Ports
	: PortsOf<Count, [...Ports, number]>;
