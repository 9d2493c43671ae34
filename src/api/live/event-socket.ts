/** Server-sent events over one connection: a reader who takes nothing holds up nobody, and in the end loses the line. */

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { LiveEventName, LiveStreamEvents } from '../contract/live.ts';

export interface EventSocket {
	/** Resolves once the reader takes more; to false when they are gone. One at a time. `id` names what the reader has then. */
	send<Name extends LiveEventName>(name: Name, data: LiveStreamEvents[Name], id?: string): Promise<boolean>;
	/** So that whatever stands between sees that the line is in use. */
	beat(): Promise<boolean>;
	/** Nobody reads any more. */
	readonly closed: AbortSignal;
	end(): void;
}

/** Longer than any network is away whose connection lives on. */
const patienceMs = 60_000;

/** @param response Not begun; `headers` are those of any answer. */
export function openEventSocket(response: ServerResponse, headers: Readonly<Record<string, string>>): EventSocket {
	const closed = new AbortController();
	response.once('close', () => closed.abort());
	response.writeHead(200, {
		...headers,
		'content-type': 'text/event-stream; charset=utf-8',
		'cache-control': 'no-store, no-transform',
		// nginx would keep all of it to itself until the end.
		'x-accel-buffering': 'no',
	});
	response.flushHeaders();
	// Every event is for now.
	response.socket?.setNoDelay(true);

	async function write(frame: string): Promise<boolean> {
		if (closed.signal.aborted) return false;
		if (response.write(frame)) return true;
		await once(response, 'drain', { signal: AbortSignal.any([closed.signal, AbortSignal.timeout(patienceMs)]) }).catch(() => {
			// Also when the reader is gone already.
			response.destroy();
		});
		return !closed.signal.aborted && !response.destroyed;
	}

	return {
		send: (name, data, id) => write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
		beat: () => write(': still here\n\n'),
		closed: closed.signal,
		end: () => void response.end(),
	};
}
