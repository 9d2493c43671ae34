/** Tells screen readers politely what the bot wrote: once, when the text has ended, instead of at each change. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { isBot } from './selectors.ts';
import { useStage } from './stage.ts';

export function Announcer() {
	const { view } = useStage();
	const [text, setText] = useState('');
	const known = useRef<Set<string> | null>(null);
	useEffect(() => {
		const ended = Object.values(view.messages).filter((message) => isBot(view, message.authorId) && !message.isStreaming);
		const before = known.current;
		known.current = new Set(ended.map(({ id }) => id));
		const fresh = before === null ? [] : ended.filter(({ id }) => !before.has(id));
		if (fresh.length > 0) setText(fresh.map(plainText).join('\n'));
	}, [view.messages]);
	return (
		<div class="announcer" role="log" aria-live="polite">
			{text}
		</div>
	);
}

function plainText(message: Message): string {
	return `OpenCCB: ${message.parts.map((part) => (part.format === 'divider' ? '' : part.text)).join('\n')}`;
}
