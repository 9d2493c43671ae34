import { beforeEach, expect, it } from 'vitest';
import { ApiProblem } from '../../../../adapters/web/page/state/api-client.ts';
import { type ConversationListActions, createConversationList } from '../../../../adapters/web/page/state/conversation-list.ts';
import { withFirstPage, withViews } from '../../../../adapters/web/page/state/conversation-order.ts';
import { foundItemsOf, itemsInSight, itemsOf, offsetsOf } from '../../../../adapters/web/page/state/list-items.ts';
import { conversationView, FakeApi } from './fake-api.ts';

let api: FakeApi;
let list: ConversationListActions;
let told: unknown[];

beforeEach(() => {
	api = new FakeApi();
	told = [];
	const attempt = async (act: () => Promise<unknown>) => {
		try {
			await act();
			return true;
		} catch (thrown) {
			told.push(thrown);
			return false;
		}
	};
	list = createConversationList({ api, problem: (thrown) => void told.push(thrown), attempt });
});

/** Said so many minutes after the others began. */
const view = (name: string, minute: number, part: Parameters<typeof conversationView>[0] = {}) =>
	conversationView({ id: name, title: name, lastSaidAt: new Date(Date.UTC(2026, 10, 30, 8, minute)).toISOString(), ...part });

const titles = () => list.list.get().shown.map(({ title }) => title);

it('shows what somebody changes at once, in its place, and as it was where that is refused', async () => {
	api.views = [view('b', 2), view('a', 1)];
	await list.load();
	const [, oldest] = list.list.get().shown;
	if (oldest === undefined) throw new Error('there are two');
	const changing = list.change(oldest, { isPinned: true, title: 'A' });
	expect(titles()).toEqual(['A', 'b']);
	expect(await changing).toBe(true);
	expect(api.changed).toEqual([{ id: 'a', change: { isPinned: true, title: 'A' } }]);
	api.problem = new ApiProblem('away');
	const [pinned] = list.list.get().shown;
	if (pinned !== undefined) expect(await list.change(pinned, { isArchived: true })).toBe(false);
	expect(titles()).toEqual(['A', 'b']);
	expect(told).toEqual([api.problem]);
});

it('keeps archived ones on a shelf of their own', async () => {
	api.views = [view('b', 2), view('a', 1)];
	await list.load();
	const [newest] = list.list.get().shown;
	if (newest !== undefined) await list.change(newest, { isArchived: true });
	expect(titles()).toEqual(['a']);
	await list.turnTo('archived');
	expect(titles()).toEqual(['b']);
	const [archived] = list.list.get().shown;
	if (archived !== undefined) await list.change(archived, { isArchived: false });
	expect(titles()).toEqual([]);
	await list.turnTo('current');
	expect(titles()).toEqual(['b', 'a']);
});

it('forgets one that is not there any more when it is told of it', async () => {
	api.views = [view('b', 2), view('a', 1)];
	await list.load();
	api.views = [view('a', 1)];
	await list.refresh(['b']);
	expect(titles()).toEqual(['a']);
});

it('leaves whoever has gone down a long list where they are when its first page is read again', () => {
	const long = Array.from({ length: 120 }, (_, index) => view(`c${index}`, 200 - index));
	const page = [view('new', 300), ...long.filter(({ id }) => id !== 'c3').slice(0, 48)];
	const joined = withFirstPage(long, page, 'current').map(({ id }) => id);
	expect(joined.slice(0, 4)).toEqual(['new', 'c0', 'c1', 'c2']);
	expect(joined).not.toContain('c3');
	expect(joined).toHaveLength(120);
	expect(joined.at(-1)).toBe('c119');
});

it('keeps 5,000 conversations in order that come page by page', () => {
	const all = Array.from({ length: 5_000 }, (_, index) => view(`c${index}`, 5_000 - index));
	let shown: readonly (typeof all)[number][] = [];
	for (let start = 0; start < all.length; start += 50) shown = withViews(shown, all.slice(start, start + 50), 'current');
	expect(shown.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

it('stands under the time when something was last said, with what is pinned above all', () => {
	const now = new Date(2026, 11, 1, 9);
	const said = (daysAgo: number) => ({ lastSaidAt: new Date(2026, 11, 1 - daysAgo, 8).toISOString() });
	const views = [
		conversationView({ id: 'p', isPinned: true, ...said(90) }),
		...[0, 1, 3, 20, 60, 61, 90].map((days) => conversationView({ id: `d${days}`, ...said(days) })),
	];
	expect(itemsOf(views, now).map((item) => (item.kind === 'heading' ? item.heading : item.key))).toEqual([
		...['pinned', 'p', 'today', 'd0', 'yesterday', 'd1', 'week', 'd3', 'month', 'd20'],
		...['2026-10', 'd60', 'd61', '2026-09', 'd90'],
	]);
});

it('draws what is in sight, and a few around it, however long the list is', () => {
	const items = foundItemsOf(Array.from({ length: 5_000 }, (_, index) => view(`c${index}`, index)));
	const offsets = offsetsOf(items, () => 36);
	expect(offsets.at(-1)).toBe(5_000 * 36);
	expect(itemsInSight(offsets, 0, 720)).toEqual({ first: 0, end: 29 });
	const { first, end } = itemsInSight(offsets, 36 * 2_500, 720);
	expect([first, end]).toEqual([2_492, 2_529]);
	expect(itemsInSight(offsets, 36 * 5_000 - 720, 720).end).toBe(5_000);
	expect(itemsInSight([0], 0, 720)).toEqual({ first: 0, end: 0 });
});
