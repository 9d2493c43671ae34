/** Vectors of a bench's passages, by the model that the settings name, as ingestion makes them. */

import { systemClock } from '#src/clock.ts';
import type { Database } from '#src/database/database.ts';
import { measureNoise } from '#src/knowledge/search/noise.ts';
import { createQuestionVectors } from '#src/knowledge/search/question-vectors.ts';
import type { SearchDependencies } from '#src/knowledge/search/search.ts';
import { createVectorFilling } from '#src/knowledge/vectors/fill-vectors.ts';
import { createVectorStore } from '#src/knowledge/vectors/vector-store.ts';
import { createVectorUse } from '#src/knowledge/vectors/vector-use.ts';
import { silentLogger } from '#src/log.ts';
import { openModels } from '#src/models/open-models.ts';
import { readSettings } from '#src/settings/settings.ts';

export interface OpenVectors extends AsyncDisposable {
	/** What makes them, for people. */
	name: string;
	embed: SearchDependencies['embed'];
}

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
	const use = createVectorUse(database);
	const { identity } = await models.embed({ texts: ['passage'], purpose: 'passage', priority: 'background' }, signal);
	const modelId = identity === null ? null : await use.aim(identity, null);
	if (identity === null || modelId === null) throw new Error('the model makes no vectors');
	const observer = { stage: () => {}, indexed: () => {}, declined: () => {}, embedded: () => {} };
	const filling = createVectorFilling({ vectors, models, clock: systemClock, observer });
	await filling.fill({ ...identity, modelId }, { untilMs: Number.POSITIVE_INFINITY, signal });
	const noise = await measureNoise(models, vectors, { ...identity, modelId }, signal);
	await database.asLibrarian((transaction) => use.switchTo(transaction, modelId, noise));
	return {
		name: `with vectors of ${embeddingModel}`,
		embed: createQuestionVectors({ models, use }),
		async [Symbol.asyncDispose]() {
			await models.stop();
		},
	};
}
