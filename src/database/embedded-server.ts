/**
 * Postgres inside this process, on a thread of its own: a statement takes as long as it takes, and meanwhile people are heard and answers go on. It is
 * spoken to as a server is, over a connection that stays within the process.
 */

import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { createEmbeddedConnection } from './embedded-connection.ts';

/** What the thread is told beside the bytes of the protocol, and what it says to that. */
export interface CopyOrder {
	copyTo: string;
}

export interface CopyOutcome {
	/** Null for a copy that is whole. */
	problem: string | null;
}

export interface EmbeddedServer {
	/** What the driver takes for a socket. There is one session, whoever connects: one connection at a time. */
	connect(): Duplex;
	/**
	 * Copies all files into a folder that is not there yet, as they are between two messages: what is committed by then is in the copy, and an open
	 * transaction is not. Nothing is answered meanwhile. @throws Error what the disk says.
	 */
	copyTo(folder: string): Promise<void>;
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
	thread.on('message', (answer: Uint8Array | CopyOutcome) => {
		if (!(answer instanceof Uint8Array)) return;
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
			current = createEmbeddedConnection(send);
			if (failure !== null) current.destroy(failure);
			return current;
		},
		async copyTo(folder) {
			const answer = new Promise<CopyOutcome>((resolve, reject) => {
				const hear = (outcome: Uint8Array | CopyOutcome) => {
					if (outcome instanceof Uint8Array) return;
					thread.off('message', hear).off('error', reject);
					resolve(outcome);
				};
				thread.on('message', hear).once('error', reject);
			});
			thread.ref();
			thread.postMessage({ copyTo: folder } satisfies CopyOrder);
			const { problem } = await answer;
			if (due.length === 0) thread.unref();
			if (problem !== null) throw new Error(problem);
		},
		async close() {
			thread.postMessage('close');
			thread.ref();
			await ended;
		},
	};
}
