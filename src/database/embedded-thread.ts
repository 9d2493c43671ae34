/** The thread in which Postgres runs where it is embedded. It opens the folder of its `workerData`, says so, and answers what it is sent, in that order. */

import { constants, cpSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import type { CopyOrder, CopyOutcome } from './embedded-server.ts';

const pglite = await PGlite.create(String(workerData), { extensions: { vector } });

parentPort?.on('message', async (sent: Uint8Array | CopyOrder | 'close') => {
	if (sent === 'close') {
		await pglite.close();
		process.exit();
	}
	if (!(sent instanceof Uint8Array)) {
		parentPort?.postMessage(copyFiles(sent));
		return;
	}
	// It gives a part of a buffer of its own.
	const answer = pglite.execProtocolRawSync(sent).slice();
	parentPort?.postMessage(answer, [answer.buffer]);
});
parentPort?.postMessage('open');

/** In one piece, so that Postgres writes nothing meanwhile: what it has not written to its tables stands in its log, as after a crash. */
function copyFiles({ copyTo }: CopyOrder): CopyOutcome {
	try {
		cpSync(String(workerData), copyTo, { recursive: true, errorOnExist: true, force: false, mode: constants.COPYFILE_FICLONE });
		return { problem: null };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
