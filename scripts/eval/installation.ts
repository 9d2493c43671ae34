/** The database and the models that the settings name, opened to evaluate answers with them. */

import { systemClock } from '#src/clock.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import type { UserRole } from '#src/database/roles.ts';
import { nobodyId } from '#src/database/transaction.ts';
import { createQuestionVectors } from '#src/knowledge/search/question-vectors.ts';
import { createKnowledgeSearch } from '#src/knowledge/search/search.ts';
import { createVectorUse, type SearchableModel } from '#src/knowledge/vectors/vector-use.ts';
import { silentLogger } from '#src/log.ts';
import { isSameModel } from '#src/models/model-name.ts';
import type { ModelPool } from '#src/models/model-pool.ts';
import { openModels } from '#src/models/open-models.ts';
import type { Settings } from '#src/settings/settings.ts';
import { type AnsweringParts, promptVersion } from './answering.ts';
import type { Run } from './run-file.ts';

export interface Installation extends AsyncDisposable {
	database: Database;
	parts: AnsweringParts;
	/** Whether questions are compared by vectors, too. */
	hasVectors: boolean;
	/** What answers may change with. @throws BotError as `Database.queryAsLibrarian`; `CANCELLED`. */
	describe(): Promise<Run['with']>;
}

export interface InstallationOptions {
	settings: Settings;
	role: UserRole;
	signal: AbortSignal;
}

/** @throws BotError as `openDatabase`. */
export async function openInstallation({ settings, role, signal }: InstallationOptions): Promise<Installation> {
	const { database: place, administration, knowledge, locale } = settings;
	const database = await openDatabase({ ...place, audit: administration.audit, logger: silentLogger });
	// Beside a running program everybody who asks goes first, over all processes.
	const redisUrl = place.url === null ? null : settings.redis.url;
	const models = openModels({ ...settings.models, redisUrl, processId: `eval-${process.pid}`, logger: silentLogger });
	models.start();
	const close = async () => {
		await models.stop();
		await database.close();
	};
	try {
		const use = database.keepsVectors ? createVectorUse(database) : null;
		const searchable = (await use?.searchable()) ?? null;
		await warmUp(models, searchable, signal);
		const search = createKnowledgeSearch({
			database,
			embed: createQuestionVectors({ models, use }),
			clock: systemClock,
			log: silentLogger,
		});
		const documents = knowledge.use === 'only' ? 'only' : 'prefer';
		const asker = { userId: nobodyId, role };
		const parts: AnsweringParts = { search, models, asker, use: documents, timeZone: locale.timeZone, signal };
		const describe = async () => ({
			...{ model: models.model, digest: await digestOf(models, signal), prompt: promptVersion(parts) },
			...{ documents: await indexVersions(database), embedding: shownEmbedding(searchable) },
			role,
		});
		return { database, parts, hasVectors: searchable !== null, describe, [Symbol.asyncDispose]: close };
	} catch (thrown) {
		await close();
		throw thrown;
	}
}

/** A question waits three seconds for its vector, and the first would wait in vain for a model that comes into memory. */
async function warmUp(models: Pick<ModelPool, 'embed'>, searchable: SearchableModel | null, signal: AbortSignal): Promise<void> {
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
