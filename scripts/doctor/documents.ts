/** What becomes of a file that is put where documents lie. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { systemClock } from '#src/clock.ts';
import { isFolderWritable } from '#src/database/inspect.ts';
import { toBotError } from '#src/errors.ts';
import type { FileStore } from '#src/knowledge/files/file-store.ts';
import { documentsFolder, type FileSettings, openFileStore } from '#src/knowledge/files/open-file-store.ts';
import { silentLogger } from '#src/log.ts';
import type { DocumentsFinding } from './finding.ts';

/** Puts a file of a few bytes into a bucket and takes it away again; a folder is only looked at. @throws BotError `CANCELLED`. */
export async function diagnoseDocuments(files: FileSettings, dataFolder: string, signal: AbortSignal): Promise<DocumentsFinding[]> {
	const { bucket, access } = files;
	if (bucket === null) return [await diagnoseFolder(documentsFolder(dataFolder))];
	// The settings have been complained about already.
	if (access === null) return [];
	const place = `${bucket.bucket} at ${new URL(access.endpoint).host}`;
	const folder = await mkdtemp(join(tmpdir(), 'openccb-doctor-'));
	try {
		await tryOut(await openFileStore({ files, dataFolder: folder, clock: systemClock, logger: silentLogger }), signal);
		return [{ level: 'good', code: 'bucket', place }];
	} catch (thrown) {
		const { code, reason = '' } = toBotError(thrown);
		if (code !== 'STORE_UNAVAILABLE' && code !== 'CONFIG_INVALID') throw thrown;
		return [{ level: 'bad', code: code === 'CONFIG_INVALID' ? 'bucket-refuses' : 'bucket-unreachable', place, reason }];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function diagnoseFolder(folder: string): Promise<DocumentsFinding> {
	const isWritable = await isFolderWritable(folder);
	return isWritable ? { level: 'good', code: 'documents-folder', folder } : { level: 'bad', code: 'documents-read-only', folder };
}

async function tryOut(store: FileStore, signal: AbortSignal): Promise<void> {
	// Comes first because it alone is refused with a reason: the question whether there is a file is answered without words.
	for await (const _ of store.list(signal)) break;
	const bytes = randomBytes(32);
	const { hash } = await store.put(Readable.from([bytes]), { maxBytes: bytes.length }, signal);
	await store.read(hash, signal);
	await store.remove(hash, signal);
}
