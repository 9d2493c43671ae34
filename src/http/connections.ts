/** A bound for the connections of a server that a flood of silent or slow ones cannot use up. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Told of a connection that stays open by itself. */
const left = 'left-the-bound';

/**
 * Beyond `most`, the connection that has waited longest for its client is closed: one that has sent nothing, is sending its request, or
 * has got its answers. Slack and Teams send a request at once and whole, so theirs wait for milliseconds, and get their turn however many
 * others are held open. To drop the newest, as Node.js does, would lock them out; to count by address would count the proxy in front.
 * What is being answered stays.
 */
export function limitConnections(server: Server, most: number): void {
	const open = new Set<Socket>();
	/** Those among them that wait for their client, the longest first. */
	const waiting = new Set<Socket>();

	server.on('connection', (socket: Socket) => {
		open.add(socket);
		waiting.add(socket);
		const leave = () => {
			open.delete(socket);
			waiting.delete(socket);
		};
		socket.once('close', leave);
		socket.once(left, leave);
		const [oldest] = waiting;
		if (open.size > most) oldest?.destroy();
	});
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		const { socket } = request;
		if (hasNoBody(request)) waiting.delete(socket);
		request.once('end', () => {
			// What nobody read ends behind its answer, when the client is waited for again.
			if (!response.writableFinished) waiting.delete(socket);
		});
		response.once('close', () => {
			if (open.has(socket)) waiting.add(socket);
		});
	});
}

function hasNoBody({ headers }: IncomingMessage): boolean {
	return Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined;
}

/** What stays open by itself, and has limits of its own, takes nobody else's place. */
export function leaveConnectionBound(socket: Socket): void {
	socket.emit(left);
}
