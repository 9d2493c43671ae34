/** Pre-authenticated links to files: whoever has one may read the file, for some minutes, and must not send a token along. */

import { randomBytes } from 'node:crypto';
import type { StoredFile } from './types.ts';

export interface Downloads {
	/** A new link to the file. */
	issue(file: StoredFile): string;
	/** The file behind a link; undefined when there is no such link or its time is over. */
	open(secret: string): StoredFile | undefined;
	/** Ends the time of all links given so far. */
	expire(): void;
}

/** Microsoft says "a few minutes" of `downloadUrl` ("Send and receive files with a bot"); the emulator's reading of it. */
const lifetimeMs = 5 * 60_000;

/** Creates the links of the file host. */
export function createDownloads(filesUrl: string, now: () => number): Downloads {
	const links = new Map<string, { file: StoredFile; endsAtMs: number }>();
	return {
		issue(file) {
			const secret = randomBytes(18).toString('base64url');
			links.set(secret, { file, endsAtMs: now() + lifetimeMs });
			return `${filesUrl}/_layouts/15/download.aspx?UniqueId=${file.id}&tempauth=${secret}`;
		},
		open(secret) {
			const link = links.get(secret);
			return link !== undefined && link.endsAtMs > now() ? link.file : undefined;
		},
		expire: () => links.clear(),
	};
}
