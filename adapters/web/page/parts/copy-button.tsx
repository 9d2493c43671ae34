/** Copies a text, byte for byte, and says so for a moment. */

import { useEffect, useState } from 'preact/hooks';
import { copyText } from './browser.ts';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

/** Long enough to be read. */
const saidForMs = 2_000;

/** @param isSaid In words beside the sign. */
export function CopyButton({ text, isSaid = false }: { text: string; isSaid?: boolean }) {
	const { words } = usePage();
	const [isCopied, setIsCopied] = useState(false);
	useEffect(() => {
		if (!isCopied) return;
		const timer = setTimeout(() => setIsCopied(false), saidForMs);
		return () => clearTimeout(timer);
	}, [isCopied]);
	const label = isCopied ? words.message.copied : words.message.copy;
	return (
		<button type="button" class={isSaid ? 'copy' : 'icon-button'} title={label} onClick={() => void copyText(text).then(setIsCopied)}>
			<Icon name={isCopied ? 'done' : 'copy'} />
			<span class={isSaid ? '' : 'unseen'} aria-live="polite">
				{label}
			</span>
		</button>
	);
}
