/** When the things that people notice happened in one turn. */

import type { Clock } from '../clock.ts';
import type { DeliveryObserver } from '../delivery/reply-message-context.ts';
import type { BotError } from '../errors.ts';
import type { AnswerFacts } from '../history/stored.ts';
import type { Ending, Unshown } from './endings.ts';

export type Moment = 'sign' | 'first-text' | 'final-text';

/** What a turn reports to metrics and log. */
export interface TurnObserver {
	/** How long after the turn began (`sign`, `first-text`), or after the last token (`final-text`). */
	moment(platform: string, moment: Moment, durationMs: number): void;
	ended(platform: string, ending: Ending | Unshown, facts: Partial<AnswerFacts>, error: BotError | null): void;
	/** The answer could not be written down before it was shown. */
	storeFailed(error: unknown): void;
	delivery(platform: string): Omit<DeliveryObserver, 'firstText'>;
}

export interface TurnTimes {
	sign(): void;
	firstText(): void;
	lastToken(at: Date | undefined): void;
	finalText(): void;
	facts(): Partial<AnswerFacts>;
}

export function createTurnTimes(clock: Clock, observer: TurnObserver, platform: string): TurnTimes {
	const beganAtMs = clock.now();
	const facts: Partial<AnswerFacts> = {};
	let lastTokenAtMs = beganAtMs;

	function note(moment: Moment, field: 'signAt' | 'firstTextAt' | 'finalTextAt', sinceMs: number): void {
		if (facts[field] !== undefined) return;
		facts[field] = new Date(clock.now());
		observer.moment(platform, moment, clock.now() - sinceMs);
	}

	return {
		sign: () => note('sign', 'signAt', beganAtMs),
		firstText: () => note('first-text', 'firstTextAt', beganAtMs),
		lastToken: (at) => {
			lastTokenAtMs = at?.getTime() ?? clock.now();
		},
		finalText: () => note('final-text', 'finalTextAt', lastTokenAtMs),
		facts: () => facts,
	};
}
