/** What a browser keeps for one person, so that nothing typed is lost with the page. Where it keeps nothing, the page works as long as it is open. */

export interface Kept {
	read(name: string): unknown;
	/** Null takes it away. */
	write(name: string, value: unknown): void;
	/** Of all that is kept. */
	names(): string[];
	/** Of all that belongs to this person nothing stays. */
	clear(): void;
}

export type BrowserStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** @param owner Whoever is signed in next must not find what somebody else wrote, and still less send it. */
export function createKept(storage: BrowserStorage, owner: string): Kept {
	const prefix = `ccb.${owner}.`;

	/** Some browsers throw when they are told to keep nothing, and all when they are full. */
	function attempt<Result>(act: () => Result): Result | null {
		try {
			return act();
		} catch {
			return null;
		}
	}

	function names(): string[] {
		const all = attempt(() => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')) ?? [];
		return all.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
	}

	return {
		read: (name) => attempt(() => JSON.parse(storage.getItem(prefix + name) ?? 'null')),
		write(name, value) {
			attempt(() => (value === null ? storage.removeItem(prefix + name) : storage.setItem(prefix + name, JSON.stringify(value))));
		},
		names,
		clear() {
			for (const name of names()) attempt(() => storage.removeItem(prefix + name));
		},
	};
}
