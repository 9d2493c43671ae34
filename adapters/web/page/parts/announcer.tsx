/** Tells screen readers politely that an answer has begun, and its text once it has ended, instead of each change. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { isOverNow, type Talk } from '../state/talk.ts';
import { usePage } from './page-context.ts';

export function Announcer({ talk, isAnswering }: { talk: Talk; isAnswering: boolean }) {
	const { words } = usePage();
	const [said, setSaid] = useState('');
	const wasAnswering = useRef(false);
	useEffect(() => {
		if (isAnswering) setSaid(words.talk.answering);
		else if (wasAnswering.current) setSaid(talk.messages.findLast((one) => one.role === 'assistant' && isOverNow(one))?.text ?? '');
		wasAnswering.current = isAnswering;
	}, [isAnswering, talk.messages]);
	return (
		<div class="unseen" role="log" aria-live="polite">
			{said}
		</div>
	);
}
