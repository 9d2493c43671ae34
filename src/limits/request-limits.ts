/** How often a browser, an address or a person may ask in a minute: a bound against floods, beside what questions cost. */

import type { Counter, Counters } from './counters.ts';

export const requestKinds = {
	/** Of an address, by whoever is not known: 1,000 people of an office come from one, and each of them is known after a request or two. */
	stranger: { most: 600, windowMs: 60_000 },
	/** Codes that an address has shown. */
	code: { most: 60, windowMs: 60_000 },
	/** Of a session: a person who scrolls and several tabs stay far below. */
	session: { most: 600, windowMs: 60_000 },
	/** Wrong codes of a person: with 40 bits each, nobody finds one. */
	try: { most: 5, windowMs: 3_600_000 },
} as const;

export type RequestKind = keyof typeof requestKinds;

/** Neither rejects; see `Counters`. */
export interface RequestLimits {
	/** Counts one, unless there were too many: then nothing is counted. @returns in how many milliseconds there is room again; null for now. */
	admit(kind: RequestKind, key: string): Promise<number | null>;
	/** As `admit`, but counts nothing. */
	isFull(kind: RequestKind, key: string): Promise<number | null>;
}

/** What a flood is counted by stays in the process: nobody else is asked because of it. */
export function createRequestLimits({ shared, own }: Record<'shared' | 'own', Pick<Counters, 'open'>>): RequestLimits {
	const counters: Record<RequestKind, Counter> = {
		stranger: own.open('strangers', requestKinds.stranger.windowMs),
		code: own.open('codes', requestKinds.code.windowMs),
		session: own.open('sessions', requestKinds.session.windowMs),
		try: shared.open('tries', requestKinds.try.windowMs),
	};

	async function isFull(kind: RequestKind, key: string): Promise<number | null> {
		const { used, resetInMs } = await counters[kind].read(key);
		return used < requestKinds[kind].most ? null : resetInMs;
	}

	return {
		isFull,
		async admit(kind, key) {
			const waitMs = await isFull(kind, key);
			if (waitMs === null) await counters[kind].add(key, 1);
			return waitMs;
		},
	};
}
