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
	/** Passwords from an address for one name: few in a minute, and few in a quarter of an hour. Nobody waits for longer than that. */
	password: { most: 6, windowMs: 60_000 },
	passwordLong: { most: 30, windowMs: 900_000 },
	/** From everywhere for one name: strangers find nothing so, and hold up those alone who come with a browser that is new. */
	passwordName: { most: 60, windowMs: 900_000 },
	/** From an address for any name: an office comes from one. */
	passwordFrom: { most: 300, windowMs: 900_000 },
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
		password: shared.open('passwords', requestKinds.password.windowMs),
		passwordLong: shared.open('passwords-long', requestKinds.passwordLong.windowMs),
		passwordName: shared.open('passwords-name', requestKinds.passwordName.windowMs),
		passwordFrom: shared.open('passwords-from', requestKinds.passwordFrom.windowMs),
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
