/** Brings everything that a platform sends to several processes at once, as a balancer does that repeats what it is unsure of. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FanOut {
	readonly url: string;
	close(): Promise<void>;
}

/** Starts it. The platform gets the answer of the first target that gave one, once none is waited for. */
export async function startFanOut(targets: readonly string[]): Promise<FanOut> {
	const server = createServer(async (request, response) => {
		const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
		const headers = Object.entries(request.headers).filter(([name]) => /^(content-type|authorization|x-slack-.*)$/.test(name));
		const send = (target: string) => fetch(target, { method: 'POST', headers: headers as [string, string][], body });
		const answers = await Promise.allSettled(targets.map(send));
		const answer = answers.find((settled) => settled.status === 'fulfilled')?.value;
		response.writeHead(answer?.status ?? 502).end(await answer?.text());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
