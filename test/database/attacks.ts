/** What is tried against row-level security, and the world that it is tried in. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import type { Asker } from '#src/database/transaction.ts';
import { createConversation, createUser } from '#test/fakes/database.ts';

export interface World {
	employee: Asker;
	admin: Asker;
	guest: Asker;
	/** The one who is attacked: an employee in a conversation that no other takes part in. */
	victim: Asker;
	conversationId: string;
	questionId: string;
	answerId: string;
	identityId: string;
	/** A conversation of the attackers, to move rows to and from. */
	sharedId: string;
	ownQuestionId: string;
}

type Attackers = readonly ('employee' | 'admin' | 'guest')[];
export const everybody: Attackers = ['employee', 'admin', 'guest'];

export interface Attack {
	name: string;
	sql: string;
	parameters: (world: World, attacker: Asker) => unknown[];
	/** Everybody, unless someone is allowed to. */
	by?: Attackers;
}

const ofVictim = (world: World) => [world.victim.userId];
const ofConversation = (world: World) => [world.conversationId];
const ofAnswer = (world: World) => [world.answerId];

export const reads: Attack[] = [
	{ name: 'read the conversation', sql: 'select id from conversations where id = $1', parameters: ofConversation },
	{ name: 'read all titles', sql: 'select title from conversations where id <> $1', parameters: (world) => [world.sharedId] },
	{
		name: 'read the participants',
		sql: 'select user_id from conversation_participants where conversation_id = $1',
		parameters: ofConversation,
	},
	{
		name: 'read who else is in the own conversation',
		sql: 'select 1 from conversation_participants where user_id <> $1',
		parameters: (_world, attacker) => [attacker.userId],
	},
	{ name: 'read the question', sql: 'select content from messages where id = $1', parameters: (world) => [world.questionId] },
	{ name: 'read the answer', sql: 'select content from messages where id = $1', parameters: ofAnswer },
	{ name: 'read by content', sql: `select id from messages where content like '%secret%'`, parameters: () => [] },
	{
		name: 'count by conversation',
		sql: 'select conversation_id from messages where conversation_id = $1 group by 1',
		parameters: ofConversation,
	},
	{
		name: 'read through a join',
		sql: 'select m.content from conversations c join messages m on m.conversation_id = c.id where c.id = $1',
		parameters: ofConversation,
	},
	{
		name: 'read through a lateral subquery',
		sql: 'select x.content from (select $1::uuid as id) v, lateral (select content from messages where conversation_id = v.id) x',
		parameters: ofConversation,
	},
	{ name: 'read the feedback', sql: 'select rating from feedback where message_id = $1', parameters: ofAnswer },
	{ name: 'read the user', sql: 'select display_name from users where id = $1', parameters: ofVictim, by: ['employee', 'guest'] },
	{
		name: 'read the identities',
		sql: 'select account_id from identities where user_id = $1',
		parameters: ofVictim,
		by: ['employee', 'guest'],
	},
	{ name: 'read own messages without a right to any', sql: 'select 1 from messages', parameters: () => [], by: ['guest'] },
	{ name: 'read the inbox', sql: 'select payload from inbox', parameters: () => [] },
	{ name: 'read the reply parts', sql: 'select place from reply_parts', parameters: () => [] },
	{ name: 'read the migrations', sql: 'select name from migrations', parameters: () => [] },
	{ name: 'lock the question', sql: 'select id from messages where id = $1 for update', parameters: (world) => [world.questionId] },
	{
		name: 'turn row security off',
		sql: `select set_config('row_security', 'off', true), content from messages where id = $1`,
		parameters: ofAnswer,
	},
	{ name: 'read the password table', sql: 'select rolpassword from pg_authid', parameters: () => [] },
];

export const writes: Attack[] = [
	{ name: 'change the title', sql: `update conversations set title = 'x' where id = $1 returning 1`, parameters: ofConversation },
	{
		name: 'change the key of the own conversation',
		sql: `update conversations set key = 'x' where id = $1 returning 1`,
		parameters: (world) => [world.sharedId],
	},
	{ name: 'delete the conversation', sql: 'delete from conversations where id = $1 returning 1', parameters: ofConversation },
	{
		name: 'delete the own conversation',
		sql: 'delete from conversations where id = $1 returning 1',
		parameters: (world) => [world.sharedId],
	},
	{
		name: 'create a conversation',
		sql: `insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind) values ($1, 'a', 'b', 'c', 'd', 'direct') returning 1`,
		parameters: () => [randomUUID()],
	},
	{
		name: 'join the conversation',
		sql: 'insert into conversation_participants (conversation_id, user_id) values ($1, $2) returning 1',
		parameters: (world, attacker) => [world.conversationId, attacker.userId],
	},
	{
		name: 'move the own participation',
		sql: 'update conversation_participants set conversation_id = $1 where user_id = $2 returning 1',
		parameters: (world, attacker) => [world.conversationId, attacker.userId],
	},
	{
		name: 'throw the victim out',
		sql: 'delete from conversation_participants where conversation_id = $1 returning 1',
		parameters: ofConversation,
	},
	{ name: 'change the answer', sql: `update messages set content = 'x' where id = $1 returning 1`, parameters: ofAnswer },
	{
		name: 'change every message but the own',
		sql: `update messages set content = 'x' where conversation_id <> $1 returning 1`,
		parameters: (world) => [world.sharedId],
	},
	// Without a condition and without giving rows, only the policy for changing stands in the way.
	{ name: 'change every message', sql: `update messages set content = 'x'`, parameters: () => [] },
	{ name: 'change every title', sql: `update conversations set title = 'x'`, parameters: () => [] },
	{ name: 'change every rating', sql: 'update feedback set rating = 1', parameters: () => [] },
	{ name: 'delete every rating', sql: 'delete from feedback', parameters: () => [] },
	{ name: 'rename everybody', sql: `update users set display_name = 'x'`, parameters: () => [] },
	{ name: 'delete the answer', sql: 'delete from messages where id = $1 returning 1', parameters: ofAnswer },
	{
		name: 'write into the conversation',
		sql: `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'x', 'received') returning 1`,
		parameters: (world, attacker) => [world.conversationId, attacker.userId],
	},
	{
		name: 'answer in the conversation',
		sql: `insert into messages (conversation_id, role, content, status) values ($1, 'assistant', 'x', 'answered') returning 1`,
		parameters: ofConversation,
	},
	{
		name: 'write in the name of the victim',
		sql: `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'x', 'received') returning 1`,
		parameters: (world) => [world.sharedId, world.victim.userId],
	},
	{
		name: 'write in the name of nobody',
		sql: `insert into messages (conversation_id, role, content, status) values ($1, 'user', 'x', 'received') returning 1`,
		parameters: (world) => [world.sharedId],
	},
	{
		name: 'sign the answer as a person',
		sql: `insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'assistant', $2, 'x', 'answered') returning 1`,
		parameters: (world, attacker) => [world.sharedId, attacker.userId],
	},
	{
		name: 'move the own message',
		sql: 'update messages set conversation_id = $1 where id = $2 returning 1',
		parameters: (world) => [world.conversationId, world.ownQuestionId],
	},
	{
		name: 'change the author of the own message',
		sql: 'update messages set author_user_id = $1 where id = $2 returning 1',
		parameters: (world) => [world.victim.userId, world.ownQuestionId],
	},
	{
		name: 'rate the answer',
		sql: 'insert into feedback (message_id, user_id, rating) values ($1, $2, 1) returning 1',
		parameters: (world, attacker) => [world.answerId, attacker.userId],
	},
	{
		name: 'rate in the name of the victim',
		sql: 'insert into feedback (message_id, user_id, rating) values ($1, $2, 1) returning 1',
		parameters: (world) => [world.ownQuestionId, world.victim.userId],
	},
	{ name: 'change the rating', sql: 'update feedback set rating = 1 where message_id = $1 returning 1', parameters: ofAnswer },
	{ name: 'delete the rating', sql: 'delete from feedback where message_id = $1 returning 1', parameters: ofAnswer },
	{ name: 'rename the victim', sql: `update users set display_name = 'x' where id = $1 returning 1`, parameters: ofVictim },
	{
		name: 'take another role',
		sql: `update users set role = 'ccb_admin' where id = $1 returning 1`,
		parameters: (_world, attacker) => [attacker.userId],
		by: ['employee', 'guest'],
	},
	{
		name: 'create a user',
		sql: `insert into users (display_name) values ('x') returning 1`,
		parameters: () => [],
		by: ['employee', 'guest'],
	},
	{ name: 'delete the victim', sql: 'delete from users where id = $1 returning 1', parameters: ofVictim },
	{
		name: 'take over the identity',
		sql: 'update identities set user_id = $1 where id = $2 returning 1',
		parameters: (world, attacker) => [attacker.userId, world.identityId],
	},
	{
		name: 'add an identity',
		sql: `insert into identities (user_id, platform, tenant_id, account_id, display_name) values ($1, 'slack', 'T', 'X', 'x') returning 1`,
		parameters: (_world, attacker) => [attacker.userId],
	},
	{ name: 'accept an event', sql: `insert into inbox (key, platform, type) values ('x', 'slack', 'x') returning 1`, parameters: () => [] },
	{ name: 'delete the inbox', sql: 'delete from inbox returning 1', parameters: () => [] },
	{
		name: 'write a reply part',
		sql: `insert into reply_parts (reply_id, position, place, mode, state) values ($1, 0, '{}', 'edit', 'shown') returning 1`,
		parameters: ofAnswer,
	},
];

/** These give no rows even where they are obeyed, so they have to be refused. */
export const takeovers: Attack[] = [
	{ name: 'switch the policies off', sql: 'alter table messages disable row level security', parameters: () => [] },
	{ name: 'drop a policy', sql: 'drop policy messages_read on messages', parameters: () => [] },
	{
		name: 'replace who is asking',
		sql: 'create or replace function ccb_user_id() returns uuid language sql return null::uuid',
		parameters: () => [],
	},
	{ name: 'make a table', sql: 'create table mine (id int)', parameters: () => [] },
	{ name: 'make a temporary table', sql: 'create temporary table users (id int)', parameters: () => [] },
	{ name: 'empty a table', sql: 'truncate messages', parameters: () => [] },
	{ name: 'become the owner of the database', sql: 'set local role postgres', parameters: () => [] },
	{ name: 'grant a right', sql: 'grant select on inbox to ccb_employee', parameters: () => [] },
];

/** What the victim must still have after every attack: as `createWorld` made it. */
export const untouched = {
	messages: [
		{ role: 'user', content: 'secret question', status: 'received' },
		{ role: 'assistant', content: 'secret answer', status: 'answered' },
	],
	conversations: [{ title: 'secret title' }],
	participants: 1,
	feedback: [{ rating: -1 }],
	users: [{ display_name: 'victim', role: 'ccb_employee' }],
	identities: [{ account_id: 'U-victim' }],
};

export async function belongings(database: Database, { victim }: World): Promise<typeof untouched> {
	return await database.asUser(victim, async (transaction) => {
		const rows = (sql: string): Promise<never[]> => transaction.query(sql);
		return {
			messages: await rows('select role, content, status from messages order by sequence'),
			conversations: await rows('select title from conversations'),
			participants: (await rows('select 1 from conversation_participants')).length,
			feedback: await rows('select rating from feedback'),
			users: await rows('select display_name, role from users'),
			identities: await rows('select account_id from identities'),
		};
	});
}

export async function createWorld(database: Database): Promise<World> {
	const [victim, employee, admin, guest] = await Promise.all([
		createUser(database),
		createUser(database),
		createUser(database, 'ccb_admin'),
		createUser(database, 'ccb_guest'),
	]);
	const [conversationId, sharedId] = [
		await createConversation(database, [victim]),
		await createConversation(database, [employee, admin, guest]),
	];
	const [questionId, answerId, ownQuestionId, identityId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
	const identity = `insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
		values ($1, $2, $2, 'slack', 'T1', 'U-victim', 'victim')`;
	await database.asRegistrar(async ({ query }) => {
		await query(`update users set display_name = 'victim' where id = $1`, [victim.userId]);
		await query(identity, [identityId, victim.userId]);
	});
	const question = `insert into messages (id, conversation_id, role, author_user_id, content, status) values ($1, $2, 'user', $3, $4, 'received')`;
	await database.asUser(victim, async (transaction) => {
		await transaction.query(`update conversations set title = 'secret title'`);
		await transaction.query(question, [questionId, conversationId, victim.userId, 'secret question']);
		const answer = `insert into messages (id, conversation_id, role, in_reply_to, content, status) values ($1, $2, 'assistant', $3, 'secret answer', 'answered')`;
		await transaction.query(answer, [answerId, conversationId, questionId]);
		await transaction.query('insert into feedback (message_id, user_id, rating) values ($1, $2, -1)', [answerId, victim.userId]);
	});
	await database.asUser(employee, (transaction) => transaction.query(question, [ownQuestionId, sharedId, employee.userId, 'own question']));
	return { employee, admin, guest, victim, conversationId, questionId, answerId, identityId, sharedId, ownQuestionId };
}
