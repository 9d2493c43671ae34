/** The embedded Postgres in the thread that asks it: a statement is answered within a turn of the event loop. */

import { cpSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { createEmbeddedConnection } from '#src/database/embedded-connection.ts';
import type { EmbeddedServer } from '#src/database/embedded-server.ts';

export async function startServerInThread(folder: string): Promise<EmbeddedServer> {
	const pglite = await PGlite.create(folder, { extensions: { vector } });
	return {
		connect: () =>
			createEmbeddedConnection((messages, asker) => {
				const answer = pglite.execProtocolRawSync(messages).slice();
				queueMicrotask(() => asker.destroyed || asker.push(answer));
			}),
		copyTo: async (copy) => cpSync(folder, copy, { recursive: true }),
		close: () => pglite.close(),
	};
}
