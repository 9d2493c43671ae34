/** The world that attacks are tried in: one who is attacked, and everybody who attacks. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import type { Principal, Transaction } from '#src/database/transaction.ts';
import { homeUserIdOf, identityIdOf } from '#src/identity/account.ts';
import { createConversation, createUser } from '#test/fakes/database.ts';

export interface World {
	guest: Principal;
	employee: Principal;
	/** Somebody in a role that an admin made. */
	made: Principal;
	admin: Principal;
	/** The one who is attacked: an employee in a conversation that no other takes part in. */
	victim: Principal;
	conversationId: string;
	questionId: string;
	answerId: string;
	identityId: string;
	directChannelId: string;
	publicChannelId: string;
	/** Of the log: an admin once read what the victim said. */
	auditEntry: number;
	/** A conversation of the attackers, to move rows to and from. */
	sharedId: string;
	/** Of the employee, in the shared conversation, and what was answered to it. */
	ownQuestionId: string;
	ownAnswerId: string;
	/** The ids of an account that nobody has met yet. */
	later: { userId: string; identityId: string };
}

/** `registrar` and `program` are no users: they try what an employee's id could get them. */
export type Attacker = 'guest' | 'employee' | 'made' | 'admin' | 'registrar' | 'program';

export const everybody: readonly Attacker[] = ['guest', 'employee', 'made', 'admin', 'registrar', 'program'];
export const allBut = (...allowed: Attacker[]) => everybody.filter((attacker) => !allowed.includes(attacker));

type Parameters = (world: World, attackerId: string) => unknown[];

export interface Attack {
	name: string;
	sql: string;
	parameters: Parameters;
	/** Whoever may not. */
	by: readonly Attacker[];
}

export function attack(name: string, sql: string, parameters: Parameters = () => [], by: readonly Attacker[] = everybody): Attack {
	return { name, sql, parameters, by };
}

export function attackerIn(world: World, attacker: Attacker): Principal {
	return attacker === 'registrar' || attacker === 'program' ? world.employee : world[attacker];
}

/** One transaction of the attacker. */
export async function actAs<Result>(
	database: Database,
	world: World,
	attacker: Attacker,
	work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
	if (attacker === 'registrar') return await database.asRegistrar(work);
	if (attacker === 'program') return await database.asApp(work);
	return await database.asUser(world[attacker], work);
}

/** What the victim must still have after every attack: as `createWorld` made it. */
export const untouched = {
	messages: [
		{ role: 'user', content: 'secret question', status: 'received', isOwn: true },
		{ role: 'assistant', content: 'secret answer', status: 'answered', isOwn: false },
	],
	conversations: [{ title: 'secret title', isOwn: true }],
	participants: 1,
	feedback: [{ rating: -1 }],
	users: [{ display_name: 'victim', role: null, limits: {}, deactivated_at: null }],
	identities: [{ account_id: 'U-victim', email: 'victim@example.com', admitted_as: null, is_deactivated: false }],
	channels: 2,
	log: 1,
	codes: 1,
};

/** What the victim sees in their own name, in one statement: it is looked at after every attack. */
const ownBelongings = `select
	(select json_agg(json_build_object('role', role, 'content', content, 'status', status,
		'isOwn', author_user_id is not distinct from ccb_user_id()) order by sequence) from messages) as messages,
	(select json_agg(json_build_object('title', title, 'isOwn', created_by = ccb_user_id())) from conversations) as conversations,
	(select count(*)::int from conversation_participants) as participants,
	(select json_agg(json_build_object('rating', rating)) from feedback) as feedback,
	(select json_agg(json_build_object('display_name', display_name, 'role', role, 'limits', limits, 'deactivated_at', deactivated_at))
		from users) as users,
	(select json_agg(json_build_object('account_id', account_id, 'email', email, 'admitted_as', admitted_as, 'is_deactivated', is_deactivated))
		from identities) as identities,
	(select count(*)::int from channels) as channels`;

export async function belongings(database: Database, { victim, admin }: World): Promise<typeof untouched> {
	const [own] = await database.queryAs<Omit<typeof untouched, 'log' | 'codes'>>(victim, ownBelongings);
	if (own === undefined) throw new Error('a statement without a table gives one row');
	const log = await database.queryAs(admin, 'select 1 from audit_log where subject_user_id = $1', [victim.userId]);
	const codes = await database.queryAsRegistrar('select 1 from link_codes where user_id = $1 and used_at is null', [victim.userId]);
	return { ...own, log: log.length, codes: codes.length };
}

const unmet = { platform: 'slack', tenantId: 'T1', accountId: 'U-later' };
const later = { userId: homeUserIdOf(unmet), identityId: identityIdOf(unmet) };

export async function createWorld(database: Database): Promise<World> {
	const [victim, employee, admin, guest, sales] = await Promise.all([
		createUser(database),
		createUser(database),
		createUser(database, 'ccb_admin'),
		createUser(database, 'ccb_guest'),
		createUser(database),
	]);
	const made: Principal = { userId: sales.userId, role: 'ccb_sales' };
	const [conversationId, sharedId] = [
		await createConversation(database, [victim]),
		await createConversation(database, [employee, made, admin, guest]),
	];
	const [questionId, answerId, ownQuestionId, ownAnswerId, identityId] = Array.from({ length: 5 }, () => randomUUID()) as [
		string,
		string,
		string,
		string,
		string,
	];
	const [directChannelId, publicChannelId] = [randomUUID(), randomUUID()];
	await database.asRegistrar(async ({ query }) => {
		await query(`update users set display_name = 'victim', role = null where id = $1`, [victim.userId]);
		await query(
			`insert into identities (id, user_id, home_user_id, platform, tenant_id, account_id, display_name, email)
			values ($1, $2, $2, 'slack', 'T1', 'U-victim', 'victim', 'victim@example.com')`,
			[identityId, victim.userId],
		);
		for (const [id, kind] of [
			[directChannelId, 'direct'],
			[publicChannelId, 'channel'],
		]) {
			await query(`insert into channels (id, platform, tenant_id, channel_id, kind) values ($1, 'slack', 'T1', $2, $2)`, [id, kind]);
			await query('insert into channel_members (channel_id, user_id) values ($1, $2)', [id, victim.userId]);
		}
		await query(`insert into link_codes (code_hash, user_id, expires_at) values ('secret', $1, now() + interval '1 hour')`, [
			victim.userId,
		]);
		await query('insert into link_attempts (user_id, wrong) values ($1, 4)', [employee.userId]);
		await query(`insert into web_sessions (identity_id, token_hash, expires_at) values ($1, 'secret', now() + interval '1 hour')`, [
			identityId,
		]);
		await query(
			`insert into api_tokens (identity_id, secret_hash, hint, name, scopes, expires_at)
			values ($1, 'secret', 'ccb_', '', '{chat}', now() + interval '1 hour')`,
			[identityId],
		);
		await query(`insert into web_notices (id, user_id, conversation_id, notice) values ($1, $2, $1, '{"text": "secret word"}')`, [
			conversationId,
			victim.userId,
		]);
		await query('insert into removed_questions (id, user_id) values ($1, $2)', [conversationId, victim.userId]);
		await query(`insert into sign_in_links (secret_hash, identity_id, expires_at) values ('secret', $1, now() + interval '1 hour')`, [
			identityId,
		]);
	});
	await database.asApp(async ({ query }) => {
		await query(`insert into inbox (key, platform, type, payload) values ('E1', 'slack', 'message', '{"text": "secret event"}')`);
		await query(`insert into reply_parts (reply_id, position, place, mode, state) values ($1, 0, '{}', 'edit', 'shown')`, [answerId]);
		await query(`insert into adapter_state (platform, key, value) values ('slack', 'team', 'secret fact')`);
	});
	const question = `insert into messages (id, conversation_id, role, author_user_id, author_identity_id, content, status)
		values ($1, $2, 'user', $3, $4, $5, 'received')`;
	const answer = `insert into messages (id, conversation_id, role, in_reply_to, content, status) values ($1, $2, 'assistant', $3, $4, 'answered')`;
	await database.asUser(victim, async ({ query }) => {
		await query(`update conversations set title = 'secret title'`);
		await query(question, [questionId, conversationId, victim.userId, identityId, 'secret question']);
		await query(answer, [answerId, conversationId, questionId, 'secret answer']);
		await query('insert into feedback (message_id, user_id, rating) values ($1, $2, -1)', [answerId, victim.userId]);
		await query("insert into uploads (user_id, name, media_type, size_bytes, content_hash) values ($1, 'secret.txt', '', 1, '')", [
			victim.userId,
		]);
	});
	await database.asUser(employee, async ({ query }) => {
		await query(question, [ownQuestionId, sharedId, employee.userId, null, 'own question']);
		await query(answer, [ownAnswerId, sharedId, ownQuestionId, 'own answer']);
	});
	const auditEntry = await database.asUser(admin, async ({ query }) => {
		await query(`insert into roles (name, rank) values ('ccb_sales', 200)`);
		await query(`select ccb_create_role('ccb_sales')`);
		await query(`insert into role_mappings (platform, tenant_id, group_id, role) values ('slack', 'T1', 'S1', 'ccb_sales')`);
		await query(`insert into tenants (platform, tenant_id) values ('slack', 'T1')`);
		const note = `insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details)
			values ('person', $1, 'audit', 'done', $2, '{"reason": "asked by legal"}') returning sequence`;
		const [entry] = await query<{ sequence: number }>(note, [admin.userId, victim.userId]);
		return entry?.sequence ?? 0;
	});
	return {
		...{ employee, made, admin, guest, victim, conversationId, questionId, answerId, identityId, directChannelId, publicChannelId },
		...{ auditEntry, sharedId, ownQuestionId, ownAnswerId, later },
	};
}
