/** Ids that follow from what they name, so that doing the same thing twice makes one row. */

import { createHash } from 'node:crypto';

/** A UUID (version 8, RFC 9562) made from `name`; the same name always gives the same id. */
export function stableId(name: string): string {
	const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether the text has the form of an id of ours, so that the database can take it for one. */
export function isStableId(text: string): boolean {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}
