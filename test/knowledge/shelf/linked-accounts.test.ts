/** Files of a person with accounts on two platforms: theirs on both while the accounts are linked, and each account's own before and after. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createIdentities } from '#src/identity/identity.ts';
import { createLinks } from '#src/identity/links.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createReadingScopes } from '#src/knowledge/audience/reading-scopes.ts';
import { enterPlacement } from '#src/knowledge/ingest/placements.ts';
import { createShelf } from '#src/knowledge/shelf/shelf.ts';
import { createShelfChanges } from '#src/knowledge/shelf/shelf-changes.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const { signal } = new AbortController();

let store: TestDatabase;
beforeAll(async () => {
	store = await openEmbeddedDatabase();
});
afterAll(() => store.close());

async function openTwoAccounts() {
	const { database } = store;
	const identities = createIdentities({ database, clock: createManualClock(), pacers: unpaced, admins: [] });
	const links = createLinks({ database, limits: { bringTogether: async () => {} } });
	const shelf = createShelf({
		database,
		scopes: createReadingScopes({
			...{ database, identities, platforms: new Map() },
			memberships: { isMember: async () => false, audienceOf: () => Promise.reject(new Error('nobody asks')) },
		}),
	});
	const accountId = `U${randomUUID()}`;
	const actor = { tenantId: 'T', accountId };

	async function open(name: 'slack' | 'teams') {
		const platform = Object.assign(createFakePlatform(), { name });
		const chat: Place = { platform: name, tenantId: 'T', channelId: `D-${name}-${accountId}`, threadId: '', kind: 'direct' };
		const meet = (): Promise<Person> => identities.resolve(platform, actor, { place: chat }, signal);
		const { identityId } = await meet();
		await database.asLibrarian(async (transaction) => {
			const file = { fileId: 'F', name: `${name}.txt`, account: identityId, sharedAt: '2026-11-30T09:00:00Z', url: null };
			const fetching = { attachment: { id: 'F', name: '', mediaType: '', sizeBytes: null, source: null }, maxBytes: 1 };
			await enterPlacement(transaction, { ...file, place: chat, messageId: '1', fetching, status: 'waiting', reason: null });
		});
		return {
			meet,
			chat,
			/** What `docs` lists in this personal chat, and what they may have forgotten from there. */
			async sees() {
				const request = { asker: await meet(), account: actor, platform, place: chat };
				const [listed, own] = [await shelf.list(request, signal), await shelf.findToForget(request, '.txt', signal)];
				return [listed, own].map((found) => found.map(({ name: called }) => called).sort());
			},
		};
	}

	const [onSlack, onTeams] = [await open('slack'), await open('teams')];
	onTestFinished(() => database.asLibrarian(async ({ query }) => void (await query('delete from document_placements'))));
	return { links, onSlack, onTeams };
}

const [slackAlone, teamsAlone, both] = [['slack.txt'], ['teams.txt'], ['slack.txt', 'teams.txt']];

test('are theirs in both personal chats while they are linked, and each account’s own before and after', async () => {
	const { links, onSlack, onTeams } = await openTwoAccounts();
	const seen = async () => [await onSlack.sees(), await onTeams.sees()];
	const apart = [
		[slackAlone, slackAlone],
		[teamsAlone, teamsAlone],
	];
	expect(await seen()).toEqual(apart);
	await links.redeem(await onTeams.meet(), await links.issue(await onSlack.meet()));
	expect(await seen()).toEqual([
		[both, both],
		[both, both],
	]);
	expect(await links.unlink(await onTeams.meet())).toBe(1);
	expect(await seen()).toEqual(apart);
});

test('that were published from a place go along with them', async () => {
	const { links, onSlack, onTeams } = await openTwoAccounts();
	const { database } = store;
	await database.asLibrarian(async ({ query }) => {
		await query(`insert into documents (id, content_hash, size_bytes, status) values ($1, $2, 1, 'ready')`, [randomUUID(), randomUUID()]);
		await query(`update document_placements set status = 'placed', document_id = (select id from documents limit 1)`);
	});
	const changes = createShelfChanges({ database, remove: () => Promise.reject(new Error('nothing is removed')) });
	const ofTeams = [channelIdOf(onTeams.chat)];
	const [placement] = await database.queryAsLibrarian<{ id: string }>('select id from document_placements where channel_id = $1', ofTeams);
	expect(await changes.publish(placement?.id ?? '', null, null)).toBe(true);
	await links.redeem(await onTeams.meet(), await links.issue(await onSlack.meet()));
	const owners = await database.queryAsLibrarian('select distinct shared_by as "userId" from document_placements');
	expect(owners).toEqual([{ userId: (await onSlack.meet()).userId }]);
});
