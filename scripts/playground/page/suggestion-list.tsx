/** The list of what the composer offers, and the keys that choose from it. */

import type { Suggestion } from './suggestions.ts';

interface Choice {
	offered: Suggestion;
	count: number;
	take(suggestion: Suggestion): void;
	setChosen(change: (chosen: number) => number): void;
	close(): void;
}

export function SuggestionList({
	suggestions,
	chosen,
	onTake,
}: {
	suggestions: Suggestion[];
	chosen: number;
	onTake: (one: Suggestion) => void;
}) {
	return (
		<ul class="suggestions">
			{suggestions.map((suggestion, index) => (
				<li key={suggestion.label}>
					<button type="button" class={index === chosen ? 'chosen' : ''} tabIndex={-1} onClick={() => onTake(suggestion)}>
						<strong>{suggestion.label}</strong>
						<span>{suggestion.note}</span>
					</button>
				</li>
			))}
		</ul>
	);
}

/** Whether the key was meant for the list of suggestions. */
export function chooseByKey(event: KeyboardEvent, { offered, count, take, setChosen, close }: Choice): boolean {
	if (event.key === 'ArrowDown') setChosen((chosen) => (chosen + 1) % count);
	else if (event.key === 'ArrowUp') setChosen((chosen) => (chosen + count - 1) % count);
	else if (event.key === 'Tab' || event.key === 'Enter') take(offered);
	else if (event.key === 'Escape') close();
	else return false;
	return true;
}
