/** What the server sends of a view, and what the page makes of it. */

import { expect, test } from 'vitest';
import { applyChanges, changesSince, emptyView } from '../../../scripts/playground/live.ts';
import type { Activity, View } from '../../../scripts/playground/wire.ts';

const thinking: Activity = { platform: 'slack', placeId: 'C1', threadId: '1.000001', text: 'is thinking…' };
const waiting: Activity = { ...thinking, text: 'is waiting' };

function viewWith(activities: Record<string, Activity>): View {
	return { ...emptyView(), activities };
}

test('sends everything to a page that has nothing', () => {
	const { changes } = changesSince(new Map(), viewWith({ 'C1/1': thinking }));
	expect(changes).toEqual([{ section: 'activities', key: 'C1/1', value: thinking }]);
});

test('sends nothing when nothing changed', () => {
	const { sent } = changesSince(new Map(), viewWith({ 'C1/1': thinking }));
	expect(changesSince(sent, viewWith({ 'C1/1': { ...thinking } })).changes).toEqual([]);
});

test('sends only what is new, changed or gone', () => {
	const { sent } = changesSince(new Map(), viewWith({ 'C1/same': thinking, 'C1/old': thinking, 'C1/gone': thinking }));
	const { changes } = changesSince(sent, viewWith({ 'C1/same': thinking, 'C1/old': waiting, 'C1/new': thinking }));
	expect(changes).toEqual([
		{ section: 'activities', key: 'C1/old', value: waiting },
		{ section: 'activities', key: 'C1/new', value: thinking },
		{ section: 'activities', key: 'C1/gone', value: null },
	]);
});

test('the page ends with the view that the server saw, and keeps what did not change', () => {
	const first = viewWith({ 'C1/a': thinking, 'C1/b': thinking });
	const second = viewWith({ 'C1/a': thinking, 'C1/c': waiting });
	const step = changesSince(new Map(), first);
	const page = applyChanges(emptyView(), step.changes);
	const next = applyChanges(page, changesSince(step.sent, second).changes);
	expect(next).toEqual(second);
	expect(next.activities['C1/a']).toBe(page.activities['C1/a']);
	expect(next.people).toBe(page.people);
	expect(page).toEqual(first);
});
