/** What stands behind a proxy where the real program would be in the way: it says what it got, and streams events. */

import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';

export interface StandInProgram {
	port: number;
	/** Requests but for those for its health. */
	requests: { url: string; headers: Record<string, unknown>; bytes: number }[];
	/** Lets a stream that waits go on. */
	sendNext(): void;
	/** Says that it takes nothing more, and takes it all the same, as the program does before it ends. */
	leave(): void;
	/** Refuses connections from now on. */
	close(): void;
}

export const eventCount = 5;

/** A request with `accept: text/event-stream` gets events, each when `sendNext` is called, every other one `taken`, behind its whole body. */
export async function startStandInProgram(port: number): Promise<StandInProgram> {
	const requests: StandInProgram['requests'] = [];
	let isLeaving = false;
	const stream = new EventEmitter();
	const server = createServer(async (request, response) => {
		if (request.url?.startsWith('/healthz')) return void response.writeHead(isLeaving ? 503 : 200).end();
		let bytes = 0;
		try {
			for await (const piece of request) bytes += (piece as Buffer).length;
		} catch {
			return;
		}
		requests.push({ url: request.url ?? '', headers: request.headers, bytes });
		if (request.headers.accept !== 'text/event-stream')
			return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify('taken '.repeat(500)));
		response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
		for (let event = 1; event <= eventCount; event += 1) {
			response.write(`data: ${event}\n\n`);
			await once(stream, 'next');
		}
		response.end();
	}).listen(port, '127.0.0.1');
	await once(server, 'listening');
	return {
		port,
		requests,
		sendNext: () => void stream.emit('next'),
		leave: () => {
			isLeaving = true;
		},
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
