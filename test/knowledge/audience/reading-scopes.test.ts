/** Where an answer may draw from, by who reads it. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '#src/database/transaction.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createReadingScopes } from '#src/knowledge/audience/reading-scopes.ts';
import type { PlaceAudience } from '#src/platform/audience.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createUser, openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { createFakeMembers } from '#test/fakes/members.ts';

const { signal } = new AbortController();

describe('an answer draws', () => {
	let opened: TestDatabase;
	let ana: Principal;
	let readers: Record<string, string[]>;
	let audiences: Record<string, Partial<PlaceAudience>>;
	let gone: string[];
	/** Each with a document. */
	let [here, there]: Place[] = [];

	beforeAll(async () => {
		opened = await openEmbeddedDatabase();
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		const { database } = opened;
		await database.queryAsLibrarian('delete from documents');
		ana = await createUser(database);
		[here, there] = [newPlace(), newPlace()] as [Place, Place];
		for (const place of [here, there])
			await enterDocument(database, { name: 'a.txt', texts: ['a'], channelId: await createChannel(database, [], place), place });
		readers = { [at(here)]: ['ana', 'ben'], [at(there)]: ['ana', 'ben', 'carl'] };
		audiences = {};
		gone = [];
	});

	const newPlace = (kind: Place['kind'] = 'channel'): Place => ({
		...{ platform: 'fake', tenantId: 'T1', channelId: randomUUID(), threadId: '', kind },
	});
	const at = (place: Place | undefined) => place?.channelId ?? '';
	const idOf = (place: Place | undefined) => (place === undefined ? '' : channelIdOf(place));

	/** @param platform of the place; the account is one of `fake`. */
	async function scopeIn(place: Place | undefined, platform = createFakePlatform(), home = createFakePlatform()) {
		if (place === undefined) throw new Error('there is no such place');
		const members = createFakeMembers({ readers, audiences, gone });
		const isMember: typeof members.isMember = async (asked, channel, ...who) => {
			expect([asked.name, channel.platform, channel.route]).toEqual([home.name, home.name, asked === platform ? undefined : 'way']);
			return await members.isMember(asked, channel, ...who);
		};
		const scopes = createReadingScopes({
			...{ database: opened.database, memberships: { ...members, isMember }, platforms: new Map([[home.name, home]]) },
			identities: { ...members, lastPlaceOf: async () => ({ ...newPlace('direct'), route: 'way' }) },
		});
		const account = { platform: 'fake', tenantId: 'T1', accountId: 'ana' };
		return await scopes.of({ asker: ana, account, platform, place }, signal);
	}

	const web = () => Object.assign(createFakePlatform(), { name: 'web' });
	const webPlace = (): Place => ({ platform: 'web', tenantId: 'web', channelId: ana.userId, threadId: randomUUID(), kind: 'direct' });

	it('on what lies there, on what all who read along may read elsewhere, and on what is the company’s', async () => {
		expect(await scopeIn(here)).toEqual({ channelIds: [idOf(here), idOf(there)], withCompany: true });
	});

	it('in a channel on nothing that one of its readers may not read, though the asker may', async () => {
		readers[at(here)]?.push('eve');
		expect(await scopeIn(here)).toEqual({ channelIds: [idOf(here)], withCompany: true });
		const alone = await scopeIn(newPlace('direct'));
		expect(alone.channelIds).toEqual(expect.arrayContaining([idOf(here), idOf(there)]));
	});

	it('on open channels where everybody belongs to the company, and not where a guest reads along', async () => {
		audiences[at(there)] = { isOpen: true, accountIds: null };
		expect((await scopeIn(here)).channelIds).toEqual([idOf(here), idOf(there)]);
		audiences[at(here)] = { hasOutsiders: true };
		expect(await scopeIn(here)).toEqual({ channelIds: [idOf(here)], withCompany: false });
	});

	it('on the web on what the account may read where it is at home, in whatever tenant, and reached as it was met there', async () => {
		const { database } = opened;
		const [elsewhere, closed] = [{ ...newPlace(), tenantId: 'guild' }, newPlace()];
		readers = { ...readers, [at(elsewhere)]: ['ana'], [at(closed)]: ['ben'] };
		for (const place of [elsewhere, closed])
			await enterDocument(database, { name: 'b', texts: ['b'], channelId: await createChannel(database, [], place), place });
		const { channelIds, withCompany } = await scopeIn(webPlace(), web());
		expect(new Set(channelIds.slice(1))).toEqual(new Set([idOf(here), idOf(there), idOf(elsewhere)]));
		expect(withCompany).toBe(true);
	});

	it('on the web on no channel at all where the platform of the account is not served, or does not answer it any more', async () => {
		const place = webPlace();
		const other = Object.assign(createFakePlatform(), { name: 'other' });
		expect(await scopeIn(place, web(), other)).toEqual({ channelIds: [idOf(place)], withCompany: true });
		gone.push('ana');
		expect(await scopeIn(place, web())).toEqual({ channelIds: [], withCompany: false });
	});

	it('on nothing of another tenant or platform, whoever is there', async () => {
		const { database } = opened;
		for (const other of [
			{ ...newPlace(), tenantId: 'T2' },
			{ ...newPlace(), platform: 'other' },
			{ ...newPlace(), tenantId: 'T2', channelId: at(here) },
		]) {
			if (at(other) !== at(here)) audiences[at(other)] = { isOpen: true };
			await enterDocument(database, { name: 'b', texts: ['b'], channelId: await createChannel(database, [], other), place: other });
		}
		expect((await scopeIn(here)).channelIds).toEqual([idOf(here), idOf(there)]);
		expect((await scopeIn(newPlace('direct'))).channelIds).toHaveLength(3);
	});

	it('on nothing at all for whoever has left the place, or is answered nowhere any more', async () => {
		const nothing = { channelIds: [], withCompany: false };
		readers[at(here)] = ['ben'];
		expect(await scopeIn(here)).toEqual(nothing);
		audiences[at(here)] = { isOpen: true, accountIds: null };
		expect(await scopeIn(here)).toEqual(nothing);
		readers[at(here)] = ['ana', 'ben'];
		expect((await scopeIn(here)).channelIds).toContain(idOf(here));
		gone.push('ana');
		expect([await scopeIn(here), await scopeIn(newPlace('direct'))]).toEqual([nothing, nothing]);
		const { database } = opened;
		const readable = 'select id from document_placements';
		expect(await database.queryAs(await createUser(database), readable)).toEqual([]);
	});

	it('on nothing else where the platform does not say who reads along', async () => {
		const scopes = createReadingScopes({
			...{ database: opened.database, platforms: new Map(), identities: createFakeMembers({}) },
			memberships: { isMember: () => Promise.reject(new Error('away')), audienceOf: () => Promise.reject(new Error('away')) },
		});
		const asking = { asker: ana, account: { tenantId: 'T1', accountId: 'ana' }, platform: createFakePlatform(), place: here as Place };
		expect(await scopes.of(asking, signal)).toEqual({ channelIds: [idOf(here)], withCompany: false });
	});
});
