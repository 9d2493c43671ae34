/** Where one writes: Enter sends, `@` offers people, `/` offers commands. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Platform } from '../wire.ts';
import { Icon } from './icons.tsx';
import { aboutOf } from './selectors.ts';
import { usePane } from './stage.ts';
import { openWord, type Suggestion, suggestionsFor } from './suggestions.ts';
import type { Words } from './words.ts';

interface ComposerProps {
	/** Null: the place itself. */
	threadId: string | null;
	/** The message that it refers to, where the platform shows that. */
	repliesTo?: string | null;
	placeholder: string;
	takesFocus?: boolean;
	onSent?(): void;
	/** Escape was pressed. */
	onLeave?(): void;
	/** More tools beside the mention button. */
	children?: ComponentChildren;
}

export function Composer({ threadId, repliesTo = null, placeholder, takesFocus = false, onSent, onLeave, children }: ComposerProps) {
	const { view, words, platform, say } = usePane();
	const field = useRef<HTMLTextAreaElement>(null);
	const [text, setText] = useState('');
	const [caret, setCaret] = useState(0);
	const [chosen, setChosen] = useState(0);
	const [notice, setNotice] = useState<string | null>(null);
	const [isOffering, setIsOffering] = useState(true);
	const word = openWord(text, caret);
	const suggestions = isOffering ? suggestionsFor(view, platform, word) : [];
	useGrowingField(field, text);
	useEffect(() => {
		if (takesFocus) field.current?.focus();
	}, [takesFocus]);

	const write = (next: string, nextCaret: number) => {
		setText(next);
		setCaret(nextCaret);
		setChosen(0);
		setIsOffering(true);
		setNotice(null);
	};
	const insert = (piece: string, replacedLength: number) => {
		const next = text.slice(0, caret - replacedLength) + piece + text.slice(caret);
		write(next, caret - replacedLength + piece.length);
		field.current?.focus();
	};
	const take = (suggestion: Suggestion) => insert(suggestion.insert, word?.length ?? 0);
	const send = () => {
		const typed = text.trim();
		if (typed === '') return;
		const refusal = refusalOf(typed, { platform, isThread: threadId !== null, words, root: `/${aboutOf(view)?.rootCommand}` });
		if (refusal !== null) {
			setNotice(refusal);
			return;
		}
		write('', 0);
		say({ text: typed, threadId, repliesTo });
		onSent?.();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const offered = suggestions[chosen];
		if (
			offered !== undefined &&
			chooseByKey(event, { offered, count: suggestions.length, take, setChosen, close: () => setIsOffering(false) })
		) {
			event.preventDefault();
			event.stopPropagation();
			return;
		}
		if (event.key === 'Escape') onLeave?.();
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		send();
	};
	const track = (element: HTMLTextAreaElement) => setCaret(element.selectionStart);
	return (
		<div class="composer-frame">
			{notice !== null && (
				<p class="notice" role="status">
					{notice}
				</p>
			)}
			{suggestions.length > 0 && <SuggestionList suggestions={suggestions} chosen={chosen} onTake={take} />}
			<div class="composer">
				<textarea
					ref={field}
					rows={1}
					value={text}
					placeholder={placeholder}
					aria-label={placeholder}
					onInput={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
					onKeyUp={(event) => track(event.currentTarget)}
					onClick={(event) => track(event.currentTarget)}
					onKeyDown={onKeyDown}
				/>
				<div class="composer-tools">
					<button type="button" class="quiet" aria-label={words.mentionBot} onClick={() => insert('@OpenCCB ', 0)}>
						<Icon name="at" />
						OpenCCB
					</button>
					{children}
					<span class="composer-help">{words.composerHelp}</span>
					<button type="button" class="send" aria-label={words.send} disabled={text.trim() === ''} onClick={send}>
						<Icon name="send" />
					</button>
				</div>
			</div>
		</div>
	);
}

interface Choice {
	offered: Suggestion;
	count: number;
	take(suggestion: Suggestion): void;
	setChosen(change: (chosen: number) => number): void;
	close(): void;
}

/** Whether the key was meant for the list of suggestions. */
function chooseByKey(event: KeyboardEvent, { offered, count, take, setChosen, close }: Choice): boolean {
	if (event.key === 'ArrowDown') setChosen((chosen) => (chosen + 1) % count);
	else if (event.key === 'ArrowUp') setChosen((chosen) => (chosen + count - 1) % count);
	else if (event.key === 'Tab' || event.key === 'Enter') take(offered);
	else if (event.key === 'Escape') close();
	else return false;
	return true;
}

function SuggestionList({ suggestions, chosen, onTake }: { suggestions: Suggestion[]; chosen: number; onTake: (one: Suggestion) => void }) {
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

interface Circumstances {
	platform: Platform;
	isThread: boolean;
	words: Words;
	/** The bot's command, with its slash. */
	root: string;
}

/** What the platform itself would say instead of sending it; null when it can be sent. */
function refusalOf(typed: string, { platform, isThread, words, root }: Circumstances): string | null {
	if (!typed.startsWith('/') || platform === 'teams') return null;
	if (platform === 'slack' && isThread) return words.noThreadCommands;
	const command = typed.split(/\s/)[0] ?? '/';
	return command === root ? null : words.unknownCommand(command);
}

/** The field is as high as its text, up to the limit that the style sheet sets. */
function useGrowingField(field: { current: HTMLTextAreaElement | null }, text: string): void {
	useLayoutEffect(() => {
		const element = field.current;
		if (element === null) return;
		element.style.height = 'auto';
		element.style.height = `${text === '' ? 0 : element.scrollHeight}px`;
	}, [field, text]);
}
