/** Copies the link to a message, and says so for a moment. */

import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { usePane } from './stage.ts';

/** As long as it takes to see it. */
const thanksMs = 1_500;

export function CopyLink({ link }: { link: string }) {
	const { words } = usePane();
	const [isCopied, setIsCopied] = useState(false);
	useEffect(() => {
		if (!isCopied) return;
		const timer = setTimeout(() => setIsCopied(false), thanksMs);
		return () => clearTimeout(timer);
	}, [isCopied]);
	const label = isCopied ? words.linkCopied : words.copyLink;
	return (
		<button type="button" aria-label={label} title={label} onClick={() => void copy(link).then(() => setIsCopied(true))}>
			<Icon name={isCopied ? 'check' : 'link'} />
		</button>
	);
}

/** Browsers have a clipboard for pages of this machine and of HTTPS only; elsewhere the old command still works. */
async function copy(text: string): Promise<void> {
	if (window.isSecureContext) return navigator.clipboard.writeText(text);
	const field = document.body.appendChild(document.createElement('textarea'));
	field.value = text;
	field.select();
	document.execCommand('copy');
	field.remove();
}
