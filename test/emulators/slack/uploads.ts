/** Files on their way in: an address for each, the bytes that came to it, and then they are taken ("Working with files"). */

import { randomUUID } from 'node:crypto';

export interface Upload {
	/** As the file will be called by. */
	readonly fileId: string;
	readonly name: string;
	readonly sizeBytes: number;
	content: Buffer | undefined;
}

export interface Uploads {
	/** @returns the last part of the address. */
	begin(upload: Pick<Upload, 'fileId' | 'name' | 'sizeBytes'>): string;
	/** False for an address that is none, or has been used, and for another size than was said. */
	receive(address: string, content: Buffer): boolean;
	/** Once; undefined for a file whose bytes have not come. */
	take(fileId: string): Required<Upload> | undefined;
}

export function createUploads(): Uploads {
	const uploads = new Map<string, Upload>();
	return {
		begin(upload) {
			const address = randomUUID();
			uploads.set(address, { ...upload, content: undefined });
			return address;
		},
		receive(address, content) {
			const upload = uploads.get(address);
			if (upload === undefined || upload.content !== undefined || upload.sizeBytes !== content.length) return false;
			upload.content = content;
			return true;
		},
		take(fileId) {
			const [address, upload] = [...uploads].find(([, candidate]) => candidate.fileId === fileId) ?? [];
			if (address === undefined || upload?.content === undefined) return undefined;
			uploads.delete(address);
			return upload;
		},
	};
}
