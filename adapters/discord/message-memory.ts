/** What Discord does not tell again about a message: who wrote it, and which chain it belongs to. */

import type { AdapterState } from '#src/platform/adapter-state.ts';

export interface KnownMessage {
	authorId: string;
	/** The first message of its reply chain; empty where messages form none. */
	rootId: string;
}

export interface MessageMemory {
	get(messageId: string): KnownMessage | undefined;
	/** Bounded, and lost with the process. */
	remember(messageId: string, known: KnownMessage): void;
	/** Remembers it beyond the process, so that it can still be taken back. @throws BotError `STORE_UNAVAILABLE`. */
	keep(messageId: string, known: KnownMessage): Promise<void>;
	/** From the process' memory, or what was kept. @throws BotError `STORE_UNAVAILABLE`. */
	find(messageId: string): Promise<KnownMessage | undefined>;
	/** Forgets what was kept too long ago. @throws BotError `STORE_UNAVAILABLE`. */
	prune(): Promise<void>;
}

/** Two ids a message: some megabytes at most, and days of talk with the bot. */
const defaultLimit = 20_000;

/** Whoever takes back something older is told nowhere to us that it is theirs. */
const keptMs = 90 * 24 * 3_600_000;
const keptPrefix = 'message:';

/** In memory, what was looked at longest ago goes first. */
export function createMessageMemory(state: AdapterState, limit = defaultLimit): MessageMemory {
	const messages = new Map<string, KnownMessage>();

	function remember(messageId: string, known: KnownMessage): void {
		messages.delete(messageId);
		messages.set(messageId, known);
		const [oldest] = messages.keys();
		if (messages.size > limit && oldest !== undefined) messages.delete(oldest);
	}

	return {
		get(messageId) {
			const known = messages.get(messageId);
			if (known !== undefined) remember(messageId, known);
			return known;
		},
		remember,
		async keep(messageId, known) {
			remember(messageId, known);
			await state.set(keptPrefix + messageId, JSON.stringify(known));
		},
		async find(messageId) {
			const known = messages.get(messageId);
			if (known !== undefined) return known;
			const kept = await state.get(keptPrefix + messageId);
			return kept === null ? undefined : (JSON.parse(kept) as KnownMessage);
		},
		prune: () => state.prune(keptPrefix, keptMs),
	};
}
