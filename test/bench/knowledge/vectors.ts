/** Vectors of a bench's passages, by the model that the settings name, as ingestion makes them. */

import type { Database } from '#src/database/database.ts';
import { createVectorStore } from '#src/knowledge/documents/vector-store.ts';
import { measureNoise } from '#src/knowledge/search/noise.ts';
import { createQuestionVectors } from '#src/knowledge/search/question-vectors.ts';
import type { SearchDependencies } from '#src/knowledge/search/search.ts';
import { silentLogger } from '#src/log.ts';
import { openModels } from '#src/models/open-models.ts';
import { readSettings } from '#src/settings/settings.ts';

export interface OpenVectors extends AsyncDisposable {
	/** What makes them, for people. */
	name: string;
	embed: SearchDependencies['embed'];
}

const batch = 64;

/** @throws BotError as `LanguageModels.embed`: a bench that names a model means it. */
export async function openVectors(database: Database, signal: AbortSignal): Promise<OpenVectors> {
	const settings = readSettings(process.env).models;
	const { embeddingModel } = settings;
	if (embeddingModel === null || !database.keepsVectors) {
		return { name: 'by words alone', embed: async () => null, async [Symbol.asyncDispose]() {} };
	}
	const models = openModels({ ...settings, redisUrl: null, processId: 'bench', logger: silentLogger });
	models.start();
	const vectors = createVectorStore(database);
	let modelId: number | null = null;
	for (let after = 0; ; ) {
		const chunks = await vectors.unembedded(modelId ?? 0, after, batch);
		const last = chunks.at(-1);
		if (last === undefined) break;
		const made = await models.embed({ texts: chunks.map(({ text }) => text), purpose: 'passage', priority: 'background' }, signal);
		if (made.identity === null) throw new Error('no passage got a vector');
		modelId ??= await vectors.modelId(made.identity);
		const kept = chunks.flatMap(({ chunkId }, at) => {
			const vector = made.vectors[at];
			return vector === undefined || typeof vector === 'string' ? [] : [{ chunkId, vector }];
		});
		await vectors.keep(modelId, kept);
		after = last.chunkId;
	}
	const identity = models.embeddingIdentity();
	if (modelId !== null && identity !== null) {
		await vectors.complete(modelId, await measureNoise(models, vectors, { modelId, ...identity }, signal));
	}
	return {
		name: `with vectors of ${embeddingModel}`,
		embed: createQuestionVectors({ models, vectors }),
		async [Symbol.asyncDispose]() {
			await models.stop();
		},
	};
}
