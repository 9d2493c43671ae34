/** Drives every stream of the emulator from one timer: tokens are due by the time since the start, so a late timer loses none. */

/** Short against the 20 ms between two tokens at 50 tokens/s, long enough to serve many streams in one wake-up. */
const TICK_MS = 4;
/** Written in one go at full speed before others get a turn. */
const BURST_TOKENS = 64;

export interface PumpedStream {
	/** 0 means as fast as the connection takes it. */
	tokensPerSecond: number;
	/** Sends up to `count` more tokens. False when the stream is over. */
	send(count: number): boolean;
	/** The connection's buffer is full. */
	isBlocked(): boolean;
}

export interface Pump {
	/** Resolves when `send` returned false. */
	run(stream: PumpedStream): Promise<void>;
	stop(): void;
}

interface Running {
	stream: PumpedStream;
	startedAtMs: number;
	sent: number;
	finish: () => void;
}

export function createPump(): Pump {
	const running = new Set<Running>();
	let timer: NodeJS.Timeout | undefined;
	let immediate: NodeJS.Immediate | undefined;

	const turn = (): void => {
		clearTimeout(timer);
		clearImmediate(immediate);
		timer = undefined;
		immediate = undefined;
		for (const entry of running) {
			if (advance(entry)) continue;
			running.delete(entry);
			entry.finish();
		}
		schedule();
	};
	const schedule = (): void => {
		if (timer || immediate || running.size === 0) return;
		const isFast = [...running].some((entry) => entry.stream.tokensPerSecond <= 0 && !entry.stream.isBlocked());
		if (isFast) immediate = setImmediate(turn);
		else timer = setTimeout(turn, TICK_MS);
	};

	return {
		run: (stream) =>
			new Promise((resolve) => {
				running.add({ stream, startedAtMs: performance.now(), sent: 0, finish: resolve });
				// Not in this turn of the loop: `send` may end the stream before the caller holds the promise.
				immediate ??= setImmediate(turn);
			}),
		stop: () => {
			clearTimeout(timer);
			clearImmediate(immediate);
			for (const entry of running) entry.finish();
			running.clear();
		},
	};
}

/** False when the stream is over. The first token is due at once. */
function advance(entry: Running): boolean {
	const { stream } = entry;
	if (stream.tokensPerSecond <= 0) return stream.isBlocked() || stream.send(BURST_TOKENS);
	const due = 1 + Math.floor(((performance.now() - entry.startedAtMs) * stream.tokensPerSecond) / 1000);
	const count = due - entry.sent;
	if (count <= 0) return true;
	entry.sent = due;
	return stream.send(count);
}
