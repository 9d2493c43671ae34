/** Says how far somebody has read: to the last message of what they have open before their eyes. */

import { type ApiClient, ApiProblem } from './api-client.ts';
import { isOverNow, type Talk } from './talk.ts';

export interface ReadMarkDependencies {
	api: Pick<ApiClient, 'changeConversation'>;
	isLookedAt(): boolean;
	problem(thrown: unknown): void;
}

/** @returns to be called with whatever is shown now. */
export function createReadMark({ api, isLookedAt, problem }: ReadMarkDependencies): (talk: Talk) => void {
	const marked = new Map<string, number>();

	async function mark(id: string, readThrough: number): Promise<void> {
		try {
			await api.changeConversation(id, { readThrough });
		} catch (thrown) {
			// It is said again with the next message, or the next time that it is opened.
			if (marked.get(id) === readThrough) marked.delete(id);
			if (!(thrown instanceof ApiProblem && thrown.kind === 'refused')) problem(thrown);
		}
	}

	return ({ conversationId, view, messages, isGone }) => {
		const last = messages.at(-1);
		if (conversationId === null || last === undefined || isGone || !isOverNow(last) || !isLookedAt()) return;
		const known = Math.max(marked.get(conversationId) ?? 0, view?.readThrough ?? 0);
		if (last.sequence <= known) return;
		marked.set(conversationId, last.sequence);
		void mark(conversationId, last.sequence);
	};
}
