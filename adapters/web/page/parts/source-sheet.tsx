/** The passage that an answer was drawn from, beside it; on a narrow screen above it. Escape closes it. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Talk } from '../state/talk.ts';
import { IconButton } from './icon-button.tsx';
import { SafeLink } from './markdown.tsx';
import { PlainText } from './message-row.tsx';
import { usePage } from './page-context.ts';
import { type Source, useAbout } from './sources.tsx';

export function SourceSheet({ talk: { messages, shownSource } }: { talk: Talk }) {
	const { chat, words } = usePage();
	const about = useAbout();
	const sheet = useRef<HTMLElement>(null);
	const opener = useRef<Element | null>(null);
	const source = messages
		.find(({ id }) => id === shownSource?.answerId)
		?.sources.find(({ position }) => position === shownSource?.position);
	const isOpen = source !== undefined;
	useLayoutEffect(() => {
		if (!isOpen) return;
		opener.current = document.activeElement;
		sheet.current?.focus();
		return () => opener.current instanceof HTMLElement && opener.current.focus();
	}, [isOpen]);
	if (source === undefined) return null;
	const close = () => chat.open.showSource(null);
	const { position, title, url } = source;
	return (
		<aside
			ref={sheet}
			class="sheet"
			aria-label={words.message.source(position, title)}
			tabIndex={-1}
			onKeyDown={(event) => event.key === 'Escape' && close()}
		>
			<header>
				<span class="position">{position}</span>
				<h2 dir="auto">{title}</h2>
				<IconButton icon="close" label={words.message.closeSource} onPress={close} />
			</header>
			<p class="hint">{about(source)}</p>
			<Passage key={`${shownSource?.answerId} ${position}`} answerId={shownSource?.answerId ?? ''} source={source} />
			{url !== null && (
				<p>
					<SafeLink address={url}>{words.message.openSource}</SafeLink>
				</p>
			)}
		</aside>
	);
}

/** What stands there now, with what the answer was drawn from marked in it. */
function Passage({ answerId, source: { position, excerpt, original, canShow } }: { answerId: string; source: Source }) {
	const { chat, words } = usePage();
	const [text, setText] = useState<string | null>(null);
	const [isRefused, setIsRefused] = useState(false);
	useEffect(() => {
		if (!canShow) return;
		let isOver = false;
		chat.api.readPassage(answerId, position).then(
			(passage) => !isOver && setText(passage.text),
			() => !isOver && setIsRefused(true),
		);
		return () => {
			isOver = true;
		};
	}, [answerId, position, canShow]);
	const quoted = original ?? excerpt;
	const at = text?.indexOf(quoted) ?? -1;
	if (text === null || at < 0) {
		return (
			<>
				{isRefused && <p class="hint">{words.message.noPassage}</p>}
				<blockquote dir="auto">{excerpt}</blockquote>
				{original !== null && (
					<>
						<p class="hint">{words.message.original}</p>
						<blockquote dir="auto">{original}</blockquote>
					</>
				)}
				{text !== null && <PlainText text={text} />}
			</>
		);
	}
	return (
		<p class="plain" dir="auto">
			{text.slice(0, at)}
			<mark>{quoted}</mark>
			{text.slice(at + quoted.length)}
		</p>
	);
}
