/** Which requests may take longer than others, and what any other client is told whose time is over, or whom nobody can understand. */

import type { Socket } from 'node:net';
import { leaveConnectionBound } from './connections.ts';

/** Their requests have limits of their own. */
const allowed = new WeakSet<Socket>();

/** The one request that comes on this connection is large: whoever reads it sees to it that it goes on. The connection is to be closed behind its answer. */
export function allowMoreTime(socket: Socket): void {
	allowed.add(socket);
	leaveConnectionBound(socket);
}

/** What Node.js could not read, or does not wait for any longer. Nothing of what was sent is repeated. */
export function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code === 'ECONNRESET' || socket.destroyed) return;
	// It asks once: from now on nobody else looks at the time.
	if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && allowed.has(socket)) return;
	if (socket.writable) socket.write(`HTTP/1.1 ${statusFor(error.code)}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
	socket.destroy();
}

function statusFor(code: string | undefined): string {
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
	return code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
}
