/** What is to be said between the items of a stream that may be long in coming. */

export interface Notices<Notice> {
	/** Says it as soon as somebody listens. Of several that nobody has heard yet the newest is said. */
	put(notice: Notice): void;
	/** The newest that nobody has heard; null without one. */
	take(): Notice | null;
	/** Resolves when there is one to take. For one listener. */
	arrival(): Promise<null>;
}

export function createNotices<Notice>(): Notices<Notice> {
	let newest: Notice | null = null;
	let wake = () => {};
	return {
		put(notice) {
			newest = notice;
			wake();
		},
		take() {
			const taken = newest;
			newest = null;
			return taken;
		},
		arrival() {
			return new Promise((resolve) => {
				wake = () => resolve(null);
				if (newest !== null) wake();
			});
		},
	};
}

/**
 * Gives the items as they come and the notices in between. Whoever leaves the loop while an item is waited for must end that wait by other means,
 * such as an abort. @throws what `items` throws.
 */
export async function* interleave<Item, Notice>(
	items: AsyncIterable<Item>,
	notices: Notices<Notice>,
): AsyncGenerator<Item | Notice, void, void> {
	const iterator: AsyncIterator<Item, unknown> = items[Symbol.asyncIterator]();
	let next: Promise<IteratorResult<Item, unknown>> | null = null;
	try {
		for (;;) {
			next ??= iterator.next();
			const arrived: IteratorResult<Item, unknown> | null = await Promise.race([next, notices.arrival()]);
			if (arrived === null) {
				const notice = notices.take();
				if (notice !== null) yield notice;
				continue;
			}
			next = null;
			if (arrived.done) return;
			yield arrived.value;
		}
	} finally {
		if (next === null) await iterator.return?.();
		// Nobody is left to hear of it.
		else next.catch(() => {});
	}
}
