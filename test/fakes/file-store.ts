/** Bytes of documents in memory. */

import { createHash } from 'node:crypto';
import { BotError } from '#src/errors.ts';
import type { FileStore } from '#src/knowledge/files/file-store.ts';

export interface FakeFileStore extends FileStore {
	/** By their hashes. */
	kept: Map<string, { bytes: Uint8Array; putAt: Date }>;
}

export function createFakeFileStore(): FakeFileStore {
	const kept: FakeFileStore['kept'] = new Map();
	return {
		kept,
		async put(source, { maxBytes }) {
			const parts: Uint8Array[] = [];
			for await (const part of source) {
				parts.push(part);
				if (Buffer.concat(parts).length > maxBytes) throw new BotError('TOO_LARGE', 'a file has too many bytes');
			}
			const bytes = Buffer.concat(parts);
			const hash = createHash('sha256').update(bytes).digest('hex');
			const isNew = !kept.has(hash);
			kept.set(hash, { bytes, putAt: new Date() });
			return { hash, sizeBytes: bytes.length, isNew };
		},
		async read(hash) {
			const file = kept.get(hash);
			if (file === undefined) throw new BotError('NOT_FOUND', 'no such file');
			return file.bytes;
		},
		has: async (hash) => kept.has(hash),
		remove: async (hash) => void kept.delete(hash),
		async *list() {
			for (const [hash, { bytes, putAt }] of kept) yield { hash, sizeBytes: bytes.length, putAt };
		},
	};
}
