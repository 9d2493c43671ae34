/** The order of conversations at the side, and what becomes of it with each page or change that comes in. Pure. */

import type { ConversationView } from '#src/api/contract/conversations.ts';

/** The list of everyday, or the one of what was put away. */
export type ListShelf = 'current' | 'archived';

type Views = readonly ConversationView[];

/** These are new or other ones: each goes to its place, or leaves where it stands on the other shelf. */
export function withViews(shown: Views, changed: Views, shelf: ListShelf): Views {
	const ids = new Set(changed.map(({ id }) => id));
	const kept = changed.filter(({ isArchived }) => isArchived === (shelf === 'archived'));
	return [...shown.filter(({ id }) => !ids.has(id)), ...kept].sort(byPlace);
}

/** The first page, read again: what stood further down stays there, so that whoever has gone down a long list stays where they are. */
export function withFirstPage(shown: Views, page: Views, shelf: ListShelf): Views {
	const last = page.at(-1);
	const below = last === undefined ? [] : shown.filter((view) => byPlace(last, view) < 0);
	return withViews(below, page, shelf);
}

/** Pinned ones first, then the latest first, as the server has them. */
function byPlace(one: ConversationView, other: ConversationView): number {
	if (one.isPinned !== other.isPinned) return one.isPinned ? -1 : 1;
	if (one.lastSaidAt !== other.lastSaidAt) return one.lastSaidAt < other.lastSaidAt ? 1 : -1;
	return one.id < other.id ? 1 : -1;
}
