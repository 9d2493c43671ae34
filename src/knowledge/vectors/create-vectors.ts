/** The vectors of passages, put together: how they are made, how one model follows another, and what administrators do about it. */

import type { JobDefinition } from '../../jobs/job.ts';
import { createEmbedChunksJob, createEmbedDueJob, type DueVectors, type EmbedChunksDependencies } from './embed-chunks-job.ts';
import { createForgetVectorsJob } from './forget-vectors-job.ts';
import { createIndexVectorsJob } from './index-vectors-job.ts';
import { createVectorOperations, type VectorOperations } from './vector-operations.ts';
import { createVectorStore } from './vector-store.ts';
import { createVectorUse } from './vector-use.ts';

export type VectorsDependencies = Omit<EmbedChunksDependencies, 'vectors' | 'use' | 'forget'>;

export interface VectorsRoom {
	/** To be left when there are new passages. Null in a database that keeps no vectors. */
	embed: JobDefinition<DueVectors> | null;
	/** As `embed`. */
	operations: VectorOperations | null;
	jobDefinitions: readonly JobDefinition[];
}

export function createVectors(deps: VectorsDependencies): VectorsRoom {
	const { database } = deps;
	if (!database.keepsVectors) return { embed: null, operations: null, jobDefinitions: [] };
	const stored = { ...deps, vectors: createVectorStore(database), use: createVectorUse(database) };
	const forget = createForgetVectorsJob(stored.vectors);
	const embed = createEmbedChunksJob({ ...stored, forget });
	const { maintain } = database;
	return {
		embed,
		operations: createVectorOperations({ ...stored, embed, forget }),
		jobDefinitions: [
			embed,
			forget,
			createEmbedDueJob({ ...deps, embed, forget }),
			...(maintain === null ? [] : [createIndexVectorsJob({ ...stored, maintain })]),
		],
	};
}
