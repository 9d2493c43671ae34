/** The commands, while somebody types one: arrow keys go through them, Enter takes one, Escape puts them away. The focus stays where they type. */

import { useEffect, useState } from 'preact/hooks';
import type { CommandView } from '#src/api/contract/commands.ts';
import { commandIn, commandsFor } from '../state/command-list.ts';
import { isPlainEnter } from './browser.ts';
import { usePage } from './page-context.ts';

const listId = 'command-list';

export interface CommandMenuState {
	/** Null while nothing is to be chosen from. */
	found: readonly CommandView[] | null;
	at: number;
	/** The one that is typed already. */
	typed: CommandView | null;
	/** @returns whether the key was meant for the menu. */
	onKey(event: KeyboardEvent): boolean;
	take(command: CommandView): void;
}

/** @param write Takes what is to stand there. */
export function useCommandMenu(text: string, write: (text: string) => void): CommandMenuState {
	const { chat } = usePage();
	const [commands, setCommands] = useState<readonly CommandView[]>([]);
	const [chosen, setChosen] = useState(0);
	const [putAway, setPutAway] = useState<string | null>(null);
	const isWanted = text.startsWith('/');
	useEffect(() => {
		if (!isWanted || commands.length > 0) return;
		let isOver = false;
		// Where they cannot be had, what is typed is sent all the same.
		chat.api.listCommands().then(
			(known) => !isOver && setCommands(known.commands),
			() => {},
		);
		return () => {
			isOver = true;
		};
	}, [isWanted]);
	useEffect(() => setChosen(0), [text]);
	const found = isWanted && putAway !== text ? commandsFor(text, commands) : null;
	const at = found === null ? 0 : Math.min(chosen, found.length - 1);
	const take = (command: CommandView) => write(`/ccb ${command.name}${command.arguments.length > 0 ? ' ' : ''}`);
	return {
		...{ found, at, take, typed: isWanted ? commandIn(text, commands) : null },
		onKey(event) {
			if (found === null) return false;
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			const command = found[at];
			if (step !== undefined) setChosen((at + step + found.length) % found.length);
			else if (event.key === 'Escape') setPutAway(text);
			else if (isPlainEnter(event) && command !== undefined) take(command);
			else return false;
			event.preventDefault();
			event.stopPropagation();
			return true;
		},
	};
}

/** What ties the field to the list. */
export function commandAttributes({ found, at }: CommandMenuState): Record<string, string> {
	if (found === null) return {};
	return { 'aria-autocomplete': 'list', 'aria-controls': listId, 'aria-activedescendant': optionId(at) };
}

export function CommandMenu({ menu: { found, at, typed, take } }: { menu: CommandMenuState }) {
	const { words } = usePage();
	return (
		<>
			<p class="unseen" role="status">
				{found === null ? '' : words.composer.commandCount(found.length)}
			</p>
			{found !== null && (
				<div id={listId} class="commands" role="listbox" aria-label={words.composer.commands}>
					{found.map((command, index) => (
						// biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and hears the keys.
						<div
							key={command.name}
							id={optionId(index)}
							role="option"
							aria-selected={index === at}
							ref={(element) => void (index === at && element?.scrollIntoView({ block: 'nearest' }))}
							onMouseDown={(event) => event.preventDefault()}
							onClick={() => take(command)}
						>
							<strong>{`/ccb ${command.name}`}</strong> <span class="hint">{command.about}</span>
						</div>
					))}
				</div>
			)}
			{found === null && typed !== null && (
				<p class="hint command-form">
					<strong>{formOf(typed)}</strong> {typed.about}
				</p>
			)}
		</>
	);
}

/** With what can be typed after it. */
function formOf({ name, arguments: declared }: CommandView): string {
	const each = declared.map((argument) => {
		const what = argument.choices?.join(' | ') ?? argument.name;
		return argument.mayBeLeftOut ? `[${what}]` : what;
	});
	return ['/ccb', name, ...each].join(' ');
}

function optionId(index: number): string {
	return `command-${index}`;
}
