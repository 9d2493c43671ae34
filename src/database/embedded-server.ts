/**
 * Postgres inside this process, on a thread of its own: a statement takes as long as it takes, and meanwhile people are heard and answers go on. It is
 * spoken to as a server is, over a connection that stays within the process.
 */

import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';

export interface EmbeddedServer {
	/** What the driver takes for a socket. There is one session, whoever connects: one connection at a time. */
	connect(): Duplex;
	/** Ends when everything is written; nothing may be asked any more. */
	close(): Promise<void>;
}

/** @throws Error what Postgres says of a folder that it cannot open. */
export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
	const thread = new Worker(new URL('./embedded-thread.ts', import.meta.url), { workerData: folder });
	const ended = new Promise((resolve) => thread.once('exit', resolve));
	await once(thread, 'message');
	/** Whose answers are due, in their order. */
	const due: Duplex[] = [];
	let current: Duplex | null = null;
	let failure: Error | null = null;

	// A process that waits for nothing else may end, as beside a server.
	thread.unref();
	thread.on('message', (answer: Uint8Array) => {
		const asker = due.shift();
		if (due.length === 0) thread.unref();
		if (asker?.destroyed === false) asker.push(answer);
	});
	thread.on('error', (error: Error) => {
		failure = error;
		current?.destroy(error);
	});

	function send(messages: Uint8Array<ArrayBuffer>, asker: Duplex): void {
		thread.ref();
		due.push(asker);
		thread.postMessage(messages, [messages.buffer]);
	}

	return {
		connect() {
			current = createConnection(send);
			if (failure !== null) current.destroy(failure);
			return current;
		},
		async close() {
			thread.postMessage('close');
			thread.ref();
			await ended;
		},
	};
}

/**
 * First bytes of the messages that the server answers at once (PostgreSQL manual, "Message Formats"): Query, Sync and Flush; and of the very first one,
 * which begins with its length.
 */
const answered = new Set([0, ...['Q', 'S', 'H'].map((letter) => letter.charCodeAt(0))]);
const terminate = 'X'.charCodeAt(0);

/** A statement with parameters is five messages, which go together: each way to the thread and back costs as much as a small statement. */
function createConnection(send: (messages: Uint8Array<ArrayBuffer>, asker: Duplex) => void): Duplex {
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
