/** What is to be said between the items of a stream that may be long in coming. */

export interface Notices<Notice> {
	/** Says it as soon as somebody listens. Of several that nobody has heard yet the newest is said. */
	put(notice: Notice): void;
	/** The newest that nobody has heard; null without one. */
	take(): Notice | null;
	/** Calls back when there is one to take, at once if there is. For one listener at a time. */
	listen(wake: () => void): void;
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
		listen(listener) {
			wake = listener;
			if (newest !== null) wake();
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
			const arrived = await firstOf(next, notices);
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

/** Null when a notice came first. For each of thousands of items: a race would make three promises where this makes one. */
function firstOf<Item, Notice>(
	next: Promise<IteratorResult<Item, unknown>>,
	notices: Notices<Notice>,
): Promise<IteratorResult<Item, unknown> | null> {
	return new Promise((resolve, reject) => {
		next.then(resolve, reject);
		notices.listen(() => resolve(null));
	});
}
