/** The conversations at the side: those of all accounts of the person, and what a search found. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { type ApiClient, ApiProblem } from './api-client.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface ConversationList {
	/** Pinned ones first, then the latest first. */
	shown: readonly ConversationView[];
	nextCursor: string | null;
	isLoaded: boolean;
	search: string;
	/** Null while nothing is searched for, or not found out yet. */
	found: readonly ConversationView[] | null;
}

export interface ConversationListActions {
	list: PageStore<ConversationList>;
	/** From the beginning. */
	load(): Promise<void>;
	loadMore(): Promise<void>;
	/** These are new or other ones. */
	refresh(ids: readonly string[]): Promise<void>;
	search(words: string): Promise<void>;
	find(id: string): ConversationView | null;
	forget(ids: readonly string[]): void;
	clear(): void;
}

const nothing: ConversationList = { shown: [], nextCursor: null, isLoaded: false, search: '', found: null };
/** More than a few at once are quicker read with the page that they stand on. */
const mostSingle = 5;

/** @param problem Is told what went wrong; the list stays as it was. */
export function createConversationList(
	api: Pick<ApiClient, 'listConversations' | 'readConversation'>,
	problem: (thrown: unknown) => void,
): ConversationListActions {
	const list = createPageStore(nothing);

	async function load(): Promise<void> {
		try {
			const page = await api.listConversations({});
			list.change((known) => ({ ...known, shown: page.conversations, nextCursor: page.nextCursor, isLoaded: true }));
		} catch (thrown) {
			problem(thrown);
		}
	}

	async function readOne(id: string): Promise<void> {
		try {
			const view = await api.readConversation(id);
			list.change((known) => ({ ...known, shown: withView(known.shown, view) }));
		} catch (thrown) {
			if (thrown instanceof ApiProblem && thrown.kind === 'refused') forget([id]);
			else problem(thrown);
		}
	}

	function forget(ids: readonly string[]): void {
		const others = (views: readonly ConversationView[]) => views.filter(({ id }) => !ids.includes(id));
		list.change((known) => ({ ...known, shown: others(known.shown), found: known.found && others(known.found) }));
	}

	return {
		list,
		load,
		async loadMore() {
			const { nextCursor } = list.get();
			if (nextCursor === null) return;
			try {
				const page = await api.listConversations({ cursor: nextCursor });
				list.change((known) => ({
					...known,
					shown: page.conversations.reduce(withView, known.shown),
					nextCursor: page.nextCursor,
				}));
			} catch (thrown) {
				problem(thrown);
			}
		},
		async refresh(ids) {
			if (ids.length > mostSingle) return await load();
			await Promise.all(ids.map(readOne));
		},
		async search(words) {
			const query = words.trim();
			list.change((known) => ({ ...known, search: words, found: query === '' ? null : known.found }));
			if (query === '') return;
			try {
				const { conversations } = await api.listConversations({ query });
				// What was typed meanwhile has an answer of its own.
				list.change((known) => (known.search === words ? { ...known, found: conversations } : known));
			} catch (thrown) {
				problem(thrown);
			}
		},
		find: (id) => [...list.get().shown, ...(list.get().found ?? [])].find((view) => view.id === id) ?? null,
		forget,
		clear: () => list.change(() => nothing),
	};
}

/** Archived ones are not in this list. */
function withView(shown: readonly ConversationView[], view: ConversationView): readonly ConversationView[] {
	const others = shown.filter(({ id }) => id !== view.id);
	return view.isArchived ? others : [...others, view].sort(byPlace);
}

function byPlace(one: ConversationView, other: ConversationView): number {
	if (one.isPinned !== other.isPinned) return one.isPinned ? -1 : 1;
	return one.lastSaidAt < other.lastSaidAt ? 1 : -1;
}
