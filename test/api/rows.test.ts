/** What stands behind an answer from a company's database, on the web: for whoever asked, signed in or by a link of theirs, as they may ask now. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { english } from '#src/locales/english.ts';
import { newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
	world = new ApiWorld(opened.database);
	ana = await world.signIn();
	return () => world.close();
});

const { companyData } = english;
const account = { platform: 'fake', tenantId: 'T', accountId: 'U-linked' };

/** In a channel of the chat. */
async function answeredFor(person: Person, readers: readonly Person[] = [], place = newPlace()): Promise<string> {
	const { id } = await say(opened.database, person, questionIn(place, randomUUID()), '412');
	const store = createConversationStore(opened.database);
	await store.update(person, id, { status: 'answered', dataQuery: fakeQuery });
	for (const reader of readers) await store.join(reader, place, null);
	return id;
}

const signedFor = (answerId: string, given = account) => new URL(world.room.rowLinks.addressOf({ account: given, answerId })).hash.slice(1);

it('shows whoever asked the statement and all rows, and nobody else who reads there', async () => {
	const luis = await world.signIn();
	const id = await answeredFor(ana.person, [luis.person]);
	expect((await ana.call('GET', `/answers/${id}/statement`)).body).toEqual({ connector: 'shop', sql: fakeQuery.sql });
	const { headers, text } = await ana.call('GET', `/answers/${id}/rows`);
	expect(text).toBe('units\r\n412\r\n');
	expect(headers).toMatchObject({
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': "attachment; filename*=UTF-8''shop.csv",
	});
	expect(headers['cache-control']).toBe('no-store');
	for (const path of ['statement', 'rows']) {
		expect((await luis.call('GET', `/answers/${id}/${path}`)).status).toBe(404);
		expect((await world.visit().call('GET', `/answers/${id}/${path}`)).status).toBe(401);
	}
});

it('asks the database again as the person alone, and says what it has against it', async () => {
	const id = await answeredFor(ana.person);
	world.companyData.file = { sentence: companyData.csvGone };
	world.companyData.isShown = false;
	expect(await ana.call('GET', `/answers/${id}/rows`)).toMatchObject({ status: 409, body: { error: { message: companyData.csvGone } } });
	expect(await ana.call('GET', `/answers/${id}/statement`)).toMatchObject({
		status: 404,
		body: { error: { message: companyData.csvGone } },
	});
	const read = world.companyData.readers.at(-1);
	expect(read).toMatchObject({ person: { userId: ana.person.userId }, place: { platform: 'web', kind: 'direct' } });
});

it('is behind a link from the chat for ten minutes, for the person whom it was given to', async () => {
	const owner = await world.meet(account.accountId);
	const signed = signedFor(await answeredFor(owner));
	const stranger = world.visit();
	expect(await stranger.call('POST', '/rows', { signed })).toMatchObject({ status: 200, text: 'units\r\n412\r\n' });
	expect(world.companyData.readers.at(-1)?.person.userId).toBe(owner.userId);
	world.aheadMs = 10 * 60_000;
	expect(await stranger.call('POST', '/rows', { signed })).toMatchObject({
		status: 404,
		body: { error: { message: companyData.linkGone } },
	});
});

it('gives nothing by a link that was changed, is for an answer to somebody else, or whose person is not let in any more', async () => {
	const owner = await world.meet(account.accountId);
	const signed = signedFor(await answeredFor(owner));
	const [text = '', signature = ''] = signed.split('.');
	const other = Buffer.from(Buffer.from(text, 'base64url').toString().replace('U-linked', 'U-other')).toString('base64url');
	const call = async (sent: string) => (await world.visit().call('POST', '/rows', { signed: sent })).status;
	for (const bad of [`${other}.${signature}`, text, `${text}.`, '', `${text}.${signature}x`, 'x'.repeat(2_001)])
		expect(await call(bad)).not.toBe(200);
	expect(await call(signedFor(await answeredFor(ana.person)))).toBe(404);
	const guest = { ...account, accountId: 'U-guest' };
	world.platform.profiles.set(guest.accountId, { isGuest: true });
	expect(await call(signedFor(await answeredFor(owner), guest))).toBe(403);
	expect(world.companyData.readers).toEqual([]);
});

it('tells whoever asked, and nobody else, that there are rows', async () => {
	const luis = await world.signIn();
	const place = newPlace();
	const id = await answeredFor(ana.person, [luis.person], place);
	world.platform.members = new Map([[place.channelId, [ana.person.displayName, luis.person.displayName]]]);
	const hasRows = async (reader: Visitor) => {
		const { messages } = (await reader.call('GET', `/conversations/${conversationIdOf(place)}/messages`)).body as {
			messages: ConversationMessage[];
		};
		return messages.find((message) => message.id === id)?.hasRows;
	};
	expect(await hasRows(ana)).toBe(true);
	expect(await hasRows(luis)).toBe(false);
});
