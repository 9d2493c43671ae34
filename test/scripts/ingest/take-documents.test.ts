/** `npm run ingest` with a folder, as a process, beside a program that may be running. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, openServerDatabase } from '#test/fakes/database.ts';
import { newFolder, plantFile } from '#test/knowledge/files/places.ts';
import { bareEnvironment } from '#test/setup/bare-environment.ts';

const { sync: words, files } = english;

async function ingest(environment: Record<string, string>, ...typed: string[]) {
	const child = spawn(process.execPath, ['scripts/ingest/main.ts', ...typed], {
		env: { ...bareEnvironment(), ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, lines: output.split('\n').filter(Boolean).sort(), errors: errors.trimEnd() };
}

test('takes what a folder holds, and says of each file what became of it, while others use the database', async () => {
	await using opened = await openServerDatabase();
	const folder = await newFolder();
	const environment = { DATABASE_URL: opened.settings.url ?? '', OPENCCB_DATA: await newFolder() };
	await plantFile(join(folder, 'rules.txt'), 'The office opens at nine.');
	await plantFile(join(folder, 'cards/card.txt'), '4111 1111 1111 1111');

	expect((await ingest(environment, folder, '--company', '--dry-run')).lines).toEqual(['cards/card.txt: new', 'rules.txt: new']);
	const first = await ingest(environment, folder, '--company');
	expect(first).toEqual({
		...{ code: 0, errors: '' },
		lines: [`cards/card.txt: new, ${files.unread.quarantine}`, `rules.txt: new, ${files.indexed(1)}`],
	});
	const found = await opened.database.queryAsLibrarian(
		`select placement.source_path as path, chunk.content from document_placements as placement join chunks as chunk using (document_id)
			where placement.channel_id is null`,
	);
	expect(found).toEqual([{ path: 'rules.txt', content: 'The office opens at nine.' }]);

	await rm(join(folder, 'cards'), { recursive: true });
	expect((await ingest(environment, folder, '--company')).lines).toEqual([
		`cards/card.txt: ${words.outcome.gone}`,
		`rules.txt: ${words.outcome.unchanged}`,
	]);
	expect(await ingest(environment, join(folder, 'missing'), '--company')).toMatchObject({ code: 1, lines: [] });
});

test('says what to do when the running program has the embedded database', async () => {
	await using opened = await openEmbeddedDatabase();
	const { dataFolder } = opened.settings;
	expect(await ingest({ OPENCCB_DATA: dataFolder }, dataFolder, '--company')).toEqual({ code: 1, lines: [], errors: words.inUse });
});
