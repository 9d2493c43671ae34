/** One person with accounts on several platforms: a code from one account, entered with the other, makes both the same person's. */

import { createHash, randomInt } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { Limits } from '../limits/limits.ts';
import { createLinkStore, type LinkResult } from './link-store.ts';
import type { Person } from './person.ts';

export interface Links {
	/** A new code, such as `K7QF-2M9X`; the one before is worth nothing any more. @throws BotError `STORE_UNAVAILABLE`. */
	issue(person: Person): Promise<string>;
	/** @throws BotError `STORE_UNAVAILABLE`. */
	redeem(person: Person, code: string): Promise<LinkResult>;
	/** @returns how many accounts were taken apart. @throws BotError `STORE_UNAVAILABLE`. */
	unlink(person: Person): Promise<number>;
}

/** Letters and digits that nobody takes for another: 32 of them, so eight make 40 bits. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 8;

/** Whether it has the form of a code; people leave the dash out, or write small letters. */
export function isLinkCode(text: string): boolean {
	return /^[a-hj-np-z2-9]{4}-?[a-hj-np-z2-9]{4}$/i.test(text.trim());
}

export interface LinkDependencies {
	database: Database;
	limits: Pick<Limits, 'bringTogether'>;
}

export function createLinks({ database, limits }: LinkDependencies): Links {
	const store = createLinkStore(database);
	return {
		async issue({ userId }) {
			const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
			await store.keepCode(userId, hashOf(code));
			return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`;
		},
		async redeem(person, code) {
			const result = await store.redeem(person, hashOf(code));
			if (result.linked && result.counts !== null) await limits.bringTogether(result.counts.from, result.counts.to);
			return result;
		},
		async unlink(person) {
			return await store.unlink(person);
		},
	};
}

function hashOf(code: string): string {
	return createHash('sha256')
		.update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
		.digest('hex');
}
