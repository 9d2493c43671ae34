/** Numbers that look random and are the same in each run (Park and Miller's generator, 1988). */

export interface RepeatableRandom {
	/** A whole number from 0, below this. */
	below(limit: number): number;
}

export function createRandom(seed: number): RepeatableRandom {
	let state = seed % 2_147_483_647;
	return {
		below(limit) {
			state = (state * 48_271) % 2_147_483_647;
			return state % limit;
		},
	};
}
