/** What the facts about Redis mean. */

import { toBotError } from '#src/errors.ts';
import { inspectRedis, type RedisFacts } from '#src/redis/inspect.ts';
import type { RedisFinding } from './finding.ts';

/** Budgets are counted by a script that wants the effects replicated, which older ones do not do by themselves. */
const leastMajor = 6;
/** Redis' own words for a missing or wrong password. */
const loginRefusals = new Set(['NOAUTH', 'WRONGPASS']);

/** @param url Null when none is configured. @throws BotError `CANCELLED`. */
export async function diagnoseRedis(url: string | null, signal: AbortSignal): Promise<RedisFinding[]> {
	if (url === null) return [{ level: 'good', code: 'no-redis' }];
	const place = new URL(url).host;
	try {
		return judgeRedis(place, await inspectRedis(url, signal));
	} catch (thrown) {
		const { code, reason = '' } = toBotError(thrown);
		if (code !== 'STORE_UNAVAILABLE') throw thrown;
		return [{ level: 'bad', code: loginRefusals.has(reason) ? 'redis-refuses-login' : 'redis-unreachable', place, reason }];
	}
}

/** Pure. */
export function judgeRedis(place: string, { version, major, refused }: RedisFacts): RedisFinding[] {
	if (refused !== null) return [{ level: 'bad', code: 'redis-refuses', place, ...refused }];
	if (version === null || major === null) return [{ level: 'warning', code: 'redis-version-unknown', place }];
	return [major < leastMajor ? { level: 'bad', code: 'redis-old', place, version } : { level: 'good', code: 'redis', place, version }];
}
