/** Copies a text, byte for byte, and says so for a moment. */

import { useEffect, useState } from 'preact/hooks';
import { copyText } from './browser.ts';
import { usePage } from './page-context.ts';

/** Long enough to be read. */
const saidForMs = 2_000;

export function CopyButton({ text }: { text: string }) {
	const { words } = usePage();
	const [isCopied, setIsCopied] = useState(false);
	useEffect(() => {
		if (!isCopied) return;
		const timer = setTimeout(() => setIsCopied(false), saidForMs);
		return () => clearTimeout(timer);
	}, [isCopied]);
	return (
		<button type="button" class="quiet" onClick={() => void copyText(text).then(setIsCopied)}>
			<span aria-live="polite">{isCopied ? words.message.copied : words.message.copy}</span>
		</button>
	);
}
