/** Files over the API: given before the question, named in it, and nobody else's. */

import { randomUUID } from 'node:crypto';
import { request as openRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorAnswer } from '#src/api/contract/errors.ts';
import type { UploadedFileView } from '#src/api/contract/files.ts';
import type { TakenQuestion } from '#src/api/contract/messages.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { ChatEvent, MessageReceived } from '#src/platform/chat-event.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type Answered, ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database, ['127.0.0.1']);
});
afterAll(async () => {
	await world.close();
	await opened.close();
});
beforeEach(async () => {
	ana = await world.signIn();
	world.files.kept.clear();
});

const named = (name: string) => ({ 'x-file-name': encodeURIComponent(name) });
const give = (
	visitor: Visitor,
	content: string | Uint8Array = 'some notes',
	headers: Record<string, string | undefined> = named('notes.txt'),
) => visitor.call('POST', '/files', Buffer.from(content), headers);
const given = async (visitor: Visitor, name = 'notes.txt') => (await give(visitor, name, named(name))).body as UploadedFileView;
const ask = (visitor: Visitor, fields: object) =>
	visitor.call('POST', '/messages', { clientId: randomUUID(), newConversation: randomUUID(), text: 'What is this?', ...fields });

async function eventsOf(clientId: string): Promise<ChatEvent[]> {
	const kept = await opened.database.query<{ payload: ChatEvent }>(
		"select payload from inbox where payload ->> 'messageId' = $1 order by sequence",
		[clientId],
	);
	return kept.map(({ payload }) => payload);
}

function expectError(answered: Answered, status: number, code: string): void {
	expect(errorAnswer.strict().safeParse(answered.body).success).toBe(true);
	expect([answered.status, answered.body]).toMatchObject([status, { error: { code } }]);
}

describe('a file', () => {
	it('is kept and comes with its question, to be read and to become a document as in a personal chat', async () => {
		const file = await given(ana, '../informe año.txt');
		expect(file).toMatchObject({ name: 'informe año.txt', mediaType: 'application/octet-stream', sizeBytes: 19 });
		const [clientId, newConversation] = [randomUUID(), randomUUID()];
		const { status } = await ask(ana, { clientId, newConversation, files: [file.id] });
		expect(status).toBe(202);
		const [question, shared] = (await eventsOf(clientId)) as [MessageReceived, FileShared];
		const attachment = { ...file, source: file.id };
		const place = { platform: 'web', channelId: ana.person.userId, threadId: newConversation, kind: 'direct' };
		expect(question).toMatchObject({ type: 'message-received', attachments: [attachment], place });
		expect(shared).toMatchObject({ type: 'file-shared', file: attachment, place, sharedBy: { platform: 'fake' } });
	});

	it('is asked about once, however often the question is sent', async () => {
		const file = await given(ana);
		const question = { clientId: randomUUID(), newConversation: randomUUID(), files: [file.id] };
		const [first, second] = [await ask(ana, question), await ask(ana, question)];
		expect(second.body as TakenQuestion).toEqual(first.body);
		expect(await eventsOf(question.clientId)).toHaveLength(2);
	});

	it('can be all that is asked', async () => {
		const file = await given(ana);
		expect((await ask(ana, { text: '', files: [file.id] })).status).toBe(202);
		expectError(await ask(ana, { text: '' }), 400, 'INVALID');
		expectError(await ask(ana, { text: '', files: [] }), 400, 'INVALID');
	});

	it('of somebody else is not there, like one that never was', async () => {
		const luis = await world.signIn();
		const other = await given(luis);
		const [foreign, made] = [await ask(ana, { files: [other.id] }), await ask(ana, { files: [randomUUID()] })];
		expectError(foreign, 404, 'NOT_FOUND');
		expect(foreign.body).toEqual(made.body);
	});

	it('is refused where more is sent than its giver may give, before it is read', async () => {
		expectError(await give(ana, 'a', { ...named('a'), 'content-length': String(26 * 2 ** 20) }), 413, 'TOO_LARGE');
		expect(world.files.kept.size).toBe(0);
	});

	it.each([
		['without a name', {}, 400, 'INVALID'],
		['with a name that is not written as it should be', { 'x-file-name': '%zz' }, 400, 'INVALID'],
		['as JSON', { ...named('a'), 'content-type': 'application/json' }, 415, 'UNSUPPORTED_TYPE'],
		['as a form', { ...named('a'), 'content-type': 'multipart/form-data; boundary=a' }, 415, 'UNSUPPORTED_TYPE'],
		['from another site', { ...named('a'), 'sec-fetch-site': 'cross-site' }, 403, 'FORBIDDEN'],
	])('that is sent %s is refused', async (_name, headers, status, code) => {
		expectError(await give(ana, 'a', headers), status, code);
		expect(world.files.kept.size).toBe(0);
	});

	it('is nobody’s who is not signed in', async () => {
		expectError(await give(world.visit()), 401, 'UNAUTHENTICATED');
	});

	it('goes with the conversation that it was asked about in', async () => {
		const file = await given(ana);
		const { body } = await ask(ana, { files: [file.id] });
		const { conversationId } = body as TakenQuestion;
		// As its turn writes it down.
		const [event] = await opened.database.query<{ payload: MessageReceived }>('select payload from inbox order by sequence desc limit 1');
		const place = event?.payload.place;
		if (place === undefined) throw new Error('the question was not kept');
		const question = { place, messageId: 'm', text: 'a', cited: [], attachments: [{ ...file, source: null }], receivedAt: new Date() };
		const store = createConversationStore(opened.database);
		await store.begin(ana.person, await store.join(ana.person, place), randomUUID(), question);
		expect((await ana.call('DELETE', `/conversations/${conversationId}`)).status).toBe(200);
		expect(world.files.kept.size).toBe(0);
	});

	it('that its giver gives up leaves nothing, and lets the next one in', async () => {
		const address = await world.server.listen({ host: '127.0.0.1', port: 0 });
		const sending = () => {
			const cookie = [...ana.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
			const headers = {
				host: 'bot.example.com',
				'sec-fetch-site': 'same-origin',
				cookie,
				...named('a'),
				'content-type': 'application/octet-stream',
			};
			const upload = openRequest(`${address}/api/v1/files`, { method: 'POST', headers: { ...headers, 'content-length': 1_000 } });
			upload.on('error', () => {}).write('a');
			return upload;
		};
		const { put } = world.files;
		let [begun, over] = [0, 0];
		world.files.put = async (...asked) => {
			begun++;
			return await put(...asked).finally(() => over++);
		};
		// Three at once, which is all that one person may have.
		const uploads = [sending(), sending(), sending()];
		await eventually(() => begun === 3);
		expectError(await give(ana), 429, 'RATE_LIMITED');
		for (const upload of uploads) upload.destroy();
		await eventually(() => over === 3);
		world.files.put = put;
		await eventually(async () => (await give(ana)).status === 200);
		expect([...world.files.kept.values()].map(({ bytes }) => bytes.length - 16)).toEqual(['some notes'.length]);
	});
});
