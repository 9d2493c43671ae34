/** A title while it is written: Enter or leaving keeps it, Escape does not. An empty one gives back the title that the conversation had by itself. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import { isPlainEnter } from './browser.ts';
import { usePage } from './page-context.ts';

/** As the API takes it. */
const mostCharacters = 200;

export function RenameField({ view, onDone }: { view: ConversationView; onDone(): void }) {
	const { chat, words } = usePage();
	const field = useRef<HTMLInputElement>(null);
	const isOver = useRef(false);
	// At once: what is typed in the same breath as F2 is meant for it.
	useLayoutEffect(() => {
		field.current?.focus();
		field.current?.select();
	}, []);

	const end = (typed: string | null) => {
		if (isOver.current) return;
		isOver.current = true;
		const title = typed?.trim();
		if (title !== undefined && title !== (view.title ?? '')) void chat.list.change(view, { title: title === '' ? null : title });
		onDone();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		event.stopPropagation();
		if (isPlainEnter(event)) end(field.current?.value ?? null);
		else if (event.key === 'Escape') end(null);
	};
	return (
		<input
			ref={field}
			class="rename"
			dir="auto"
			maxLength={mostCharacters}
			aria-label={words.list.newTitle}
			defaultValue={view.title ?? ''}
			onKeyDown={onKeyDown}
			onBlur={(event) => end(event.currentTarget.value)}
		/>
	);
}
