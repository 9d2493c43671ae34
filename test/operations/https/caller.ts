/** Whoever calls the server from outside: by its name, and trusting nobody but the directory that gave the certificate. */

import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { createGunzip } from 'node:zlib';

export interface Server {
	domain: string;
	httpPort: number;
	httpsPort: number;
	/** By which its certificate is known. */
	root: string;
}

export interface Call {
	method?: string;
	path?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Hears each piece of the answer, uncompressed, when it comes. */
	onText?: (text: string) => void;
}

export interface Answered {
	status: number;
	headers: IncomingMessage['headers'];
	text: string;
}

/** @throws Error when the certificate is not the server's, has ended, or nobody answers within ten seconds. */
export async function call(server: Server, { path = '/slack/events', headers, ...rest }: Call = {}): Promise<Answered> {
	const outgoing = request({ ...at(server, server.httpsPort, path, headers, rest), servername: server.domain, ca: server.root });
	return await answerTo(outgoing, rest);
}

export async function callWithoutTls(server: Server, { path = '/', headers, ...rest }: Call = {}): Promise<Answered> {
	return await answerTo(plainRequest(at(server, server.httpPort, path, headers, rest)), rest);
}

function at({ domain }: Server, port: number, path: string, headers: Record<string, string> = {}, { method, body }: Call) {
	const signal = AbortSignal.timeout(10_000);
	return {
		host: '127.0.0.1',
		port,
		path,
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		agent: false,
		signal,
		headers: { host: domain, ...headers },
	};
}

async function answerTo(outgoing: ClientRequest, { body: sent, onText = () => {} }: Call): Promise<Answered> {
	outgoing.end(sent);
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
	const body = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;
	const pieces: string[] = [];
	body
		.setEncoding('utf8')
		.on('data', (text: string) => pieces.push(text))
		.on('data', onText);
	await once(body, 'end');
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		text: pieces.join(''),
	};
}

/** A connection as far as the end of the handshake. @throws Error as `call` does. */
export async function shakeHands({ domain, httpsPort, root }: Server, name = domain): Promise<TLSSocket> {
	const socket = connect({ host: '127.0.0.1', port: httpsPort, servername: name, ca: root, timeout: 10_000 });
	await once(socket, 'secureConnect');
	return socket;
}

/** The certificate that the server shows now. @throws Error as `call` does. */
export async function servedCertificate(server: Server): Promise<PeerCertificate> {
	const socket = await shakeHands(server);
	const certificate = socket.getPeerCertificate();
	socket.destroy();
	return certificate;
}
