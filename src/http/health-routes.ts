/** What both servers say of the process: whether it lives, for whoever restarts it, and whether it takes messages in, for load balancers. */

import type { FastifyInstance } from 'fastify';
import type { IntakeGate } from './intake.ts';

export function addHealthRoutes(server: FastifyInstance, intake: Pick<IntakeGate, 'isOpen'>): void {
	server.get('/healthz', async () => ({ status: 'alive' }));
	server.get('/healthz/intake', async (_request, reply) => {
		const isOpen = await intake.isOpen();
		return await reply.code(isOpen ? 200 : 503).send({ status: isOpen ? 'open' : 'closed' });
	});
}
