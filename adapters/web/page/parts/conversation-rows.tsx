/** Conversations one below the other, thousands of them: only those in sight are drawn. One stop for the Tab key, arrows from there. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { foundItemsOf, itemsInSight, itemsOf, type ListItem, offsetsOf } from '../state/list-items.ts';
import type { Talk } from '../state/talk.ts';
import { isTouched } from './browser.ts';
import { ConversationRow } from './conversation-row.tsx';
import { headingText } from './list-heading.ts';
import { usePage, useSelected, useStored } from './page-context.ts';

/** In the style sheet, too: `side.css`. In the size of the page's letters; a finger needs more. */
const headingRem = 2.25;
const rowRem = { plain: 2.25, touched: 2.75, found: 4.5 };

/** So near to the end of what is loaded the next page is asked for. */
const moreWithinItems = 30;

interface ConversationRowsProps {
	views: readonly ConversationView[];
	isSearch: boolean;
	onGo(): void;
}

export function ConversationRows({ views, isSearch, onGo }: ConversationRowsProps) {
	const { chat, words, language } = usePage();
	const { nextCursor } = useStored(chat.list.list);
	const openId = useSelected(chat.open.talk, idOf);
	const frame = useRef<HTMLDivElement>(null);
	const sight = useSight(frame);
	const items = useMemo(() => (isSearch ? foundItemsOf(views) : itemsOf(views, new Date())), [views, isSearch]);
	const offsets = useMemo(() => offsetsOf(items, (item) => heightOf(item, sight.rootPixels)), [items, sight.rootPixels]);
	const { first, end } = itemsInSight(offsets, sight.top, sight.height);
	const [activeId, setActiveId] = useState<string | null>(null);
	const isMoving = useRef(false);

	useEffect(() => {
		if (!isSearch && nextCursor !== null && end + moreWithinItems >= items.length) void chat.list.loadMore();
	}, [isSearch, nextCursor, end, items.length]);

	const at = Math.max(
		0,
		views.findIndex(({ id }) => id === (activeId ?? openId)),
	);
	const active = views[at]?.id ?? null;
	useLayoutEffect(() => {
		if (!isMoving.current) return;
		isMoving.current = false;
		frame.current?.querySelector<HTMLElement>(`[data-conversation="${active}"] a`)?.focus();
	}, [active]);

	const move = (event: KeyboardEvent) => {
		const next = nextPosition(event.key, at, views.length - 1);
		if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
		event.preventDefault();
		isMoving.current = true;
		setActiveId(views[next]?.id ?? null);
	};
	const drawn = items
		.map((item, index) => ({ item, index }))
		.filter(({ item, index }) => (index >= first && index < end) || item.key === active);
	return (
		<div class="conversations" ref={frame}>
			{/* biome-ignore lint/a11y/noRedundantRoles: Safari takes the meaning from a list that shows no marks. */}
			<ul role="list" aria-label={words.list.title} style={{ height: `${offsets.at(-1)}px` }}>
				{drawn.map(({ item, index }) => (
					<li
						key={item.key}
						class={item.kind}
						style={{ top: `${offsets[index]}px` }}
						{...(item.kind === 'row'
							? {
									'data-conversation': item.view.id,
									'aria-posinset': item.position + 1,
									'aria-setsize': nextCursor === null ? views.length : -1,
								}
							: { role: 'presentation' })}
					>
						{item.kind === 'heading' ? (
							headingText(item.heading, words.list.times, language)
						) : (
							<ConversationRow
								view={item.view}
								isCurrent={item.view.id === openId}
								isActive={item.view.id === active}
								onGo={() => {
									// From now on the Tab key comes to the one that is open.
									setActiveId(null);
									onGo();
								}}
								onMove={move}
								onLeft={() => {
									// The next one takes its place, under the keys too.
									isMoving.current = true;
									setActiveId((views[item.position + 1] ?? views[item.position - 1])?.id ?? null);
								}}
							/>
						)}
					</li>
				))}
			</ul>
		</div>
	);
}

function idOf({ conversationId }: Talk): string | null {
	return conversationId;
}

function heightOf(item: ListItem, rootPixels: number): number {
	if (item.kind === 'heading') return headingRem * rootPixels;
	if (item.view.found !== null) return rowRem.found * rootPixels;
	return (isTouched() ? rowRem.touched : rowRem.plain) * rootPixels;
}

function nextPosition(key: string, at: number, last: number): number | null {
	if (key === 'ArrowDown') return Math.min(at + 1, last);
	if (key === 'ArrowUp') return Math.max(at - 1, 0);
	if (key === 'Home') return 0;
	return key === 'End' ? last : null;
}

/** What of the list can be seen. */
function useSight(frame: { current: HTMLElement | null }): { top: number; height: number; rootPixels: number } {
	const [sight, setSight] = useState({ top: 0, height: 0, rootPixels: 16 });
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const look = () => {
			const rootPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
			setSight({ top: element.scrollTop, height: element.clientHeight, rootPixels });
		};
		look();
		const sizes = new ResizeObserver(look);
		sizes.observe(element);
		element.addEventListener('scroll', look, { passive: true });
		return () => {
			sizes.disconnect();
			element.removeEventListener('scroll', look);
		};
	}, []);
	return sight;
}
