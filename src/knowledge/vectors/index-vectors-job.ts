/**
 * Makes the indexes of the nearest vectors where there are so many that comparing all of them takes too long, beside everything else, and takes those of
 * models away that nobody searches with. A search does without until they are whole.
 */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import {
	createVectorIndex,
	dropVectorIndex,
	indexedLanguages,
	mostIndexedDimensions,
	mostUnindexed,
	readVectorIndexes,
	vectorIndexName,
} from '../../database/vector-indexes.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { VectorUse } from './vector-use.ts';

/** Four million vectors on a busy machine. The server goes on where a process stops waiting. */
const timeLimitMs = 14_400_000;

const isManyVectors =
	'select count(*) > $2 as many from (select from ccb_knowledge.chunk_vectors where model_id = $1 limit $2 + 1) as vector';
/** Of any table: whose it is may be hidden. Left behind by a process that is gone, too. */
const isBuilding = 'select exists (select from pg_stat_progress_create_index where datname = current_database()) as building';
const readSchema = `select extnamespace::regnamespace::text as schema from pg_extension where extname = 'vector'`;

export interface IndexVectorsDependencies {
	database: Pick<Database, 'queryAsLibrarian'>;
	/** As of `Database`. */
	maintain: NonNullable<Database['maintain']>;
	use: Pick<VectorUse, 'searchable' | 'target'>;
	/** Where more vectors of a model are; `mostUnindexed` unless given. */
	beyond?: number;
}

export function createIndexVectorsJob({ database, maintain, use, beyond = mostUnindexed }: IndexVectorsDependencies): JobDefinition {
	const { queryAsLibrarian: query } = database;

	/** Statements by name. */
	async function wanted(): Promise<Map<string, string>> {
		const [found] = await query<{ schema: string }>(readSchema);
		const statements = new Map<string, string>();
		for (const model of [await use.searchable(), await use.target()]) {
			if (found === undefined || model === null || model.dimensions > mostIndexedDimensions) continue;
			const [counted] = await query<{ many: boolean }>(isManyVectors, [model.modelId, beyond]);
			if (!counted?.many) continue;
			for (const language of indexedLanguages)
				statements.set(vectorIndexName(model.modelId, language), createVectorIndex(found.schema, model, language));
		}
		return statements;
	}

	return {
		name: 'index-vectors',
		data: z.object({}),
		// Two at once would wait for each other.
		key: () => '',
		everyMs: 300_000,
		timeLimitMs,
		async run(_data, { signal }) {
			const [now] = await query<{ building: boolean }>(isBuilding);
			if (now?.building) return;
			const statements = await wanted();
			const there = await query<{ name: string; isWhole: boolean }>(readVectorIndexes);
			const useless = there.filter(({ name, isWhole }) => !isWhole || !statements.has(name));
			const whole = new Set(there.filter((index) => !useless.includes(index)).map(({ name }) => name));
			const missing = [...statements].flatMap(([name, statement]) => (whole.has(name) ? [] : [statement]));
			for (const statement of [...useless.map(({ name }) => dropVectorIndex(name)), ...missing]) await maintain(statement, signal);
		},
	};
}
