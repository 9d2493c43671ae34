/** The stream of a page: what it is told, what it may not see, and readers who take nothing. */

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConversationStore, createConversationStore } from '#src/history/store.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { createInbox } from '#src/inbox/inbox.ts';
import { conversationKey, type Place } from '#src/platform/place.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { eventually } from '../e2e/eventually.ts';
import { type LivePage, openBrowser, type WebBrowser } from '../e2e/web-page.ts';
import { messageEvent } from '../inbox/message-event.ts';
import { ApiWorld } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let address: string;
let store: ConversationStore;
let pages: LivePage[] = [];
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database);
	store = createConversationStore(opened.database);
	address = await world.server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => {
	for (const page of pages) page.leave();
	pages = [];
	world.isDeaf = false;
});
afterAll(async () => {
	await world.close();
	await opened.close();
});

/** A person with a browser, and a conversation of theirs that has begun. */
async function meet() {
	const person = await world.meet();
	const browser = openBrowser(() => address);
	await browser.call('POST', '/sign-in/link', { secret: await world.room.signIn.issueLink(person) });
	const newConversation = randomUUID();
	const place: Place = { platform: 'web', tenantId: 'web', channelId: person.userId, threadId: newConversation, kind: 'direct' };
	return { person, browser, newConversation, place, conversationId: conversationIdOf(place) };
}

async function listen(browser: WebBrowser, query: Parameters<WebBrowser['listen']>[0]): Promise<LivePage> {
	const page = await browser.listen(query);
	pages.push(page);
	await eventually(() => page.heard.some(({ name }) => name === 'hello') || page.status !== 200);
	return page;
}

const shown = (text: string) => ({ text, buttons: [], sources: [] });

describe('a page', () => {
	it('is told private words, signs and answers of its conversation, and of nobody else’s', async () => {
		const [ana, luis] = [await meet(), await meet()];
		const page = await listen(ana.browser, { newConversation: ana.newConversation });
		// An id of the page's own making leads to its own person's conversation, whoever else has the same.
		const other = await listen(luis.browser, { newConversation: ana.newConversation });
		await world.live.act(ana.conversationId, 'is thinking…');
		await world.tellAlone(ana.place, 'For you.');
		await world.live.show(ana.conversationId, { messageId: randomUUID(), answerId: null }, shown('An answer'));
		await eventually(() => page.answers.size === 1);
		expect(page.heard.map(({ name }) => name).toSorted()).toEqual(['activity', 'answer', 'hello', 'private']);
		expect(other.heard.map(({ name }) => name)).toEqual(['hello']);
		const late = await listen(ana.browser, { newConversation: ana.newConversation });
		await eventually(() => late.heard.some(({ name }) => name === 'private'));
	});

	it('may not listen to a conversation of somebody else, nor with an id that is made up', async () => {
		const [ana, luis] = [await meet(), await meet()];
		await store.join(ana.person, ana.place);
		expect((await listen(ana.browser, { conversation: ana.conversationId })).status).toBe(200);
		expect((await listen(luis.browser, { conversation: ana.conversationId })).status).toBe(404);
		expect((await listen(luis.browser, { conversation: randomUUID() })).status).toBe(404);
	});

	it('sees the rows that other processes write, where they cannot be heard, and its list where they do so', async () => {
		const { browser, person, place, conversationId } = await meet();
		await store.join(person, place);
		world.isDeaf = true;
		const page = await listen(browser, { conversation: conversationId });
		const [list, stranger] = [await listen(browser, {}), await listen((await meet()).browser, {})];
		const [questionId, insert] = [
			randomUUID(),
			`insert into messages (id, conversation_id, role, author_user_id, content, status) values ($1, $2, 'user', $3, 'Anybody?', 'received')`,
		];
		await opened.database.asUser(person, ({ query }) => query(insert, [questionId, conversationId, person.userId]));
		const other = createInbox({ database: opened.database, processId: 'other', leaseMs: 15_000 });
		await other.accept(messageEvent(questionId), conversationKey(place));
		await eventually(() => page.rows.get(questionId)?.text === 'Anybody?');
		const told = () => list.heard.filter(({ name }) => name === 'list').map(({ data }) => (data as { ids: string[] }).ids);
		await eventually(() => told().length === 1);
		await other.claim(1);
		await other.finish(questionId, 'answered');
		await eventually(() => told().length === 2);
		expect(told()).toEqual([[conversationId], [conversationId]]);
		expect(stranger.heard.map(({ name }) => name)).toEqual(['hello']);
	});

	it('that takes nothing holds up nobody, and has everything once it does', async () => {
		const ana = await meet();
		const [slow, quick] = [
			await listen(ana.browser, { newConversation: ana.newConversation }),
			await listen(ana.browser, { newConversation: ana.newConversation }),
		];
		slow.pause();
		const messageId = randomUUID();
		let text = '';
		for (let step = 0; step < 60; step++) {
			text += `${step} `.repeat(5_000);
			await world.live.show(ana.conversationId, { messageId, answerId: null }, shown(text));
		}
		await eventually(() => quick.answers.get(messageId)?.text === text);
		expect(slow.answers.get(messageId)?.text ?? '').not.toBe(text);
		slow.resume();
		await eventually(() => slow.answers.get(messageId)?.text === text);
	});

	it('is one of ten of its person at most', async () => {
		const { browser } = await meet();
		for (let tab = 0; tab < 10; tab++) expect((await listen(browser, {})).status).toBe(200);
		expect((await listen(browser, {})).status).toBe(429);
		pages[0]?.leave();
		await eventually(async () => (await listen(browser, {})).status === 200);
	});

	it('is told when its conversation is removed', async () => {
		const { browser, person, place, conversationId } = await meet();
		await store.join(person, place);
		const page = await listen(browser, { conversation: conversationId });
		expect((await browser.call('DELETE', `/conversations/${conversationId}`)).status).toBe(200);
		await eventually(() => page.heard.some(({ name, data }) => name === 'gone' && (data as { ids: string[] }).ids[0] === conversationId));
	});
});
