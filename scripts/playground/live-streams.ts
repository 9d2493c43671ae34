/** Keeps every open page up to date: looks at the workspace when something changed and sends what is new. */

import type { ServerResponse } from 'node:http';
import { changesSince, type Sent } from './live.ts';
import type { View } from './wire.ts';

export interface LiveStreams {
	/** Sends everything at once and changes from then on, as server-sent events, until the page goes away. */
	open(personId: string, response: ServerResponse): void;
	/** Something changed: the pages hear of it within 50 ms. */
	touch(): void;
	close(): void;
}

/** So many changes of a streamed answer are shown together. */
const gatherMs = 50;
/** Calls to the Web API, fading statuses and the like make no sound: look again from time to time. */
const refreshEveryMs = 1_000;

export function createLiveStreams(look: (personId: string) => View): LiveStreams {
	const streams = new Map<ServerResponse, { personId: string; sent: Sent }>();
	let timer: NodeJS.Timeout | null = null;

	const sendAll = () => {
		timer = null;
		const views = new Map<string, View>();
		for (const [response, stream] of streams) {
			const view = views.get(stream.personId) ?? look(stream.personId);
			views.set(stream.personId, view);
			const { changes, sent } = changesSince(stream.sent, view);
			stream.sent = sent;
			if (changes.length > 0) response.write(`data: ${JSON.stringify(changes)}\n\n`);
		}
	};
	const touch = () => {
		if (streams.size > 0) timer ??= setTimeout(sendAll, gatherMs);
	};
	const refresh = setInterval(touch, refreshEveryMs);
	return {
		open(personId, response) {
			response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
			response.on('close', () => streams.delete(response));
			streams.set(response, { personId, sent: new Map() });
			sendAll();
		},
		touch,
		close() {
			clearInterval(refresh);
			if (timer !== null) clearTimeout(timer);
			for (const response of streams.keys()) response.end();
		},
	};
}
