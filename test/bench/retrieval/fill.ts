/** Puts the made-up passages into a database, as ingestion leaves them; goes on where it was interrupted. */

import type { Database } from '#src/database/database.ts';
import { channels, chunksOfDocument, dimensions, documentAt } from './corpus.ts';

export const modelId = 1;
/** Documents in one statement: within the four seconds that the program gives any, in an embedded database too. */
const batch = 100;

/** Of `unnest`: parts of ids, so that they can be told again. */
export const channelIdAt = (expression: string) => `md5('channel ' || ${expression})::uuid`;
const documentIdAt = (expression: string) => `md5('document ' || ${expression})::uuid`;

const addChannels = `insert into channels (id, platform, tenant_id, channel_id, kind)
	select ${channelIdAt('number')}, 'slack', 'T1', 'C' || number, 'channel' from generate_series(0, ${channels - 1}) as number on conflict do nothing`;
const addModel = `insert into ccb_knowledge.vector_models (id, model, digest, prefix_version, dimensions, is_complete, completed_at)
	values (${modelId}, 'made-up', 'sha256:0', '1', ${dimensions}, true, now()) on conflict do nothing`;

const addDocuments = `
with given as (
	select ${documentIdAt('number')} as id, number, channel, language from unnest($1::int[], $2::int[], $3::text[]) as given (number, channel, language)
), added as (
	insert into documents (id, content_hash, size_bytes, status, chunk_count, index_version, language, ready_at)
		select id, id::text, 1, 'ready', ${chunksOfDocument}, 1, language, now() from given returning id
)
insert into document_placements (id, document_id, channel_id, name, status, shared_at)
	select md5('placement ' || number)::uuid, id, ${channelIdAt('channel')}, 'document ' || number || '.pdf', 'placed', timestamptz '2026-01-01' + number * interval '1 second'
	from given join added using (id)`;

/** `to_tsvector` leaves these words as they are. */
const addChunks = (vectorType: string) => `
with given as (
	select ${documentIdAt('number')} as document_id, position, language, content, embedding
	from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::${vectorType}[]) as given (number, position, language, content, embedding)
), added as (
	insert into chunks (document_id, position, context, content, language, lexemes, length)
		select document_id, position, '', content, language, to_tsvector('simple', content), 60 from given returning id, document_id, position, language
)
insert into ccb_knowledge.chunk_vectors (model_id, document_id, language, chunk_id, embedding)
	select ${modelId}, document_id, added.language, id, embedding from added join given using (document_id, position)`;

/** @param progress hears how many chunks are in. @throws BotError as `Database.asLibrarian`. */
export async function fill(database: Database, chunks: number, progress: (done: number) => void): Promise<void> {
	await database.queryAsLibrarian(addChannels);
	await database.queryAsLibrarian(addModel);
	const [type] = await database.queryAsLibrarian<{ oid: number; name: string }>(
		`select type.oid::int, namespace.nspname || '.halfvec' as name from pg_type as type join pg_namespace as namespace on namespace.oid = typnamespace
			where typname = 'halfvec'`,
	);
	if (type === undefined) throw new Error('this database keeps no vectors');
	const [there] = await database.queryAsLibrarian<{ count: number }>('select count(*)::int as count from documents');
	for (let next = there?.count ?? 0; next < chunks / chunksOfDocument; next += batch) {
		const numbers = Array.from({ length: Math.min(batch, chunks / chunksOfDocument - next) }, (_, at) => next + at);
		const documents = numbers.map((number) => ({ number, ...documentAt(number) }));
		const rows = documents.flatMap(({ number, language, chunks: of }) =>
			of.map((chunk, position) => ({ number, language, position, ...chunk })),
		);
		const column = <Row, Key extends keyof Row>(from: Row[], key: Key) => from.map((row) => row[key]);
		await database.asLibrarian(async ({ query }) => {
			await query(addDocuments, [numbers, column(documents, 'channel'), column(documents, 'language')]);
			const vectors = binaryArray(column(rows, 'vector'), type.oid);
			await query(addChunks(type.name), [
				column(rows, 'number'),
				column(rows, 'position'),
				column(rows, 'language'),
				column(rows, 'text'),
				vectors,
			]);
		});
		progress((next + numbers.length) * chunksOfDocument);
	}
}

/** As PostgreSQL sends an array of pgvector's `halfvec` (`array_recv`, `halfvec_recv`): numbers written out would take longer than everything else. */
function binaryArray(vectors: readonly Float16Array[], type: number): Buffer {
	const size = 4 + 2 * dimensions;
	const bytes = Buffer.alloc(20 + vectors.length * (4 + size));
	for (const [at, value] of [1, 0, type, vectors.length, 1].entries()) bytes.writeInt32BE(value, at * 4);
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	for (const [at, vector] of vectors.entries()) {
		const start = 20 + at * (4 + size);
		view.setInt32(start, size);
		view.setInt16(start + 4, dimensions);
		for (const [index, value] of vector.entries()) view.setFloat16(start + 8 + 2 * index, value);
	}
	return bytes;
}
