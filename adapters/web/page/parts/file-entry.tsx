/** How files come into a question: by a button, dropped anywhere on the page, or pasted; a very long text that is pasted becomes one, too. */

import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from './icon-button.tsx';
import { usePage } from './page-context.ts';

/** More than this is read better as a file, by people and by models, and would make the field slow. */
const mostPasted = 8_000;

export function FileButton({ conversation }: { conversation: string }) {
	const { chat, words } = usePage();
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
		// Else the browser would leave the page and show the file.
		const onDragOver = (event: DragEvent) => hasFiles(event) && event.preventDefault();
		const onDrop = (event: DragEvent) => {
			if (!hasFiles(event)) return;
			event.preventDefault();
			chat.files.add(conversation, [...(event.dataTransfer?.files ?? [])]);
		};
		addEventListener('dragover', onDragOver);
		addEventListener('drop', onDrop);
		return () => {
			removeEventListener('dragover', onDragOver);
			removeEventListener('drop', onDrop);
		};
	}, [conversation]);
	const choose = () => {
		const { current } = field;
		chat.files.add(conversation, [...(current?.files ?? [])]);
		// The same file can be chosen again.
		if (current !== null) current.value = '';
	};
	return (
		<>
			<input ref={field} type="file" multiple hidden aria-label={words.files.attach} onChange={choose} />
			<IconButton icon="clip" label={words.files.attach} onPress={() => field.current?.click()} />
		</>
	);
}

/** @returns files in place of what is pasted; null where it is a text like any other. */
export function pastedFiles({ clipboardData }: ClipboardEvent, textName: string): File[] | null {
	if (clipboardData === null) return null;
	if (clipboardData.files.length > 0) return [...clipboardData.files];
	const text = clipboardData.getData('text/plain');
	return text.length > mostPasted ? [new File([text], textName, { type: 'text/plain' })] : null;
}
