/** Tells somebody something in their personal chat, where they were met last. */

import type { CommandResult } from '../platform/command-result.ts';
import { createReachAlone, type ReachAloneDependencies, type Wanted } from './reach-alone.ts';

/** What they are told, in their locale. */
export interface ToldAlone extends Wanted {
	told(locale: string | null): CommandResult;
}

/**
 * @returns false for who is not reached: gone, locked, or met nowhere.
 * @throws BotError as `ReachAlone` and `ChatPlatform.sendPrivately`; `CANCELLED` when the signal fires.
 */
export type TellAlone = (message: ToldAlone, signal: AbortSignal) => Promise<boolean>;

export type TellAloneDependencies = ReachAloneDependencies;

export function createTellAlone(deps: TellAloneDependencies): TellAlone {
	const reach = createReachAlone(deps);
	return async ({ told, ...wanted }, signal) => {
		const reached = await reach(wanted, signal);
		if (reached === null) return false;
		const { platform, account, chat, locale } = reached;
		const call = { operation: 'send-privately', place: chat, priority: 'update' } as const;
		await deps.pacers(platform).run(call, signal, () => platform.sendPrivately(chat, account, told(locale), undefined, signal));
		return true;
	};
}
