/** Attacks on who people are and what they may do, on the log of that, and on the books of the program. */

import { randomUUID } from 'node:crypto';
import { type Attack, allBut, attack, type World } from './world.ts';

/** The registrar knows everybody, and so do admins. */
const strangers = allBut('registrar', 'admin');
const notRegistrar = allBut('registrar');
const notAdmin = allBut('admin');
const notProgram = allBut('program');

const ofVictim = (world: World) => [world.victim.userId];
const ofAttacker = (_world: World, attackerId: string) => [attackerId];
const ofIdentity = (world: World) => [world.identityId];
const ofEntry = (world: World) => [world.auditEntry];
const ofPublic = (world: World) => [world.publicChannelId];

export const peopleReads: Attack[] = [
	attack('read the user', 'select display_name from users where id = $1', ofVictim, strangers),
	attack('read everybody else', 'select id from users where id <> $1', ofAttacker, strangers),
	attack('read the roles of others', 'select role from users where id <> $1', ofAttacker, strangers),
	attack('read the accounts', 'select account_id from identities where user_id = $1', ofVictim, strangers),
	attack('read the addresses', 'select email from identities where email is not null', undefined, strangers),
	attack('find an address', `select 1 from identities where lower(email) = 'victim@example.com'`, undefined, strangers),
	attack('read which groups are roles', 'select group_id from role_mappings', undefined, strangers),
	attack('read what is decided about tenants', 'select tenant_id from tenants', undefined, strangers),
	attack('read the limits of roles', 'select limits from roles', undefined, ['program']),
	attack('read where the victim talks in private', `select id from channels where kind = 'direct'`, undefined, notRegistrar),
	attack('read the channels of others', 'select id from channels where id = $1', ofPublic, strangers),
	attack('read who uses a channel', 'select user_id from channel_members where channel_id = $1', ofPublic, notRegistrar),
	attack('read which channels the victim uses', 'select channel_id from channel_members where user_id = $1', ofVictim, notRegistrar),
	attack('read the codes', 'select code_hash from link_codes', undefined, notRegistrar),
	attack('read the sessions', 'select token_hash from web_sessions', undefined, notRegistrar),
	attack('read the tokens of programs', 'select secret_hash from api_tokens', undefined, notRegistrar),
	attack('read the links into the web', 'select secret_hash from sign_in_links', undefined, notRegistrar),
	attack('read what others gave', 'select name from uploads', undefined, strangers),
	attack('read what others were told alone', 'select notice from web_notices', undefined, notRegistrar),
	attack('read what others removed', 'select id from removed_questions', undefined, notRegistrar),
	attack('read the tries', 'select wrong from link_attempts', undefined, notRegistrar),
	attack('read the log', 'select action from audit_log', undefined, notAdmin),
	attack(
		'read the log through what an insert returns',
		`insert into audit_log (actor, action, outcome) values ('program', 'x', 'done') returning sequence`,
	),
	attack('read the inbox', 'select key, payload from inbox', undefined, notProgram),
	attack('read the reply parts', 'select place from reply_parts', undefined, notProgram),
	attack('read what adapters keep', 'select value from adapter_state', undefined, notProgram),
	attack('read the migrations', 'select name from migrations'),
	attack('read the key of the proofs', 'select key from ccb_private.proof_key'),
	attack('read the password table', 'select rolpassword from pg_authid'),
	attack('read the files of the server', `select pg_read_file('PG_VERSION')`),
];

/** The accomplice's account, under ids that others have or will have. */
const planted = `with entered as (insert into users (id, display_name) values ($1, 'x'))
	insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
	values ($2, $1, $1, 'slack', 'T1', 'U-accomplice', 'x') returning 1`;
const linkCode = `insert into link_codes (code_hash, user_id, expires_at) values ($1, $2, now() + interval '1 hour') returning 1`;
const account = `insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name)
	values (gen_random_uuid(), $1, $1, 'slack', 'T1', 'U-attacker', 'x') returning 1`;
const entry = (columns: string, values: string) =>
	`insert into audit_log (${columns}, action, outcome, subject_user_id) values (${values}, 'audit', 'done', $1)`;

export const peopleWrites: Attack[] = [
	attack('rename the victim', `update users set display_name = 'x' where id = $1 returning 1`, ofVictim, notRegistrar),
	attack('rename everybody', `update users set display_name = 'x'`, undefined, notRegistrar),
	attack('take another role', `update users set role = 'ccb_admin' where id = $1 returning 1`, ofAttacker, strangers),
	attack('give the victim a role', `update users set role = 'ccb_guest' where id = $1 returning 1`, ofVictim, strangers),
	attack('lift the own limits', `update users set limits = '{"a": 1}' where id = $1 returning 1`, ofAttacker, strangers),
	attack('lock the victim', 'update users set deactivated_at = now() where id = $1 returning 1', ofVictim, strangers),
	attack('create a user', `insert into users (display_name) values ('x') returning 1`, undefined, notRegistrar),
	attack('create an admin', `insert into users (display_name, role) values ('x', 'ccb_admin') returning 1`, undefined, notRegistrar),
	attack(
		'give an account to an accomplice that another will be met by',
		planted,
		({ later }) => [later.userId, randomUUID()],
		notRegistrar,
	),
	attack('take the id of an account that will be met', planted, ({ later }) => [randomUUID(), later.identityId], notRegistrar),
	attack('take both ids of somebody who will be met', planted, ({ later }) => [later.userId, later.identityId], notRegistrar),
	attack(
		'invent when a user was created',
		`insert into users (id, display_name, created_at) values (gen_random_uuid(), 'x', now()) returning 1`,
		undefined,
		notRegistrar,
	),
	attack('change the id of the victim', 'update users set id = gen_random_uuid() where id = $1 returning 1', ofVictim, notRegistrar),
	attack('delete the victim', 'delete from users where id = $1 returning 1', ofVictim),
	attack('delete everybody', 'delete from users'),
	attack(
		'take over the account',
		'update identities set user_id = $1 where id = $2 returning 1',
		(world, attackerId) => [attackerId, world.identityId],
		notRegistrar,
	),
	attack(
		'take over the account at home',
		'update identities set home_user_id = $1 where id = $2 returning 1',
		(world, attackerId) => [attackerId, world.identityId],
		notRegistrar,
	),
	attack('rename the account', `update identities set account_id = 'U-attacker' where id = $1 returning 1`, ofIdentity, notRegistrar),
	attack('change the address', `update identities set email = 'x' where id = $1 returning 1`, ofIdentity, notRegistrar),
	attack('close the account', 'update identities set is_deactivated = true where id = $1 returning 1', ofIdentity, notRegistrar),
	attack('let the account in', `update identities set admitted_as = 'ccb_employee' where id = $1 returning 1`, ofIdentity, strangers),
	attack('let the account in as an admin', `update identities set admitted_as = 'ccb_admin' where id = $1 returning 1`, ofIdentity),
	attack('add an account to the victim', account, ofVictim, notRegistrar),
	attack('add an account to oneself', account, ofAttacker, notRegistrar),
	attack('delete the account', 'delete from identities where id = $1 returning 1', ofIdentity),
	attack('make a role', `insert into roles (name, rank) values ('ccb_mine', 500) returning 1`, undefined, notAdmin),
	attack('give the name of the program to a role', `insert into roles (name, rank) values ('ccb_app', 500) returning 1`),
	attack('give the name of the registrar to a role', `insert into roles (name, rank) values ('ccb_registrar', 500) returning 1`),
	attack('give a role a name with a statement in it', `insert into roles (name, rank) values ('ccb_a; reset role', 500) returning 1`),
	attack('raise a role', `update roles set rank = 999 where name = 'ccb_sales' returning 1`),
	attack('put guests above admins', `update roles set rank = 1000 where name = 'ccb_guest' returning 1`),
	attack('make a role that is as high as an admin', `insert into roles (name, rank) values ('ccb_mine', 1000) returning 1`),
	attack('make a role that is as low as a guest', `insert into roles (name, rank) values ('ccb_mine', 0) returning 1`),
	attack('lift the limits of a role', `update roles set limits = '{"a": 1}' where name = 'ccb_employee' returning 1`, undefined, notAdmin),
	attack('rename a role', `update roles set name = 'ccb_mine' where name = 'ccb_sales' returning 1`),
	attack('delete the role of employees', `delete from roles where name = 'ccb_employee' returning 1`),
	attack('delete the role of guests', `delete from roles where name = 'ccb_guest' returning 1`),
	attack('delete a made role', `delete from roles where name = 'ccb_sales' returning 1`, undefined, notAdmin),
	attack(
		'make groups admins',
		`insert into role_mappings (platform, tenant_id, group_id, role) values ('slack', 'T1', 'S2', 'ccb_admin') returning 1`,
		undefined,
		notAdmin,
	),
	attack('change what a group is', `update role_mappings set role = 'ccb_admin' returning 1`, undefined, notAdmin),
	attack('forget a group', 'delete from role_mappings returning 1', undefined, notAdmin),
	attack('let strangers in', `update tenants set strangers_as = 'ccb_employee' returning 1`, undefined, notAdmin),
	attack('let strangers in as admins', `update tenants set strangers_as = 'ccb_admin' returning 1`),
	attack('let guests in as admins', `update tenants set guests_as = 'ccb_admin' returning 1`),
	attack('trust a domain', `update tenants set email_domains = '{example.com}' returning 1`, undefined, notAdmin),
	attack(
		'enter a tenant',
		`insert into tenants (platform, tenant_id, strangers_as) values ('slack', 'T2', 'ccb_employee') returning 1`,
		undefined,
		notAdmin,
	),
	attack('make a code for the victim', linkCode, (world) => ['known', world.victim.userId], notRegistrar),
	attack('make a code', linkCode, (_world, attackerId) => ['own', attackerId], notRegistrar),
	attack('replace the code', `update link_codes set code_hash = 'known' returning 1`, undefined, notRegistrar),
	attack('take the code', 'update link_codes set user_id = $1 returning 1', ofAttacker, notRegistrar),
	attack('use the code up', 'delete from link_codes returning 1', undefined, notRegistrar),
	attack(
		'give in the name of the victim',
		`insert into uploads (user_id, name, media_type, size_bytes, content_hash) values ($1, '', '', 1, '') returning 1`,
		ofVictim,
	),
	attack(
		'drop a question of the victim',
		'insert into removed_questions (id, user_id) values (gen_random_uuid(), $1) returning 1',
		ofVictim,
		notRegistrar,
	),
	attack('take the session', "update web_sessions set token_hash = 'known' returning 1", undefined, notRegistrar),
	attack('take the token of a program', "update api_tokens set secret_hash = 'known' returning 1", undefined, notRegistrar),
	attack('take the link into the web', "update sign_in_links set secret_hash = 'known' returning 1", undefined, notRegistrar),
	attack('forget the own wrong tries', 'update link_attempts set wrong = 0, locked_until = null returning 1', undefined, notRegistrar),
	attack('delete the own wrong tries', 'delete from link_attempts returning 1', undefined, notRegistrar),
	attack(
		'lock the victim out of linking',
		`insert into link_attempts (user_id, locked_until) values ($1, 'infinity') returning 1`,
		ofVictim,
		notRegistrar,
	),
	attack(
		'use the channel of the victim',
		'insert into channel_members (channel_id, user_id) values ($1, $2) returning 1',
		(world, attackerId) => [world.directChannelId, attackerId],
		notRegistrar,
	),
	attack(
		'make a private channel a public one',
		`update channels set kind = 'channel' where kind = 'direct' returning 1`,
		undefined,
		notRegistrar,
	),
	attack(
		'make a channel',
		`insert into channels (id, platform, tenant_id, channel_id, kind) values (gen_random_uuid(), 'slack', 'T1', 'x', 'channel') returning 1`,
		undefined,
		notRegistrar,
	),
	attack('delete the channels', 'delete from channels returning 1', undefined, notRegistrar),
	attack('leave no trace in a channel', 'delete from channel_members returning 1', undefined, notRegistrar),
	attack('change the log', `update audit_log set action = 'x' where sequence = $1 returning 1`, ofEntry),
	attack('change whom an entry opens', 'update audit_log set subject_user_id = null'),
	attack('delete an entry', 'delete from audit_log where sequence = $1 returning 1', ofEntry),
	attack('delete the log', 'delete from audit_log'),
	attack('write an entry in the name of the victim', entry('actor, actor_user_id', `'person', $1`), ofVictim),
	attack(
		'write an entry in the name of an admin',
		entry('actor, actor_user_id', `'person', $2`),
		(world) => [world.victim.userId, world.admin.userId],
		notAdmin,
	),
	attack('write an entry in the name of no person', entry('actor', `'person'`), ofVictim),
	attack('write an entry as the console', entry('actor', `'console'`), ofVictim),
	attack('write an entry as the program', entry('actor', `'program'`), ofVictim, notRegistrar),
	attack('write an entry as the program in the name of an admin', entry('actor, actor_user_id', `'program', $2`), (world) => [
		world.victim.userId,
		world.admin.userId,
	]),
	attack(
		'write an entry of another time',
		entry('actor, actor_user_id, at', `'person', $2, now() - interval '1 day'`),
		(world, attackerId) => [world.victim.userId, attackerId],
	),
	attack(
		'write an entry of another transaction',
		entry('actor, actor_user_id, transaction_id', `'person', $2, '3'`),
		(world, attackerId) => [world.victim.userId, attackerId],
	),
	attack(
		'write an entry with a chosen number',
		`insert into audit_log (sequence, actor, action, outcome, subject_user_id) overriding system value values (999, 'program', 'x', 'done', $1)`,
		ofVictim,
	),
	attack('accept an event', `insert into inbox (key, platform, type) values ('x', 'slack', 'x') returning 1`, undefined, notProgram),
	attack('delete the inbox', 'delete from inbox returning 1', undefined, notProgram),
	attack(
		'write a reply part',
		`insert into reply_parts (reply_id, position, place, mode, state) values (gen_random_uuid(), 0, '{}', 'edit', 'shown') returning 1`,
		undefined,
		notProgram,
	),
	attack(
		'write what adapters keep',
		`insert into adapter_state (platform, key, value) values ('slack', 'x', 'x') returning 1`,
		undefined,
		notProgram,
	),
];
