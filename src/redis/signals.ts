/** Messages between processes over Redis: own listeners hear at once, those of other processes by way of Redis. */

import type { Redis } from 'ioredis';
import type { Logger } from '../log.ts';
import { ANSWER_WITHIN_MS, answerOf, KEY_PREFIX, reasonOf } from './connection.ts';
import type { Listeners } from './listeners.ts';

/** Separates the sender from the message. */
const SEPARATOR = '\n';

/** The port to signals between processes. */
export interface Signals {
	/**
	 * Tells every process that subscribed to `channel`, this one included. Lost for those that are not listening. Over Redis it rejects like any
	 * command when that is away; the listeners of this process have been told even so.
	 */
	publish(channel: string, message: string): Promise<void>;
	/** Resolves when other processes can reach the listener, or at once when Redis is away. Never rejects. */
	subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
}

export interface RedisSignalsParts {
	/** Publishes on the connection for commands; rejects when it is away. */
	send(redisChannel: string, payload: string): Promise<unknown>;
	/** A connection of its own: one that has subscribed can do nothing else. */
	subscriber: Redis;
	subscriptions: Listeners;
	origin: string;
	logger: Logger;
}

/**
 * `origin` is this process's own name: what comes back from Redis under it is dropped, for it was delivered here already. So a lost
 * connection never keeps a message from its own process, nor does a late answer bring it twice.
 */
export function createRedisSignals({ send, subscriber, subscriptions, origin, logger }: RedisSignalsParts): Signals {
	subscriber.on('message', (redisChannel: string, payload: string) => {
		const end = payload.indexOf(SEPARATOR);
		if (end === -1 || payload.slice(0, end) === origin) return;
		subscriptions.deliver(redisChannel.slice(KEY_PREFIX.length), payload.slice(end + SEPARATOR.length));
	});
	subscriber.on('ready', () => {
		const names = subscriptions.names().map(redisName);
		if (names.length > 0) void whenPossible(() => subscriber.subscribe(...names));
	});

	/** Nothing is lost without a connection: when there is one again, every channel is followed anew. */
	async function whenPossible(command: () => Promise<unknown>): Promise<void> {
		if (subscriber.status !== 'ready') return;
		try {
			await answerOf(command(), ANSWER_WITHIN_MS);
		} catch (error) {
			logger.warn({ reason: reasonOf(error) }, 'Redis did not confirm which channels this process follows');
		}
	}

	return {
		async publish(channel, message) {
			subscriptions.deliver(channel, message);
			await send(redisName(channel), `${origin}${SEPARATOR}${message}`);
		},
		async subscribe(channel, listener) {
			const remove = subscriptions.add(channel, listener);
			await whenPossible(() => subscriber.subscribe(redisName(channel)));
			return async () => {
				remove();
				if (!subscriptions.has(channel)) await whenPossible(() => subscriber.unsubscribe(redisName(channel)));
			};
		},
	};
}

/** The client puts its prefix before keys only. */
function redisName(channel: string): string {
	return `${KEY_PREFIX}${channel}`;
}
