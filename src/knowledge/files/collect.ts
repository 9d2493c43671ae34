/** All bytes of a stored file, if they still are those that its hash names. */

import { createHash } from 'node:crypto';
import { BotError } from '../../errors.ts';

/** @throws BotError `STORE_UNAVAILABLE`, not retryable, with `reason` `damaged`; and what the stream ends with. */
export async function collect(parts: AsyncIterable<Uint8Array>, hash: string): Promise<Uint8Array> {
	const actual = createHash('sha256');
	const all: Uint8Array[] = [];
	for await (const part of parts) {
		actual.update(part);
		all.push(part);
	}
	if (actual.digest('hex') !== hash) throw new BotError('STORE_UNAVAILABLE', `a stored file is damaged: ${hash}`, { reason: 'damaged' });
	return Buffer.concat(all);
}
