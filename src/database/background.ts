/** Work that nobody waits for: what it asks the database stands behind what people wait for. */

import { AsyncLocalStorage } from 'node:async_hooks';

const background = new AsyncLocalStorage<true>();

/** Whatever `work` asks the database until it has ended. @returns what it returns. */
export function inBackground<Result>(work: () => Result): Result {
	return background.run(true, work);
}

export function isInBackground(): boolean {
	return background.getStore() === true;
}
