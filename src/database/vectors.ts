/**
 * The part of the database that needs pgvector: made at a start where the extension is there, or may be made. Without it everything else works.
 * No migration, since the extension may come later.
 */

import type { Pool } from 'pg';
import type { Logger } from '../log.ts';
import { sqlStateOf } from './store-error.ts';

/** SQLSTATE (PostgreSQL manual, "PostgreSQL Error Codes"): the login may not, or the server has no such files. */
const cannotCreate = ['42501', '0A000', '58P01'];

const findExtension = `
select (select extnamespace::regnamespace::text from pg_extension where extname = 'vector') as "schema",
	to_regclass('ccb_knowledge.chunk_vectors') is not null as "hasTables",
	exists (select from pg_available_extensions where name = 'vector') as "isAvailable"`;

interface FoundVector {
	schema: string | null;
	isAvailable: boolean;
	hasTables: boolean;
}

/** What `ccb_knowledge` of migration 0021 cannot hold without the type. Owned by the librarian, like the rest of it. */
const makeTables = (schema: string) => `
begin;
set local role ccb_librarian;
create table ccb_knowledge.chunk_vectors (
	model_id smallint not null constraint chunk_vectors_model_id_foreign references ccb_knowledge.vector_models (id) on delete cascade,
	document_id uuid not null,
	language text,
	chunk_id bigint not null constraint chunk_vectors_chunk_id_foreign references public.chunks (id) on delete cascade,
	embedding ${schema}.halfvec not null,
	primary key (model_id, chunk_id)
);
create index chunk_vectors_chunk_id_index on ccb_knowledge.chunk_vectors (chunk_id);
create index chunk_vectors_document_id_index on ccb_knowledge.chunk_vectors (document_id, model_id);
commit`;

/**
 * Where the tables are there nothing is said of them: even `if not exists` would wait for an index that is being made of them, and that for this start.
 * @returns the schema of pgvector's types; null where there is none. Throws the driver's own errors.
 */
export async function prepareVectors(pool: Pool, logger: Logger): Promise<string | null> {
	const found = await findVector(pool);
	if (found.schema === null && found.isAvailable) await createExtension(pool, logger);
	const { schema } = found.schema === null ? await findVector(pool) : found;
	if (schema !== null && !found.hasTables) await pool.query(makeTables(schema));
	return schema;
}

async function findVector(pool: Pool): Promise<FoundVector> {
	const { rows } = await pool.query<FoundVector>(findExtension);
	return rows[0] ?? { schema: null, isAvailable: false, hasTables: false };
}

async function createExtension(pool: Pool, logger: Logger): Promise<void> {
	try {
		await pool.query('create extension if not exists vector with schema public');
	} catch (error) {
		if (!cannotCreate.includes(sqlStateOf(error) ?? '')) throw error;
		logger.warn(
			{ err: error },
			'pgvector is there but the login may not install it: whoever has more rights runs `create extension vector`',
		);
	}
}
