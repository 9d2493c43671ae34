/** A database that holds the passages of an evaluation set, each as a document of the whole company, and an employee who asks. */

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '#src/database/database.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createDocumentIndex } from '#src/knowledge/documents/document-index.ts';
import { silentLogger } from '#src/log.ts';
import { createUser } from '#test/fakes/database.ts';
import type { SetPassage } from './read-set.ts';

export interface Library extends AsyncDisposable {
	database: Database;
	asker: Principal;
	/** The set's id of a document. */
	idOf(documentId: string): string;
}

/** Of `BENCH_DATABASE_URL`, which must be empty, or in a folder of its own. */
export async function openLibrary(passages: readonly SetPassage[], signal: AbortSignal): Promise<Library> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const database = await openDatabase({ url: process.env['BENCH_DATABASE_URL'] ?? null, dataFolder, audit: false, logger: silentLogger });
	const index = createDocumentIndex(database);
	const ids = new Map<string, string>();
	for (const { id, title, text } of passages) {
		const documentId = randomUUID();
		ids.set(documentId, id);
		await database.asLibrarian(async ({ query }) => {
			await query('insert into documents (id, content_hash, size_bytes) values ($1, $2, $3)', [documentId, documentId, text.length]);
			await query(`insert into document_placements (id, document_id, name, status) values ($1, $2, $3, 'placed')`, [
				randomUUID(),
				documentId,
				title,
			]);
		});
		const chunks = [{ text, context: title, page: null }];
		await index.put(documentId, { title: null, chunks, isPartial: false }, signal);
	}
	return {
		database,
		asker: await createUser(database),
		idOf: (documentId) => ids.get(documentId) ?? documentId,
		async [Symbol.asyncDispose]() {
			await database.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}
