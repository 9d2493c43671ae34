/** Messages one after the other, kept at the newest one as long as the reader is there. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Closer to the end than this counts as being at the end. */
const endZonePixels = 120;

interface MessageListProps {
	/** What is shown: another one begins at its end. */
	name: string;
	label: string;
	children: ComponentChildren;
}

export function MessageList({ name, label, children }: MessageListProps) {
	const frame = useRef<HTMLElement>(null);
	const isAtEnd = useRef(true);
	const shown = useRef(name);
	useLayoutEffect(() => {
		if (shown.current !== name) isAtEnd.current = true;
		shown.current = name;
		if (isAtEnd.current && frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
	});
	const onScroll = () => {
		const { scrollTop, scrollHeight, clientHeight } = frame.current ?? { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };
		isAtEnd.current = scrollHeight - scrollTop - clientHeight < endZonePixels;
	};
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
		<section class="message-list" aria-label={label} tabIndex={0} ref={frame} onScroll={onScroll}>
			<div class="message-list-content">{children}</div>
		</section>
	);
}
