/** Old and new versions of the program on old and new schemas of a database. */

import { tmpdir } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { programVersion } from '#src/build.ts';
import { openDatabase } from '#src/database/database.ts';
import { knownMigrations, type SchemaRange, schemaRefusal } from '#src/database/schema-version.ts';
import { silentLogger } from '#src/log.ts';
import { asSuperuser, createServerDatabase, openServerDatabase } from '#test/fakes/database.ts';

const range = (version: string): SchemaRange => ({ version, oldest: { migration: '0040-squashed', through: '1.4.2' } });
const migrations = ['0001-roles', '0040-squashed', '0041-more'];

describe('a version and a schema', () => {
	test.each([
		['1.5.0', '1.5.0'],
		['1.5.1', '1.5.0'],
		['1.10.0', '1.9.9'],
		['2.0.0', '1.99.99'],
		['1.5.0-rc.1', '1.5.0'],
		['1.5.0', null],
	])('go together: %s and one for %s and newer', (version, compatibleFrom) => {
		expect(schemaRefusal({ migrations, compatibleFrom }, range(version))).toBeNull();
	});

	test.each([
		['1.4.9', '1.5.0'],
		['1.9.0', '1.10.0'],
		['1.99.99', '2.0.0'],
	])('do not go together: %s and one for %s and newer, which is the version to take', (version, compatibleFrom) => {
		expect(schemaRefusal({ migrations, compatibleFrom }, range(version))).toEqual({ schema: 'newer', version: compatibleFrom });
	});

	test('do not go together when the schema is older than what can be migrated; the version to pass through is told', () => {
		const schema = { migrations: ['0001-roles', '0039-old'], compatibleFrom: '0.1.0' };
		expect(schemaRefusal(schema, range('1.5.0'))).toEqual({ schema: 'older', version: '1.4.2' });
	});

	test('go together where there is no schema yet', () => {
		expect(schemaRefusal({ migrations: [], compatibleFrom: null }, range('1.5.0'))).toBeNull();
	});
});

test('the program starts on a schema that a newer version has made and lets it use', async () => {
	const { url, lines, start } = await migrated();
	await asSuperuser(`insert into migrations (name) values ('9999-future')`, url);
	const database = await start();
	expect(await database.health()).toEqual({ state: 'up' });
	await database.close();
	expect(lines).toContainEqual(expect.objectContaining({ migrations: ['9999-future'] }));
});

test('it leaves the functions of that version alone', async () => {
	const { url, start } = await migrated();
	const rename = 'alter function ccb_knowledge.named_documents rename to named_later';
	await asSuperuser(`insert into migrations (name) values ('9999-future'); ${rename}`, url);
	await (await start()).close();
	await expect(asSuperuser(rename, url)).rejects.toMatchObject({ code: '42883' });
});

test('it refuses a schema that an older version must not use, before it changes anything', async () => {
	const { url, start } = await migrated();
	await asSuperuser(
		`update schema_compatibility set compatible_from = '99.1.0'; delete from migrations where name = '0030-words-of-documents'`,
		url,
	);
	await expect(start()).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		reason: 'schema-newer',
		message: expect.stringMatching(new RegExp(`needs OpenCCB 99\\.1\\.0 or newer, and this is ${programVersion.replaceAll('.', '\\.')}`)),
	});
});

test('it refuses a schema from before the first migration that it knows', async () => {
	const { url, drop } = await createServerDatabase();
	onTestFinished(drop);
	await asSuperuser(`create table migrations (id serial primary key, name text); insert into migrations (name) values ('0000-older')`, url);
	await expect(openDatabase({ url, dataFolder: tmpdir(), audit: true, logger: silentLogger })).rejects.toMatchObject({
		code: 'CONFIG_INVALID',
		reason: 'schema-older',
		message: expect.stringContaining('start OpenCCB 0.1.0 on it first'),
	});
});

test('a fresh schema may be used by the version that makes it', async () => {
	const { database, close } = await openServerDatabase();
	onTestFinished(close);
	expect(await knownMigrations()).toContain('0031-schema-compatibility');
	// It is the login's own, like the list of migrations.
	await expect(database.query('select compatible_from from schema_compatibility')).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

async function migrated() {
	const store = await openServerDatabase();
	onTestFinished(() => store.close());
	const lines: object[] = [];
	const logger = { ...silentLogger, info: (fields: object) => void lines.push(fields) };
	return { url: store.settings.url ?? '', lines, start: () => openDatabase({ ...store.settings, logger }) };
}
