/** Why a limit does not let a request through, and the sentence that says so. */

import type { Words } from '../locales/locales.ts';

export type LimitRefusal =
	/** A count that is full. `backInMs`: when it is empty again; null when waiting does not help. */
	| { limit: 'requestsPerMinute' | 'tokensPerDay'; allowed: number; backInMs: number | null }
	/** Longer than one may be. */
	| { limit: 'messageCharacters'; allowed: number; size: number }
	| { limit: 'models'; wanted: string; allowed: readonly string[] };

/** Says which limit it was, how much of it is left, and when it comes back. */
export function refusalSentence(refusal: LimitRefusal, { limits: { refusal: words } }: Words): string {
	switch (refusal.limit) {
		case 'requestsPerMinute':
			return words.requestsPerMinute(refusal.allowed, refusal.backInMs);
		case 'tokensPerDay':
			return words.tokensPerDay(refusal.allowed, refusal.backInMs);
		case 'messageCharacters':
			return words.messageCharacters(refusal.size, refusal.allowed);
		case 'models':
			return words.models(refusal.wanted, refusal.allowed.join(', '));
	}
}
