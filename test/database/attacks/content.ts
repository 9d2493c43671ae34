/** Attacks on what was said: conversations, who takes part in them, messages and the feedback on them. */

import { randomUUID } from 'node:crypto';
import { type Attack, allBut, attack, type World } from './world.ts';

/** The registrar may know who takes part where. */
const notRegistrar = allBut('registrar');
/** It is the employee's own question that the others in the shared conversation try their hands on. */
const notEmployee = allBut('employee');

const ofConversation = (world: World) => [world.conversationId];
const ofQuestion = (world: World) => [world.questionId];
const ofAnswer = (world: World) => [world.answerId];
const ofShared = (world: World) => [world.sharedId];
const ofNeighbour = (world: World) => [world.ownQuestionId];
const ofNeighboursAnswer = (world: World) => [world.ownAnswerId];
const intoConversation = (world: World, attackerId: string) => [world.conversationId, attackerId];
const intoShared = (world: World, attackerId: string) => [world.sharedId, attackerId];

export const contentReads: Attack[] = [
	attack('read the conversation', 'select id from conversations where id = $1', ofConversation, notRegistrar),
	attack('read the title', 'select title from conversations where id = $1', ofConversation),
	attack('read all titles', 'select title from conversations where id <> $1', ofShared),
	attack('read all summaries', 'select summary from conversations where id <> $1', ofShared),
	attack('read where it takes place', 'select channel_id, thread_id from conversations where id = $1', ofConversation),
	attack('read the participants', 'select user_id from conversation_participants where conversation_id = $1', ofConversation, notRegistrar),
	attack(
		'read who else is in the own conversation',
		'select 1 from conversation_participants where user_id <> $1',
		(_world, attackerId) => [attackerId],
		notRegistrar,
	),
	attack('read the question', 'select content from messages where id = $1', ofQuestion),
	attack('read the answer', 'select content from messages where id = $1', ofAnswer),
	attack('read whole messages', 'select * from messages where conversation_id = $1', ofConversation),
	attack('read a message as JSON', 'select to_jsonb(m) from messages m where id = $1', ofAnswer),
	attack('read by content', `select id from messages where content like '%secret%'`),
	attack('read in the order of the content', 'select id from messages where id = $1 order by content', ofAnswer),
	attack('count words', `select 1 from messages where conversation_id = $1 group by length(content)`, ofConversation),
	attack(
		'count by conversation',
		'select conversation_id from messages where conversation_id = $1 group by 1',
		ofConversation,
		notRegistrar,
	),
	attack('read the attachments', 'select attachments from messages where id = $1', ofQuestion),
	attack('read which model answered', 'select model, host from messages where id = $1', ofAnswer),
	attack('read what can be read of another by its sequence', 'select sequence from messages where conversation_id = $1', ofConversation),
	attack(
		'read through a join',
		'select m.content from conversations c join messages m on m.conversation_id = c.id where c.id = $1',
		ofConversation,
	),
	attack(
		'read through a lateral subquery',
		'select x.content from (select $1::uuid as id) v, lateral (select content from messages where conversation_id = v.id) x',
		ofConversation,
	),
	attack(
		'read through a recursive query',
		'with recursive r as (select content from messages where id = $1 union select content from r) select * from r',
		ofAnswer,
	),
	attack('read with a function of each row', `select 1 from messages where id = $1 and pg_notify('leak', content) is null`, ofAnswer),
	attack(
		'read as XML',
		`select x from (select query_to_xml('select content from messages', true, true, '')::text as x) as q where x like '%secret%'`,
	),
	attack('read the feedback', 'select rating from feedback where message_id = $1', ofAnswer),
	attack('read every comment', 'select comment from feedback'),
	attack('read own messages without a right to any', 'select content from messages', undefined, ['guest', 'registrar', 'program']),
	attack('lock the question', 'select content from messages where id = $1 for update', ofQuestion),
	attack('turn row security off', `select set_config('row_security', 'off', true), content from messages where id = $1`, ofAnswer),
];

export const contentWrites: Attack[] = [
	attack('change the title', `update conversations set title = 'x' where id = $1 returning 1`, ofConversation),
	attack('change the key of the own conversation', `update conversations set key = 'x' where id = $1 returning 1`, ofShared),
	attack('take the conversation', 'update conversations set created_by = $2 where id = $1 returning 1', intoConversation, notRegistrar),
	attack('move the own conversation', `update conversations set channel_id = 'x' where id = $1 returning 1`, ofShared),
	attack('make the model forget', 'update conversations set memory_from = 999999 where id = $1 returning 1', ofConversation),
	attack('put words into the summary', `update conversations set summary = 'x' where id = $1 returning 1`, ofConversation),
	attack('delete the conversation', 'delete from conversations where id = $1 returning 1', ofConversation),
	attack('delete the own conversation', 'delete from conversations where id = $1 returning 1', ofShared),
	attack(
		'create a conversation',
		`insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind) values ($1, 'a', 'b', 'c', 'd', 'direct') returning 1`,
		() => [randomUUID()],
		notRegistrar,
	),
	attack(
		'create a conversation with a title',
		`insert into conversations (key, platform, tenant_id, channel_id, thread_id, kind, title) values ($1, 'a', 'b', 'c', 'd', 'direct', 'x')`,
		() => [randomUUID()],
	),
	attack(
		'join the conversation',
		'insert into conversation_participants (conversation_id, user_id) values ($1, $2) returning 1',
		intoConversation,
		notRegistrar,
	),
	attack(
		'move the own participation',
		'update conversation_participants set conversation_id = $1 where user_id = $2 returning 1',
		intoConversation,
	),
	attack(
		'throw the victim out',
		'delete from conversation_participants where conversation_id = $1 returning 1',
		ofConversation,
		notRegistrar,
	),
	attack('change the question', `update messages set content = 'x' where id = $1 returning 1`, ofQuestion),
	attack('change the answer', `update messages set content = 'x' where id = $1 returning 1`, ofAnswer),
	attack('change what became of it', `update messages set status = 'failed' where id = $1 returning 1`, ofAnswer),
	attack('change every message but the own', `update messages set content = 'x' where conversation_id <> $1 returning 1`, ofShared),
	// Without a condition and without giving rows, only the policy for changing stands in the way.
	attack('change every message', `update messages set content = 'x'`),
	attack('change every title', `update conversations set title = 'x'`),
	attack('change every rating', 'update feedback set rating = 1'),
	attack('delete every message', 'delete from messages'),
	attack('delete every rating', 'delete from feedback'),
	attack('delete the answer', 'delete from messages where id = $1 returning 1', ofAnswer),
	attack(
		'write into the conversation',
		`insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'x', 'received') returning 1`,
		intoConversation,
	),
	attack(
		'answer in the conversation',
		`insert into messages (conversation_id, role, content, status) values ($1, 'assistant', 'x', 'answered') returning 1`,
		ofConversation,
	),
	attack(
		'write in the name of the victim',
		`insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'user', $2, 'x', 'received') returning 1`,
		(world) => [world.sharedId, world.victim.userId],
	),
	attack(
		'write with the account of the victim',
		`insert into messages (conversation_id, role, author_user_id, author_identity_id, content, status)
		values ($1, 'user', $2, $3, 'x', 'received') returning 1`,
		(world, attackerId) => [world.sharedId, attackerId, world.identityId],
	),
	attack(
		'answer with the account of the victim',
		`insert into messages (conversation_id, role, author_identity_id, content, status) values ($1, 'assistant', $2, 'x', 'answered') returning 1`,
		(world) => [world.sharedId, world.identityId],
	),
	attack(
		'write in the name of nobody',
		`insert into messages (conversation_id, role, content, status) values ($1, 'user', 'x', 'received') returning 1`,
		ofShared,
	),
	attack(
		'sign the answer as a person',
		`insert into messages (conversation_id, role, author_user_id, content, status) values ($1, 'assistant', $2, 'x', 'answered') returning 1`,
		intoShared,
	),
	attack('move the own message', 'update messages set conversation_id = $1 where id = $2 returning 1', (world) => [
		world.conversationId,
		world.ownQuestionId,
	]),
	attack(
		'change the author of the own message',
		'update messages set author_user_id = $1 where id = $2 returning 1',
		(world) => [world.victim.userId, world.ownQuestionId],
		notRegistrar,
	),
	attack('change the account of the own message', 'update messages set author_identity_id = $1 where id = $2 returning 1', (world) => [
		world.identityId,
		world.ownQuestionId,
	]),
	attack(
		'take the question',
		'update messages set author_user_id = $2 where id = $1 returning 1',
		(world, attackerId) => [world.questionId, attackerId],
		notRegistrar,
	),
	attack('rate the answer', 'insert into feedback (message_id, user_id, rating) values ($1, $2, 1) returning 1', (world, attackerId) => [
		world.answerId,
		attackerId,
	]),
	attack('rate in the name of the victim', 'insert into feedback (message_id, user_id, rating) values ($1, $2, 1) returning 1', (world) => [
		world.ownQuestionId,
		world.victim.userId,
	]),
	attack('change the rating', 'update feedback set rating = 1 where message_id = $1 returning 1', ofAnswer),
	attack('delete the rating', 'delete from feedback where message_id = $1 returning 1', ofAnswer),
	// In a conversation that the attacker takes part in.
	attack(
		'put words into the mouth of a neighbour',
		`update messages set content = 'x' where id = $1 returning 1`,
		ofNeighbour,
		notEmployee,
	),
	attack(
		'change what a neighbour was answered',
		`update messages set content = 'x' where id = $1 returning 1`,
		ofNeighboursAnswer,
		notEmployee,
	),
	attack('take back what a neighbour said', `update messages set status = 'deleted' where id = $1 returning 1`, ofNeighbour, notEmployee),
	attack(
		'stop the answer to a neighbour',
		`update messages set status = 'stopped' where id = $1 returning 1`,
		ofNeighboursAnswer,
		notEmployee,
	),
	attack('lock what a neighbour said', 'select 1 from messages where id = $1 for update', ofNeighbour, allBut('employee', 'registrar')),
	attack(
		'take the place of what a neighbour said',
		`insert into messages (id, conversation_id, role, author_user_id, content, status) values ($1, $2, 'user', $3, 'x', 'received')
		on conflict (id) do update set content = 'x' returning 1`,
		(world, attackerId) => [world.ownQuestionId, world.sharedId, attackerId],
		notEmployee,
	),
	attack(
		'answer in place of the assistant',
		`insert into messages (conversation_id, role, in_reply_to, content, status) values ($1, 'assistant', $2, 'x', 'answered') returning 1`,
		(world) => [world.sharedId, world.ownQuestionId],
		notEmployee,
	),
	attack(
		'let the assistant say something unasked',
		`insert into messages (conversation_id, role, content, status) values ($1, 'assistant', 'x', 'answered') returning 1`,
		ofShared,
	),
	attack(
		'answer a question of another conversation',
		`insert into messages (conversation_id, role, in_reply_to, content, status) values ($1, 'assistant', $2, 'x', 'answered') returning 1`,
		(world) => [world.sharedId, world.questionId],
	),
	attack(
		'reply to a message that may be there',
		`insert into messages (conversation_id, role, author_user_id, in_reply_to, content, status) values ($1, 'user', $2, $3, 'x', 'received') returning 1`,
		(world, attackerId) => [world.sharedId, attackerId, world.questionId],
	),
	attack(
		'say something at another time',
		`insert into messages (conversation_id, role, author_user_id, status, created_at) values ($1, 'user', $2, 'received', '2020-01-01') returning 1`,
		intoShared,
	),
	attack(
		'say something before everything else',
		`insert into messages (conversation_id, role, author_user_id, status, sequence) overriding system value values ($1, 'user', $2, 'received', 0) returning 1`,
		intoShared,
	),
	attack(
		'say something under an id that another message may have',
		`insert into messages (id, conversation_id, role, author_user_id, status) values ('00000000-0000-8000-8000-000000000001', $1, 'user', $2, 'received') returning 1`,
		intoShared,
	),
];
