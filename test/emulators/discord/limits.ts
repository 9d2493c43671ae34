/** The rate limits of the REST API: a bucket per route and channel, one for the whole bot, and one for old messages (page "Rate Limits"). */

import { createHash } from 'node:crypto';

export interface RateRule {
	limit: number;
	windowMs: number;
}

/** Where a call stands in its bucket. */
export interface BucketState {
	/** Opaque name of the bucket, for `X-RateLimit-Bucket`. */
	name: string;
	limit: number;
	remaining: number;
	/** Until the bucket is full again. */
	resetAfterMs: number;
	isExceeded: boolean;
}

export interface Limiter {
	/** Counts a call in the bucket of its kind; `major` is the channel, guild or interaction token. Refused calls do not count. */
	take(operation: string, major: string): BucketState | null;
	/** Counts a call of the whole bot. Gives null when it is within the limit, else how long to wait. */
	takeGlobal(): number | null;
	/** Counts an edit of a message that is more than an hour old. Gives null when it is within the limit, else how long to wait. */
	takeOldEdit(channelId: string): number | null;
	forget(): void;
}

/**
 * Discord publishes no numbers for single routes. Five in five seconds per channel is what bots observe for creating and for editing
 * messages, each counted by itself (discord-api-docs #4413, Discord.Net #2375).
 */
const perChannel: RateRule = { limit: 5, windowMs: 5_000 };

/** Numbers of the emulator, for routes that nobody has measured in public. */
const ordinary: RateRule = { limit: 10, windowMs: 5_000 };
const seldom: RateRule = { limit: 5, windowMs: 20_000 };

/** "Global Rate Limit": 50 requests per second. */
const globalRule: RateRule = { limit: 50, windowMs: 1_000 };

/** Error 30046; three in twenty seconds is what bots observe (circuitsacul/starboard-4 #118). */
const oldEditRule: RateRule = { limit: 3, windowMs: 20_000 };

const rules: Readonly<Record<string, RateRule>> = {
	'create-message': perChannel,
	'edit-message': perChannel,
	'delete-message': perChannel,
	typing: perChannel,
	'create-follow-up': perChannel,
	'edit-original': perChannel,
	'edit-follow-up': perChannel,
	'set-global-commands': seldom,
	'set-guild-commands': seldom,
};

/** Creates the limiter: `true` for the rules above, `false` for none, or rules that replace those of single kinds of calls. */
export function createLimiter(setting: boolean | Readonly<Record<string, RateRule>>, now: () => number): Limiter {
	const effective = typeof setting === 'object' ? { ...rules, ...setting } : rules;
	const buckets = new Map<string, { startMs: number; used: number }>();
	const take = (key: string, rule: RateRule) => {
		const known = buckets.get(key);
		const bucket = known !== undefined && now() < known.startMs + rule.windowMs ? known : { startMs: now(), used: 0 };
		buckets.set(key, bucket);
		const isExceeded = bucket.used >= rule.limit;
		if (!isExceeded) bucket.used += 1;
		return { isExceeded, remaining: rule.limit - bucket.used, resetAfterMs: bucket.startMs + rule.windowMs - now() };
	};
	const waitOf = (key: string, rule: RateRule) => {
		const { isExceeded, resetAfterMs } = take(key, rule);
		return isExceeded ? resetAfterMs : null;
	};
	return {
		take(operation, major) {
			if (setting === false || unlimited.has(operation)) return null;
			const rule = effective[operation] ?? ordinary;
			const name = createHash('md5').update(operation).digest('hex');
			return { name, limit: rule.limit, ...take(`${operation}:${major}`, rule) };
		},
		takeGlobal: () => (setting === false ? null : waitOf('global', globalRule)),
		takeOldEdit: (channelId) => (setting === false ? null : waitOf(`old:${channelId}`, oldEditRule)),
		forget: () => buckets.clear(),
	};
}

/** The first answer to an interaction can be given once only, so nothing else rations it. */
const unlimited: ReadonlySet<string> = new Set(['answer-interaction', 'unknown']);
