/** Messages one after the other, kept at the newest until the reader goes up, by however little, and again from the end on. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './page-context.ts';

/** Browsers that zoom count in fractions of a pixel. */
const roundingPixels = 2;

interface ScrollerProps {
	/** What is shown: another one begins at its end. */
	name: string;
	/** The first of the messages: where another one comes before it, the reader stays where they are. */
	first: string;
	label: string;
	children: ComponentChildren;
}

export function Scroller({ name, first, label, children }: ScrollerProps) {
	const { words } = usePage();
	const frame = useRef<HTMLElement>(null);
	const before = useRef({ name: '', first: '', height: 0, top: 0 });
	const follows = useRef(true);
	const [isBehind, setIsBehind] = useState(false);

	const toEnd = () => {
		follows.current = true;
		setIsBehind(false);
		if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
	};
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const known = before.current;
		if (known.name !== name) follows.current = true;
		if (follows.current) element.scrollTop = element.scrollHeight;
		else if (known.first !== first) element.scrollTop += element.scrollHeight - known.height;
		else if (element.scrollHeight > known.height) setIsBehind(true);
		before.current = { name, first, height: element.scrollHeight, top: element.scrollTop };
	});
	const onScroll = () => {
		const element = frame.current;
		if (element === null) return;
		const { scrollTop, scrollHeight, clientHeight } = element;
		if (scrollHeight - scrollTop - clientHeight <= roundingPixels) {
			follows.current = true;
			setIsBehind(false);
		} else if (scrollTop < before.current.top) follows.current = false;
		before.current.top = scrollTop;
	};
	// Before the list has moved by it: new text may come in between.
	const onWheel = (event: WheelEvent) => {
		if (event.deltaY < 0 && (frame.current?.scrollTop ?? 0) > 0) follows.current = false;
	};
	return (
		<div class="scroller">
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
			<section class="messages" aria-label={label} tabIndex={0} ref={frame} onScroll={onScroll} onWheel={onWheel}>
				<div class="column">{children}</div>
			</section>
			{isBehind && (
				<button type="button" class="to-end" onClick={toEnd}>
					{words.talk.newText}
				</button>
			)}
		</div>
	);
}
