/** The queue of a loaded model: so many at a time, the rest wait without limit, in order, until they get a place or hang up. */

export interface Semaphore {
	/** False when the signal fired before a place came free. */
	acquire(signal: AbortSignal): Promise<boolean>;
	release(): void;
	active(): number;
	/** Resolves when nobody holds a place. */
	idle(): Promise<void>;
}

export function createSemaphore(places: number): Semaphore {
	let active = 0;
	const waiting: (() => void)[] = [];
	const idleListeners: (() => void)[] = [];
	return {
		acquire: (signal) => {
			if (signal.aborted) return Promise.resolve(false);
			if (active < places) {
				active++;
				return Promise.resolve(true);
			}
			return new Promise((resolve) => {
				const enter = (): void => {
					signal.removeEventListener('abort', leave);
					active++;
					resolve(true);
				};
				const leave = (): void => {
					waiting.splice(waiting.indexOf(enter), 1);
					resolve(false);
				};
				waiting.push(enter);
				signal.addEventListener('abort', leave, { once: true });
			});
		},
		release: () => {
			active--;
			waiting.shift()?.();
			if (active === 0) for (const listener of idleListeners.splice(0)) listener();
		},
		active: () => active,
		idle: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve))),
	};
}
