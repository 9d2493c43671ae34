/** Whether the program can do its work, part by part, and what to do about each part that cannot. */

import type { CacheState } from '../cache/cache.ts';
import type { Database } from '../database/database.ts';
import type { ModelOperations } from '../models/model-operations.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';

export interface PartState {
	/** `degraded`: works, but not as it should. */
	state: 'up' | 'degraded' | 'down' | 'starting';
	reason?: string;
}

export interface Readiness {
	/**
	 * Whether messages can be taken in, kept and answered with at least a sentence. A missing cache or model does not make it false: the
	 * bot then works slower, or tells people that the model is away, and taking it out of service would only make it silent.
	 */
	ready: boolean;
	parts: Record<string, PartState>;
}

export interface ReadinessParts {
	database: Database | null;
	/** Why there is no database yet. */
	databaseProblem: string | null;
	cache: CacheState;
	models: Pick<ModelOperations, 'status'>;
	platforms: readonly ChatPlatform[];
	/** Whether the page of the web is there; null where the web is not switched on. */
	hasPage?: boolean | null;
}

export async function readReadiness(parts: ReadinessParts): Promise<Readiness> {
	const platforms = parts.platforms.map((platform): [string, PartState] => [platform.name, platform.health()]);
	const database = await databaseState(parts);
	const ready = database.state === 'up' && platforms.every(([, { state }]) => state === 'up');
	const page = pageState(parts.hasPage ?? null);
	const shared = { database, cache: cacheState(parts.cache), models: modelState(parts.models) };
	return { ready, parts: { ...shared, ...Object.fromEntries(platforms), ...(page === null ? {} : { page }) } };
}

async function databaseState({ database, databaseProblem }: ReadinessParts): Promise<PartState> {
	if (database === null) return { state: 'down', reason: databaseProblem ?? 'the database is being opened' };
	return await database.health();
}

function cacheState(cache: CacheState): PartState {
	if (cache.mode() !== 'degraded') return { state: 'up' };
	return { state: 'degraded', reason: 'Redis does not answer: limits count per process and are halved. Check REDIS_URL' };
}

function modelState(models: Pick<ModelOperations, 'status'>): PartState {
	const hosts = models.status();
	const problems = [...new Set(hosts.flatMap((host) => (host.reason === null ? [] : [`${host.host}: ${host.reason}`])))];
	if (hosts.every((host) => host.state === 'up')) return { state: 'up' };
	if (hosts.some((host) => host.state === 'up')) return { state: 'degraded', reason: problems.join('; ') };
	if (hosts.every((host) => host.state === 'unknown')) return { state: 'starting', reason: 'the model hosts have not been asked yet' };
	return { state: 'down', reason: problems.join('; ') };
}

function pageState(hasPage: boolean | null): PartState | null {
	if (hasPage === null) return null;
	return hasPage
		? { state: 'up' }
		: { state: 'degraded', reason: 'the page of the web was not built; `node scripts/build-page.mjs` does it' };
}
