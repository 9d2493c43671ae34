/** What the driver takes for a socket: the bytes of the protocol, on their way to a Postgres within this process. */

import { Duplex } from 'node:stream';

/**
 * First bytes of the messages that the server answers at once (PostgreSQL manual, "Message Formats"): Query, Sync and Flush; and of the very first one,
 * which begins with its length.
 */
const answered = new Set([0, ...['Q', 'S', 'H'].map((letter) => letter.charCodeAt(0))]);
const terminate = 'X'.charCodeAt(0);

/**
 * A statement with parameters is five messages, which go together: each way to Postgres and back costs as much as a small statement.
 * @param send Called with messages that are answered, whose answer is pushed into `asker`.
 */
export function createEmbeddedConnection(send: (messages: Uint8Array<ArrayBuffer>, asker: Duplex) => void): Duplex {
	let held: Uint8Array[] = [];
	const connection = new Duplex({
		read() {},
		write(message: Uint8Array, _encoding, done) {
			const first = message[0] ?? 0;
			// The session goes on.
			if (first !== terminate) held.push(message);
			if (answered.has(first)) {
				// A copy that nobody else has a part of can be handed over.
				send(Uint8Array.from(Buffer.concat(held)), connection);
				held = [];
			}
			done();
		},
		final(done) {
			connection.push(null);
			done();
		},
	});
	const nothing = () => {};
	const asSocket = { setNoDelay: nothing, setKeepAlive: nothing, ref: nothing, unref: nothing };
	return Object.assign(connection, { ...asSocket, connect: () => process.nextTick(() => connection.emit('connect')) });
}
