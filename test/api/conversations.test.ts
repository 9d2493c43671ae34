/** A person's own conversations over the API: of all their accounts, as they see them, and as long as they may. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage, TakenQuestion } from '#src/api/contract/messages.ts';
import type { WebQuota } from '#src/api/contract/usage.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import type { Place } from '#src/platform/place.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

describe.each(testDatabases())("a person's conversations on $name", ({ open }) => {
	let opened: TestDatabase;
	let world: ApiWorld;
	let ana: Visitor;
	beforeAll(async () => {
		opened = await open();
		world = new ApiWorld(opened.database);
	});
	afterAll(async () => {
		await world.close();
		await opened.close();
	});
	beforeEach(async () => {
		ana = await world.signIn();
	});

	/** @returns the place, and the id of its conversation. */
	async function talk(person: Person, said: string[], given: Partial<Place> = { kind: 'direct' }) {
		const place = newPlace(given);
		const answers = [];
		for (const [index, text] of said.entries()) {
			answers.push(await say(opened.database, person, questionIn(place, `${index}-${randomUUID()}`, text), `answer to ${text}`));
		}
		return { place, id: conversationIdOf(place), answers };
	}

	const page = async (visitor: Visitor, query = '') =>
		(await visitor.call('GET', `/conversations${query}`)).body as { conversations: ConversationView[]; nextCursor: string | null };
	const idsOf = async (visitor: Visitor, query?: string) => (await page(visitor, query)).conversations.map(({ id }) => id);

	it('come with pinned ones first and the latest first, page by page, each once', async () => {
		const talks = [];
		for (let count = 0; count < 53; count++) talks.push((await talk(ana.person, [`talk ${count}`])).id);
		const [oldest = ''] = talks;
		expect((await ana.call('PATCH', `/conversations/${oldest}`, { isPinned: true })).body).toMatchObject({ isPinned: true });
		const first = await page(ana);
		const second = await page(ana, `?cursor=${first.nextCursor}`);
		expect(second.nextCursor).toBeNull();
		const listed = [...first.conversations, ...second.conversations].map(({ id }) => id);
		expect(listed).toEqual([oldest, ...talks.slice(1).reverse()]);
	});

	it('take what is typed behind the root command as the chat does, and show whoever asks their own commands', async () => {
		const names = async (visitor: Visitor) => {
			const { root, commands } = (await visitor.call('GET', '/commands')).body as { root: string; commands: { name: string }[] };
			return { root, names: commands.map(({ name }) => name) };
		};
		expect(await names(ana)).toMatchObject({ root: 'ccb', names: expect.arrayContaining(['help', 'model', 'quota']) });
		expect((await names(ana)).names).not.toContain('admin');
		await world.registrar('update users set role = $2 where id = $1', [ana.person.userId, 'ccb_admin']);
		expect((await names(ana)).names).toContain('admin');

		const asked = { clientId: randomUUID(), newConversation: randomUUID(), text: ' /ccb model gemma4:26b me' };
		for (const _ of [1, 2]) expect((await ana.call('POST', '/messages', asked)).status).toBe(202);
		const kept = await opened.database.query<{ payload: object }>("select payload from inbox where type = 'command-invoked'");
		expect(kept).toHaveLength(1);
		expect(kept[0]?.payload).toMatchObject({ text: '/ccb model gemma4:26b me', platform: 'web', place: { channelId: ana.person.userId } });
	});

	it('begin after a made-up end of a page with those of the person alone, whoever has the one that it names', async () => {
		const luis = await world.signIn();
		const [own, others] = [await talk(ana.person, ['mine']), await talk(luis.person, ['theirs'])];
		const end = { id: others.id, isPinned: true, lastSaidAt: '2999-01-01T00:00:00.000Z' };
		expect(await idsOf(ana, `?cursor=${Buffer.from(JSON.stringify(end)).toString('base64url')}`)).toEqual([own.id]);
	});

	it('are called, archived and read as the person says, and for nobody else', async () => {
		const luis = await world.signIn();
		const place = newPlace();
		world.platform.members = new Map([[place.channelId, [ana, luis].map((each) => accountOf(each))]]);
		await say(opened.database, ana.person, questionIn(place, 'a', 'What is due?'), 'Nothing.');
		await say(opened.database, luis.person, questionIn(place, 'b', 'And tomorrow?'), 'Nothing either.');
		const id = conversationIdOf(place);
		const changed = await ana.call('PATCH', `/conversations/${id}`, { title: ' Mine ', isArchived: true, readThrough: 7 });
		expect(changed.body).toMatchObject({ title: 'Mine', isArchived: true, readThrough: 7, takesQuestions: false });
		expect((await ana.call('PATCH', `/conversations/${id}`, { readThrough: 3 })).body).toMatchObject({ readThrough: 7 });
		expect([await idsOf(ana), await idsOf(ana, '?archived=true')]).toEqual([[], [id]]);
		expect((await page(luis)).conversations).toMatchObject([{ id, title: 'What is due?', isArchived: false, readThrough: null }]);
		expect((await ana.call('PATCH', `/conversations/${id}`, { title: null, isArchived: false })).body).toMatchObject({
			title: 'What is due?',
		});
	});

	it("are never somebody else's: ids of others answer like ids that there are not", async () => {
		const { id, answers } = await talk((await world.signIn()).person, ['a secret of others']);
		const answerId = answers[0]?.id ?? '';
		for (const [method, path, body] of [
			['GET', (wanted: string) => `/conversations/${wanted}`],
			['PATCH', (wanted: string) => `/conversations/${wanted}`, { isPinned: true }],
			['DELETE', (wanted: string) => `/conversations/${wanted}`],
			['GET', (wanted: string) => `/conversations/${wanted}/messages`],
			['GET', (wanted: string) => `/conversations/${wanted}/export?format=md`],
			['GET', (wanted: string) => `/models?conversation=${wanted}`],
		] as const) {
			const [theirs, none] = [await ana.call(method, path(id), body), await ana.call(method, path(randomUUID()), body)];
			expect([theirs.status, theirs.text]).toEqual([404, none.text]);
		}
		for (const [path, body] of [
			['stop', undefined],
			['retry', { clientId: randomUUID() }],
			['feedback', { rating: 'down' }],
		] as const) {
			const [theirs, none] = [answerId, randomUUID()].map((wanted) => ana.call('POST', `/answers/${wanted}/${path}`, body));
			expect([(await theirs)?.status, (await theirs)?.text]).toEqual([404, (await none)?.text]);
		}
		expect(await idsOf(ana, '?query=secret')).toEqual([]);
	});

	it('are found by what was said, without accents and by beginnings, and never with the words of others', async () => {
		const { id } = await talk(ana.person, ['¿Cuándo es la reunión de PRESUPUESTO?']);
		await talk((await world.signIn()).person, ['reunión de presupuesto de otros']);
		const search = async (words: string) => await page(ana, `?query=${encodeURIComponent(words)}`);
		expect((await search('reunion presup')).conversations).toMatchObject([{ id, found: { excerpt: expect.stringContaining('reunión') } }]);
		expect((await search('answer cuando')).conversations).toMatchObject([{ id }]);
		for (const words of ["';--", '&|!():*', 'reunión inexistente', '\\', 'a\\b', `'`]) {
			expect((await search(words)).conversations).toEqual([]);
		}
	});

	it('are found by what their person calls them, before those where it was said', async () => {
		const renamed = await talk(ana.person, ['something else']);
		const said = await talk(ana.person, ['the cantina menu']);
		await ana.call('PATCH', `/conversations/${renamed.id}`, { title: 'Menú de la CANTINA 100%' });
		const search = async (words: string) => (await page(ana, `?query=${encodeURIComponent(words)}`)).conversations;
		expect(await search('cantina menu')).toMatchObject([
			{ id: renamed.id, found: null },
			{ id: said.id, found: { excerpt: 'answer to the cantina menu' } },
		]);
		expect(await search('cantina 100%')).toMatchObject([{ id: renamed.id }]);
		expect((await search('%')).length).toBe(0);
	});

	it('are unread when something was said after their person had read in them, and not by what they say themselves', async () => {
		const { place, id } = await talk(ana.person, ['What is due?']);
		const isUnread = async () => (await page(ana)).conversations[0]?.isUnread;
		expect(await isUnread()).toBe(false);
		const read = async (sequence: number) => await ana.call('PATCH', `/conversations/${id}`, { readThrough: sequence });
		const newest = async () => {
			const { messages } = (await ana.call('GET', `/conversations/${id}/messages`)).body as { messages: ConversationMessage[] };
			return messages[0]?.sequence ?? 0;
		};
		await read(await newest());
		expect(await isUnread()).toBe(false);
		await say(opened.database, ana.person, questionIn(place, 'next', 'And tomorrow?'), 'Nothing.');
		expect(await isUnread()).toBe(true);
		await read(await newest());
		expect(await isUnread()).toBe(false);
	});

	it('are shown where the platform knows people beside the tenants of their places', async () => {
		const { place, id } = await talk(ana.person, ['in a guild'], { tenantId: 'guild' });
		world.platform.members = new Map([[place.channelId, [accountOf(ana)]]]);
		expect(await idsOf(ana)).toEqual([id]);
	});

	it('are gone from list, search, messages and export as soon as their person has left the channel', async () => {
		const { place, id, answers } = await talk(ana.person, ['plans for the summer'], { kind: 'channel' });
		const paths = [`/conversations/${id}`, `/conversations/${id}/messages`, `/conversations/${id}/export?format=json`];
		world.platform.members = new Map([[place.channelId, [accountOf(ana)]]]);
		const another = await talk(ana.person, ['plans for the winter'], { kind: 'channel' });
		expect(await idsOf(ana)).toEqual([id]);
		expect(await idsOf(ana, '?query=plans')).toEqual([id]);
		for (const path of paths) expect((await ana.call('GET', path)).status).toBe(200);
		for (const path of paths) expect((await ana.call('GET', path.replace(id, another.id))).status).toBe(404);
		const answerId = another.answers[0]?.id ?? '';
		expect((await ana.call('POST', `/answers/${answerId}/feedback`, { rating: 'up' })).status).toBe(404);
		expect((await ana.call('POST', `/answers/${answers[0]?.id}/feedback`, { rating: 'up', comment: 'Right' })).status).toBe(204);
		const { messages } = (await ana.call('GET', `/conversations/${id}/messages`)).body as { messages: ConversationMessage[] };
		expect(messages).toMatchObject([
			{ role: 'assistant', text: 'answer to plans for the summer', rating: 'up', author: null },
			{ role: 'user', text: 'plans for the summer', author: { isMe: true } },
		]);
	});

	it('come as messages page by page, the newest first', async () => {
		const { id } = await talk(
			ana.person,
			Array.from({ length: 31 }, (_, index) => `question ${index}`),
		);
		const read = async (query = '') =>
			(await ana.call('GET', `/conversations/${id}/messages${query}`)).body as {
				messages: ConversationMessage[];
				nextBefore: number | null;
			};
		const first = await read();
		const second = await read(`?before=${first.nextBefore}`);
		expect([first.messages.length, second.messages.length, second.nextBefore]).toEqual([60, 2, null]);
		expect(second.messages.map(({ text }) => text)).toEqual(['answer to question 0', 'question 0']);
	});

	it('are exported whole, to be saved and not shown', async () => {
		const { id } = await talk(ana.person, ['<script>alert(1)</script>', 'and more']);
		const markdown = await ana.call('GET', `/conversations/${id}/export?format=md`);
		expect(markdown.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''openccb-[\w-]+\.md$/);
		expect(markdown.text).toMatch(/^# .*\n\n## You · [\s\S]*answer to and more\n$/);
		const { messages } = (await ana.call('GET', `/conversations/${id}/export?format=json`)).body as { messages: ConversationMessage[] };
		expect(messages.map(({ text }) => text)).toEqual([
			'<script>alert(1)</script>',
			'answer to <script>alert(1)</script>',
			'and more',
			'answer to and more',
		]);
	});

	it('are removed with every word where nobody else is, and what stays is said', async () => {
		const { place, id, answers } = await talk(ana.person, ['forget this strawberry']);
		await ana.call('POST', `/answers/${answers[0]?.id}/feedback`, { rating: 'down', comment: 'No' });
		const removed = await ana.call('DELETE', `/conversations/${id}`);
		expect(removed.body).toMatchObject({ outcome: 'removed', staysOn: 'fake', message: expect.stringContaining('stay there') });
		expect(world.stopped.at(-1)).toEqual({ userId: ana.person.userId, place: { ...place } });
		expect((await ana.call('GET', `/conversations/${id}`)).status).toBe(404);
		expect(await idsOf(ana, '?query=strawberry')).toEqual([]);
		expect(await ana.call('DELETE', `/conversations/${id}`)).toMatchObject({ status: 404 });
	});

	it('are not made anew by a question whose answer was just about to begin', async () => {
		const newConversation = randomUUID();
		const ask = async (text: string) => {
			const clientId = randomUUID();
			const { body } = await ana.call('POST', '/messages', { clientId, newConversation, text });
			return { clientId, ...(body as TakenQuestion) };
		};
		const place: Place = { platform: 'web', tenantId: 'web', channelId: ana.person.userId, threadId: newConversation, kind: 'direct' };
		await say(opened.database, ana.person, questionIn(place, 'a'), 'one');
		const { clientId, conversationId } = await ask('In time?');
		// Its turn has begun, and nothing of it is written down.
		await world.inbox.claim(100);
		const waiting = await ask('And this?');
		expect((await ana.call('DELETE', `/conversations/${conversationId}`)).body).toMatchObject({ outcome: 'removed' });
		const store = createConversationStore(opened.database);
		// The same for one that was asked before, and whose answer is being made again.
		for (const messageId of [clientId, 'a']) expect(await store.joinToAsk(ana.person, place, messageId)).toBeNull();
		expect(await store.isErased(ana.person, place, clientId)).toBe(true);
		expect(await idsOf(ana)).toEqual([]);
		const payloads = await opened.database.query<object>("select key from inbox where key like '%' || $1 and payload is not null", [
			waiting.clientId,
		]);
		expect(payloads).toEqual([]);
		// What is asked afterwards begins it again.
		const later = await ask('Again');
		expect(await store.joinToAsk(ana.person, place, later.clientId)).toBe(conversationId);
		expect(await idsOf(ana)).toEqual([conversationId]);
	});

	it('only leave the list where others take part, until something is said again', async () => {
		const luis = await world.signIn();
		const place = newPlace();
		world.platform.members = new Map([[place.channelId, [ana, luis].map((each) => accountOf(each))]]);
		await say(opened.database, ana.person, questionIn(place, 'a'), 'one');
		await say(opened.database, luis.person, questionIn(place, 'b'), 'two');
		const id = conversationIdOf(place);
		expect((await ana.call('DELETE', `/conversations/${id}`)).body).toMatchObject({ outcome: 'hidden' });
		expect([await idsOf(ana), await idsOf(luis)]).toEqual([[], [id]]);
		await say(opened.database, luis.person, questionIn(place, 'c'), 'three');
		expect(await idsOf(ana)).toEqual([id]);
	});

	it('begin with a question that is kept once, however often it is sent', async () => {
		const [clientId, newConversation] = [randomUUID(), randomUUID()];
		const ask = { clientId, newConversation, text: 'What is due?' };
		const [first, again] = [await ana.call('POST', '/messages', ask), await ana.call('POST', '/messages', ask)];
		expect([first.status, again.body]).toEqual([202, first.body]);
		const kept = await opened.database.query<{ payload: object; queue: string }>(
			'select payload, conversation_key as queue from inbox where key = $1',
			[`web:${ana.person.userId}:${clientId}`],
		);
		const place = { platform: 'web', tenantId: 'web', channelId: ana.person.userId, threadId: newConversation, kind: 'direct' };
		const author = { platform: 'fake', tenantId: 'T', accountId: accountOf(ana) };
		expect(kept).toMatchObject([{ payload: { type: 'message-received', place, author, text: 'What is due?' } }]);
		expect((first.body as TakenQuestion).conversationId).toBe(conversationIdOf(place as Place));
	});

	it('take questions on the web alone; others are gone on with in a new one, as long as they may be read', async () => {
		const { id, place } = await talk(ana.person, ['about the fair'], { kind: 'channel' });
		world.platform.members = new Map([[place.channelId, [accountOf(ana)]]]);
		const ask = (given: object) => ana.call('POST', '/messages', { clientId: randomUUID(), text: 'And?', ...given });
		expect(await ask({ conversationId: id })).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
		const newConversation = randomUUID();
		const { conversationId } = (await ask({ newConversation, continuedFrom: id })).body as TakenQuestion;
		const remembered = async () =>
			(await createConversationStore(opened.database).readMemory(ana.person, conversationId, Number.MAX_SAFE_INTEGER, 60)).messages.length;
		expect(await remembered()).toBe(2);
		expect((await ask({ conversationId })).status).toBe(202);
		await opened.database.queryAsRegistrar('delete from conversation_participants where conversation_id = $1', [id]);
		expect((await ask({ conversationId })).status).toBe(202);
		expect(await remembered()).toBe(0);
		expect((await ask({ newConversation: randomUUID(), continuedFrom: id })).status).toBe(404);
	});

	it('let an answer be asked for again on the web, and stopped wherever it is written', async () => {
		const web = { platform: 'web', tenantId: 'web', channelId: ana.person.userId, kind: 'direct' } as const;
		const { answers } = await talk(ana.person, ['on the web'], web);
		const clientId = randomUUID();
		const retried = await ana.call('POST', `/answers/${answers[0]?.id}/retry`, { clientId });
		expect(retried).toMatchObject({ status: 202, body: { questionId: answers[0]?.questionId } });
		const place = newPlace({ kind: 'direct' });
		const running = await say(opened.database, ana.person, questionIn(place, 'slow'));
		expect((await ana.call('POST', `/answers/${running.id}/stop`)).status).toBe(204);
		expect(world.stopped.at(-1)).toEqual({ userId: ana.person.userId, answerId: running.id });
		expect((await ana.call('POST', `/answers/${running.id}/retry`, { clientId })).status).toBe(409);
	});

	it('are answered by the model that was chosen, among those that may be used', async () => {
		expect((await ana.call('GET', '/models')).body).toMatchObject({ current: { origin: 'default' } });
		expect(await ana.call('PUT', '/models/choice', { model: 'nothing:1b' })).toMatchObject({ status: 409 });
	});

	it('are counted: what may be asked still, when it is back, and what was asked', async () => {
		const untouched = { allowed: 20, used: 0, left: 20, resetInMs: 0, resetsAt: null };
		expect((await ana.call('GET', '/quota')).body).toMatchObject({ requestsPerMinute: untouched, repliesInFlight: 10 });
		expect((await ana.call('GET', '/usage')).body).toEqual({ days: [], models: [] });
		await world.limits.admit(ana.person, { characters: 1, model: 'demo:latest' });
		const { requestsPerMinute } = (await ana.call('GET', '/quota')).body as WebQuota;
		expect(requestsPerMinute).toMatchObject({ used: 1, left: 19 });
		expect(Math.abs(Date.parse(requestsPerMinute.resetsAt ?? '') - Date.now() - requestsPerMinute.resetInMs)).toBeLessThan(10_000);

		const { answers } = await talk(ana.person, ['one', 'two']);
		await talk((await world.signIn()).person, ['somebody else’s']);
		const facts = { status: 'answered', model: 'demo:latest', promptTokens: 30, outputTokens: 12 } as const;
		await createConversationStore(opened.database).update(ana.person, answers[0]?.id ?? '', facts);
		const [{ today } = { today: '' }] = await opened.database.query<{ today: string }>(
			"select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today",
		);
		expect((await ana.call('GET', '/usage')).body).toEqual({
			days: [{ day: today, questions: 2, promptTokens: 30, outputTokens: 12 }],
			models: [{ model: 'demo:latest', answers: 1 }],
		});
	});
});

/** As the platform names them: a person of these tests has one account. */
function accountOf({ person }: Visitor): string {
	return person.displayName;
}
