/** Makes the documents of a folder or a bucket what it holds now: takes what is new or changed, and removes what is gone. */

import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { FileStore } from '../files/file-store.ts';
import type { FoundFile, SkippedEntry } from '../files/found-file.ts';
import { listBucket } from '../files/list-bucket.ts';
import { listFolder } from '../files/list-folder.ts';
import type { BucketAccess } from '../files/s3/address.ts';
import { attachDocument, documentIdOf } from '../ingest/placements.ts';
import { letGo, type Removal } from '../ingest/removals.ts';
import { standardLimits } from '../reader/limits.ts';
import { enterSyncedFile, enterSyncPlace, type KnownFile, knownFiles, moveSynced, noteVersion, type SyncPlace } from './sync-places.ts';
import type { SyncedSource } from './synced-source.ts';

/** `later`: it changed meanwhile, or could not be read; the next time it is tried again. */
export type SyncOutcome = 'new' | 'changed' | 'unchanged' | 'gone' | 'too-large' | 'later' | SkippedEntry['reason'];

export interface SyncedFile {
	path: string;
	outcome: SyncOutcome;
	/** That is to be read now; null for none. */
	documentId: string | null;
}

export interface SyncOptions {
	signal: AbortSignal;
	/** Changes nothing: tells what would be done. */
	isDry?: boolean;
	/** Hears of each file in turn; the next one waits. */
	onFile(file: SyncedFile): Promise<void> | void;
}

/**
 * Safe to repeat, and to leave at any time. Nothing is removed unless the whole source was looked through.
 * @throws BotError `NOT_FOUND` when there is no such folder, or it is empty where documents were taken from before, as when a disk is not mounted;
 * `CONFIG_INVALID` for a bucket without an access, or one that refuses us; `TOO_LARGE`, `STORE_UNAVAILABLE`, `CANCELLED`.
 */
export type Sync = (source: SyncedSource, options: SyncOptions) => Promise<void>;

export interface SyncDependencies {
	database: Pick<Database, 'asLibrarian'>;
	files: Pick<FileStore, 'put' | 'has'>;
	access: BucketAccess | null;
	clock: Clock;
	/** Removes placements, and leaves what follows from that as jobs. */
	remove(transaction: Transaction, removal: Removal): Promise<unknown>;
	/** Leaves the removal of documents that lie nowhere any more. */
	forget(transaction: Transaction, documentIds: readonly string[]): Promise<void>;
	/** Leaves the reading of a document, where that is not done at once. */
	read(transaction: Transaction, documentId: string): Promise<void>;
}

export function createSync(deps: SyncDependencies): Sync {
	const { database, files, access, clock } = deps;

	function list({ from }: SyncedSource, signal: AbortSignal, onSkipped: (entry: SkippedEntry) => void): AsyncIterable<FoundFile> {
		if ('folder' in from) return listFolder(from.folder, { signal, onSkipped });
		if (access === null) throw new BotError('CONFIG_INVALID', 'there is no key for buckets: set KNOWLEDGE_S3_KEY and KNOWLEDGE_S3_SECRET');
		return listBucket(from.bucket, { signal, onSkipped, access, clock });
	}

	/** The document has a placement before the bytes are looked for again, as in `ingest-file-job.ts`. */
	async function take(source: SyncedSource, place: SyncPlace, file: FoundFile, before: KnownFile | undefined, signal: AbortSignal) {
		const put = await files.put(file.open(signal), { maxBytes: standardLimits.mostFileBytes }, signal);
		const placementId = await database.asLibrarian(async (transaction) => {
			const id = await enterSyncedFile(transaction, source, place, file, null);
			await attachDocument(transaction, id, put);
			if (before?.documentId) await deps.forget(transaction, await letGo(transaction, [before.documentId]));
			return id;
		});
		if (!(await files.has(put.hash, signal))) throw new BotError('CONFLICT', 'the bytes of a file were removed while it was taken in');
		const documentId = documentIdOf(put.hash);
		await database.asLibrarian(async (transaction) => {
			await noteVersion(transaction, placementId, file.version);
			await deps.read(transaction, documentId);
		});
		return documentId;
	}

	async function refuse(source: SyncedSource, place: SyncPlace, file: FoundFile, before: KnownFile | undefined): Promise<void> {
		await database.asLibrarian(async (transaction) => {
			const id = await enterSyncedFile(transaction, source, place, file, 'too-large');
			await noteVersion(transaction, id, file.version);
			await transaction.query('update document_placements set document_id = null where id = $1', [id]);
			await deps.remove(transaction, { where: 'placement.published_from = $1', parameters: [id] });
			if (before?.documentId) await deps.forget(transaction, await letGo(transaction, [before.documentId]));
		});
	}

	async function settle(
		source: SyncedSource,
		place: SyncPlace,
		file: FoundFile,
		before: KnownFile | undefined,
		{ signal, isDry = false }: SyncOptions,
	): Promise<SyncedFile> {
		const { path } = file;
		const outcome = outcomeOf(file, before);
		if (outcome === 'too-large' && !isDry) await refuse(source, place, file, before);
		if (isDry || outcome === 'unchanged' || outcome === 'too-large') return { path, outcome, documentId: null };
		try {
			return { path, outcome, documentId: await take(source, place, file, before, signal) };
		} catch (thrown) {
			if (!isOfFile(toBotError(thrown))) throw thrown;
			return { path, outcome: 'later', documentId: null };
		}
	}

	async function removeGone(gone: readonly KnownFile[], { isDry = false, onFile }: SyncOptions): Promise<void> {
		for (const { placementId, path } of gone) {
			const removal = { where: 'placement.id = $1', parameters: [placementId] };
			if (!isDry) await database.asLibrarian((transaction) => deps.remove(transaction, removal));
			await onFile({ path, outcome: 'gone', documentId: null });
		}
	}

	return async (source, options) => {
		const { signal, isDry = false, onFile } = options;
		const skipped: SkippedEntry[] = [];
		const known = await database.asLibrarian((transaction) => knownFiles(transaction, source));
		const place = isDry
			? { channelId: null, place: null }
			: await database.asLibrarian(async (transaction) => {
					const entered = await enterSyncPlace(transaction, source.channel);
					await moveSynced(transaction, source, entered);
					return entered;
				});
		const seen = new Set<string>();
		for await (const file of list(source, signal, (entry) => skipped.push(entry))) {
			seen.add(file.path);
			await onFile(await settle(source, place, file, known.get(file.path), options));
			signal.throwIfAborted();
		}
		for (const { path, reason } of skipped) await onFile({ path, outcome: reason, documentId: null });
		if (seen.size === 0 && known.size > 0) throw new BotError('NOT_FOUND', 'a source of documents is empty: nothing of it is removed');
		const isHidden = (path: string) => skipped.some((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
		await removeGone(
			[...known.values()].filter(({ path }) => !seen.has(path) && !isHidden(path)),
			options,
		);
	};
}

function outcomeOf({ version, sizeBytes }: FoundFile, before: KnownFile | undefined): 'unchanged' | 'too-large' | 'new' | 'changed' {
	if (before?.version === version && !before.isUnread) return 'unchanged';
	if (sizeBytes > standardLimits.mostFileBytes) return 'too-large';
	return before === undefined ? 'new' : 'changed';
}

/** Somebody writes into it, or keeps it to themselves. Whatever else it is, is not about this file alone. */
function isOfFile({ code }: BotError): boolean {
	return code === 'CONFLICT' || code === 'TOO_LARGE' || code === 'CONFIG_INVALID';
}
