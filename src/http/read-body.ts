/** Reads the body of a request as the bytes that it is, as far as it is allowed to be long. */

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Why a body is not read: too long, or broken off, or in smaller pieces than any sender or proxy makes. */
export type BodyProblem = 'size' | 'body';

/**
 * Each piece of a chunked body costs as much as a kilobyte of bytes. Senders and proxies pass on kilobytes at a time; whoever makes pieces
 * of a few bytes wants to be dear.
 */
const freePieces = 64;
const leastBytesPerPiece = 256;

/** Whether so many pieces are more than any sender or proxy makes of so many bytes. */
export function isMinced(pieces: number, sizeBytes: number): boolean {
	return pieces > freePieces + sizeBytes / leastBytesPerPiece;
}

/** Lets the routes of this scope take any kind of body, and read it themselves, when they know from whom it is. */
export function leaveBodiesUnread(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
}

/** At most `limitBytes`, and as they came, whatever `content-encoding` says. Never rejects. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | BodyProblem> {
	if (Number(request.headers['content-length'] ?? 0) > limitBytes) return 'size';
	if (request.destroyed) return 'body';
	return await new Promise((resolve) => {
		const pieces: Buffer[] = [];
		let sizeBytes = 0;
		function end(result: Buffer | BodyProblem): void {
			request.off('data', take).off('end', whole).off('error', broken).off('close', broken);
			resolve(result);
		}
		const whole = () => end(Buffer.concat(pieces, sizeBytes));
		const broken = () => end('body');
		function take(piece: Buffer): void {
			sizeBytes += piece.length;
			pieces.push(piece);
			if (sizeBytes > limitBytes) end('size');
			else if (isMinced(pieces.length, sizeBytes)) {
				end('body');
				// No answer: until it were written, thousands of pieces more would arrive.
				request.destroy();
			}
		}
		request.on('data', take).on('end', whole).on('error', broken).on('close', broken);
	});
}
