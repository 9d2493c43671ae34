/** What an answer was drawn from: numbered as its text names them, each opening its passage beside the answer. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { usePage } from './page-context.ts';

export type Source = ConversationMessage['sources'][number];

/** Of which answer a text is, and what it can name. */
export interface Citing {
	answerId: string;
	sources: readonly Source[];
}

export const CitingProvider = createContext<Citing | null>(null);

export function Sources({ answerId, sources }: Citing) {
	const { chat, words } = usePage();
	const about = useAbout();
	return (
		<section class="sources" aria-label={words.message.sources(sources.length)}>
			<p class="hint">{words.message.sources(sources.length)}</p>
			<ol>
				{sources.map((source) => (
					<li key={source.position}>
						<button type="button" class="source" onClick={() => chat.open.showSource({ answerId, position: source.position })}>
							<span class="position">{source.position}</span>
							<span class="source-title" dir="auto">
								{source.title}
							</span>
							<span class="hint">{about(source)}</span>
						</button>
					</li>
				))}
			</ol>
		</section>
	);
}

/** Says where a source stands and of when it is: `page 12 · 30 Nov 2026`. A date without a time is the same day everywhere. */
export function useAbout(): (source: Source) => string {
	const { words, language } = usePage();
	const dayOf = (date: string) =>
		Number.isNaN(Date.parse(date))
			? null
			: new Date(date).toLocaleDateString(language, {
					dateStyle: 'medium',
					...(/^\d{4}-\d\d-\d\d$/.test(date) ? { timeZone: 'UTC' } : {}),
				});
	return ({ place, date, isOld }) =>
		[place, date === null ? null : dayOf(date), isOld ? words.message.old : null].filter((part) => part !== null).join(' · ');
}

/** `[1]` in a text, where there is such a source. */
export function CitedText({ text }: { text: string }) {
	const { chat, words } = usePage();
	const citing = useContext(CitingProvider);
	if (citing === null || citing.sources.length === 0) return <>{text}</>;
	return (
		<>
			{text.split(/(\[\d{1,2}\])/).map((part, index) => {
				const position = index % 2 === 1 ? Number(part.slice(1, -1)) : null;
				const source = citing.sources.find((one) => one.position === position);
				if (source === undefined) return part;
				return (
					<button
						key={index}
						type="button"
						class="cited"
						title={source.title}
						aria-label={words.message.source(source.position, source.title)}
						onClick={() => chat.open.showSource({ answerId: citing.answerId, position: source.position })}
					>
						{source.position}
					</button>
				);
			})}
		</>
	);
}
