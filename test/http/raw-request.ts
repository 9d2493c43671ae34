/** Requests as raw bytes over a socket, so that they cost the sender next to nothing, and can be as odd as they like. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawRequest {
	method?: string;
	path: string;
	headers?: Record<string, string>;
	body?: Buffer | string;
}

/** The bytes of a request whose `content-length` is right unless it is given. */
export function bytesOf({ method = 'POST', path, headers = {}, body = '' }: RawRequest): Buffer {
	const content = Buffer.from(body);
	const all: Record<string, string> = { host: 'localhost', connection: 'close', 'content-length': String(content.length), ...headers };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), content]);
}

/** Sends these bytes and waits for the answer's end. Status 0: the connection was cut without one. */
export async function sendBytes(address: string, bytes: Buffer): Promise<{ status: number; text: string }> {
	const socket = await connectTo(address);
	const answer = readAnswer(socket);
	socket.write(bytes);
	return await answer;
}

export async function connectTo(address: string): Promise<Socket> {
	const { hostname, port } = new URL(address);
	const socket = connect(Number(port), hostname);
	await once(socket, 'connect');
	return socket;
}

export async function readAnswer(socket: Socket): Promise<{ status: number; text: string }> {
	const parts: Buffer[] = [];
	socket.on('data', (part: Buffer) => void parts.push(part));
	// A server that refuses a body may cut the connection while it is being sent.
	socket.on('error', () => {});
	await new Promise((resolve) => socket.once('close', resolve));
	const text = Buffer.concat(parts).toString();
	return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
}
