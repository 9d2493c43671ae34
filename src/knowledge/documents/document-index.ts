/** The chunks of documents in the database: put in a few at a time, so that nobody waits long for the embedded database, and shown when they are whole. */

import type { Database } from '../../database/database.ts';
import { BotError } from '../../errors.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { chunkLexemes } from '../text/lexemes.ts';
import { type TextLanguage, textLanguageOf } from '../text/stems.ts';

/** Goes up when parser, chunker or lexemes give something else for the same file: then documents are indexed anew. */
const indexVersion = 1;

/** Of a document that is read. */
export interface IndexedDocument {
	/** What it calls itself, or its file; where it calls itself nothing, null. */
	title: string | null;
	chunks: readonly Chunk[];
	isPartial: boolean;
}

export interface DocumentIndex {
	/**
	 * Puts in what is not there yet and then shows all: again with the same document it goes on where it was interrupted.
	 * @param progress hears how many chunks are in.
	 * @throws BotError `NOT_FOUND` when it lies nowhere any more; as `Database.asLibrarian`, or the signal's reason.
	 */
	put(documentId: string, document: IndexedDocument, signal: AbortSignal, progress?: (done: number) => void): Promise<void>;
}

/** About 30 ms of the embedded database. */
const batch = 40;

export function createDocumentIndex(database: Pick<Database, 'asLibrarian' | 'queryAsLibrarian'>): DocumentIndex {
	/** What an earlier version made goes. @returns how many chunks of this version are there. */
	async function begin(documentId: string): Promise<number> {
		return await database.asLibrarian(async ({ query }) => {
			const [known] = await query<{ version: number }>(
				`select index_version as version from documents where id = $1 and status <> 'leaving' for update`,
				[documentId],
			);
			if (known === undefined) throw new BotError('NOT_FOUND', 'a document is gone before it was indexed');
			if (known.version === indexVersion) {
				const [there] = await query<{ count: number }>('select count(*)::int as count from chunks where document_id = $1', [documentId]);
				return there?.count ?? 0;
			}
			await query('delete from chunks where document_id = $1', [documentId]);
			await query('update documents set index_version = $2 where id = $1', [documentId, indexVersion]);
			return 0;
		});
	}

	async function add(documentId: string, from: number, chunks: readonly Chunk[], usual: TextLanguage | null): Promise<void> {
		const rows = chunks.map((chunk, at) => {
			const { vector, length, language } = chunkLexemes(chunk.context, chunk.text, usual);
			return { position: from + at, page: chunk.page, context: chunk.context, content: chunk.text, language, lexemes: vector, length };
		});
		await database.queryAsLibrarian(
			`insert into chunks (document_id, position, page, context, content, language, lexemes, length)
				select $1, position, page, context, content, language, lexemes::tsvector, length
				from jsonb_to_recordset($2) as given
					(position int, page int, context text, content text, language text, lexemes text, length int)
				on conflict (document_id, position) do nothing`,
			[documentId, JSON.stringify(rows)],
		);
	}

	return {
		async put(documentId, { title, chunks, isPartial }, signal, progress = () => {}) {
			const language = usualLanguage(chunks);
			for (let done = await begin(documentId); done < chunks.length; done += batch) {
				signal.throwIfAborted();
				await add(documentId, done, chunks.slice(done, done + batch), language);
				progress(Math.min(done + batch, chunks.length));
			}
			await database.queryAsLibrarian(
				`update documents set status = 'ready', reason = null, title = $2, language = $3, is_partial = $4, chunk_count = $5, ready_at = now()
					where id = $1 and status <> 'leaving'`,
				[documentId, title, language, isPartial, chunks.length],
			);
		},
	};
}

/** Of most of its text; of some of it where there is a lot. */
function usualLanguage(chunks: readonly Chunk[]): TextLanguage | null {
	return textLanguageOf(
		chunks
			.slice(0, 50)
			.map(({ text }) => text)
			.join('\n'),
	);
}
