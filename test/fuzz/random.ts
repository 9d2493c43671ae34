/** Random choices that a seed repeats: the same seed, the same texts. */

export interface Random {
	/** A number from 0 up to, and not including, 1. */
	next(): number;
	/** A whole number from 0 up to, and not including, `limit`. */
	below(limit: number): number;
	/** True in `share` of all cases. */
	chance(share: number): boolean;
	pick<T>(choices: readonly T[]): T;
}

/** Creates a source of choices ("mulberry32", a public domain generator): fast, and even enough to choose pieces of text with. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		next,
		below,
		chance: (share) => next() < share,
		pick(choices) {
			const choice = choices[below(choices.length)];
			if (choice === undefined) throw new Error('there is nothing to choose from');
			return choice;
		},
	};
}

/** The seed of one text, so that it can be made again without those before it. */
export function seedOf(seed: number, index: number): number {
	return Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
}
