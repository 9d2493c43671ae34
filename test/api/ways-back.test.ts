/** From an answer on the web back to what it draws on, and to where it was said: as far as its reader may see either now. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { BotError } from '#src/errors.ts';
import { createConversationStore } from '#src/history/store.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import type { MessageReference } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Source } from '#src/platform/source.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { sourceOf } from '#test/fakes/sources.ts';
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
	world.platform.members = new Map();
});

const accountOf = ({ person }: Visitor) => person.displayName;

/** Ana asks there. @returns the answer's id. */
async function answerIn(place: Place, sources: Source[] = []): Promise<string> {
	const { id } = await say(opened.database, ana.person, questionIn(place, `m${randomUUID()}`), 'In May [1].');
	await createConversationStore(opened.database).update(ana.person, id, { status: 'answered', sources });
	return id;
}

/** The books say that the answer was sent. */
async function sent(answerId: string, { place, messageId }: MessageReference): Promise<void> {
	const insert = `insert into reply_parts (reply_id, position, place, mode, state, message_id) values ($1, 0, $2, 'edit', 'final', $3)`;
	await opened.database.query(insert, [answerId, place, messageId]);
}

function letIn(place: Place, ...visitors: Visitor[]): void {
	if (world.platform.members instanceof BotError) return;
	world.platform.members.set(place.channelId, visitors.map(accountOf));
}

describe('the passage behind a source', () => {
	const read = (visitor: Visitor, answerId: string, position = '1') => visitor.call('GET', `/answers/${answerId}/sources/${position}`);

	async function documentIn(place: Place): Promise<{ source: Source; chunkId: number }> {
		const channelId = await createChannel(opened.database, [], place);
		const id = await enterDocument(opened.database, { name: 'Plan.pdf', texts: ['It opens in May.'], channelId, place });
		const [chunk] = await opened.database.queryAsLibrarian<{ id: number }>('select id from chunks where document_id = $1', [id]);
		const { id: chunkId = 0 } = chunk ?? {};
		return {
			chunkId,
			source: sourceOf({ title: 'Plan.pdf', url: 'https://chat.example.com/plan', place: 'page 2', canShow: true, chunkId }),
		};
	}

	it.each([
		['the chat', newPlace],
		[
			'the web',
			() => ({ platform: 'web', tenantId: 'web', channelId: ana.person.userId, threadId: randomUUID(), kind: 'direct' as const }),
		],
	])('of an answer in %s is what stands there now, for whoever may read it now', async (_name, placeFor) => {
		const [lying, place] = [newPlace(), placeFor()];
		for (const one of [lying, place]) letIn(one, ana);
		const { source, chunkId } = await documentIn(lying);
		const answerId = await answerIn(place, [source]);
		await opened.database.queryAsLibrarian("update chunks set content = 'It opens in June.' where id = $1", [chunkId]);
		const { status, body } = await read(ana, answerId);
		const shown = { title: 'Plan.pdf', place: 'page 2', date: null, url: 'https://chat.example.com/plan', isOld: false };
		expect([status, body]).toEqual([200, { ...shown, text: 'It opens in June.' }]);
		for (const position of ['2', '999']) expect((await read(ana, answerId, position)).status).toBe(404);
		expect((await read(ana, answerId, '0')).status).toBe(400);
	});

	it('is not there for whoever may not read what it is from, nor for whom the answer is not', async () => {
		const [lying, place] = [newPlace(), newPlace()];
		letIn(lying);
		letIn(place, ana);
		const answerId = await answerIn(place, [(await documentIn(lying)).source]);
		expect((await read(ana, answerId)).status).toBe(404);
		expect((await read(await world.signIn(), answerId)).status).toBe(404);
		expect((await read(ana, randomUUID())).status).toBe(404);
	});
});

describe('the address of what was said', () => {
	const view = async (id: string) => (await ana.call('GET', `/conversations/${id}`)).body as ConversationView;
	const messages = async (id: string) =>
		((await ana.call('GET', `/conversations/${id}/messages`)).body as { messages: ConversationMessage[] }).messages;

	it('in the chat opens it there: each message by its own, the conversation at its newest answer', async () => {
		const place = newPlace();
		letIn(place, ana);
		await sent(await answerIn(place), { place, messageId: 'B1' });
		await sent(await answerIn(place), { place, messageId: 'B2' });
		const id = conversationIdOf(place);
		const links = (await messages(id)).map(({ permalink }) => permalink);
		const ofQuestion = expect.stringMatching(/^https:\/\/chat\.example\.com\/m[\w-]{36}$/);
		expect(links).toEqual(['https://chat.example.com/B2', ofQuestion, 'https://chat.example.com/B1', ofQuestion]);
		const listed = (await ana.call('GET', '/conversations')).body as { conversations: ConversationView[] };
		expect(listed.conversations.map(({ permalink }) => permalink)).toEqual(['https://chat.example.com/B2']);
		expect((await view(id)).permalink).toBe('https://chat.example.com/B2');
	});

	it('is looked up by the way that leads there, which only the books on answers know', async () => {
		const place = newPlace();
		letIn(place, ana);
		await sent(await answerIn(place), { place: { ...place, route: 'the way' }, messageId: 'B1' });
		const { permalink } = world.platform;
		world.platform.permalink = async ({ place: { route }, messageId }) => `https://chat.example.com/${route}/${messageId.slice(0, 1)}`;
		const links = (await messages(conversationIdOf(place))).map((message) => message.permalink);
		world.platform.permalink = permalink;
		expect(links).toEqual(['https://chat.example.com/the way/B', 'https://chat.example.com/the way/m']);
	});

	it('is none on the web, of what was never sent, and where the platform cannot say', async () => {
		const web: Place = { platform: 'web', tenantId: 'web', channelId: ana.person.userId, threadId: randomUUID(), kind: 'direct' };
		await sent(await answerIn(web), { place: web, messageId: 'W' });
		const [unsent, unsaid] = [newPlace(), newPlace()];
		for (const place of [unsent, unsaid]) letIn(place, ana);
		await answerIn(unsent);
		await sent(await answerIn(unsaid), { place: unsaid, messageId: 'B1' });
		const { permalink } = world.platform;
		world.platform.permalink = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away');
		};
		const none = [await view(conversationIdOf(web)), await view(conversationIdOf(unsaid)), ...(await messages(conversationIdOf(unsaid)))];
		world.platform.permalink = permalink;
		none.push(...(await messages(conversationIdOf(web))), await view(conversationIdOf(unsent)));
		expect(none.map((one) => one.permalink)).toEqual(none.map(() => null));
	});
});
