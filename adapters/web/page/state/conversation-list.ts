/** The conversations at the side: those of all accounts of the person, and what a search found. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { type ApiClient, ApiProblem, type ConversationChange } from './api-client.ts';
import { type ListShelf, withFirstPage, withViews } from './conversation-order.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface ConversationList {
	shelf: ListShelf;
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
	/** From the beginning; what was loaded further down stays. */
	load(): Promise<void>;
	loadMore(): Promise<void>;
	/** These are new or other ones. */
	refresh(ids: readonly string[]): Promise<void>;
	search(words: string): Promise<void>;
	turnTo(shelf: ListShelf): Promise<void>;
	/** Shown at once, and taken back where the server refuses it. @returns whether it was done. */
	change(view: ConversationView, change: ConversationChange): Promise<boolean>;
	find(id: string): ConversationView | null;
	forget(ids: readonly string[]): void;
	clear(): void;
}

export interface ConversationListDependencies {
	api: Pick<ApiClient, 'listConversations' | 'readConversation' | 'changeConversation'>;
	/** Is told what went wrong with what nobody pressed; the list stays as it was. */
	problem(thrown: unknown): void;
	/** Does what somebody pressed, and tells them where it does not work. */
	attempt(act: () => Promise<unknown>): Promise<boolean>;
}

const nothing: ConversationList = { shelf: 'current', shown: [], nextCursor: null, isLoaded: false, search: '', found: null };
/** More than a few at once are quicker read with the page that they stand on. */
const mostSingle = 5;

export function createConversationList({ api, problem, attempt }: ConversationListDependencies): ConversationListActions {
	const list = createPageStore(nothing);
	let isLoadingMore = false;

	async function load(): Promise<void> {
		const { shelf } = list.get();
		try {
			const page = await api.listConversations(shelfQuery(shelf));
			list.change((known) => {
				if (known.shelf !== shelf) return known;
				const shown = withFirstPage(known.shown, page.conversations, shelf);
				const isWhole = shown.length === page.conversations.length;
				return { ...known, shown, nextCursor: isWhole ? page.nextCursor : known.nextCursor, isLoaded: true };
			});
		} catch (thrown) {
			problem(thrown);
		}
	}

	/** In both lists, as it is now. */
	function place(view: ConversationView): void {
		const inFound = (found: ConversationList['found']) =>
			found?.map((one) => (one.id === view.id ? { ...view, found: one.found } : one)) ?? null;
		list.change((known) => ({ ...known, shown: withViews(known.shown, [view], known.shelf), found: inFound(known.found) }));
	}

	async function readOne(id: string): Promise<void> {
		try {
			place(await api.readConversation(id));
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
			const { nextCursor, shelf } = list.get();
			if (nextCursor === null || isLoadingMore) return;
			isLoadingMore = true;
			try {
				const page = await api.listConversations({ ...shelfQuery(shelf), cursor: nextCursor });
				list.change((known) => {
					if (known.nextCursor !== nextCursor) return known;
					return { ...known, shown: withViews(known.shown, page.conversations, shelf), nextCursor: page.nextCursor };
				});
			} catch (thrown) {
				problem(thrown);
			} finally {
				isLoadingMore = false;
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
		async turnTo(shelf) {
			list.change((known) => (known.shelf === shelf ? known : { ...nothing, shelf }));
			await load();
		},
		async change(view, change) {
			const { title = view.title, isPinned = view.isPinned, isArchived = view.isArchived } = change;
			place({ ...view, title, isPinned, isArchived });
			const isDone = await attempt(async () => place(await api.changeConversation(view.id, change)));
			if (!isDone) place(view);
			return isDone;
		},
		find: (id) => [...list.get().shown, ...(list.get().found ?? [])].find((view) => view.id === id) ?? null,
		forget,
		clear: () => list.change(() => nothing),
	};
}

function shelfQuery(shelf: ListShelf): { archived?: 'true' } {
	return shelf === 'archived' ? { archived: 'true' } : {};
}
