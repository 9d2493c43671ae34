/** A passage that was cited: read anew, as long as it may be read there. */

import { expect, test } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { createPassages } from '#src/history/passages.ts';
import { createConversationStore } from '#src/history/store.ts';
import { stableId } from '#src/identity/stable-id.ts';
import { createKnowledge } from '#src/knowledge/create-knowledge.ts';
import { silentLogger } from '#src/log.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openEmbeddedDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { createFakeMembers } from '#test/fakes/members.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { newPerson, newPlace, questionIn } from '../../conversation/conversation-fixture.ts';

test('a passage of a document is shown as it is now, where it may be read, and not once it is gone', async () => {
	await using store = await openEmbeddedDatabase();
	const { database } = store;
	const person = await newPerson(database);
	const [place, elsewhere] = [newPlace(), newPlace()];
	const documentId = await enterDocument(database, {
		name: 'Plan.pdf',
		texts: ['In May.'],
		channelId: await createChannel(database, [], place),
		place,
	});
	const hidden = await enterDocument(database, {
		name: 'Secret.pdf',
		texts: ['Hush.'],
		channelId: await createChannel(database, [], elsewhere),
	});
	const chunkOf = async (id: string) => {
		const [chunk] = await database.queryAsLibrarian<{ id: number }>('select id from chunks where document_id = $1', [id]);
		return chunk?.id ?? 0;
	};
	const members = createFakeMembers({ others: true });
	const { chunks } = createKnowledge({
		...{ database, models: createFakeModelPool(), standard: 'prefer', clock: systemClock, logger: silentLogger },
		...{ memberships: members, identities: members, platforms: new Map() },
	});
	const passages = createPassages(database, chunks);
	const conversations = createConversationStore(database);
	const { id } = await conversations.begin(person, await conversations.join(person, place), stableId('answer'), questionIn(place, '0500'));
	const sources = [
		sourceOf({ title: 'Plan.pdf', excerpt: 'As it was.', canShow: true, chunkId: await chunkOf(documentId) }),
		sourceOf({ position: 2, title: 'Secret.pdf', excerpt: 'Hush.', canShow: true, chunkId: await chunkOf(hidden) }),
	];
	await conversations.update(person, id, { status: 'answered', content: 'In May [1].', sources });
	const request = { asker: person, account: { tenantId: 'T', accountId: 'U' }, platform: createFakePlatform(), place };
	const read = async (position: number) => await passages.read(request, id, position, AbortSignal.timeout(10_000));

	expect(await read(1)).toMatchObject({ title: 'Plan.pdf', text: 'In May.' });
	expect(await read(2)).toBe(null);
	await database.queryAsLibrarian('update document_placements set superseded_at = now() where document_id = $1', [documentId]);
	expect(await read(1)).toBe(null);
	await database.queryAsLibrarian('delete from documents where id = $1', [documentId]);
	expect(await read(1)).toBe(null);
});
