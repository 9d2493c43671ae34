/** Messages of TDS in packets, over a socket ("[MS-TDS]", 2.2.3). */

import type { Duplex } from 'node:stream';

export const messageTypes = { batch: 1, rpc: 3, answer: 4, attention: 6, login: 16, prelogin: 18 } as const;

export interface Message {
	type: number;
	body: Buffer;
}

const headerBytes = 8;
/** The last packet of a message. */
const lastOfMessage = 1;
/** "Ignore this message": its sender has thought better of it. */
const ignored = 2;
/** As both sides agree on when nobody asks for more. */
const packetBytes = 4_096;

/** Calls `take` for each whole message; null for one that its sender took back. */
export function readMessages(socket: Duplex, take: (message: Message | null) => void): void {
	let waiting: Buffer = Buffer.alloc(0);
	let body: Buffer[] = [];
	socket.on('data', (bytes: Buffer) => {
		waiting = Buffer.concat([waiting, bytes]);
		while (waiting.length >= headerBytes && waiting.length >= waiting.readUInt16BE(2)) {
			const length = waiting.readUInt16BE(2);
			const [type = 0, status = 0] = waiting;
			body.push(waiting.subarray(headerBytes, length));
			waiting = waiting.subarray(length);
			if ((status & lastOfMessage) === 0) continue;
			const whole = Buffer.concat(body);
			body = [];
			take((status & ignored) === 0 ? { type, body: whole } : null);
		}
	});
}

/** Written piece by piece: a message goes on until `end`. */
export interface MessageWriter {
	write(bytes: Buffer): void;
	end(): void;
}

export function createMessageWriter(socket: Duplex, type: number = messageTypes.answer): MessageWriter {
	let waiting: Buffer = Buffer.alloc(0);
	let number = 0;
	const most = packetBytes - headerBytes;
	const send = (body: Buffer, status: number) => {
		const header = Buffer.of(type, status, 0, 0, 0, 0, ++number & 0xff, 0);
		header.writeUInt16BE(body.length + headerBytes, 2);
		if (socket.writable) socket.write(Buffer.concat([header, body]));
	};
	return {
		write(bytes) {
			waiting = Buffer.concat([waiting, bytes]);
			for (; waiting.length > most; waiting = waiting.subarray(most)) send(waiting.subarray(0, most), 0);
		},
		end: () => send(waiting, lastOfMessage),
	};
}

export function sendMessage(socket: Duplex, body: Buffer, type?: number): void {
	const writer = createMessageWriter(socket, type);
	writer.write(body);
	writer.end();
}
