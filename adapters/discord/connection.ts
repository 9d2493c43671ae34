/** Who we are on Discord: asked until Discord answers, so that a bad token is a health state and not a crash. */

import type { Clock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import { repeatUntilDone } from '#src/waiting.ts';
import type { DiscordCall } from './client.ts';
import { asId, asObject } from './json.ts';

export interface DiscordConnection {
	/** Begins to ask and keeps asking with growing pauses, at most a minute apart. Resolves when Discord has answered, or at `stop`. */
	start(): Promise<void>;
	/** A call was refused as coming from nobody: asks again. */
	doubt(): void;
	stop(): void;
	/** Empty until Discord has answered. */
	botUserId(): string;
	health(): PlatformHealth;
}

const pauses = { firstMs: 1_000, mostMs: 60_000 };

export function createConnection(deps: { call: DiscordCall; clock: Clock; onChange: () => void }): DiscordConnection {
	const stopped = new AbortController();
	let botUserId = '';
	let health: PlatformHealth = { state: 'starting', reason: 'waiting for Discord to say who we are' };

	let asking: Promise<unknown> | null = null;

	/** True when Discord answered. */
	async function ask(): Promise<boolean> {
		try {
			const user = asObject(await deps.call('get current user', { method: 'GET', route: '/users/@me' }, stopped.signal));
			botUserId = asId(user['id']);
			health = { state: 'up' };
		} catch (thrown) {
			health = { state: 'down', reason: explain(toBotError(thrown)) };
		}
		if (!stopped.signal.aborted) deps.onChange();
		return health.state === 'up';
	}

	async function start(): Promise<void> {
		asking ??= repeatUntilDone(ask, { ...pauses, clock: deps.clock, signal: stopped.signal }).finally(() => {
			asking = null;
		});
		await asking;
	}

	return {
		start,
		doubt: () => void start(),
		stop: () => stopped.abort(),
		botUserId: () => botUserId,
		health: () => health,
	};
}

function explain(error: BotError): string {
	if (error.reason === 'unauthorised') {
		return 'Discord refused DISCORD_BOT_TOKEN: press "Reset Token" on the page "Bot" of the application in the developer portal, and take the new one';
	}
	return `${error.message}: check DISCORD_API_URL and the way to it`;
}
