/** What stands around a passage, for whom. */

import { expect, test } from 'vitest';
import { createSurroundingsReader } from '#src/knowledge/search/surroundings.ts';
import { createUser, openEmbeddedDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';

test('neighbours are given with what they are next to, to whoever may read it, and no further than the section', async () => {
	await using store = await openEmbeddedDatabase();
	const { database } = store;
	const reader = await createUser(database);
	const stranger = await createUser(database);
	const texts = Array.from({ length: 9 }, (_, at) => `Paragraph ${at}.`);
	const documentId = await enterDocument(database, { name: 'Plan.pdf', texts, channelId: await createChannel(database, [reader]) });
	const chunks = await database.queryAsLibrarian<{ id: number; position: number }>(
		'select id, position from chunks where document_id = $1 order by position',
		[documentId],
	);
	const idAt = (position: number) => chunks[position]?.id ?? 0;
	const surroundings = createSurroundingsReader(database);
	const around = async (position: number) => {
		const near = (await surroundings.of(reader, [idAt(position)])).get(idAt(position));
		return [near?.before, near?.after].map((side) => side?.map(({ content }) => Number(content.replace(/\D/g, ''))));
	};
	expect(await around(5)).toEqual([
		[4, 3, 2, 1],
		[6, 7, 8],
	]);
	expect(await around(0)).toEqual([[], [1, 2, 3, 4]]);
	await database.queryAsLibrarian(`update chunks set context = 'Plan.pdf › End' where document_id = $1 and position >= 6`, [documentId]);
	expect(await around(5)).toEqual([
		[4, 3, 2, 1],
		[6, 7],
	]);
	expect((await surroundings.of(stranger, [idAt(5)])).size).toBe(0);
	expect((await surroundings.of(reader, [])).size).toBe(0);
});
