import { afterAll, beforeAll, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import { createDocumentUses } from '#src/knowledge/document-use.ts';
import type { Place } from '#src/platform/place.ts';
import { countedDatabase } from '#test/fakes/counted-database.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { newPlace } from '../conversation/conversation-fixture.ts';

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
});
afterAll(() => opened.close());

it('is what somebody decided in the place, and the standard elsewhere, read once for all who ask together', async () => {
	const { database, transactions } = countedDatabase(opened.database);
	const uses = createDocumentUses(database, 'prefer');
	const [decided, other] = [newPlace(), newPlace()];
	await switchOff(decided);
	const found = await Promise.all([decided, other, decided].map((place) => uses.of(place)));
	expect(found.map(({ use }) => use)).toEqual(['off', 'prefer', 'off']);
	expect(transactions).toHaveLength(1);
});

it('is asked for again by whoever asks later', async () => {
	const uses = createDocumentUses(opened.database, 'prefer');
	const place = newPlace();
	expect(await uses.of(place)).toEqual({ use: 'prefer', areNone: true, staleAfterDays: null });
	await switchOff(place);
	expect(await uses.of(place)).toMatchObject({ use: 'off' });
});

it('is asked for again after the database was away', async () => {
	const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
	let isAway = true;
	const uses = createDocumentUses(
		{ asLibrarian: async (work) => (isAway ? Promise.reject(away) : await opened.database.asLibrarian(work)) },
		'only',
	);
	await expect(uses.of(newPlace())).rejects.toBe(away);
	isAway = false;
	expect(await uses.of(newPlace())).toMatchObject({ use: 'only' });
});

async function switchOff(place: Place): Promise<void> {
	const { platform, tenantId, channelId, kind } = place;
	const id = channelIdOf(place);
	await opened.database.asLibrarian(async ({ query }) => {
		const values = [id, platform, tenantId, channelId, kind];
		await query('insert into channels (id, platform, tenant_id, channel_id, kind) values ($1, $2, $3, $4, $5)', values);
		await query("update channels set knowledge = 'off' where id = $1", [id]);
	});
}
