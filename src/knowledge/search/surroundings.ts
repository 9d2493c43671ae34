/** What stands around passages in their documents, read in the asker's name. */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';

/** Chunks of the same document, the nearest first. */
export interface ChunkSurroundings {
	before: readonly SurroundingChunk[];
	after: readonly SurroundingChunk[];
}

export interface SurroundingChunk {
	chunkId: number;
	content: string;
}

export interface SurroundingsReader {
	/** By chunk, of those that the asker may read. @throws BotError as `Database.queryAs`. */
	of(asker: Principal, chunkIds: readonly number[]): Promise<ReadonlyMap<number, ChunkSurroundings>>;
}

interface NearRow extends SurroundingChunk {
	of: number;
	distance: number;
}

/** The section or the page, and where those are small what stands next to it. More than four on each side are never shown. */
const [mostDistance, usualDistance] = [4, 2];

/** `offset 0`: of the indexes only that of documents and positions is looked at. */
const readNear = `
select shown.id as of, near.id as "chunkId", near.content, near.position - shown.position as distance
from chunks as shown
cross join lateral (
	select * from chunks where document_id = shown.document_id
		and position between shown.position - ${mostDistance} and shown.position + ${mostDistance} offset 0
) as near
where shown.id = any($1) and near.id <> shown.id
	and (near.context = shown.context or near.page = shown.page or abs(near.position - shown.position) <= ${usualDistance})`;

export function createSurroundingsReader(database: Pick<Database, 'queryAs'>): SurroundingsReader {
	return {
		async of(asker, chunkIds) {
			if (chunkIds.length === 0) return new Map();
			const rows = Map.groupBy(await database.queryAs<NearRow>(asker, readNear, [chunkIds]), (row) => row.of);
			return new Map([...rows].map(([chunkId, near]) => [chunkId, { before: unbroken(near, -1), after: unbroken(near, 1) }]));
		},
	};
}

/** On one side, as far as nothing is left out between. */
function unbroken(near: readonly NearRow[], step: 1 | -1): SurroundingChunk[] {
	const side: SurroundingChunk[] = [];
	for (let distance = step; ; distance += step) {
		const next = near.find((row) => row.distance === distance);
		if (next === undefined) return side;
		side.push({ chunkId: next.chunkId, content: next.content });
	}
}
