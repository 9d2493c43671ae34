/** Reads the bytes of a document and puts its passages where they are found. */

import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toBotError } from '../../errors.ts';
import type { JobContext, JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { UnreadableReason } from '../blocks.ts';
import type { Chunk } from '../chunk/chunk.ts';
import type { DocumentIndex } from '../documents/document-index.ts';
import type { FileStore } from '../files/file-store.ts';
import type { ReadOutcome, ReadRequest } from '../reader/read-document.ts';
import type { DueVectors } from '../vectors/embed-chunks-job.ts';
import type { FileLines } from './file-lines.ts';
import type { LeavingDocument } from './forget-document-job.ts';
import type { IngestObserver } from './observer.ts';
import { type OutdatedPublication, takeBackOutdated } from './outdated-publications.ts';
import { messagesOf } from './placements.ts';
import type { ReadingPlaces } from './reading-places.ts';
import { settleVersionsOf } from './versions.ts';

const receivedDocument = z.object({
	documentId: z.uuid(),
	/** Who shared it; null when nobody knows any more. */
	userId: z.uuid().nullable(),
});

export type ReceivedDocument = z.infer<typeof receivedDocument>;

export interface IndexDocumentDependencies {
	database: Pick<Database, 'asLibrarian'>;
	files: Pick<FileStore, 'read'>;
	index: DocumentIndex;
	/** As `readDocument`. */
	read: (request: ReadRequest) => Promise<ReadOutcome>;
	places: ReadingPlaces;
	jobs: Pick<Jobs, 'enqueue'>;
	/** Null where no vectors are kept. */
	embed: JobDefinition<DueVectors> | null;
	forget: JobDefinition<LeavingDocument>;
	tellTakenBack: JobDefinition<OutdatedPublication>;
	lines: FileLines;
	clock: Clock;
	observer: IngestObserver;
}

interface KnownDocument {
	hash: string;
	status: 'received' | 'ready' | 'rejected' | 'quarantined' | 'failed';
	/** As it was called where it was shared last. */
	name: string;
	isReleased: boolean;
}

const findDocument = `
select document.content_hash as hash, document.status, document.is_released as "isReleased", placement.name
from documents as document join document_placements as placement on placement.document_id = document.id
where document.id = $1 and document.status <> 'leaving' order by placement.shared_at desc, placement.id limit 1`;

export function createIndexDocumentJob(deps: IndexDocumentDependencies): JobDefinition<ReceivedDocument> {
	const { database, files, index, jobs, embed, forget, tellTakenBack, lines, clock, observer } = deps;

	async function find(documentId: string): Promise<KnownDocument | null> {
		return await database.asLibrarian(async ({ query }) => (await query<KnownDocument>(findDocument, [documentId]))[0] ?? null);
	}

	/** The bytes are in memory no longer than the process that reads them is there. */
	async function read({ hash, name, isReleased }: KnownDocument, signal: AbortSignal): Promise<ReadOutcome> {
		const outcome = await deps.places.take(
			async () => await deps.read({ name, isReleased, bytes: await files.read(hash, signal), signal }),
			signal,
		);
		observer.stage('read', outcome.durationMs);
		return outcome;
	}

	async function put(documentId: string, chunks: readonly Chunk[], isPartial: boolean, { signal, progress }: JobContext): Promise<void> {
		const beganAtMs = clock.now();
		await index.put(documentId, { title: null, chunks, isPartial }, signal, (done) => progress(done, chunks.length));
		observer.stage('index', clock.now() - beganAtMs);
		observer.indexed();
	}

	/** What is known of it from now on, and what follows from that. Also for what was known before: the same file may have been shared again. */
	async function settle(documentId: string, verdict: Verdict | null, context: Pick<JobContext, 'finishIn'> | null): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			if (verdict !== null)
				await transaction.query(`update documents set status = $2, reason = $3 where id = $1 and status not in ('leaving', 'ready')`, [
					documentId,
					verdict.status,
					verdict.reason,
				]);
			await settleVersionsOf(transaction, documentId);
			await takeBack(transaction, documentId);
			for (const message of await messagesOf(transaction, documentId)) await lines.leave(transaction, message);
			if (embed !== null && verdict === null) await jobs.enqueue(transaction, embed, {});
			await context?.finishIn(transaction);
		});
	}

	/** The company is not answered from what is out of date. */
	async function takeBack(transaction: Transaction, documentId: string): Promise<void> {
		const { publications, documentIds } = await takeBackOutdated(transaction, documentId);
		for (const goneId of documentIds) await jobs.enqueue(transaction, forget, { documentId: goneId });
		for (const publication of publications) await jobs.enqueue(transaction, tellTakenBack, publication);
	}

	async function take(documentId: string, document: KnownDocument, context: JobContext): Promise<void> {
		if (document.status !== 'received' && document.status !== 'failed') return await settle(documentId, null, context);
		const outcome = await read(document, context.signal);
		if (outcome.status !== 'rejected') {
			await put(documentId, outcome.chunks, outcome.status === 'partial', context);
			return await settle(documentId, null, context);
		}
		observer.declined(outcome.reason);
		await settle(documentId, verdictOf(outcome.reason), context);
	}

	return {
		name: 'index-document',
		data: receivedDocument,
		key: ({ documentId }) => documentId,
		userId: ({ userId }) => userId,
		async run({ documentId }, context) {
			const document = await find(documentId);
			if (document === null) return;
			const messages = await database.asLibrarian((transaction) => messagesOf(transaction, documentId));
			try {
				await lines.during(
					messages.filter(({ isPersonal }) => isPersonal),
					() => take(documentId, document, context),
				);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (context.signal.aborted) throw error;
				// It was removed meanwhile.
				if ((await find(documentId)) === null) return;
				throw error;
			}
		},
		async onLost({ documentId }) {
			const document = await find(documentId);
			if (document?.status !== 'received' && document?.status !== 'failed') return;
			observer.declined('unavailable');
			await settle(documentId, { status: 'failed', reason: 'unavailable' }, null);
		},
	};
}

interface Verdict {
	status: 'rejected' | 'quarantined' | 'failed';
	reason: UnreadableReason | 'unavailable';
}

function verdictOf(reason: UnreadableReason): Verdict {
	return { status: reason === 'quarantine' ? 'quarantined' : 'rejected', reason };
}
