/** What was decided for places, as a test says it: the same everywhere. */

import { type PlaceRules, standardRules } from '#src/rules/place-rules.ts';
import type { RuleBook } from '#src/rules/rule-book.ts';

export interface FakeRules extends Pick<RuleBook, 'of' | 'own' | 'isMuted' | 'forget'> {
	held: PlaceRules;
	/** Whether all threads are muted, until it is asked to forget that. */
	muted: boolean;
}

export function createFakeRules(held: Partial<PlaceRules> = {}): FakeRules {
	return {
		held: { ...standardRules, ...held },
		muted: false,
		async of() {
			return this.held;
		},
		own: async () => ({}),
		async isMuted() {
			return this.muted;
		},
		async forget() {
			this.muted = false;
		},
	};
}
