/** Who we are in the workspace: asked with `auth.test` until Slack answers, so that a bad token is a health state and not a crash. */

import type { Clock } from '#src/clock.ts';
import { BotError, toBotError } from '#src/errors.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import { textOf } from '#src/platform/untrusted-json.ts';
import { repeatUntilDone } from '#src/waiting.ts';
import type { SlackAnswer, SlackCall } from './client.ts';
import { credentialErrors } from './errors.ts';
import { readId } from './id.ts';

export interface SlackIdentity {
	teamId: string;
	botUserId: string;
	botId: string;
	/** Where people open our workspace, `https://example.slack.com/`: links to messages begin with it. */
	url?: string;
	/** Of the company, where our workspace is one of several in an Enterprise Grid. */
	enterpriseId?: string;
	/** The others of them, as far as they are known (`enterprise.ts`). */
	sisterTeams?: ReadonlySet<string>;
}

export interface SlackConnection {
	/** Begins to ask and keeps asking with growing pauses, at most a minute apart. */
	start(): void;
	stop(): void;
	/** Null until Slack has answered. */
	identity(): SlackIdentity | null;
	health(): PlatformHealth;
}

const pauses = { firstMs: 1_000, mostMs: 60_000 };

export function createConnection(deps: { call: SlackCall; clock: Clock; onChange: (health: PlatformHealth) => void }): SlackConnection {
	const stopped = new AbortController();
	let identity: SlackIdentity | null = null;
	let health: PlatformHealth = { state: 'starting', reason: 'waiting for Slack to answer auth.test' };

	/** True when Slack answered. */
	async function ask(): Promise<boolean> {
		try {
			identity = readIdentity(await deps.call('auth.test', {}, stopped.signal));
			change({ state: 'up' });
		} catch (thrown) {
			change({ state: 'down', reason: explain(toBotError(thrown)) });
		}
		return health.state === 'up';
	}

	function change(next: PlatformHealth): void {
		if (health.state === next.state && health.reason === next.reason) return;
		health = next;
		deps.onChange(health);
	}

	return {
		start: () => void repeatUntilDone(ask, { ...pauses, clock: deps.clock, signal: stopped.signal }),
		stop: () => stopped.abort(),
		identity: () => identity,
		health: () => health,
	};
}

function readIdentity(answer: SlackAnswer): SlackIdentity {
	const enterpriseId = readId(answer['enterprise_id']);
	return {
		teamId: String(answer['team_id']),
		botUserId: String(answer['user_id']),
		botId: String(answer['bot_id']),
		url: textOf(answer['url']),
		...(enterpriseId === '' ? {} : { enterpriseId }),
	};
}

/** For whatever cannot be judged without knowing who we are. @throws BotError `PLATFORM_UNAVAILABLE`, always. */
export function notConnected(): never {
	throw new BotError('PLATFORM_UNAVAILABLE', 'Slack has not told yet who we are, so nobody can be told apart', { retryable: true });
}

function explain(error: BotError): string {
	const word = error.reason ?? '';
	if (credentialErrors.has(word)) {
		return `Slack refused SLACK_BOT_TOKEN (${word}): copy the Bot User OAuth Token from the app's "OAuth & Permissions" page`;
	}
	return `${error.message}: check SLACK_API_URL and the way to it`;
}
