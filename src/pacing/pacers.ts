/** The pacers of all platforms, by platform. */

import type { Clock } from '../clock.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Budgets } from './budgets.ts';
import { createPacer, type Pacer, type PacerObserver } from './pacer.ts';

export interface PacersDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	budgets: Budgets;
	clock: Clock;
	/** Of the platform of this name. */
	observerOf: (platform: string) => PacerObserver;
}

/** @returns the pacer of a platform. It throws TypeError for a platform that was not among the given ones. */
export function createPacers({ platforms, budgets, clock, observerOf }: PacersDependencies): (platform: ChatPlatform) => Pacer {
	const pacers = new Map<string, Pacer>(
		[...platforms.values()].map(({ name, capabilities }) => [
			name,
			createPacer({ platform: name, capabilities, budgets, clock, observer: observerOf(name) }),
		]),
	);
	return ({ name }) => {
		const pacer = pacers.get(name);
		if (pacer === undefined) throw new TypeError('a platform that was not given at the start');
		return pacer;
	};
}
