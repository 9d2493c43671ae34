/** One person with accounts on several platforms: a code from one account, entered with the other, makes both the same person's. */

import type { Database } from '../database/database.ts';
import type { Limits } from '../limits/limits.ts';
import { createLinkStore, type LinkResult } from './link-store.ts';
import type { Person } from './person.ts';
import { hashOfCode, newTypedCode } from './typed-code.ts';

export interface Links {
	/** A new code, such as `K7QF-2M9X`; the one before is worth nothing any more. @throws BotError `STORE_UNAVAILABLE`. */
	issue(person: Person): Promise<string>;
	/** @throws BotError `STORE_UNAVAILABLE`. */
	redeem(person: Person, code: string): Promise<LinkResult>;
	/** @returns how many accounts were taken apart. @throws BotError `STORE_UNAVAILABLE`. */
	unlink(person: Person): Promise<number>;
}

export interface LinkDependencies {
	database: Database;
	limits: Pick<Limits, 'bringTogether'>;
}

export function createLinks({ database, limits }: LinkDependencies): Links {
	const store = createLinkStore(database);
	return {
		async issue({ userId }) {
			const code = newTypedCode();
			await store.keepCode(userId, hashOfCode(code));
			return code;
		},
		async redeem(person, code) {
			const result = await store.redeem(person, hashOfCode(code));
			if (result.linked && result.counts !== null) await limits.bringTogether(result.counts.from, result.counts.to);
			return result;
		},
		async unlink(person) {
			return await store.unlink(person);
		},
	};
}
