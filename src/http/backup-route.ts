/** `POST /backup` for the script that backs up: has the embedded database copied while people go on talking. One copy at a time. */

import type { FastifyInstance } from 'fastify';
import type { CopyData } from '../database/copy-data.ts';
import { toBotError } from '../errors.ts';

/** 200 with where the copy lies, 404 where the database is a server's, 409 while another one is made, else 503 with the code of the error. */
export function addBackupRoute(server: FastifyInstance, copyData: CopyData): void {
	let isRunning = false;
	server.post('/backup', async (_request, reply) => {
		if (isRunning) return await reply.code(409).send({ code: 'running' });
		isRunning = true;
		try {
			return { folder: await copyData() };
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			return await reply.code(code === 'NOT_FOUND' ? 404 : 503).send({ code, reason });
		} finally {
			isRunning = false;
		}
	});
}
