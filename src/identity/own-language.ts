/** The language that somebody chose for all that the bot says to them. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';

export interface OwnLanguages {
	/** Null: as their platform says. @throws BotError as `Database.queryAs`. */
	of(person: Principal): Promise<'en' | 'es' | null>;
	/** Counts from the next word on, on every platform. @throws BotError as `Database.queryAsRegistrar`. */
	choose(person: Pick<Principal, 'userId'>, language: 'en' | 'es' | null): Promise<void>;
}

const keep = `
	update users set language = $2, locale = coalesce($2, (
		select identities.locale from identities where identities.home_user_id = users.id order by identities.refreshed_at desc limit 1
	)) where id = $1`;

export function createOwnLanguages(database: Pick<Database, 'queryAs' | 'queryAsRegistrar'>): OwnLanguages {
	return {
		async of(person) {
			const [row] = await database.queryAs<{ language: 'en' | 'es' | null }>(person, 'select language from users where id = $1', [
				person.userId,
			]);
			return row?.language ?? null;
		},
		async choose({ userId }, language) {
			await database.queryAsRegistrar(keep, [userId, language]);
		},
	};
}
