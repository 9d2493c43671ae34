/** What Discord does not tell again about a message: who wrote it, and which chain it belongs to. Bounded, and lost with the process. */

export interface KnownMessage {
	authorId: string;
	/** The first message of its reply chain; empty where messages form none. */
	rootId: string;
}

export interface MessageMemory {
	get(messageId: string): KnownMessage | undefined;
	remember(messageId: string, known: KnownMessage): void;
}

/** Two ids a message: some megabytes at most, and days of talk with the bot. */
const defaultLimit = 20_000;

/** Forgets what was looked at longest ago. */
export function createMessageMemory(limit = defaultLimit): MessageMemory {
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
	};
}
