/** Code as it was written, with its language and a way to copy it. It is coloured once it is whole, by a part of the page that comes when it is needed. */

import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { barsLanguage } from '#src/markdown/bars.ts';
import { CopyButton } from './copy-button.tsx';
import { usePage } from './page-context.ts';

/** More than this takes longer than a frame to read. */
const mostColoured = 50_000;

/** Whether nothing more comes of the block that code stands in. */
export const WholeProvider = createContext(true);

export function CodeBlock({ language, text }: { language: string; text: string }) {
	const { words } = usePage();
	const isWhole = useContext(WholeProvider);
	const coloured = useColours(language, text, isWhole && text.length <= mostColoured);
	return (
		<figure class="code">
			<figcaption>
				<span>{language === barsLanguage ? words.data.chart : language || words.message.code('')}</span>
				<CopyButton text={text} isSaid />
			</figcaption>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
			<section class="code-frame" tabIndex={0} aria-label={words.message.code(language)}>
				<pre dir="ltr">
					<code>{coloured ?? text}</code>
				</pre>
			</section>
		</figure>
	);
}

function useColours(language: string, text: string, isWanted: boolean): ComponentChildren | null {
	const [coloured, setColoured] = useState<{ text: string; nodes: ComponentChildren } | null>(null);
	useEffect(() => {
		if (!isWanted || language === '') return;
		let isOver = false;
		const colour = async () => {
			const { highlight } = await import('./highlighting.tsx');
			const nodes = await highlight(language, text);
			if (!isOver && nodes !== null) setColoured({ text, nodes });
		};
		// Where a part of the page cannot be had, the code is there all the same.
		colour().catch(() => {});
		return () => {
			isOver = true;
		};
	}, [language, text, isWanted]);
	return coloured?.text === text ? coloured.nodes : null;
}
