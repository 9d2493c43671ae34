/** Which places are asked about, and how they are reached, when somebody asks in a personal chat. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createReadingScopes } from '#src/knowledge/audience/reading-scopes.ts';
import { createSync } from '#src/knowledge/sync/sync.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createUser, openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { newFolder, plantFile } from '../files/places.ts';

const { signal } = new AbortController();

let store: TestDatabase;
beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());

test('a channel that a folder was put into by its name is reached as the asker is', async () => {
	const { database } = store;
	const folder = await newFolder();
	await plantFile(`${folder}/rules.txt`, 'The office opens at nine.');
	const none = async () => {};
	const sync = createSync({
		...{ database, files: createFakeFileStore(), access: null, clock: createManualClock() },
		...{ remove: none, forget: none, read: none },
	});
	const channel = { platform: 'teams', tenantId: 'T', channelId: '19:general@thread.tacv2' };
	await sync({ name: folder, from: { folder }, channel }, { signal, onFile: () => {} });

	const asked: Place[] = [];
	const scopes = createReadingScopes({
		...{ database, platforms: new Map(), identities: { mayAsk: async () => true, lastPlaceOf: async () => null } },
		memberships: {
			audienceOf: () => Promise.reject(new Error('nobody asks')),
			async isMember(_platform, place) {
				asked.push(place);
				return true;
			},
		},
	});
	const place: Place = {
		platform: 'teams',
		tenantId: 'T',
		channelId: 'a:1',
		threadId: '',
		kind: 'direct',
		route: 'https://teams.example/emea/',
	};
	const platform = Object.assign(createFakePlatform(), { name: 'teams' });
	const asker = await createUser(database);
	const scope = await scopes.of({ asker, account: { tenantId: 'T', accountId: 'ana' }, platform, place }, signal);
	expect(asked).toEqual([{ ...channel, threadId: '', kind: 'channel', route: place.route }]);
	expect(scope.channelIds).toContain(channelIdOf({ ...channel, threadId: '' }));
});
