/** The way through a list that does not fit into one page. */

import { useAdminWords } from './admin-words.ts';

export function Pages({ number, hasMore, onNumber }: { number: number; hasMore: boolean; onNumber(number: number): void }) {
	const { people: words } = useAdminWords();
	if (number === 0 && !hasMore) return null;
	return (
		<p class="pages">
			<button type="button" disabled={number === 0} onClick={() => onNumber(number - 1)}>
				{words.earlier}
			</button>
			<span>{words.page(number + 1)}</span>
			<button type="button" disabled={!hasMore} onClick={() => onNumber(number + 1)}>
				{words.later}
			</button>
		</p>
	);
}
