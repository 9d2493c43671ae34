/** Finds bytes that belong to no document and to no upload: the process that put them died before it could say so, or their removal failed for good. */

import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { FileStore, StoredFile } from '../files/file-store.ts';
import { enterOrphan, type LeavingDocument } from './forget-document-job.ts';
import { documentIdOf } from './placements.ts';

export interface SweepFilesDependencies {
	database: Pick<Database, 'asLibrarian' | 'queryAsLibrarian'>;
	files: Pick<FileStore, 'list'>;
	jobs: Pick<Jobs, 'enqueue'>;
	forget: JobDefinition<LeavingDocument>;
	clock: Pick<Clock, 'now'>;
}

/** Whoever puts a file says within minutes which document it is; a try that failed comes again within half an hour. */
const sparedMs = 3 * 3_600_000;
/** So many are asked about at once. */
const batch = 500;

export function createSweepFilesJob({ database, files, jobs, forget, clock }: SweepFilesDependencies): JobDefinition {
	async function sweep(found: readonly StoredFile[]): Promise<void> {
		const known = await database.queryAsLibrarian<{ hash: string }>(
			`select content_hash as hash from documents where content_hash = any($1)
				union all select content_hash from uploads where content_hash = any($1)`,
			[found.map(({ hash }) => hash)],
		);
		const hashes = new Set(known.map(({ hash }) => hash));
		for (const { hash, sizeBytes } of found) {
			if (hashes.has(hash)) continue;
			await database.asLibrarian(async (transaction) => {
				if (!(await enterOrphan(transaction, hash, sizeBytes))) return;
				await jobs.enqueue(transaction, forget, { documentId: documentIdOf(hash) });
			});
		}
	}

	/** Those whose removal waits already are passed over. */
	async function removeAgain(): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			const left = await transaction.query<LeavingDocument>(
				`select id as "documentId" from documents where status = 'leaving' order by id limit ${batch}`,
			);
			for (const document of left) await jobs.enqueue(transaction, forget, document);
		});
	}

	return {
		name: 'sweep-files',
		data: z.object({}),
		everyMs: 24 * 3_600_000,
		async run(_data, { signal }) {
			await removeAgain();
			let found: StoredFile[] = [];
			for await (const file of files.list(signal)) {
				if (file.putAt.getTime() > clock.now() - sparedMs) continue;
				found.push(file);
				if (found.length === batch) {
					await sweep(found);
					found = [];
				}
			}
			await sweep(found);
		},
	};
}
