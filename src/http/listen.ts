/** Lets a server listen, and says which setting to change when it cannot. */

import type { FastifyInstance } from 'fastify';
import { BotError } from '../errors.ts';

export interface ListenAddress {
	host: string;
	/** 0 takes any free one. */
	port: number;
	/** The settings that say both. */
	names: { host: string; port: string };
}

/** @returns the address that it became. @throws BotError `CONFIG_INVALID` when it cannot be had. */
export async function listen(server: FastifyInstance, { host, port, names }: ListenAddress): Promise<string> {
	try {
		return await server.listen({ host, port });
	} catch (thrown) {
		const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
		const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
		const problem = problems[code]?.(names, address) ?? `nothing can listen on ${address}: check ${names.host} and ${names.port}`;
		throw new BotError('CONFIG_INVALID', problem, { cause: thrown });
	}
}

const problems: Readonly<Record<string, (names: ListenAddress['names'], address: string) => string>> = {
	EADDRINUSE: ({ port }, address) => `another program has ${address}: end it, or set ${port} to a free port`,
	EACCES: ({ port }, address) => `this account may not listen on ${address}: set ${port} to a number above 1023`,
	EADDRNOTAVAIL: ({ host }, address) => `this machine does not have the address of ${address}: set ${host} to one of its own`,
	ENOTFOUND: ({ host }, address) => `the name of ${address} leads nowhere: set ${host} to an address of this machine`,
};
