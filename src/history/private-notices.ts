/** What the bot told somebody alone on the web, kept for a day: for whoever was not there, and in whatever process they come back. */

import type { Database } from '../database/database.ts';
import { storable } from '../database/storable.ts';
import type { Principal } from '../database/transaction.ts';
import type { LiveNotice } from '../live/live-conversation.ts';

/** All @throws BotError as `Database.asRegistrar` and `Database.asUser`. */
export interface PrivateNotices {
	/** Beside the messages of a conversation, or of one that never came to be. Safe to repeat. */
	keep(userId: string, conversationId: string, notice: LiveNotice): Promise<void>;
	/** Of the last day, the oldest first. */
	of(person: Principal, conversationId: string): Promise<LiveNotice[]>;
	forget(userId: string, conversationId: string): Promise<void>;
}

const keptFor = "interval '1 day'";
/** Nobody scrolls further. */
const mostShown = 20;

const insertNotice = `
	with gone as (delete from web_notices where created_at <= now() - ${keptFor})
	insert into web_notices (id, user_id, conversation_id, notice) values ($1, $2, $3, $4) on conflict do nothing`;
const selectNotices = `
	select notice from web_notices where user_id = $1 and conversation_id = $2 and created_at > now() - ${keptFor}
	order by created_at desc, id limit ${mostShown}`;

export function createPrivateNotices({ queryAs, queryAsRegistrar }: Pick<Database, 'queryAs' | 'queryAsRegistrar'>): PrivateNotices {
	return {
		async keep(userId, conversationId, notice) {
			await queryAsRegistrar(insertNotice, [notice.id, userId, conversationId, storable(notice)]);
		},
		async of(person, conversationId) {
			const kept = await queryAs<{ notice: LiveNotice }>(person, selectNotices, [person.userId, conversationId]);
			return kept.map(({ notice }) => notice).reverse();
		},
		async forget(userId, conversationId) {
			await queryAsRegistrar('delete from web_notices where user_id = $1 and conversation_id = $2', [userId, conversationId]);
		},
	};
}
