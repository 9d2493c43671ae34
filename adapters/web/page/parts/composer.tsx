/** Where one asks: Enter sends, and what was typed is kept until it was sent. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { hasKeyboard, isPlainEnter } from './browser.ts';
import { CommandMenu, commandAttributes, useCommandMenu } from './command-menu.tsx';
import { FileButton, pastedFiles } from './file-entry.tsx';
import { IconButton } from './icon-button.tsx';
import { KnowledgeChoice } from './knowledge-choice.tsx';
import { ModelChoice } from './model-choice.tsx';
import { usePage, useStored } from './page-context.ts';
import { QuestionFileList } from './question-file-list.tsx';

interface ComposerProps {
	/** Under this the draft is kept. */
	conversation: string;
	/** The answer that can be stopped. */
	answerId: string | null;
}

export function Composer({ conversation, answerId }: ComposerProps) {
	const { chat, words } = usePage();
	const field = useRef<HTMLTextAreaElement>(null);
	const files = useStored(chat.files.files).filter((one) => one.conversation === conversation);
	const draft = useStored(chat.draft);
	const [text, setText] = useState(() => chat.drafts().read(conversation));
	useLayoutEffect(() => {
		if (draft.conversation !== conversation) return;
		setText(draft.text);
		field.current?.focus();
	}, [draft, conversation]);
	useLayoutEffect(() => {
		const element = field.current;
		if (element === null) return;
		element.style.height = 'auto';
		element.style.height = `${element.scrollHeight}px`;
	}, [text]);

	const write = (next: string) => {
		setText(next);
		chat.drafts().write(conversation, next);
	};
	const menu = useCommandMenu(text, write);
	const isReady = (text.trim() !== '' || files.some(({ state }) => state === 'kept')) && files.every(({ state }) => state !== 'sending');
	const send = () => {
		if (!isReady) return;
		chat.send(text);
		write('');
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (menu.onKey(event) || !isPlainEnter(event) || !hasKeyboard()) return;
		event.preventDefault();
		send();
	};
	const onPaste = (event: ClipboardEvent) => {
		const pasted = pastedFiles(event, words.files.pasted);
		if (pasted === null) return;
		event.preventDefault();
		chat.files.add(conversation, pasted);
	};
	return (
		<div class="composer">
			<div class="composer-card">
				<QuestionFileList files={files} />
				<CommandMenu menu={menu} />
				<textarea
					ref={field}
					rows={1}
					dir="auto"
					aria-label={words.composer.label}
					placeholder={words.composer.label}
					aria-describedby="composer-help"
					{...commandAttributes(menu)}
					value={text}
					onInput={(event) => write(event.currentTarget.value)}
					onKeyDown={onKeyDown}
					onPaste={onPaste}
				/>
				<div class="composer-tools">
					<FileButton conversation={conversation} />
					<KnowledgeChoice />
					<ModelChoice />
					<span id="composer-help" class="hint help">
						{words.composer.help}
					</span>
					{answerId !== null && (
						<IconButton icon="stop" label={words.composer.stop} class="stop" onPress={() => void chat.stop(answerId)} />
					)}
					<IconButton icon="send" label={words.composer.send} class="primary" isDisabled={!isReady} onPress={send} />
				</div>
			</div>
			<p class="hint caution">{words.composer.caution}</p>
		</div>
	);
}
