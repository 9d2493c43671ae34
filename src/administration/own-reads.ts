/** What administrators have read of what somebody said: told to that person, who read it and why. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';

export interface OwnRead {
	at: Date;
	/** Who read it; null for somebody who is gone. */
	reader: string | null;
	/** As they gave it. */
	reason: string;
	/** How many messages at most. */
	messages: number;
}

export interface OwnReads {
	/** The newest first. @throws BotError as `Database.queryAs`. */
	of(person: Principal): Promise<OwnRead[]>;
}

/** Nobody reads further back here. */
const mostReads = 100;

export function createOwnReads(database: Pick<Database, 'queryAs'>): OwnReads {
	return {
		async of(person) {
			const rows = await database.queryAs<Omit<OwnRead, 'messages' | 'reason'> & { reason: string | null; messages: string | null }>(
				person,
				'select at, reader, reason, messages from ccb_private.reads_of_mine($1)',
				[mostReads],
			);
			return rows.map(({ at, reader, reason, messages }) => ({
				at: new Date(at),
				reader,
				reason: reason ?? '',
				messages: Number(messages) || 0,
			}));
		},
	};
}
