/** Files elsewhere that documents are taken from: what a folder or a bucket holds at this moment, to be compared with what was taken before. */

export interface FoundFile {
	/** Below the folder or the prefix, with forward slashes, in Unicode's composed form (NFC). No two of one listing are equal. */
	path: string;
	sizeBytes: number;
	modifiedAt: Date;
	/** Another one when the bytes are others, in no other sense an order. */
	version: string;
	/**
	 * All bytes of this version.
	 * @throws BotError `CONFLICT` when the file is another one by now or becomes one meanwhile, possibly at the end, so that what came counts for
	 * nothing until there is no more; `CANCELLED`, `CONFIG_INVALID` when it may not be read, `STORE_UNAVAILABLE`.
	 */
	open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface SkippedEntry {
	/** Of a file or a folder, as in `FoundFile`; what lies below such a folder is not known, which does not mean that it is gone. */
	path: string;
	/**
	 * `link`: leads elsewhere. `unreadable`: we may not, or it is broken. `special`: a socket, a pipe, a device. `same-name`: another one has the same name
	 * in composed form.
	 */
	reason: 'link' | 'unreadable' | 'special' | 'same-name';
}

export interface ListingOptions {
	signal: AbortSignal;
	/** Hidden files and those that Office writes beside open ones are nobody's documents: they are left out without a word. */
	onSkipped(entry: SkippedEntry): void;
	/** How many files and folders there may be. Half a listing would look as if the rest were gone, so there is none when there are more. */
	mostEntries?: number;
}

/** Some ten times the documents of a company of a thousand people; their names take 100 MB. */
export const standardMostEntries = 500_000;

/** Such as `.git`, and `~$plan.docx`, which holds the name of whoever has the document open. */
export function isNoDocument(name: string): boolean {
	return name.startsWith('.') || name.startsWith('~$');
}
