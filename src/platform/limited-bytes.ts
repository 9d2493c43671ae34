/** A stream of bytes that ends with an error as soon as it is longer than allowed: no file fills the memory or the disk. */

import { BotError } from '../errors.ts';

/** Passes the chunks on. The iteration @throws BotError `TOO_LARGE`; whatever `chunks` throws is passed on. */
export async function* limitBytes(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
	let sizeBytes = 0;
	for await (const chunk of chunks) {
		sizeBytes += chunk.byteLength;
		if (sizeBytes > maxBytes) throw new BotError('TOO_LARGE', `a file has more than ${maxBytes} bytes`);
		yield chunk;
	}
}
