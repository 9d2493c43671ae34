/** What somebody does with an answer, and what they are told when it does not work. */

import { type ApiClient, ApiProblem, type RatingSent } from './api-client.ts';
import type { KnowledgeChoices } from './knowledge-choices.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface AnswerActions {
	/** Why the last thing that somebody pressed did not work: a sentence, empty where there is none to say. */
	trouble: PageStore<{ text: string } | null>;
	stop(answerId: string): Promise<void>;
	retry(answerId: string): Promise<void>;
	/** @returns whether it was kept. */
	rate(answerId: string, given: RatingSent): Promise<boolean>;
	/** Does what was pressed. @returns whether it was done. */
	attempt(act: () => Promise<unknown>): Promise<boolean>;
	tell(thrown: unknown): void;
}

export interface AnswerActionsDependencies {
	api: Pick<ApiClient, 'stop' | 'retry' | 'rate'>;
	newId(): string;
	knowledge: Pick<KnowledgeChoices, 'isLeftOut'>;
	rated(answerId: string, rating: 'up' | 'down'): void;
	/** Another version of this answer is on its way. */
	retried(answerId: string): void;
	/** Hears of all that goes wrong. */
	problem(thrown: unknown): void;
}

export function createAnswerActions({ api, newId, knowledge, rated, retried, problem }: AnswerActionsDependencies): AnswerActions {
	const trouble = createPageStore<{ text: string } | null>(null);
	/** By answer: the same press, sent again, is the same retry. */
	const retries = new Map<string, string>();

	function tell(thrown: unknown): void {
		problem(thrown);
		if (thrown instanceof ApiProblem && thrown.kind !== 'signed-out') trouble.change(() => ({ text: thrown.message }));
	}

	async function attempt(act: () => Promise<unknown>): Promise<boolean> {
		trouble.change(() => null);
		try {
			await act();
			return true;
		} catch (thrown) {
			tell(thrown);
			return false;
		}
	}

	return {
		...{ trouble, attempt, tell },
		stop: async (answerId) => void (await attempt(() => api.stop(answerId))),
		async retry(answerId) {
			const clientId = retries.get(answerId) ?? newId();
			retries.set(answerId, clientId);
			if (await attempt(() => api.retry(answerId, clientId, knowledge.isLeftOut()))) retried(answerId);
		},
		async rate(answerId, given) {
			const isKept = await attempt(() => api.rate(answerId, given));
			if (isKept) rated(answerId, given.rating);
			return isKept;
		},
	};
}
