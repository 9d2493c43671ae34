/** Messages one after the other, kept at the newest one as long as the reader is there. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../wire.ts';

/** A new message of the same author within five minutes goes on without name and picture. */
const continuedWithinSeconds = 300;
/** Closer to the end than this counts as being at the end. */
const endZonePixels = 120;

/** Whether `message` goes on right after `before`, by the same author, with nothing in between. */
export function isContinued(before: Message | undefined, message: Message, isInterrupted: boolean): boolean {
	if (before === undefined || isInterrupted || before.authorId !== message.authorId || before.isPrivate !== message.isPrivate) return false;
	return Number(message.ts) - Number(before.ts) < continuedWithinSeconds;
}

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
		<section class="message-list" aria-label={label} ref={frame} onScroll={onScroll}>
			<div class="message-list-content">{children}</div>
		</section>
	);
}
