/** Where one changes a message of one's own. */

import { useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { usePane } from './stage.ts';

export function Editor({ message, onDone }: { message: Message; onDone(): void }) {
	const { words, edit } = usePane();
	const [text, setText] = useState(message.source);
	const save = () => {
		if (text.trim() !== '') edit(message, text.trim());
		onDone();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape') onDone();
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		save();
	};
	return (
		<div class="editor">
			<textarea
				aria-label={words.edit}
				ref={(element) => element?.focus()}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
				onKeyDown={onKeyDown}
			/>
			<div>
				<button type="button" onClick={onDone}>
					{words.cancel}
				</button>
				<button type="button" class="primary" onClick={save}>
					{words.save}
				</button>
			</div>
		</div>
	);
}
