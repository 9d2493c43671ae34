/** Where a list goes on: written into a text that comes back from the client, and may be anything then. Pure. */

import { z } from 'zod';
import type { PageEnd } from '../history/own-conversations.ts';
import { parseUntrusted } from '../platform/untrusted-json.ts';

/** With a year that the database takes. */
const cursor = z.strictObject({ id: z.uuid(), isPinned: z.boolean(), lastSaidAt: z.iso.datetime().regex(/^2\d{3}-/) });

export function writeCursor({ id, isPinned, lastSaidAt }: PageEnd): string {
	return Buffer.from(JSON.stringify({ id, isPinned, lastSaidAt: lastSaidAt.toISOString() })).toString('base64url');
}

/** Null for what `writeCursor` never writes. */
export function readCursor(text: string): PageEnd | null {
	const read = cursor.safeParse(parseUntrusted(Buffer.from(text, 'base64url').toString()));
	return read.success ? { ...read.data, lastSaidAt: new Date(read.data.lastSaidAt) } : null;
}
