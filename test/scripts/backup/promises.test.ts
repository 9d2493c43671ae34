/** What a manifest promises, and whether a copy keeps it: read as a server's superuser writes it, and as people read it. */

import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { asSuperuser, openServerDatabase } from '#test/fakes/database.ts';
import { createFakeFileStore } from '#test/fakes/file-store.ts';
import { createHeldWorld } from '#test/own-data/held-world.ts';
import { brokenPromises, differingCount, readPromises } from '../../../scripts/backup/promises.ts';

it('is kept by the database that it was read from, and told of each that is not', async () => {
	const { database, settings, close } = await openServerDatabase();
	onTestFinished(close);
	const url = settings.url ?? '';
	const { ana, directId } = await createHeldWorld(database, createFakeFileStore());
	const [chunk] = await database.queryAsLibrarian<{ id: number }>('select min(id) as id from chunks');
	await asSuperuser(`update messages set sources = '[{"position":1,"chunkId":${chunk?.id}}]' where role = 'assistant'`, url);
	const facts = await readFacts(url);
	const promises = readPromises(facts.join('\n'));
	expect(promises.map(({ kind }) => kind).toSorted()).toEqual([...Array(2).fill('conversation'), 'passages', ...Array(3).fill('sources')]);
	expect(promises[0]).toMatchObject({ kind: 'conversation', id: directId, personId: ana.userId });
	expect(await brokenPromises(database, promises)).toEqual([]);

	// Whoever may ask no more still has what was said.
	await asSuperuser(`update users set role = 'ccb_guest', deactivated_at = now()`, url);
	expect(readPromises((await readFacts(url)).join('\n'))).toEqual(promises);
	expect(await brokenPromises(database, promises)).toEqual([]);

	await asSuperuser(`update messages set content = content || '.' where conversation_id = '${directId}'`, url);
	await asSuperuser(`update chunks set content = 'something else'`, url);
	await asSuperuser('create policy everybody on messages for select to ccb_employee using (true)', url);
	const broken = await brokenPromises(database, promises);
	expect(broken).toContain(`conversation ${directId} is not as it was for ${ana.userId}`);
	expect(broken).toContain(`conversation ${directId} is open to strangers`);
	expect(broken).toContainEqual(expect.stringMatching(/^passages .* is not as it was for the program$/));
	expect(broken.join()).not.toContain('zyxomatic');
});

it('names the first table whose rows differ', () => {
	const manifest = 'schema\t0045\nrows\tpublic.messages\t3\nrows\tpublic.users\t2\n';
	expect(differingCount(manifest, ['rows\tpublic.users\t2', 'rows\tpublic.messages\t3', 'server\t18'])).toBe(null);
	expect(differingCount(manifest, ['rows\tpublic.users\t2', 'rows\tpublic.messages\t2'])).toBe(
		'rows public.messages 3 / rows public.messages 2',
	);
	expect(differingCount(manifest, ['rows\tpublic.users\t2'])).toBe('rows public.messages 3');
});

async function readFacts(url: string): Promise<string[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		const { rows } = await client.query<{ line: string }>(await readFile('scripts/backup/facts.sql', 'utf8'));
		return rows.map(({ line }) => line);
	} finally {
		await client.end();
	}
}
