/** The way of vectors that nobody waits for to one host: one request at a time, small ones, and after the people who wait there. */

import type { Clock } from '../clock.ts';
import type { QueueReport } from '../queue/ticket-queue.ts';
import { pause, unlessAborted } from '../waiting.ts';
import { cancelled } from './admission.ts';
import { hostOfPlace } from './hosted-model.ts';

/** Ollama works a request off text by text: larger ones save nothing. */
export const MOST_TEXTS = 32;
/** As long as nobody knows how fast the host is: two passages of 400 tokens, as for a machine without a graphics card. */
const FIRST_CHARACTERS = 2_600;
/** While answers are written on the host: both go slower there. */
const TEXTS_BESIDE_ANSWERS = 4;
/** How long a request is to take: the vector of a question that comes behind it is waited for up to three times as long. */
const REQUEST_MS = 1_000;
/** How long people go first, for each request. With one request in every half minute the passages of a large file still come to their end. */
const MOST_COURTESY_MS = 30_000;
/** The queue tells nobody that it has become empty. */
const LOOK_MS = 500;

interface Sent {
	workedMs: number | null;
}

export interface PassageLane {
	/** How many wait for a request of theirs, or have one under way. */
	size(): number;
	/**
	 * Runs `send` when it is its turn, with the first of these texts, as many as make a small request; it gives how long the host worked on them, null where
	 * it refused.
	 * Each turn waits for those before it, and then up to half a minute while people wait for a slot on this host: while a question of any process waits and a
	 * model of this host has no slot left. A host that only makes vectors waits for nobody.
	 * @throws BotError `CANCELLED`, and whatever `send` throws.
	 */
	run<T extends Sent>(texts: readonly string[], send: (first: readonly string[]) => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface PassageLaneParts {
	/** The host's address without credentials. */
	host: string;
	clock: Clock;
	/** The queue for answers, of all processes. */
	queue: () => Promise<Pick<QueueReport, 'waiting' | 'hosts'>>;
}

export function createPassageLane({ host, clock, queue }: PassageLaneParts): PassageLane {
	let size = 0;
	let last: Promise<void> = Promise.resolve();
	/** How long the host takes for a character, by what it has read so far. */
	let characterMs = REQUEST_MS / FIRST_CHARACTERS;

	/** What answers there are on the host; waits while people wait for more. */
	const courtesy = async (signal: AbortSignal): Promise<{ running: number }> => {
		const untilMs = clock.now() + MOST_COURTESY_MS;
		for (;;) {
			const { waiting, hosts } = await queue();
			const places = hosts.filter((place) => hostOfPlace(place.host) === host);
			const isAwaited = waiting.interactive > 0 && places.some(({ running, slots }) => running >= slots);
			if (signal.aborted) throw cancelled();
			if (!isAwaited || clock.now() >= untilMs) return { running: places.reduce((sum, { running }) => sum + running, 0) };
			await pause(clock, LOOK_MS, signal);
		}
	};
	return {
		size: () => size,
		async run(texts, send, signal) {
			const before = last;
			const mine = Promise.withResolvers<void>();
			last = mine.promise.then(() => before);
			size += 1;
			try {
				await unlessAborted(before, signal, cancelled);
				const { running } = await courtesy(signal);
				const first = firstOf(texts, { characters: REQUEST_MS / characterMs, most: running > 0 ? TEXTS_BESIDE_ANSWERS : MOST_TEXTS });
				const sent = await send(first);
				if (sent.workedMs !== null) characterMs = (characterMs + sent.workedMs / lengthOf(first)) / 2;
				return sent;
			} finally {
				size -= 1;
				mine.resolve();
			}
		},
	};
}

/** At least one; of several none that makes them longer than so many characters. */
function firstOf(texts: readonly string[], { characters, most }: { characters: number; most: number }): readonly string[] {
	let count = 1;
	while (count < Math.min(most, texts.length) && lengthOf(texts.slice(0, count + 1)) <= characters) count += 1;
	return texts.slice(0, count);
}

function lengthOf(texts: readonly string[]): number {
	return texts.reduce((sum, { length }) => sum + length, 0);
}
