/** What is put into a composer from outside of it: a question that was refused, or one that is to be asked in other words. */

import type { Drafts } from './drafts.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface PutIn {
	draft: PageStore<{ conversation: string; text: string }>;
	/** It comes before what is being typed. */
	rewrite(text: string): void;
}

/** @param conversation The one that is open, as drafts call it. */
export function createPutIn(drafts: () => Drafts, conversation: () => string): PutIn {
	const draft = createPageStore({ conversation: '', text: '' });
	return {
		draft,
		rewrite(text) {
			const typed = drafts().read(conversation());
			draft.change(() => ({ conversation: conversation(), text: typed === '' ? text : `${text}\n${typed}` }));
			drafts().write(conversation(), draft.get().text);
		},
	};
}
