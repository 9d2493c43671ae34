/** Conversations and messages of two people, put into a database as answered questions leave them there. */

import { Client } from 'pg';

export interface LibrarySize {
	/** Of each of the two. */
	conversations: number;
	/** Of both together, as many in each conversation. */
	messages: number;
}

/** What is searched for, by how often it was said. */
export const words = {
	'a word of every message': 'delivery',
	'the beginnings of two words of every message': 'del lor',
	'a word of one message in a hundred': 'hundredth',
	'a word of one message': 'message12x',
	'a word that nobody said': 'never',
};

const addConversations = `
with owner as (select user_id, id as identity_id from identities where account_id = $1), added as (
	insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind, title, created_by, created_at, last_said_at)
	select 'web:' || gen_random_uuid(), 'web', 'web', user_id, gen_random_uuid(), 'direct', 'Question ' || number, user_id,
		now() - interval '1 year', now() - number * interval '7 minutes'
	from owner, generate_series(1, $2::int) as number
	returning id, created_by
)
insert into conversation_participants (conversation_id, user_id, reads_from) select id, created_by, now() - interval '1 year' from added`;

/** Numbers go round the conversations, so that what is found lies far apart; the first ones are those of the first account. */
const addMessages = `
with conversation as (
	select c.id, c.created_by, row_number() over (order by i.account_id <> $2, c.id) - 1 as place, count(*) over () as conversations
	from conversations c join identities i on i.user_id = c.created_by where c.platform = 'web'
)
insert into messages (conversation_id, role, author_user_id, content, status, created_at)
select id, case when number % 2 = 0 then 'user' else 'assistant' end, case when number % 2 = 0 then created_by end,
	'The delivery of order message' || number || 'x depends on three things that the supplier confirms before the week ends: quantity, price, and the date on which the lorry leaves.'
		|| case when number % 100 = 11 then ' The hundredth says so too.' else '' end,
	case when number % 2 = 0 then 'received' else 'answered' end, now() - interval '1 hour'
from generate_series(0, $1::int - 1) as number join conversation on place = (number / 2) % conversations order by number`;

/** @param databaseUrl The superuser's, past every policy. @param accounts Of the two people, who have signed in. */
export async function fill(databaseUrl: string, { conversations, messages }: LibrarySize, accounts: readonly string[]): Promise<void> {
	const database = new Client({ connectionString: databaseUrl });
	await database.connect();
	for (const account of accounts) await database.query(addConversations, [account, conversations]);
	await database.query(addMessages, [messages, accounts[0]]);
	await database.query('analyze');
	await database.end();
}
