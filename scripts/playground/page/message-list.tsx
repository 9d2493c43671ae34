/** Messages one after the other, kept at the newest one until the reader scrolls up or goes to one, and again when they are back at the end. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Pointed, usePane } from './stage.ts';

/** Browsers that zoom count in fractions of a pixel. */
const roundingPixels = 2;

interface MessageListProps {
	/** What is shown: another one begins at its end. */
	name: string;
	label: string;
	children: ComponentChildren;
}

export function MessageList({ name, label, children }: MessageListProps) {
	const { pointed } = usePane();
	const frame = useRef<HTMLElement>(null);
	const follows = useRef(true);
	const lastTop = useRef(0);
	const shown = useRef(name);
	const pointedBefore = useRef<Pointed | null>(null);
	useLayoutEffect(() => {
		if (shown.current !== name) follows.current = true;
		shown.current = name;
		if (follows.current && frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
		if (pointed === null || pointed === pointedBefore.current || frame.current === null) return;
		const target = frame.current.querySelector(`[data-message="${CSS.escape(pointed.messageId)}"]`);
		if (target === null) return;
		pointedBefore.current = pointed;
		follows.current = false;
		const { top } = frame.current.getBoundingClientRect();
		frame.current.scrollTop += target.getBoundingClientRect().top - top - frame.current.clientHeight / 3;
		frame.current.focus({ preventScroll: true });
	});
	const onScroll = () => {
		const { scrollTop, scrollHeight, clientHeight } = frame.current ?? { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };
		if (scrollHeight - scrollTop - clientHeight <= roundingPixels) follows.current = true;
		else if (scrollTop < lastTop.current) follows.current = false;
		lastTop.current = scrollTop;
	};
	// Before the list has moved by it: new text may come in between.
	const onWheel = (event: WheelEvent) => {
		if (event.deltaY < 0 && (frame.current?.scrollTop ?? 0) > 0) follows.current = false;
	};
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
		<section class="message-list" aria-label={label} tabIndex={0} ref={frame} onScroll={onScroll} onWheel={onWheel}>
			<div class="message-list-content">{children}</div>
		</section>
	);
}
