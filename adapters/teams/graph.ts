/** The one way to ask Microsoft Graph: with the bot's token for it, which goes to that one host. */

import type { Credentials } from './credentials.ts';
import { haveSameOrigin } from './hosts.ts';
import { type Request, send } from './http.ts';

export interface Graph {
	/**
	 * @param address Below `/v1.0/`, with its parts encoded; or whole, as Graph names the next page.
	 * @returns whatever Graph answers; a redirect is not followed.
	 * @throws BotError as `send` and `Credentials.token`.
	 */
	get(request: Pick<Request, 'operation' | 'timeoutMs'>, address: string, signal: AbortSignal): Promise<Response>;
	/** Whether this is an address of the same Graph. */
	isOurs(address: string): boolean;
}

export function createGraph(credentials: Credentials, graphUrl: string): Graph {
	const base = `${graphUrl.replace(/\/+$/, '')}/v1.0/`;
	const isOurs = (address: string) => haveSameOrigin(address, base);

	async function attempt(request: Request, signal: AbortSignal): Promise<{ response: Response; token: string | null }> {
		const token = await credentials.token('graph', signal);
		const headers = token === null ? {} : { authorization: `Bearer ${token}` };
		return { response: await send({ ...request, headers, redirect: 'manual' }, signal), token };
	}

	return {
		async get(request, address, signal) {
			const url = isOurs(address) ? address : `${base}${address}`;
			const { response, token } = await attempt({ ...request, url }, signal);
			if (response.status !== 401 || token === null) return response;
			// A token that was taken back is renewed once.
			credentials.forget('graph', token);
			await response.body?.cancel();
			return (await attempt({ ...request, url }, signal)).response;
		},
		isOurs,
	};
}
