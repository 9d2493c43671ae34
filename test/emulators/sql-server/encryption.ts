/** TLS as TDS 7.4 begins it: the handshake within PRELOGIN messages, all else outside of them ("[MS-TDS]", 3.3.5.2). */

import type { Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { messageTypes, sendMessage } from './packets.ts';

export interface ServerCertificate {
	key: string;
	cert: string;
}

export interface Encryption {
	/** What comes before it is there. */
	plain: Duplex;
	/** Both ways, for all that comes after. */
	secured: TLSSocket;
	/** A message of the client's handshake; one goes back for each. */
	shake(body: Buffer): void;
}

export function createEncryption(socket: Socket, certificate: ServerCertificate): Encryption {
	const plain = new PassThrough();
	let isThere = false;
	let answer: Buffer[] = [];
	const wire = new Duplex({
		read() {},
		write(bytes: Buffer, _encoding, ready) {
			if (isThere) socket.write(bytes);
			else answer.push(bytes);
			ready();
		},
	});
	socket.on('data', (bytes) => (isThere ? wire : plain).push(bytes));
	socket.once('close', () => wire.destroy());
	const secured = new TLSSocket(wire as Socket, { isServer: true, secureContext: createSecureContext(certificate) });
	secured.on('error', () => socket.destroy());
	let isSecure = false;
	secured.once('secure', () => {
		isSecure = true;
	});
	return {
		plain,
		secured,
		shake(body) {
			wire.push(body);
			// All that one step of the handshake gives is written before the next turn but one.
			setImmediate(() =>
				setImmediate(() => {
					sendMessage(socket, Buffer.concat(answer), messageTypes.answer);
					answer = [];
					isThere = isSecure;
				}),
			);
		},
	};
}
