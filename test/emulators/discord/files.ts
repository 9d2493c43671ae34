/** Uploaded files and their signed addresses at the CDN, which expire (page "API Reference", Signed Attachment CDN URLs). */

import { createHmac, randomUUID } from 'node:crypto';
import type { Snowflakes } from './snowflake.ts';
import type { NewFile, StoredFile } from './types.ts';

export interface Files {
	add(file: NewFile, channelId: string): StoredFile;
	get(id: string): StoredFile | undefined;
	/** A fresh address. It works for a day. */
	url(file: StoredFile): string;
	/** The file at an address of the CDN; undefined when the address is not signed, or has expired. */
	find(url: URL): StoredFile | undefined;
	/** Every address given out so far stops working. */
	expireUrls(): void;
}

export interface FileSettings {
	/** Origin of the CDN. */
	cdnUrl: string;
	snowflakes: Snowflakes;
	now: () => number;
}

/** The page says only "preset"; in practice it is a day. */
const urlLifetimeMs = 24 * 60 * 60_000;

/** Creates an empty store of files. */
export function createFiles({ cdnUrl, snowflakes, now }: FileSettings): Files {
	const files = new Map<string, StoredFile>();
	let secret = randomUUID();
	const sign = (path: string, expiry: string, issued: string) =>
		createHmac('sha256', secret).update(`${path}:${expiry}:${issued}`).digest('hex');
	return {
		add(input, channelId) {
			const file = completeFile(input, { id: snowflakes.next(), channelId });
			files.set(pathOf(file), file);
			return file;
		},
		get: (id) => [...files.values()].find((file) => file.id === id),
		url(file) {
			const expiry = hexSeconds(now() + urlLifetimeMs);
			const issued = hexSeconds(now());
			return `${cdnUrl}${pathOf(file)}?ex=${expiry}&is=${issued}&hm=${sign(pathOf(file), expiry, issued)}&`;
		},
		find({ pathname, searchParams }) {
			const expiry = searchParams.get('ex') ?? '';
			const isSigned = searchParams.get('hm') === sign(pathname, expiry, searchParams.get('is') ?? '');
			return isSigned && Number.parseInt(expiry, 16) * 1000 > now() ? files.get(pathname) : undefined;
		},
		expireUrls() {
			secret = randomUUID();
		},
	};
}

function completeFile(input: NewFile, { id, channelId }: { id: string; channelId: string }): StoredFile {
	const content = typeof input.content === 'string' ? Buffer.from(input.content) : input.content;
	return {
		id,
		channelId,
		name: input.name.replaceAll(/[^\w.-]/g, '_'),
		contentType: input.contentType,
		servedContentType: input.servedContentType ?? input.contentType ?? 'application/octet-stream',
		content,
		sizeBytes: input.claimedSizeBytes ?? content.length,
		chunkDelayMs: input.chunkDelayMs ?? 0,
		description: undefined,
	};
}

function pathOf(file: StoredFile): string {
	return `/attachments/${file.channelId}/${file.id}/${encodeURIComponent(file.name)}`;
}

function hexSeconds(atMs: number): string {
	return Math.floor(atMs / 1000).toString(16);
}
