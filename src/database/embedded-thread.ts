/** The thread in which Postgres runs where it is embedded. It opens the folder of its `workerData`, says so, and answers what it is sent, in that order. */

import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const pglite = await PGlite.create(String(workerData), { extensions: { vector } });

parentPort?.on('message', async (sent: Uint8Array | 'close') => {
	if (sent === 'close') {
		await pglite.close();
		process.exit();
	}
	// It gives a part of a buffer of its own.
	const answer = pglite.execProtocolRawSync(sent).slice();
	parentPort?.postMessage(answer, [answer.buffer]);
});
parentPort?.postMessage('open');
