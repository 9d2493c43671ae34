/** What an evaluation asks with, and what its answers may change with. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { UserRole } from '../database/roles.ts';
import { nobodyId } from '../database/transaction.ts';
import { createQuestionVectors } from '../knowledge/search/question-vectors.ts';
import { createKnowledgeSearch } from '../knowledge/search/search.ts';
import { createVectorUse, type SearchableModel } from '../knowledge/vectors/vector-use.ts';
import type { Logger } from '../log.ts';
import { isSameModel } from '../models/model-name.ts';
import type { LanguageModels, ModelPool } from '../models/model-pool.ts';
import { type EvaluationParts, promptVersion } from './answering.ts';
import type { EvaluationRun } from './run.ts';

export interface PreparationDependencies extends Pick<EvaluationParts, 'use' | 'timeZone'> {
	database: Database;
	models: LanguageModels & Pick<ModelPool, 'installed'>;
	clock: Clock;
	logger: Pick<Logger, 'warn'>;
}

export interface Preparation {
	parts: EvaluationParts;
	/** Whether questions are compared by vectors, too. */
	hasVectors: boolean;
	/** Brings the model for vectors into memory. @throws BotError `CANCELLED`. */
	warmUp(): Promise<void>;
	/** What answers may change with. @throws BotError as `Database.queryAsLibrarian`; `CANCELLED`. */
	describe(): Promise<EvaluationRun['with']>;
}

/** @param role in which everything is searched. @throws BotError as `Database.queryAsLibrarian`; `CANCELLED`. */
export async function prepareEvaluation(deps: PreparationDependencies, role: UserRole, signal: AbortSignal): Promise<Preparation> {
	const { database, models, use, timeZone, clock, logger } = deps;
	const vectorUse = database.keepsVectors ? createVectorUse(database) : null;
	const searchable = (await vectorUse?.searchable()) ?? null;
	const search = createKnowledgeSearch({ database, embed: createQuestionVectors({ models, use: vectorUse }), clock, log: logger });
	const parts: EvaluationParts = { search, models, asker: { userId: nobodyId, role }, use, timeZone, signal };
	return {
		parts,
		hasVectors: searchable !== null,
		warmUp: () => warmUp(models, searchable, signal),
		describe: async () => ({
			...{ model: models.model, digest: await digestOf(models, signal), prompt: promptVersion(parts) },
			...{ documents: await indexVersions(database), embedding: shownEmbedding(searchable) },
			role,
		}),
	};
}

/** A question waits three seconds for its vector, and the first would wait in vain for a model that comes into memory. */
async function warmUp(models: Pick<LanguageModels, 'embed'>, searchable: SearchableModel | null, signal: AbortSignal): Promise<void> {
	if (searchable === null) return;
	const { model, digest } = searchable;
	const limited = AbortSignal.any([signal, AbortSignal.timeout(mostWarmUpMs)]);
	// Where it cannot be had, questions are searched by words, and each says so.
	await models.embed({ texts: ['question'], purpose: 'query', model, digest, priority: 'background' }, limited).catch(() => {});
	signal.throwIfAborted();
}

/** Loading the largest of them from a slow disk. */
const mostWarmUpMs = 120_000;

/** Null where no host says it. */
async function digestOf(models: Pick<ModelPool, 'model' | 'installed'>, signal: AbortSignal): Promise<string | null> {
	const hosts = await models.installed(signal);
	const installed = hosts.flatMap(({ models: has }) => has ?? []).find(({ name }) => isSameModel(name, models.model));
	return installed?.digest ?? null;
}

/** Of parser, chunker and lexemes together. */
async function indexVersions(database: Database): Promise<string | null> {
	const versions = await database.queryAsLibrarian<{ version: number }>(
		`select distinct index_version as version from documents where status = 'ready' order by 1`,
	);
	return versions.length === 0 ? null : versions.map(({ version }) => version).join(', ');
}

function shownEmbedding(searchable: SearchableModel | null): string | null {
	return searchable === null ? null : `${searchable.model} ${searchable.digest} ${searchable.prefixVersion}`;
}
