/** Lets containers call an emulator, which answers this machine alone: takes requests on any address and hands them on under its own name. */

import { createServer, request } from 'node:http';

export interface Front extends AsyncDisposable {
	close(): Promise<void>;
}

/** @param beforeEach Called before each request is handed on. */
export async function startFront(target: string, { host, port }: { host: string; port: number }, beforeEach = () => {}): Promise<Front> {
	const own = new URL(target);
	const server = createServer((incoming, outgoing) => {
		beforeEach();
		const { method = 'GET', url = '/', headers } = incoming;
		const passed = request(new URL(url, own), { method, headers: { ...headers, host: own.host } }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		passed.once('error', () => outgoing.destroy());
		outgoing.once('close', () => passed.destroy());
		incoming.pipe(passed);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const close = async () => {
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeAllConnections();
		await closed;
	};
	return { close, [Symbol.asyncDispose]: close };
}
