/** What operators see of files on their way in, and do about those that did not get there. */

import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { type FileReason, readFileReason } from './file-reason.ts';
import type { ReceivedDocument } from './index-document-job.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import type { Removal } from './removals.ts';

/** `reading`: fetched, and being read. `failed` may work another time, `unread` will not. */
export type IngestState = 'asked' | 'waiting' | 'reading' | 'ready' | 'unread' | 'failed' | 'quarantined';

export interface StuckFile {
	placementId: string;
	/** Null in somebody's personal chat, which is nobody else's business. */
	name: string | null;
	reason: FileReason;
	sharedAt: Date;
}

/** Files are named by `documentNumber`. All @throws BotError as `Database.asLibrarian`. */
export interface IngestOperations {
	counts(): Promise<Partial<Record<IngestState, number>>>;
	/** Those in that state, the newest first, 50 at most. */
	stuck(state: 'unread' | 'failed' | 'quarantined'): Promise<StuckFile[]>;
	/** Tries again what failed; of one that is named, also what could not be read, and what waits because its job was taken away. @returns how many. */
	retry(number: number | null): Promise<number>;
	/** Lets a file out of quarantine: from now on it may hold what it seems to hold. @returns how many bear the number. */
	release(number: number): Promise<number>;
	/** Removes a file from quarantine for good. @returns as `release`. */
	remove(number: number): Promise<number>;
}

export interface IngestOperationDependencies {
	database: Pick<Database, 'asLibrarian' | 'queryAsLibrarian'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	index: JobDefinition<ReceivedDocument>;
	/** Removes placements, and leaves what follows from that as jobs. */
	remove(transaction: Transaction, removal: Removal): Promise<unknown>;
}

/** Of a placement and its document together. */
const state = `case
	when placement.status in ('asked', 'waiting', 'failed') then placement.status
	when placement.status = 'refused' or document.status = 'rejected' then 'unread'
	when document.status = 'received' then 'reading'
	else document.status
end`;

const files = `from document_placements as placement left join documents as document on document.id = placement.document_id
where placement.published_from is null`;

/** As `documentNumber`. */
const bearsNumber = `('x' || substr(placement.id::text, 1, 6))::bit(24)::int = $1`;

export function createIngestOperations({ database, jobs, ingest, index, remove }: IngestOperationDependencies): IngestOperations {
	/** Those of this state, as a job needs them. */
	async function find({ query }: Transaction, states: readonly IngestState[], number: number | null): Promise<Found[]> {
		return await query<Found>(
			`select placement.id as "placementId", placement.shared_by as "userId", placement.document_id as "documentId",
				placement.attachment is not null as "isToFetch"
				${files} and ${state} = any($2) and ($1::int is null or ${bearsNumber})`,
			[number, states],
		);
	}

	/** What was fetched is read again, the rest fetched. What nobody can fetch any more is left as it is. */
	async function again(transaction: Transaction, { placementId, userId, documentId, isToFetch }: Found): Promise<boolean> {
		if (isToFetch) {
			await transaction.query(`update document_placements set status = 'waiting', reason = null where id = $1`, [placementId]);
			await jobs.enqueue(transaction, ingest, { placementId, userId });
		} else if (documentId !== null) {
			await transaction.query(
				`update documents set status = 'received', reason = null where id = $1 and status not in ('leaving', 'ready')`,
				[documentId],
			);
			await jobs.enqueue(transaction, index, { documentId, userId });
		}
		return isToFetch || documentId !== null;
	}

	return {
		async counts() {
			const rows = await database.queryAsLibrarian<{ state: IngestState; count: number }>(
				`select ${state} as state, count(*)::int as count ${files} and document.status is distinct from 'leaving' group by 1`,
			);
			return Object.fromEntries(rows.map(({ state: name, count }) => [name, count]));
		},
		async stuck(wanted) {
			const rows = await database.queryAsLibrarian<Omit<StuckFile, 'reason'> & { reason: string | null }>(
				`select placement.id as "placementId", case when placement.place ->> 'kind' = 'direct' then null else placement.name end as name,
					coalesce(placement.reason, document.reason) as reason, placement.shared_at as "sharedAt"
					${files} and ${state} = $1 order by placement.shared_at desc, placement.id limit 50`,
				[wanted],
			);
			return rows.map((row) => ({ ...row, reason: readFileReason(row.reason) }));
		},
		retry: (number) =>
			database.asLibrarian(async (transaction) => {
				const found = await find(transaction, number === null ? ['failed'] : ['failed', 'unread', 'waiting', 'reading'], number);
				let tried = 0;
				for (const file of found) if (await again(transaction, file)) tried += 1;
				return tried;
			}),
		release: (number) =>
			database.asLibrarian(async (transaction) => {
				const found = await find(transaction, ['quarantined'], number);
				for (const file of found) {
					await transaction.query('update documents set is_released = true where id = $1', [file.documentId]);
					await again(transaction, { ...file, isToFetch: false });
				}
				return found.length;
			}),
		remove: (number) =>
			database.asLibrarian(async (transaction) => {
				const found = await find(transaction, ['quarantined'], number);
				const ids = found.map(({ placementId }) => placementId);
				if (ids.length > 0) await remove(transaction, { where: 'placement.id = any($1)', parameters: [ids] });
				return found.length;
			}),
	};
}

interface Found {
	placementId: string;
	userId: string | null;
	documentId: string | null;
	isToFetch: boolean;
}
