/** Tells screen readers politely what the bot wrote to one person: once, when the text has ended, instead of at each change. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { isBot, platformNames } from './selectors.ts';
import { useStage } from './stage.ts';

export function Announcer() {
	const { view } = useStage();
	const [text, setText] = useState('');
	const known = useRef<Set<string> | null>(null);
	useEffect(() => {
		const ended = Object.entries(view.messages).filter(([, { authorId, isStreaming }]) => isBot(view, authorId) && !isStreaming);
		const before = known.current;
		known.current = new Set(ended.map(([key]) => key));
		const fresh = before === null ? [] : ended.filter(([key]) => !before.has(key));
		if (fresh.length > 0) setText(fresh.map(([, message]) => plainText(message)).join('\n'));
	}, [view.messages]);
	return (
		<div class="announcer" role="log" aria-live="polite">
			{text}
		</div>
	);
}

function plainText({ platform, parts }: Message): string {
	return `OpenCCB, ${platformNames[platform]}: ${parts.map((part) => ('text' in part ? part.text : '')).join('\n')}`;
}
