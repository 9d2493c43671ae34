/** A value that changes, and those who look at it. */

export interface PageStore<Value> {
	get(): Value;
	change(next: (value: Value) => Value): void;
	/** @returns how to look away. */
	subscribe(look: () => void): () => void;
}

/** @param later When those who look are told, once for all changes until then: at once, or with the next frame. */
export function createPageStore<Value>(initial: Value, later: (run: () => void) => void = (run) => run()): PageStore<Value> {
	let value = initial;
	let isAnnounced = false;
	const looking = new Set<() => void>();

	function announce(): void {
		isAnnounced = false;
		for (const look of [...looking]) look();
	}

	return {
		get: () => value,
		change(next) {
			const changed = next(value);
			if (changed === value) return;
			value = changed;
			if (isAnnounced) return;
			isAnnounced = true;
			later(announce);
		},
		subscribe(look) {
			looking.add(look);
			return () => looking.delete(look);
		},
	};
}
