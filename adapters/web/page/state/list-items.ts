/** The list at the side as rows under headings, and which of them are in sight. Pure. */

import type { ConversationView } from '#src/api/contract/conversations.ts';

/** `heading` names a time, or for older ones a month as `2026-09`. */
export type ListItem =
	| { kind: 'heading'; key: string; heading: string }
	| { kind: 'row'; key: string; view: ConversationView; position: number };

const dayMs = 24 * 3_600_000;

/** @param now For today, yesterday and so on, by the clock and the time zone of the browser. */
export function itemsOf(views: readonly ConversationView[], now: Date): ListItem[] {
	const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
	const items: ListItem[] = [];
	let last = '';
	for (const [position, view] of views.entries()) {
		const heading = view.isPinned ? 'pinned' : headingOf(new Date(view.lastSaidAt), today);
		if (heading !== last) items.push({ kind: 'heading', key: `heading ${heading}`, heading });
		last = heading;
		items.push({ kind: 'row', key: view.id, view, position });
	}
	return items;
}

/** What a search found, without headings: it has an order of its own. */
export function foundItemsOf(views: readonly ConversationView[]): ListItem[] {
	return views.map((view, position) => ({ kind: 'row', key: view.id, view, position }));
}

function headingOf(said: Date, today: number): string {
	const at = said.getTime();
	if (at >= today) return 'today';
	if (at >= today - dayMs) return 'yesterday';
	if (at >= today - 7 * dayMs) return 'week';
	if (at >= today - 30 * dayMs) return 'month';
	return `${said.getFullYear()}-${String(said.getMonth() + 1).padStart(2, '0')}`;
}

/** Where each item begins, and after the last one the height of all. */
export function offsetsOf(items: readonly ListItem[], heightOf: (item: ListItem) => number): number[] {
	const offsets = [0];
	for (const item of items) offsets.push((offsets.at(-1) ?? 0) + heightOf(item));
	return offsets;
}

/** As many items more on either side, so that a quick hand meets no empty place. */
const extraItems = 8;

/** The items in sight: from `first` up to, and without, `end`. */
export function itemsInSight(offsets: readonly number[], top: number, height: number): { first: number; end: number } {
	const count = offsets.length - 1;
	const first = firstBeyond(offsets, top) - 1;
	const end = firstBeyond(offsets, top + height);
	return { first: Math.max(0, first - extraItems), end: Math.min(count, end + extraItems) };
}

/** The first index whose offset lies beyond `top`. */
function firstBeyond(offsets: readonly number[], top: number): number {
	let [low, high] = [0, offsets.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((offsets[middle] ?? 0) > top) high = middle;
		else low = middle + 1;
	}
	return low;
}
