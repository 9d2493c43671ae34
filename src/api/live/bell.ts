/** Wakes whoever waits for something to do; what is rung while nobody waits is not lost. */

export interface Bell {
	ring(): void;
	/** Resolves at the next ring, or at once when it has rung since the last wait. One waits at a time. */
	rung(): Promise<void>;
}

export function createBell(): Bell {
	let isRung = false;
	let wake: (() => void) | null = null;
	return {
		ring() {
			isRung = true;
			wake?.();
		},
		async rung() {
			if (!isRung) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
			wake = null;
			isRung = false;
		},
	};
}
