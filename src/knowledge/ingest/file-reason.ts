/** Why a file that was shared has become no document: what people are told, by one word each. */

import type { BotError } from '../../errors.ts';
import type { FileLimit } from '../../limits/limits.ts';
import { type UnreadableReason, unreadableReasons } from '../blocks.ts';

/** Beside what a file is: it cannot be had any more; a limit of whoever shared it; something of ours that went on failing. */
export type FileReason = UnreadableReason | 'gone' | 'upload-size' | 'upload-count' | 'unavailable';

const reasons: ReadonlySet<string> = new Set<FileReason>([...unreadableReasons, 'gone', 'upload-size', 'upload-count', 'unavailable']);

/** As the database holds it; `unavailable` for what a newer program wrote. */
export function readFileReason(stored: string | null): FileReason {
	return stored !== null && reasons.has(stored) ? (stored as FileReason) : 'unavailable';
}

export function reasonOfLimit(limit: FileLimit): FileReason {
	return limit === 'uploadBytes' ? 'upload-size' : 'upload-count';
}

/** Of an error while it was fetched; null for one that says nothing about the file, and may be over in a moment. */
export function reasonOfFetch({ code }: BotError): FileReason | null {
	if (code === 'TOO_LARGE') return 'too-large';
	return code === 'NOT_FOUND' || code === 'PLATFORM_REJECTED' ? 'gone' : null;
}
