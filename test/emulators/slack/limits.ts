/** The rate limits of the Web API, counted as sliding windows. */

export interface RateRule {
	limit: number;
	windowMs: number;
	/** Whose calls count together. */
	scope: 'workspace' | 'channel';
	/** How many calls may come at once as long as the long-run rate stays within limit / windowMs. Without it the window is exact. */
	burst?: number;
	/** What all channels may be together besides. */
	together?: Omit<RateRule, 'scope' | 'burst' | 'together'>;
}

export interface Limiter {
	/** Counts one call. Gives null when it is within the limits, else the seconds for `Retry-After`. Refused calls do not count. */
	take(method: string, channel: string): number | null;
	forget(): void;
}

const minuteMs = 60_000;
const tier = (limit: number): RateRule => ({ limit, windowMs: minuteMs, scope: 'workspace' });
/** Slack promises "1+, 20+, 50+, 100+ per minute" (page "Rate limits"); the emulator grants exactly the promise. */
const tier2 = tier(20);
const tier3 = tier(50);
const tier4 = tier(100);
/** "Special" methods take hundreds of calls per minute (page "Rate limits"); 600 is the emulator's reading of it. */
const special = tier(600);

/**
 * "Rate limits": chat.postMessage allows one message per second per channel and tolerates short bursts. How long they may be is not
 * written; the emulator lets 5 pass, which is more than our own pacing ever uses. The workspace takes "several hundred messages per minute"
 * besides ("chat.postMessage", rate limiting); the emulator's reading of it is 300.
 */
const postMessage: RateRule = {
	limit: 1,
	windowMs: 1_000,
	scope: 'channel',
	burst: 5,
	together: { limit: 300, windowMs: minuteMs },
};

const rules: Readonly<Record<string, RateRule>> = {
	'agents.sessions.rename': tier3,
	'agents.sessions.setStatus': tier3,
	'apps.connections.open': tier3,
	'assistant.threads.setStatus': special,
	'assistant.threads.setSuggestedPrompts': tier4,
	'assistant.threads.setTitle': tier4,
	'auth.test': special,
	'bots.info': tier3,
	'chat.appendStream': tier4,
	'chat.delete': tier3,
	'chat.getPermalink': special,
	'chat.postEphemeral': tier4,
	'chat.postMessage': postMessage,
	'chat.startStream': tier2,
	'chat.stopStream': tier2,
	'chat.update': tier3,
	'conversations.history': tier3,
	'conversations.info': tier3,
	'conversations.members': tier4,
	'conversations.open': tier3,
	'conversations.replies': tier3,
	'files.completeUploadExternal': tier4,
	'files.getUploadURLExternal': tier4,
	'files.info': tier4,
	'reactions.add': tier3,
	'reactions.remove': tier2,
	'usergroups.list': tier2,
	'usergroups.users.list': tier2,
	'users.info': tier4,
	'users.list': tier2,
	'views.open': tier4,
	'views.publish': tier4,
	'views.update': tier4,
};

/** Creates the limiter: `true` for Slack's own rules, `false` for none, or rules that replace Slack's for single methods. */
export function createLimiter(setting: boolean | Readonly<Record<string, RateRule>>, now: () => number): Limiter {
	const effective = typeof setting === 'object' ? { ...rules, ...setting } : rules;
	const counters = new Map<string, number[]>();
	return {
		take(method, channel) {
			const rule = setting === false ? undefined : effective[method];
			if (rule === undefined) return null;
			const { together } = rule;
			const parts = [
				{ key: rule.scope === 'channel' ? `${method}:${channel}` : method, rule },
				...(together === undefined ? [] : [{ key: `${method} together`, rule: { ...together, scope: 'workspace' as const } }]),
			];
			const decisions = parts.map((part) => ({ ...part, ...decide(counters.get(part.key) ?? [], part.rule, now()) }));
			const waitMs = Math.max(...decisions.map((decision) => decision.waitMs ?? 0));
			if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000));
			for (const { key, calls } of decisions) counters.set(key, calls);
			return null;
		},
		forget: () => counters.clear(),
	};
}

interface Decision {
	calls: number[];
	waitMs: number | null;
}

function decide(calls: number[], rule: RateRule, nowMs: number): Decision {
	return rule.burst === undefined ? takeFromWindow(calls, rule, nowMs) : takeFromBucket(calls, rule, nowMs);
}

/** `calls` are the times of the calls that still count, oldest first. */
function takeFromWindow(calls: number[], rule: RateRule, nowMs: number): Decision {
	const counting = calls.filter((atMs) => atMs > nowMs - rule.windowMs);
	if (counting.length < rule.limit) return { calls: [...counting, nowMs], waitMs: null };
	return { calls: counting, waitMs: (counting[counting.length - rule.limit] ?? nowMs) + rule.windowMs - nowMs };
}

/** `calls` holds one number: the time up to which the long-run rate is used up (generic cell rate algorithm). */
function takeFromBucket(calls: number[], rule: RateRule, nowMs: number): Decision {
	const intervalMs = rule.windowMs / rule.limit;
	const usedUpToMs = Math.max(calls[0] ?? nowMs, nowMs);
	const waitMs = usedUpToMs - nowMs - intervalMs * ((rule.burst ?? 1) - 1);
	return waitMs > 0 ? { calls: [usedUpToMs], waitMs } : { calls: [usedUpToMs + intervalMs], waitMs: null };
}
