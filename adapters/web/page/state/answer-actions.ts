/** What somebody does with an answer, and what they are told when it does not work. */

import { type ApiClient, ApiProblem } from './api-client.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface AnswerActions {
	/** Why the last thing that somebody pressed did not work: a sentence, empty where there is none to say. */
	trouble: PageStore<{ text: string } | null>;
	stop(answerId: string): Promise<void>;
	retry(answerId: string): Promise<void>;
	/** @param comment Why, in the person's own words. @returns whether it was kept. */
	rate(answerId: string, rating: 'up' | 'down', comment?: string): Promise<boolean>;
	/** Does what was pressed. @returns whether it was done. */
	attempt(act: () => Promise<unknown>): Promise<boolean>;
	tell(thrown: unknown): void;
}

export interface AnswerActionsDependencies {
	api: Pick<ApiClient, 'stop' | 'retry' | 'rate'>;
	newId(): string;
	rated(answerId: string, rating: 'up' | 'down'): void;
	/** Another version of this answer is on its way. */
	retried(answerId: string): void;
	/** Hears of all that goes wrong. */
	problem(thrown: unknown): void;
}

export function createAnswerActions({ api, newId, rated, retried, problem }: AnswerActionsDependencies): AnswerActions {
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
			if (await attempt(() => api.retry(answerId, clientId))) retried(answerId);
		},
		async rate(answerId, rating, comment) {
			const isKept = await attempt(() => api.rate(answerId, rating, comment));
			if (isKept) rated(answerId, rating);
			return isKept;
		},
	};
}
