/** Where one writes: Enter sends, `@` offers people, `/` offers commands. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { commandRefusal } from './command-refusal.ts';
import { Icon } from './icons.tsx';
import { Samples } from './samples.tsx';
import { usePane } from './stage.ts';
import { chooseByKey, SuggestionList } from './suggestion-list.tsx';
import { openWord, type Suggestion, suggestionsFor } from './suggestions.ts';
import { useAttachment, useDropping } from './use-attachment.ts';

interface ComposerProps {
	/** Null: the place itself. */
	threadId: string | null;
	/** The message that it refers to, where the platform shows that. */
	repliesTo?: string | null;
	placeholder: string;
	takesFocus?: boolean;
	/** With what was typed. */
	onSent?(typed: string): void;
	/** Escape was pressed. */
	onLeave?(): void;
	/** More tools beside the mention button. */
	children?: ComponentChildren;
}

/** Where the person may only read, the platform says so instead. */
export function Composer(props: ComposerProps) {
	const { place, words } = usePane();
	return place.isReadOnly ? <p class="notice">{words.readOnly}</p> : <WritingComposer {...props} />;
}

function WritingComposer({ threadId, repliesTo = null, placeholder, takesFocus = false, onSent, onLeave, children }: ComposerProps) {
	const { view, words, place, say } = usePane();
	const field = useRef<HTMLTextAreaElement>(null);
	const [text, setText] = useState('');
	const [caret, setCaret] = useState(0);
	const [chosen, setChosen] = useState(0);
	const [notice, setNotice] = useState<string | null>(null);
	const attachment = useAttachment();
	const [isOffering, setIsOffering] = useState(true);
	const word = openWord(text, caret);
	const suggestions = isOffering ? suggestionsFor(view, place, word) : [];
	useGrowingField(field, text);
	useEffect(() => {
		if (takesFocus) field.current?.focus();
	}, [takesFocus, repliesTo]);

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
	const attach = (file: File | undefined) => {
		if (!attachment.take(file)) setNotice(words.fileTooLarge);
		field.current?.focus();
	};
	const isDropping = useDropping(field, attach);
	const canSend = text.trim() !== '' || attachment.file !== null;
	const send = () => {
		const typed = text.trim();
		if (!canSend) return;
		const refusal = commandRefusal(typed, { view, words, place, isThread: threadId !== null });
		if (refusal !== null) {
			setNotice(refusal);
			return;
		}
		write('', 0);
		say({ text: typed, threadId, repliesTo, file: attachment.file });
		attachment.clear();
		onSent?.(typed);
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
			{place.kind === 'direct' && !canSend && (
				<Samples onFile={attach} onQuestion={(question) => say({ text: question, threadId, repliesTo })} />
			)}
			<div class={`composer ${isDropping ? 'dropping' : ''}`}>
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
				{attachment.file !== null && (
					<p class="attached">
						<Icon name="file" />
						{attachment.file.name}
						<button type="button" class="icon-button" aria-label={words.detach} onClick={attachment.clear}>
							<Icon name="close" />
						</button>
					</p>
				)}
				<div class="composer-tools">
					<label class="quiet" title={words.attach}>
						<Icon name="clip" />
						<input type="file" aria-label={words.attach} onChange={(event) => attach(event.currentTarget.files?.[0])} />
					</label>
					<button type="button" class="quiet" aria-label={words.mentionBot} onClick={() => insert('@OpenCCB ', 0)}>
						<Icon name="at" />
						<span class="tool-name">OpenCCB</span>
					</button>
					{children}
					<span class="composer-help">{words.composerHelp}</span>
					<button type="button" class="send" aria-label={words.send} disabled={!canSend} onClick={send}>
						<Icon name="send" />
					</button>
				</div>
			</div>
		</div>
	);
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
