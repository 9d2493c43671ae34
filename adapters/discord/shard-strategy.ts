/** Keeps discord.js from leaving a connection behind when it is told to close while it is connecting. */

import { SimpleShardingStrategy, WebSocketShardStatus } from 'discord.js';
import type { Clock } from '#src/clock.ts';

/**
 * A shard of @discordjs/ws (1.2.3) that is destroyed between two connections, or before the gateway's first word, connects all the same a
 * moment later, out of reach. So closing waits until the shard has arrived, or is idle for good: between two connections it is so for 500 ms.
 */
const idleForGoodMs = 1_000;
const lookEveryMs = 50;
/** A gateway that lets nobody in for so long will have closed the socket itself. */
const patienceMs = 120_000;

export function createShardStrategy(
	manager: ConstructorParameters<typeof SimpleShardingStrategy>[0],
	clock: Clock,
): SimpleShardingStrategy {
	const strategy = new SimpleShardingStrategy(manager);
	const destroy = strategy.destroy.bind(strategy);

	async function settled(): Promise<void> {
		const beganAtMs = clock.now();
		for (let idleSinceMs: number | null = null; clock.now() - beganAtMs < patienceMs; ) {
			const states = [...(await strategy.fetchStatus()).values()];
			if (states.every((state) => state === WebSocketShardStatus.Ready)) return;
			const isIdle = states.every((state) => state === WebSocketShardStatus.Idle || state === WebSocketShardStatus.Ready);
			idleSinceMs = isIdle ? (idleSinceMs ?? clock.now()) : null;
			if (idleSinceMs !== null && clock.now() - idleSinceMs >= idleForGoodMs) return;
			await clock.wait(lookEveryMs);
		}
	}

	strategy.destroy = async (options) => {
		await settled();
		await destroy(options);
	};
	return strategy;
}
