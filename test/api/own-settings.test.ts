/** What a person settles for themselves over the API, and what they are told of what others did with their words. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Me, OwnReadView } from '#src/api/contract/people.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createUser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { enterDocument } from '#test/fakes/documents.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database);
});
afterAll(async () => {
	await world.close();
	await opened.close();
});
beforeEach(async () => {
	ana = await world.signIn();
});

const me = async (visitor: Visitor) => (await visitor.call('GET', '/me')).body as Me;

it('keeps the language that somebody chose, for the chat too, until they follow their platform again', async () => {
	expect(await me(ana)).toMatchObject({ language: 'en', chosenLanguage: null });
	expect((await ana.call('PATCH', '/me', { language: 'es' })).body).toMatchObject({ language: 'es', chosenLanguage: 'es' });
	expect((await ana.call('GET', '/conversations/nothing')).body).toMatchObject({
		error: { message: expect.stringMatching(/[áéíóúñ]|solicitud/) },
	});
	const [{ accountId = '' } = {}] = await world.registrar<{ accountId: string }>(
		'select account_id as "accountId" from identities where user_id = $1',
		[ana.person.userId],
	);
	expect((await world.meet(accountId)).locale).toBe('es');
	const stored = async () => (await world.registrar('select locale, language from users where id = $1', [ana.person.userId]))[0];
	expect(await stored()).toEqual({ locale: 'es', language: 'es' });
	// What the platform tells later does not take its place.
	await world.registrar("update identities set refreshed_at = now() - interval '1 day' where user_id = $1", [ana.person.userId]);
	expect((await world.meet(accountId)).locale).toBe('es');
	expect(await stored()).toEqual({ locale: 'es', language: 'es' });
	expect((await ana.call('PATCH', '/me', { language: null })).body).toMatchObject({ chosenLanguage: null });
	expect((await world.meet(accountId)).locale).toBe(ana.person.locale);
	expect((await ana.call('PATCH', '/me', { language: 'fr' })).status).toBe(400);
});

it('takes a linked account out of the link again, and nobody else’s', async () => {
	const luis = await world.signIn();
	const [own] = (await me(ana)).accounts;
	expect((await ana.call('DELETE', `/accounts/${(await me(luis)).accounts[0]?.id}`)).status).toBe(404);
	expect((await ana.call('DELETE', `/accounts/${own?.id}`)).status).toBe(409);
	// Luis's account becomes one of Ana's.
	await world.registrar('update identities set user_id = $2 where user_id = $1', [luis.person.userId, ana.person.userId]);
	const [, second] = (await me(ana)).accounts;
	expect((await ana.call('DELETE', `/accounts/${second?.id}`)).status).toBe(204);
	expect((await me(ana)).accounts.map(({ id }) => id)).toEqual([own?.id]);
	expect(await me(luis)).toMatchObject({ id: luis.person.userId });
});

it('tells a person who has read what they said and why, and nobody else', async () => {
	const admin = await createUser(opened.database, 'ccb_admin');
	const luis = await world.signIn();
	const read = async (subject: Principal, reason: string, outcome = 'done') =>
		await opened.database.asUser(admin, ({ query }) =>
			query(
				`insert into audit_log (actor, actor_user_id, action, outcome, subject_user_id, details)
					values ('person', $1, 'audit', $2, $3, jsonb_build_object('reason', $4::text, 'count', 20))`,
				[admin.userId, outcome, subject.userId, reason],
			),
		);
	await read(ana.person, 'asked by legal');
	await read(ana.person, 'once more for legal');
	await read(ana.person, 'not done', 'refused');
	await read(luis.person, 'about another one');
	const told = async (visitor: Visitor) => ((await visitor.call('GET', '/reads')).body as { reads: OwnReadView[] }).reads;
	expect(await told(ana)).toMatchObject([
		{ reason: 'once more for legal', messages: 20, reader: expect.any(String) },
		{ reason: 'asked by legal', messages: 20 },
	]);
	expect((await told(luis)).map(({ reason }) => reason)).toEqual(['about another one']);
	await expect(opened.database.queryAs(ana.person, 'select * from audit_log')).rejects.toThrow();
});

it('shows an exchange to administrators as long as whoever asked says so, and one of somebody else never', async () => {
	const admin = await createUser(opened.database, 'ccb_admin');
	const shown = async () =>
		await opened.database.queryAs<{ question: string; comment: string }>(
			admin,
			'select question, comment from ccb_private.shown_exchanges(50)',
		);
	const place = newPlace({ kind: 'direct' });
	const { id } = await say(opened.database, ana.person, questionIn(place, '1', `secret ${randomUUID()}`), 'An answer.');
	const rate = async (visitor: Visitor, body: object) =>
		(await visitor.call('POST', `/answers/${id}/feedback`, { rating: 'down', ...body })).status;
	expect(await rate(ana, { comment: 'Not true' })).toBe(204);
	expect(await shown()).toEqual([]);
	expect(await rate(ana, { comment: 'Not true', showsExchange: true })).toBe(204);
	expect(await shown()).toMatchObject([{ question: expect.stringContaining('secret'), comment: 'Not true' }]);
	await expect(opened.database.queryAs(ana.person, 'select * from ccb_private.shown_exchanges(50)')).rejects.toThrow();
	// The last word counts.
	expect(await rate(ana, {})).toBe(204);
	expect(await shown()).toEqual([]);
	// Whoever reads along cannot show what others asked, whatever they write down of it.
	const luis = await world.signIn();
	const channel = newPlace();
	const { id: other } = await say(opened.database, ana.person, questionIn(channel, '2', 'hers'), 'An answer.');
	const store = createConversationStore(opened.database);
	await store.join(luis.person, channel);
	await store.rate(luis.person, { id: other, sources: [] }, { rating: 1, comment: null, showsExchange: true });
	expect(await shown()).toEqual([]);
});

it('says whether what the company knows is asked, and passes on that somebody leaves it out', async () => {
	const choice = async () => (await ana.call('GET', '/knowledge')).body;
	expect(await choice()).toEqual({ choice: 'never' });
	await enterDocument(opened.database, { name: 'leave.pdf', texts: ['Everybody has 24 days.'], channelId: null });
	expect(await choice()).toEqual({ choice: 'free' });
	const question = { clientId: randomUUID(), newConversation: randomUUID(), text: 'Why?', withoutKnowledge: true };
	expect((await ana.call('POST', '/messages', question)).status).toBe(202);
	const [kept] = await opened.database.query<{ payload: object }>("select payload from inbox where payload ->> 'messageId' = $1", [
		question.clientId,
	]);
	expect(kept?.payload).toMatchObject({ withoutKnowledge: true });
});
