/** The bytes of a file as a client sends them: as many as it may give, and as long as they come. */

import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import { isMinced } from '../http/read-body.ts';
import { inTime } from '../waiting.ts';

export interface UploadBodyLimits {
	mostBytes: number;
	/** Between two pieces: a poor line is silent for seconds, and nobody sits through more. */
	silenceMs: number;
	/** In all. 50 MB in that time are 85 KB a second. */
	mostMs: number;
}

/**
 * What is left unread stays so, and the connection open for the answer. The iteration @throws BotError `TOO_LARGE` at once where the client tells
 * that there is more, or as soon as there is; `TIMEOUT` when it comes too slowly; `CANCELLED` when it breaks off,
 * or comes in smaller pieces than anybody makes.
 */
export async function* uploadedBytes(
	request: IncomingMessage,
	{ mostBytes, silenceMs, mostMs }: UploadBodyLimits,
	clock: Clock,
): AsyncGenerator<Uint8Array> {
	const tooLarge = () => new BotError('TOO_LARGE', 'a file has more bytes than its giver may give');
	const tooSlow = () => new BotError('TIMEOUT', 'a file came too slowly', { reason: 'stalled' });
	if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
	const untilMs = clock.now() + mostMs;
	const parts = request.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
	const next = async (): Promise<IteratorResult<Uint8Array>> => {
		const coming = parts.next().catch((thrown: unknown) => {
			throw new BotError('CANCELLED', 'a file broke off', { cause: thrown });
		});
		return await inTime(clock, coming, Math.max(0, Math.min(silenceMs, untilMs - clock.now())), tooSlow);
	};
	let [sizeBytes, pieces] = [0, 0];
	for (let part = await next(); !part.done; part = await next()) {
		sizeBytes += part.value.length;
		if (sizeBytes > mostBytes) throw tooLarge();
		if (isMinced(++pieces, sizeBytes)) throw new BotError('CANCELLED', 'a file came in crumbs');
		yield part.value;
	}
}
