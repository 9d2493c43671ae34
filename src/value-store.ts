/** Short-lived values in memory, bounded in number and in size: when full, what was written longest ago goes first. */

/** Enough for the state of thousands of conversations, little enough to be forgotten about. */
const MAX_VALUES = 10_000;
const MAX_CHARACTERS = 32 * 1024 * 1024;

/** Looking through all values for expired ones is worth its time only once in a while. */
const SWEEP_EVERY_MS = 1_000;

interface StoredValue {
	value: string;
	expiresAt: number;
}

export interface ValueStore {
	get(key: string): string | null;
	/** Keeps `value` for `ttlMs`, at least one millisecond. */
	set(key: string, value: string, ttlMs: number): void;
	delete(key: string): void;
	clear(): void;
}

/** `clock` gives milliseconds. The bounds are options for tests only: entries, and UTF-16 units over all keys and values. */
export function createValueStore(
	clock: () => number,
	{ maxValues = MAX_VALUES, maxCharacters = MAX_CHARACTERS }: { maxValues?: number; maxCharacters?: number } = {},
): ValueStore {
	// A Map keeps the order of writing, because every write deletes first.
	const values = new Map<string, StoredValue>();
	let characters = 0;
	let sweptAt = Number.NEGATIVE_INFINITY;

	function remove(key: string): void {
		const stored = values.get(key);
		if (stored === undefined) return;
		values.delete(key);
		characters -= key.length + stored.value.length;
	}

	function makeRoom(): void {
		if (values.size <= maxValues && characters <= maxCharacters) return;
		sweepExpired(clock());
		for (const key of values.keys()) {
			if (values.size <= maxValues && characters <= maxCharacters) return;
			remove(key);
		}
	}

	function sweepExpired(now: number): void {
		if (now - sweptAt < SWEEP_EVERY_MS) return;
		sweptAt = now;
		for (const [key, { expiresAt }] of values) if (expiresAt <= now) remove(key);
	}

	return {
		get(key) {
			const stored = values.get(key);
			if (stored === undefined) return null;
			if (stored.expiresAt > clock()) return stored.value;
			remove(key);
			return null;
		},
		set(key, value, ttlMs) {
			remove(key);
			values.set(key, { value, expiresAt: clock() + Math.max(1, Math.ceil(ttlMs)) });
			characters += key.length + value.length;
			makeRoom();
		},
		delete: remove,
		clear() {
			values.clear();
			characters = 0;
		},
	};
}
