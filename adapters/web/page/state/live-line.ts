/** The one live stream of a tab: it comes back by itself after whatever cut it, and goes on where it was. */

import type { LiveEventName, LiveStreamEvents } from '#src/api/contract/live.ts';
import { livePace } from '#src/api/contract/live-pace.ts';
import type { Clock } from '#src/clock.ts';
import { onAbort, pause } from '#src/waiting.ts';
import { ApiProblem } from './api-client.ts';
import { createEventParser, type StreamedEvent } from './event-parser.ts';

/** `resting`: nobody looks, so it is closed. */
export type LineState = 'connecting' | 'open' | 'lost' | 'resting' | 'signed-out';

export type HeardEvent = { [Name in LiveEventName]: { name: Name; data: LiveStreamEvents[Name] } }[LiveEventName];

export interface LiveLineDependencies {
	/** Begins a stream of what is to be heard now. @throws ApiProblem */
	open(signal: AbortSignal): Promise<Response>;
	/** Must not throw. */
	heard(event: HeardEvent): void;
	/** The server will not tell of this, and would not later. Something else has to be asked, or the same again after a pause. */
	refused(problem: ApiProblem): void;
	changed(state: LineState): void;
	clock: Clock;
	/** From 0 to 1. */
	random(): number;
}

export interface PageLine {
	/** Begins, or begins anew: something else is to be heard. */
	connect(): void;
	/** Somebody looks again, or the network is back: a line that waits or is silent is tried at once. */
	wake(): void;
	/** Until `connect` or `wake`. */
	rest(): void;
}

/** How a stream ended: nobody's any more, with a good-bye, or lost. `retryMs`: when the server wants to be asked again, null where it did not say. */
type Ending = 'signed-out' | { how: 'bye'; retryMs: number } | { how: 'lost'; retryMs: number | null };

const lost: Ending = { how: 'lost', retryMs: null };

export function createLiveLine({ open, heard, refused, changed, clock, random }: LiveLineDependencies): PageLine {
	let state: LineState = 'resting';
	/** Cuts the stream or the pause between two. */
	let cut = new AbortController();
	let failures = 0;
	let lastByteAtMs = 0;

	function become(next: LineState): void {
		if (next === state) return;
		state = next;
		changed(state);
	}

	async function run(own: AbortController): Promise<void> {
		while (cut === own) {
			const ending = await follow(own);
			if (cut !== own) return;
			if (ending === 'signed-out') return become('signed-out');
			// Of a good-bye nobody is told unless it does not come back.
			if (ending.how === 'lost') become('lost');
			await pause(clock, ending.retryMs ?? nextPauseMs(), own.signal);
		}
	}

	/** Half of it, and up to the whole by chance. */
	function nextPauseMs(): number {
		const { first, most } = livePace.retryMs;
		failures += 1;
		return Math.min(first * 2 ** (failures - 1), most) * (0.5 + random() / 2);
	}

	async function follow(own: AbortController): Promise<Ending> {
		const silence = new AbortController();
		const ended = new AbortController();
		lastByteAtMs = clock.now();
		void watch(silence, ended.signal);
		try {
			const signal = AbortSignal.any([own.signal, silence.signal]);
			return await read(await open(signal), signal);
		} catch (thrown) {
			return thrown instanceof ApiProblem ? endingOf(thrown, own) : lost;
		} finally {
			ended.abort();
		}
	}

	function endingOf(problem: ApiProblem, own: AbortController): Ending {
		if (problem.kind === 'refused' && cut === own) refused(problem);
		if (problem.kind === 'signed-out') return 'signed-out';
		return { how: 'lost', retryMs: problem.retryAfterMs };
	}

	async function watch(silence: AbortController, ended: AbortSignal): Promise<void> {
		while (!ended.aborted) {
			const leftMs = lastByteAtMs + livePace.silenceMs - clock.now();
			if (leftMs <= 0) return silence.abort();
			await pause(clock, leftMs, ended);
		}
	}

	/** Browsers call a lost line by different names, so whatever is thrown here is one. */
	async function read(response: Response, signal: AbortSignal): Promise<Ending> {
		const reader = response.body?.getReader();
		if (reader === undefined) return lost;
		const forget = onAbort(signal, () => void reader.cancel().catch(() => {}));
		const parse = createEventParser();
		const decoder = new TextDecoder();
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (done || signal.aborted) return lost;
				lastByteAtMs = clock.now();
				const ending = takeAll(parse(decoder.decode(value, { stream: true })));
				if (ending !== null) return ending;
			}
		} finally {
			forget();
			void reader.cancel().catch(() => {});
		}
	}

	function takeAll(events: readonly StreamedEvent[]): Ending | null {
		for (const { name, data } of events) {
			const ending = take({ name, data: JSON.parse(data) } as HeardEvent);
			if (ending !== null) return ending;
		}
		return null;
	}

	function take(event: HeardEvent): Ending | null {
		if (event.name === 'hello') {
			failures = 0;
			become('open');
		}
		if (event.name === 'bye') return { how: 'bye', retryMs: event.data.retryMs };
		heard(event);
		return event.name === 'signed-out' ? 'signed-out' : null;
	}

	function connect(): void {
		cut.abort();
		cut = new AbortController();
		failures = 0;
		if (state !== 'lost') become('connecting');
		void run(cut);
	}

	return {
		connect,
		wake() {
			const isSilent = clock.now() - lastByteAtMs > livePace.heartbeatMs * 1.2;
			if (state !== 'open' || isSilent) connect();
		},
		rest() {
			cut.abort();
			cut = new AbortController();
			become('resting');
		},
	};
}
