/** Brings everything that Slack sends to several processes at once, as a balancer does that repeats what it is unsure of. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FanOut {
	readonly url: string;
	close(): Promise<void>;
}

/** Starts it. Slack gets the answer of the first target once all have answered. */
export async function startFanOut(targets: readonly string[]): Promise<FanOut> {
	const server = createServer(async (request, response) => {
		const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
		const headers = Object.entries(request.headers).filter(([name]) => name === 'content-type' || name.startsWith('x-slack-'));
		const send = (target: string) => fetch(target, { method: 'POST', headers: headers as [string, string][], body });
		const [answer] = await Promise.all(targets.map(send));
		response.writeHead(answer?.status ?? 502).end(await answer?.text());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
