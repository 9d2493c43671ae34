/** A parser's verdict on a whole file. It ends the reading and becomes the file's outcome. */

import type { UnreadableReason } from '../blocks.ts';

export class Rejection extends Error {
	readonly reason: UnreadableReason;

	constructor(reason: UnreadableReason) {
		super(`the file is refused: ${reason}`);
		this.name = 'Rejection';
		this.reason = reason;
	}
}
