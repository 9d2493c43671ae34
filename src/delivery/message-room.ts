/** How much of a text one message takes: by its length, and by the parts that a platform makes of it. Pure. */

import type { BlockKind } from '../markdown/block.ts';
import type { MessageStructure } from '../markdown/structure.ts';
import { countParts } from '../markdown/structure.ts';

export interface MessageRoom {
	/** The parts that a block, or its beginning, makes. */
	partsOf(kind: BlockKind, source: string): number;
	fits(text: string, parts: number): boolean;
	/** Whether the next block had better begin the next message. */
	isFull(text: string, parts: number): boolean;
	/** Whether only whole words and lines are committed, so that a good place for the cut remains. */
	isTight(text: string): boolean;
}

export interface RoomOptions {
	/** The most rendered text in one message, in `unit`; at least 200. */
	limit: number;
	unit: 'utf8-bytes' | 'utf16-units';
	/** Of what a message may consist besides; absent where only its length counts. */
	structure?: MessageStructure | undefined;
}

/** Beyond this share of the limit, a message ends at the next block. Short messages are filled: each further one costs a post. */
const fullShare = 0.7;
const fullShareOfShort = 0.95;
const shortLimit = 4_000;

/** Beyond this share of the limit, a message is tight. */
const carefulShare = 0.85;

export function createMessageRoom({ limit, unit, structure }: RoomOptions): MessageRoom {
	const sizeOf = (text: string) => (unit === 'utf8-bytes' ? Buffer.byteLength(text) : text.length);
	const full = limit * (limit < shortLimit ? fullShareOfShort : fullShare);
	const mostParts = structure?.parts ?? Number.POSITIVE_INFINITY;
	return {
		partsOf: (kind, source) => (structure === undefined ? 0 : countParts(kind, source, structure)),
		fits: (text, parts) => parts <= mostParts && sizeOf(text) <= limit,
		// One part is left free, so that what follows a heading stays with it.
		isFull: (text, parts) => parts >= mostParts - 1 || sizeOf(text) > full,
		isTight: (text) => sizeOf(text) > limit * carefulShare,
	};
}
