/** How the room of sessions is put together. */

import { expect, it } from 'vitest';
import { openLimits } from '#src/limits/open-limits.ts';
import { createSessions, type SessionsDependencies } from '#src/sessions/create-sessions.ts';

const notAsked = (): never => {
	throw new Error('not asked here');
};

it('looks people up among its own sessions and tokens, whatever else of such a name it is given', async () => {
	const asked: string[] = [];
	const found = async (sql: string) => {
		asked.push(sql);
		return [];
	};
	const limits = openLimits({
		redisUrl: null,
		standard: { requestsPerMinute: 20, tokensPerDay: 500_000, repliesInFlight: 10 },
		observeRefusal: () => {},
	});
	// The settings of the web have a part called so: whoever hands on all of them hands it on too.
	const settings = { publicUrl: 'https://bot.example.com', sessions: { idleHours: 12, mostDays: 7 }, tokens: {}, signIn: {} };
	const { signedIn } = createSessions({
		...settings,
		...{ limits: settings.sessions, requests: limits.requests, hasPasswords: false, platforms: new Map() },
		...{ identities: { resolve: notAsked }, clock: { now: () => 0 }, returnPath: () => '/' },
		database: { keyFor: () => Buffer.alloc(32), queryAsRegistrar: found },
	} as unknown as SessionsDependencies);
	expect(await signedIn.byToken('unknown', AbortSignal.timeout(1_000))).toBeNull();
	expect(asked).toEqual([expect.stringContaining('web_sessions')]);
	await limits.close();
});
