/** Where somebody leaves out what the company knows: by conversation, for as long as this page is open. */

import { createPageStore, type PageStore } from './page-store.ts';

export interface KnowledgeChoices {
	/** Under the names that drafts have. */
	left: PageStore<ReadonlySet<string>>;
	choose(conversation: string, leavesOut: boolean): void;
	/** @param conversation The open one unless it is said. */
	isLeftOut(conversation?: string): boolean;
	/** What was chosen before it had an id goes on there. */
	move(from: string, to: string): void;
}

/** @param current Names the open one. */
export function createKnowledgeChoices(current: () => string): KnowledgeChoices {
	const left = createPageStore<ReadonlySet<string>>(new Set());
	const isLeftOut = (conversation = current()) => left.get().has(conversation);

	function choose(conversation: string, leavesOut: boolean): void {
		const others = [...left.get()].filter((one) => one !== conversation);
		left.change(() => new Set(leavesOut ? [...others, conversation] : others));
	}

	return {
		...{ left, choose, isLeftOut },
		move(from, to) {
			choose(to, isLeftOut(from));
			choose(from, false);
		},
	};
}
