/** Looks for conversations by their titles and by what was said in them. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { usePage, useStored } from './page-context.ts';

/** Faster than this nobody types whole words. */
const searchAfterMs = 250;

export function SearchField() {
	const { chat, words } = usePage();
	const { search } = useStored(chat.list.list);
	const [typed, setTyped] = useState(search);
	const isFirst = useRef(true);
	useEffect(() => {
		if (isFirst.current) {
			isFirst.current = false;
			return;
		}
		const timer = setTimeout(() => void chat.list.search(typed), typed.trim() === '' ? 0 : searchAfterMs);
		return () => clearTimeout(timer);
	}, [typed]);
	return (
		<div class="search">
			<Icon name="search" />
			<input
				type="search"
				maxLength={200}
				placeholder={words.list.search}
				aria-label={words.list.search}
				value={typed}
				onInput={(event) => setTyped(event.currentTarget.value)}
				onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
			/>
		</div>
	);
}
