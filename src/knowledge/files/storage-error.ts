/** What the file system says, as errors of ours. Pure. */

import { BotError, toBotError } from '../../errors.ts';
import { foreignWord } from '../../foreign-words.ts';

/** Nothing but somebody who gives rights, or another folder, changes these. */
const refusals: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST']);
const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * `CONFIG_INVALID` when the program may not, else `STORE_UNAVAILABLE` (retryable). The system's own code is the `reason`; what has none does not come
 * from the system. A BotError stays as it is.
 */
export function storageError(error: unknown): BotError {
	const reason = systemCode(error);
	if (error instanceof BotError || reason === 'unknown') return toBotError(error);
	const details = { reason, cause: error };
	if (refusals.has(reason)) return new BotError('CONFIG_INVALID', `the program may not use a folder of documents: ${reason}`, details);
	if (full.has(reason)) return new BotError('STORE_UNAVAILABLE', 'the disk for documents is full', { ...details, retryable: true });
	return new BotError('STORE_UNAVAILABLE', `documents cannot be read or written: ${reason}`, { ...details, retryable: true });
}

/** For whoever asks for one file: that it is missing need not mean that anything is wrong. */
export function isMissing(error: unknown): boolean {
	return systemCode(error) === 'ENOENT';
}

export function cancelledStorage(): BotError {
	return new BotError('CANCELLED', 'work on a document was cancelled');
}

/** As `ENOENT`; `unknown` for an error that has none. */
export function systemCode(error: unknown): string {
	return foreignWord(error instanceof Error && 'code' in error ? error.code : undefined);
}
