/** A person of whom every store holds something, each time with the same word in it, and somebody else beside them. */

import { randomUUID } from 'node:crypto';
import type { Database } from '#src/database/database.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf, conversationIdOf } from '#src/identity/place-id.ts';
import { createInbox } from '#src/inbox/inbox.ts';
import { createUploadStore } from '#src/knowledge/uploads/upload-store.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import { conversationKey } from '#src/platform/place.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { enterDocument } from '#test/fakes/documents.ts';
import type { FakeFileStore } from '#test/fakes/file-store.ts';
import { createFakeLimits } from '#test/fakes/limits.ts';

/** No word of any language, and none of the program's. */
export const sentinel = 'zyxomatic';

export interface HeldWorld {
	ana: Person;
	luis: Person;
	directId: string;
	sharedId: string;
	/** Of what Luis asked. */
	luisSaid: string;
}

export async function createHeldWorld(database: Database, files: FakeFileStore): Promise<HeldWorld> {
	const [ana, luis] = [await newPerson(database, { displayName: sentinel }), await newPerson(database, { displayName: 'Luis' })];
	const { userId, identityId = '' } = ana;
	const [direct, shared] = [newPlace({ kind: 'direct', threadId: '' }), newPlace()];
	const [directId, sharedId] = [conversationIdOf(direct), conversationIdOf(shared)];
	const luisSaid = 'what Luis wanted to know';
	await say(database, ana, questionIn(direct, '1', `${sentinel} asked alone`), `${sentinel} answered alone`);
	await say(database, luis, questionIn(shared, '2', luisSaid), 'Luis is answered');
	const answer = await say(
		database,
		ana,
		{ ...questionIn(shared, '3', `${sentinel} asked`), cited: [citedWords()] },
		`${sentinel} answered`,
	);
	await database.asUser(ana, async ({ query }) => {
		await query(`update conversations set title = $1, summary = $1, summary_through = 1`, [sentinel]);
		await query(
			`update messages set trace = jsonb_build_object('x', $1::text), data_query = jsonb_build_object('sql', $1::text) where id = $2`,
			[...[sentinel, answer.id]],
		);
		await query('update conversation_participants set title = $2 where user_id = $1', [userId, sentinel]);
		await query('insert into feedback (message_id, user_id, rating, comment) values ($1, $2, -1, $3)', [answer.id, userId, sentinel]);
		await query('insert into model_choices (user_id, model, chosen_by) values ($1, $2, $1)', [userId, sentinel]);
		await query(
			`insert into connector_queries (asked_by, asked_through, place, connector, revision, role, named, sql, decision, reason)
				values ($1, $2, 'p', 'shop', 'r', 'reader', $3, $3, 'refused', $3)`,
			[userId, identityId, sentinel],
		);
		await query(`insert into audit_log (actor, actor_user_id, action, outcome) values ('person', $1, 'looked', 'refused')`, [userId]);
	});
	await database.queryAs(ana, `update messages set sources = '[{"x":1}]' where id = $1`, [answer.id]);
	await database.queryAs(ana, 'insert into feedback_cases (answer_id, rated_by, asked_by) values ($1, $2, $2)', [answer.id, userId]);
	await asRegistrar(database, ana, directId);
	await database.query(`insert into reply_parts (reply_id, position, place, mode, state) values ($1, 0, $2, 'edit', 'final')`, [
		answer.id,
		JSON.stringify({ channelId: sentinel }),
	]);
	await database.query('insert into broadcasts (asked_by, text) values ($1, $2)', [userId, sentinel]);
	await shareFiles(database, ana, files, direct);
	await waitInInbox(database, ana);
	return { ana, luis, directId, sharedId, luisSaid };
}

function citedWords() {
	return { kind: 'quoted', author: sentinel, writtenAt: null, text: sentinel } as const;
}

async function asRegistrar(database: Database, { userId, identityId = '' }: Person, conversationId: string): Promise<void> {
	await database.asRegistrar(async ({ query }) => {
		await query('update users set display_name = $2, locale = $2 where id = $1', [userId, sentinel]);
		await query(
			`update identities set display_name = $2, email = $2, locale = $2, time_zone = $2, last_place = jsonb_build_object('x', $2::text) where id = $1`,
			[identityId, sentinel],
		);
		await query('update messages set author_name = $2 where author_user_id = $1', [userId, sentinel]);
		await query(`insert into web_notices (id, user_id, conversation_id, notice) values ($1, $2, $3, jsonb_build_object('x', $4::text))`, [
			...[randomUUID(), userId, conversationId, sentinel],
		]);
		await query('insert into removed_questions (id, user_id) values ($1, $2)', [randomUUID(), userId]);
		await query(
			`insert into web_sessions (identity_id, token_hash, expires_at, agent, address) values ($1, $2, now() + interval '1 day', $3, $3)`,
			[identityId, randomUUID(), sentinel],
		);
		await query(
			`insert into api_tokens (identity_id, secret_hash, hint, name, scopes, expires_at) values ($1, $2, 'ccb_', $3, '{chat}', now() + interval '1 day')`,
			[identityId, randomUUID(), sentinel],
		);
		await query(
			`insert into web_accounts (identity_id, tenant_id, account_id, display_name, locale, groups) values ($1, $2, $2, $2, $2, array[$2])`,
			[identityId, sentinel],
		);
		await query('insert into local_accounts (identity_id, password_hash, second_secret, second_pending) values ($1, $2, $2, $2)', [
			...[identityId, sentinel],
		]);
		await query(`insert into password_links (secret_hash, identity_id, expires_at) values ($1, $2, now() + interval '1 day')`, [
			...[randomUUID(), identityId],
		]);
		await query(`insert into sign_in_links (secret_hash, identity_id, expires_at) values ($1, $2, now() + interval '1 day')`, [
			...[randomUUID(), identityId],
		]);
		await query(
			`insert into sign_in_codes (code_hash, browser_hash, identity_id, agent, expires_at) values ($1, $2, $3, $4, now() + interval '1 day')`,
			[randomUUID(), randomUUID(), identityId, sentinel],
		);
		await query(`insert into link_codes (code_hash, user_id, expires_at) values ($1, $2, now() + interval '1 day')`, [
			randomUUID(),
			userId,
		]);
		await query('insert into link_attempts (user_id, wrong) values ($1, 1)', [userId]);
		await query(`insert into confirmations (user_id, action, expires_at) values ($1, 'erase-person', now())`, [userId]);
	});
}

/** One as a document of the personal chat, one given on the web. */
async function shareFiles(database: Database, ana: Person, files: FakeFileStore, place: ReturnType<typeof newPlace>): Promise<void> {
	const channelId = channelIdOf(place);
	await enterDocument(database, { name: `${sentinel}.txt`, texts: [`${sentinel} stands in it`], channelId, place, sharedBy: ana });
	await database.queryAsRegistrar('insert into channel_members (channel_id, user_id) values ($1, $2) on conflict do nothing', [
		channelId,
		ana.userId,
	]);
	await database.queryAsLibrarian('insert into channel_readers (channel_id, user_id) values ($1, $2)', [channelId, ana.userId]);
	const uploads = createUploadStore({ database, files, limits: createFakeLimits() });
	const source = (async function* () {
		yield Buffer.from(sentinel);
	})();
	await uploads.take(ana, `${sentinel}.txt`, source, new AbortController().signal);
}

async function waitInInbox(database: Database, { identityId = '' }: Person): Promise<void> {
	const place = newPlace();
	const event: MessageReceived = {
		...{
			type: 'message-received',
			key: randomUUID(),
			platform: 'fake',
			tenantId: 'T',
			occurredAt: '2030-01-01T00:00:00.000Z',
			place,
			messageId: '9',
		},
		...{ author: { tenantId: 'T', accountId: identityId }, text: sentinel, addressedBy: 'mention', startsThread: true, attachments: [] },
	};
	await createInbox({ database, processId: 'p', leaseMs: 15_000 }).accept(event, conversationKey(place));
	await database.query(
		`insert into inbox (key, platform, type, status, account, reason) values ($1, 'fake', 'message-received', 'done', $2, 'guest')`,
		[randomUUID(), identityId],
	);
}
