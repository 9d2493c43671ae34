import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { Database, DatabaseHealth } from '#src/database/database.ts';
import { type PartState, type ReadinessParts, readReadiness } from '#src/http/readiness.ts';
import type { HostStatus } from '#src/models/model-operations.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createFakeModelPool, upHost } from '#test/fakes/model-pool.ts';

const host = (state: HostStatus['state'], reason: string | null = null): HostStatus => ({
	...upHost,
	host: `http://${state}`,
	state,
	reason,
});

describe('the program is ready', () => {
	it('when everything works', async () => {
		const { ready, parts } = await read({});
		expect(ready).toBe(true);
		expect(parts).toEqual({ database: { state: 'up' }, cache: { state: 'up' }, models: { state: 'up' }, slack: { state: 'up' } });
	});

	it.each<[string, Given, boolean]>([
		['no platform is configured', { platforms: {} }, true],
		['the model is away, for people are told so', { hosts: [host('down', 'refused')] }, true],
		['the model is missing', { hosts: [host('model-missing', 'pull it')] }, true],
		['Redis is away, for memory serves in its place', { mode: 'degraded' }, true],
		['there is no database yet', { database: null }, false],
		['the database does not answer', { database: { state: 'down', reason: 'no answer' } }, false],
		['a platform is starting', { platforms: { slack: { state: 'starting' } } }, false],
		['one of two platforms is down', { platforms: { slack: { state: 'up' }, teams: { state: 'down', reason: 'token' } } }, false],
	])('or not when %s: %j → %j', async (_name, given, ready) => {
		expect((await read(given)).ready).toBe(ready);
	});

	it.each<[string, Given, string, PartState]>([
		['the database is being opened', { database: null }, 'database', { state: 'down', reason: 'the database is being opened' }],
		['it cannot be opened', { database: null, problem: 'no rights' }, 'database', { state: 'down', reason: 'no rights' }],
		['it is away', { database: { state: 'down', reason: 'no answer' } }, 'database', { state: 'down', reason: 'no answer' }],
		['Redis is away', { mode: 'degraded' }, 'cache', { state: 'degraded', reason: expect.stringContaining('REDIS_URL') }],
		['Redis is shared', { mode: 'shared' }, 'cache', { state: 'up' }],
		['hosts are unknown', { hosts: [host('unknown')] }, 'models', { state: 'starting', reason: expect.any(String) }],
		['one host is down', { hosts: [host('up'), host('down', 'refused')] }, 'models', { state: 'degraded', reason: 'http://down: refused' }],
		[
			'no host is up',
			{ hosts: [host('down', 'refused'), host('model-missing', 'ollama pull m')] },
			'models',
			{ state: 'down', reason: 'http://down: refused; http://model-missing: ollama pull m' },
		],
		['there is no page', { hasPage: false }, 'page', { state: 'degraded', reason: expect.stringContaining('build-page.mjs') }],
		['a platform is down', { platforms: { slack: { state: 'down', reason: 'token' } } }, 'slack', { state: 'down', reason: 'token' }],
	])('and says what to do when %s', async (_name, given, part, state) => {
		expect((await read(given)).parts[part]).toEqual(state);
	});
});

interface Given {
	database?: DatabaseHealth | null;
	problem?: string;
	mode?: 'shared' | 'local' | 'degraded';
	hosts?: HostStatus[];
	platforms?: Record<string, PlatformHealth>;
	hasPage?: boolean;
}

async function read(given: Given) {
	const {
		database = { state: 'up' },
		problem = null,
		mode = 'local',
		hosts = [upHost],
		platforms = { slack: { state: 'up' } },
		hasPage = null,
	} = given;
	const parts: ReadinessParts = {
		database: database === null ? null : databaseWith(database),
		databaseProblem: problem,
		cache: { ...createMemoryCache(), mode: () => mode },
		models: Object.assign(createFakeModelPool(), { hosts }),
		platforms: Object.entries(platforms).map(([name, health]) => ({ ...createFakePlatform(), name, health: () => health })),
		hasPage,
	};
	return await readReadiness(parts);
}

function databaseWith(health: DatabaseHealth): Database {
	const notAsked = () => Promise.reject(new TypeError('readiness asks for health alone'));
	const work = {
		asUser: notAsked,
		asRegistrar: notAsked,
		asLibrarian: notAsked,
		asApp: notAsked,
		query: notAsked,
		queryFirst: notAsked,
		queryAs: notAsked,
		queryAsRegistrar: notAsked,
		queryAsLibrarian: notAsked,
	};
	return {
		kind: 'server',
		keepsVectors: true,
		keyFor: () => Buffer.alloc(0),
		...work,
		maintain: null,
		copyFiles: null,
		health: async () => health,
		close: notAsked,
	};
}
