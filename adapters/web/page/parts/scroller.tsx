/** Messages one after the other. Whoever asks gets the question to the top, with the answer growing below it; nothing ever pulls the reader along unless they went to the very end themselves. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isMoreBelow, moveFor } from '../state/reading-place.ts';
import { Icon } from './icon.tsx';
import { usePage, useStored } from './page-context.ts';

/** Browsers that zoom count in fractions of a pixel. */
const roundingPixels = 2;

/** So near to the beginning earlier messages are asked for. */
const earlierWithinPixels = 300;

interface ScrollerProps {
	/** What is shown: another one begins at its end. */
	name: string;
	/** The first of the messages: where another one comes before it, the reader stays where they are. */
	first: string;
	label: string;
	/** All before the last question. */
	before: ComponentChildren;
	/** The last question and what follows it. */
	children: ComponentChildren;
}

export function Scroller({ name, first, label, before, children }: ScrollerProps) {
	const { chat, words } = usePage();
	const asked = useStored(chat.asked);
	const frame = useRef<HTMLElement>(null);
	const turn = useRef<HTMLDivElement>(null);
	const known = useRef({ name: '', first: '', width: 0, height: 0, top: 0, asked });
	const follows = useRef(true);
	const [isBehind, setIsBehind] = useState(false);
	/** As many questions were sent when this conversation was opened: since the first one here, the last one has room to stand at the top. */
	const [opened, setOpened] = useState({ name, asked });
	if (opened.name !== name) setOpened({ name, asked });
	const hasRoom = asked > opened.asked;

	// As much of the list as is seen, for the styles.
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const note = () => element.style.setProperty('--seen-height', `${element.clientHeight}px`);
		note();
		const watch = new ResizeObserver(note);
		watch.observe(element);
		return () => watch.disconnect();
	}, []);

	const toEnd = () => {
		follows.current = true;
		setIsBehind(false);
		if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
	};
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const now = { name, first, asked, width: element.scrollWidth, height: element.scrollHeight };
		const move = moveFor(known.current, now, follows.current);
		follows.current = move === 'end' || move === 'beginning';
		if (move === 'question') element.scrollTop = turn.current?.offsetTop ?? 0;
		else if (move === 'end') element.scrollTop = element.scrollHeight;
		else if (typeof move === 'object') element.scrollTop += move.byPixels;
		const comesMore = isMoreBelow(known.current, now, move);
		setIsBehind((was) => isEndBelow(element) && move !== 'question' && (was || comesMore));
		known.current = { ...now, top: element.scrollTop };
	});
	useEffect(() => {
		// Whoever marks a text wants it to stand still.
		const onSelect = () => {
			const selection = document.getSelection();
			if (selection !== null && !selection.isCollapsed && frame.current?.contains(selection.anchorNode)) follows.current = false;
		};
		document.addEventListener('selectionchange', onSelect);
		return () => document.removeEventListener('selectionchange', onSelect);
	}, []);

	const onScroll = () => {
		const element = frame.current;
		if (element === null) return;
		const { scrollTop } = element;
		const isDownwards = scrollTop > known.current.top;
		if (!isEndBelow(element)) setIsBehind(false);
		if (isDownwards && !isEndBelow(element)) follows.current = true;
		else if (scrollTop < known.current.top) follows.current = false;
		if (!isDownwards && scrollTop < earlierWithinPixels) void chat.open.loadEarlier();
		known.current.top = scrollTop;
	};
	// Before the list has moved by it: new text may come in between.
	const onWheel = (event: WheelEvent) => {
		if (event.deltaY < 0 && (frame.current?.scrollTop ?? 0) > 0) follows.current = false;
	};
	return (
		<div class="scroller">
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
			<section class="messages" aria-label={label} tabIndex={0} ref={frame} onScroll={onScroll} onWheel={onWheel}>
				<div class="column">
					{before}
					<div ref={turn} class={hasRoom ? 'turn with-room' : 'turn'}>
						{children}
					</div>
				</div>
			</section>
			{isBehind && (
				<button type="button" class="to-end" onClick={toEnd}>
					<Icon name="down" />
					{words.talk.newText}
				</button>
			)}
		</div>
	);
}

function isEndBelow({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
	return scrollHeight - scrollTop - clientHeight > roundingPixels;
}
