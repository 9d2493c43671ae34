/** Both servers, for the chat platforms and for operations, put together. */

import type { FastifyInstance } from 'fastify';
import { type ListenAddress, listen } from './listen.ts';
import { createOperationsServer, type OperationsOptions } from './operations.ts';
import { createHttpServer } from './server.ts';

export interface HttpDependencies extends Omit<OperationsOptions, 'host'> {
	/** For the chat platforms. */
	address: ListenAddress;
	operationsAddress: ListenAddress;
}

export interface Http {
	/** For the chat platforms: their adapters add their own addresses before it listens. */
	server: FastifyInstance;
	/**
	 * For operations always, for the platforms where this process talks to them.
	 * @returns the addresses that it became, null where it does not listen. @throws BotError `CONFIG_INVALID` when one cannot be had.
	 */
	listen(roles: { chat: boolean }): Promise<{ address: string | null; operationsAddress: string }>;
	close(): Promise<void>;
}

export function createHttp({ address, operationsAddress, ...options }: HttpDependencies): Http {
	const server = createHttpServer(options.intake);
	const operations = createOperationsServer({ host: operationsAddress.host, ...options });
	return {
		server,
		async listen({ chat }) {
			return {
				address: chat ? await listen(server, address) : null,
				operationsAddress: await listen(operations, operationsAddress),
			};
		},
		async close() {
			await Promise.all([server.close(), operations.close()]);
		},
	};
}
