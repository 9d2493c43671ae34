/** Looks at the configured Redis as the program would use it: one connection, one of each kind of command, one key that goes by itself. */

import { randomUUID } from 'node:crypto';
import { BotError } from '../errors.ts';
import { onAbort } from '../waiting.ts';
import { answerOf, createRedisConnection, type RedisConnection, reasonOf, unavailable } from './connection.ts';

export interface RedisFacts {
	/** Such as `7.0.15`; null when the login may not ask. */
	version: string | null;
	major: number | null;
	/** The first command of those that the program needs that is refused, with Redis' own word for it; null when all are allowed. */
	refused: { command: string; reason: string } | null;
}

/** Far above what a healthy Redis needs: here somebody wants to know why it does not answer. */
const answerWithinMs = 3_000;
const keyLivesMs = 1_000;

/**
 * @param url `redis://…` or `rediss://…`
 * @throws BotError `STORE_UNAVAILABLE` when there is no connection, with the socket's code or Redis' own word in `reason`; `CANCELLED`.
 */
export async function inspectRedis(url: string, signal: AbortSignal): Promise<RedisFacts> {
	let lastReason = 'NOT_CONNECTED';
	const redis = createRedisConnection(url, (error) => {
		lastReason = reasonOf(error);
	});
	const abandon = () => redis.disconnect();
	const forget = onAbort(signal, abandon);
	try {
		// It goes on trying by itself; one attempt is enough here.
		await answerOf(redis.connect(), answerWithinMs).catch(() => {});
		if (redis.status !== 'ready') throw unavailable(lastReason);
		return { ...(await readVersion(redis)), refused: await findRefused(redis) };
	} catch (error) {
		throw signal.aborted ? new BotError('CANCELLED', 'Redis was not waited for') : error;
	} finally {
		forget();
		redis.disconnect();
	}
}

async function readVersion(redis: RedisConnection): Promise<Pick<RedisFacts, 'version' | 'major'>> {
	const answer = await answerOf(redis.info('server'), answerWithinMs).catch(() => '');
	const version = /^redis_version:(\d+)(\S*)/m.exec(answer);
	return version === null ? { version: null, major: null } : { version: `${version[1]}${version[2]}`, major: Number(version[1]) };
}

async function findRefused(redis: RedisConnection): Promise<RedisFacts['refused']> {
	const key = `doctor:${randomUUID()}`;
	const commands: [string, () => Promise<unknown>][] = [
		['SET', () => redis.set(key, '1', 'PX', keyLivesMs)],
		['GET', () => redis.get(key)],
		['DEL', () => redis.del(key)],
		['EVAL', () => redis.eval('return 1', 0)],
		['PUBLISH', () => redis.publish(`ccb:${key}`, '')],
	];
	for (const [command, call] of commands) {
		try {
			await answerOf(call(), answerWithinMs);
		} catch (error) {
			return { command, reason: reasonOf(error) };
		}
	}
	return null;
}
