/** Whether this version of the program and the schema of a database go together: read before anything is changed. */

import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { programVersion } from '../build.ts';
import { BotError } from '../errors.ts';

/** What a database says of its schema. */
export interface Schema {
	/** The migrations that have run, the oldest first. */
	migrations: readonly string[];
	/** The oldest version of the program that may use it; null where no migration has said so yet. */
	compatibleFrom: string | null;
}

/** What a version of the program can work with. */
export interface SchemaRange {
	version: string;
	/** Databases without this migration are too old to be migrated by it; the last version that can is `through`. */
	oldest: { migration: string; through: string };
}

/** `newer`: take `version` or a newer one. `older`: start `version` on it first. */
export interface SchemaRefusal {
	schema: 'newer' | 'older';
	version: string;
}

/** Whoever takes old migrations away says here from which one on databases can be migrated. */
const ownRange: SchemaRange = { version: programVersion, oldest: { migration: '0001-roles', through: '0.1.0' } };

const findTables = `
select coalesce(bool_or(relname = 'migrations'), false) as "hasMigrations", coalesce(bool_or(relname = 'schema_compatibility'), false) as "hasCompatibility"
from pg_class where relnamespace = 'public'::regnamespace`;

/** Reads, and changes nothing. Throws the driver's own errors, such as for a login that may not read them. */
export async function readSchema(connection: Pick<ClientBase, 'query'>): Promise<Schema> {
	const [found] = (await connection.query<{ hasMigrations: boolean; hasCompatibility: boolean }>(findTables)).rows;
	const migrations = found?.hasMigrations
		? await connection.query<{ name: string }>('select name from public.migrations order by id')
		: null;
	const compatibility = found?.hasCompatibility
		? await connection.query<{ compatibleFrom: string }>('select compatible_from as "compatibleFrom" from public.schema_compatibility')
		: null;
	return {
		migrations: migrations?.rows.map(({ name }) => name) ?? [],
		compatibleFrom: compatibility?.rows[0]?.compatibleFrom ?? null,
	};
}

/** Null when they go together. Migrations that this version does not know are no reason: they say themselves whom they shut out. Pure. */
export function schemaRefusal({ migrations, compatibleFrom }: Schema, { version, oldest } = ownRange): SchemaRefusal | null {
	if (compatibleFrom !== null && isOlder(version, compatibleFrom)) return { schema: 'newer', version: compatibleFrom };
	if (migrations.length > 0 && !migrations.includes(oldest.migration)) return { schema: 'older', version: oldest.through };
	return null;
}

/** @throws BotError `CONFIG_INVALID` that names the version to take. */
export function requireFitting(schema: Schema): void {
	const refusal = schemaRefusal(schema);
	if (refusal !== null) throw new BotError('CONFIG_INVALID', refusalText(refusal), { reason: `schema-${refusal.schema}` });
}

export function refusalText({ schema, version }: SchemaRefusal): string {
	return schema === 'newer'
		? `the database needs OpenCCB ${version} or newer, and this is ${programVersion}: start that one, or restore the backup from before the update`
		: `the database is too old for OpenCCB ${programVersion} to migrate: start OpenCCB ${version} on it first, then this one`;
}

/** Those of this version, as `orm.ts` finds and names them, the oldest first. */
export async function knownMigrations(): Promise<string[]> {
	const names = await readdir(fileURLToPath(new URL('../../migrations', import.meta.url)));
	return names
		.filter((name) => /^\d.*\.ts$/.test(name))
		.map((name) => name.replace(/\.ts$/, ''))
		.toSorted();
}

/** Of a schema, those that this version does not know: a newer one has been there. */
export function newerMigrations({ migrations }: Schema, known: readonly string[]): string[] {
	return migrations.filter((name) => !known.includes(name));
}

/** What stands behind the third number, as in `1.0.0-rc.1`, does not count. */
function isOlder(version: string, than: string): boolean {
	const [own, other] = [version, than].map((text) => (/^\d+\.\d+\.\d+/.exec(text)?.[0] ?? '').split('.').map(Number)) as [
		number[],
		number[],
	];
	const place = own.findIndex((number, index) => number !== other[index]);
	return place >= 0 && (own[place] ?? 0) < (other[place] ?? 0);
}
