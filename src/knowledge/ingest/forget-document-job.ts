/** Removes what is left of documents that lie nowhere any more: their bytes, and then their passages and vectors. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { FileStore } from '../files/file-store.ts';
import { documentIdOf } from './placements.ts';

const leavingDocument = z.object({ documentId: z.uuid() });

export type LeavingDocument = z.infer<typeof leavingDocument>;

export interface ForgetDocumentDependencies {
	database: Pick<Database, 'queryAsLibrarian'>;
	files: Pick<FileStore, 'remove'>;
}

/**
 * The row stays until the bytes are gone, and while it says `leaving` nobody takes the same content in: what was put again meanwhile is never
 * removed without whoever put it hearing of it (`ingest-file-job.ts`).
 */
export function createForgetDocumentJob({ database, files }: ForgetDocumentDependencies): JobDefinition<LeavingDocument> {
	return {
		name: 'forget-document',
		data: leavingDocument,
		key: ({ documentId }) => documentId,
		async run({ documentId }, { signal }) {
			const [document] = await database.queryAsLibrarian<{ hash: string }>(
				`select content_hash as hash from documents where id = $1 and status = 'leaving'`,
				[documentId],
			);
			if (document === undefined) return;
			await files.remove(document.hash, signal);
			await database.queryAsLibrarian(`delete from documents where id = $1 and status = 'leaving'`, [documentId]);
		},
	};
}

/** Bytes that belong to no document: nobody knew them when their process died. @returns whether they are to be forgotten. */
export async function enterOrphan({ query }: Pick<Transaction, 'query'>, hash: string, sizeBytes: number): Promise<boolean> {
	const entered = await query(
		`insert into documents (id, content_hash, size_bytes, status) values ($1, $2, $3, 'leaving') on conflict do nothing returning id`,
		[documentIdOf(hash), hash, sizeBytes],
	);
	return entered.length > 0;
}
