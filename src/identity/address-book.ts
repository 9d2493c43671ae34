/** The address that somebody's account has, where it may say who they are: by it databases outside of the program know them. */

import type { Database } from '../database/database.ts';
import type { Person } from './person.ts';

export interface AddressBook {
	/** In small letters. Null where no platform told one that its tenant's domains vouch for. @throws BotError as `Database.queryAsRegistrar`. */
	addressOf(person: Pick<Person, 'identityId'>): Promise<string | null>;
}

export function createAddressBook(database: Pick<Database, 'queryAsRegistrar'>): AddressBook {
	return {
		async addressOf({ identityId }) {
			const [row] = await database.queryAsRegistrar<{ email: string | null }>(
				'select lower(email) as email from identities where id = $1',
				[identityId],
			);
			return row?.email ?? null;
		},
	};
}
