/** Whether the bot can act: a token is asked for until there is one, so that a wrong secret is a health state and not a crash. */

import type { Clock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import { repeatUntilDone } from '#src/waiting.ts';
import type { Credentials } from './credentials.ts';

export interface TeamsConnection {
	/** Begins to ask and keeps asking with growing pauses, at most a minute apart. */
	start(): void;
	stop(): void;
	health(): PlatformHealth;
	/** The same credentials, watched: a secret that expires while the program runs is a health state too. */
	credentials: Credentials;
}

const pauses = { firstMs: 1_000, mostMs: 60_000 };

export function createConnection(deps: {
	credentials: Credentials;
	clock: Clock;
	onChange: (health: PlatformHealth) => void;
}): TeamsConnection {
	const stopped = new AbortController();
	let health: PlatformHealth = { state: 'starting', reason: 'waiting for a token of the bot' };

	async function connect(): Promise<void> {
		await repeatUntilDone(ask, { ...pauses, clock: deps.clock, signal: stopped.signal });
	}

	/** True when there was a token. */
	async function ask(): Promise<boolean> {
		try {
			await deps.credentials.token('connector', stopped.signal);
			change({ state: 'up' });
		} catch (thrown) {
			if (!stopped.signal.aborted) change({ state: 'down', reason: explain(toBotError(thrown)) });
		}
		return health.state === 'up';
	}

	/** Asks from the beginning, unless somebody is at it already. */
	function lose(error: BotError): void {
		if (health.state !== 'up') return;
		change({ state: 'down', reason: explain(error) });
		void connect();
	}

	function change(next: PlatformHealth): void {
		if (health.state === next.state && health.reason === next.reason) return;
		health = next;
		deps.onChange(health);
	}

	return {
		start: () => void connect(),
		stop: () => stopped.abort(),
		health: () => health,
		credentials: {
			...deps.credentials,
			token: (scope, signal) =>
				deps.credentials.token(scope, signal).catch((thrown: unknown) => {
					const error = toBotError(thrown);
					if (scope === 'connector' && error.code === 'PLATFORM_REJECTED') lose(error);
					throw error;
				}),
		},
	};
}

function explain(error: BotError): string {
	if (error.code === 'PLATFORM_REJECTED') {
		return `Entra refused the bot's credentials (${error.reason}): check TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_APP_TYPE and TEAMS_TENANT_ID`;
	}
	return `${error.message}: check TEAMS_LOGIN_URL and the way to it`;
}
