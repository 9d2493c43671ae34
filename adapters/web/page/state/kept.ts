/** What a browser keeps for one person, so that nothing typed is lost with the page. Where it keeps nothing, the page works as long as it is open. */

export interface Kept {
	read(name: string): unknown;
	/** Null takes it away. */
	write(name: string, value: unknown): void;
	/** All that belongs to this person. */
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

	return {
		read: (name) => attempt(() => JSON.parse(storage.getItem(prefix + name) ?? 'null')),
		write(name, value) {
			attempt(() => (value === null ? storage.removeItem(prefix + name) : storage.setItem(prefix + name, JSON.stringify(value))));
		},
		clear() {
			attempt(() => {
				const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
				for (const name of names.filter((one) => one.startsWith(prefix))) storage.removeItem(name);
			});
		},
	};
}
