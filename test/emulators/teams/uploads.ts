/** Where people let bots put files: an address in their OneDrive for each that they take, good for one upload and without a token. */

import { randomBytes } from 'node:crypto';
import { type Json, type NewFile, ServiceFailure, type StoredFile } from './types.ts';

export interface Uploads {
	/** For a file of this name: what the bot is told ("Invoke activity when the user accepts the file"). */
	open(name: string): Json;
	/** What stands behind an address is full once all bytes of it came in one piece. */
	put(secret: string, content: Buffer, contentRange: string | undefined): StoredFile;
}

const mediaTypes: Readonly<Record<string, string>> = { csv: 'text/csv', txt: 'text/plain' };

export function createUploads(filesUrl: string, addFile: (file: NewFile) => StoredFile): Uploads {
	const places = new Map<string, { name: string; uniqueId: string }>();
	let count = 0;
	return {
		open(name) {
			const secret = randomBytes(18).toString('base64url');
			count += 1;
			const uniqueId = `1150D938-8870-4044-9F2C-${String(count).padStart(12, '0')}`;
			places.set(secret, { name, uniqueId });
			return {
				contentUrl: `${filesUrl}/personal/emulated/Documents/Applications/${encodeURIComponent(name)}`,
				name,
				uploadUrl: `${filesUrl}/personal/emulated/_api/v2.0/drive/items/${uniqueId}/uploadSession?tempauth=${secret}`,
				uniqueId,
				fileType: name.split('.').at(-1) ?? '',
			};
		},
		put(secret, content, contentRange) {
			const place = places.get(secret);
			if (place === undefined) throw new ServiceFailure(404, 'itemNotFound', 'The upload session was not found.');
			if (contentRange !== `bytes 0-${content.length - 1}/${content.length}`)
				throw new ServiceFailure(400, 'invalidRequest', 'The Content-Range header is missing or malformed.');
			places.delete(secret);
			return addFile({ name: place.name, mimetype: mediaTypes[place.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', content });
		},
	};
}
