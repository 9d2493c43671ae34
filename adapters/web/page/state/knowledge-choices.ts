/** Where somebody leaves out what the company knows: by conversation, kept in their browser until they sign out. */

import type { Kept } from './kept.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface KnowledgeChoices {
	/** Under the names that drafts have. */
	left: PageStore<ReadonlySet<string>>;
	choose(conversation: string, leavesOut: boolean): void;
	/** @param conversation The open one unless it is said. */
	isLeftOut(conversation?: string): boolean;
	/** What was chosen before it had an id goes on there. */
	move(from: string, to: string): void;
	/** Whose choices they are from now on. Null: nobody's. */
	belongTo(kept: Kept | null): void;
}

/** The latest; in an older conversation it is chosen anew. */
const mostChoices = 50;
const name = 'without-knowledge';

/** @param current Names the open one. */
export function createKnowledgeChoices(current: () => string): KnowledgeChoices {
	const left = createPageStore<ReadonlySet<string>>(new Set());
	let owner: Kept | null = null;
	const isLeftOut = (conversation = current()) => left.get().has(conversation);

	function choose(conversation: string, leavesOut: boolean): void {
		const others = [...left.get()].filter((one) => one !== conversation);
		const next = leavesOut ? [...others, conversation].slice(-mostChoices) : others;
		left.change(() => new Set(next));
		owner?.write(name, next.length === 0 ? null : next);
	}

	return {
		...{ left, choose, isLeftOut },
		move(from, to) {
			choose(to, isLeftOut(from));
			choose(from, false);
		},
		belongTo(kept) {
			owner = kept;
			const known = kept?.read(name);
			const names = Array.isArray(known) ? known.filter((one) => typeof one === 'string') : [];
			left.change(() => new Set(names));
		},
	};
}
