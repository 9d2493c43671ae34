/** Everything that one answer can cite, each once, under the number that it was first given; and what each of them says. */

import { type PassageReading, readPassage } from '../../knowledge/cite/supports.ts';
import type { Source } from '../../platform/chat-platform.ts';
import { toDisplayName } from '../../platform/display-name.ts';
import type { FoundSource } from '../../tools/tool.ts';

const mostTitleCharacters = 120;
/** What is kept and shown of what a source says. */
const mostExcerptCharacters = 500;

export interface FoundSources {
	all(): readonly Source[];
	/** How the model is to cite it. Of one that is known already it is noted what else it says. */
	take(found: FoundSource): { cite_as: string; title: string };
	/** All that these say together, their titles too. Read once. @param numbers of sources that there are. */
	passage(numbers: readonly number[]): PassageReading;
}

export function createFoundSources(): FoundSources {
	const sources: Source[] = [];
	/** What each says, in the order of `sources`. */
	const texts: Set<string>[] = [];
	const passages = new Map<string, PassageReading>();
	return {
		all: () => sources,
		take(found) {
			const title = toDisplayName(found.title, mostTitleCharacters);
			const url = found.url !== null && isOfTheWeb(found.url) ? found.url : null;
			const excerpt = found.excerpt.slice(0, mostExcerptCharacters).toWellFormed();
			let known = sources.find((source) => (url === null ? source.title === title && source.excerpt === excerpt : source.url === url));
			if (known === undefined) {
				known = { position: sources.length + 1, title, url, excerpt };
				sources.push(known);
				texts.push(new Set([`${found.title}.`]));
			}
			texts[known.position - 1]?.add(found.passage ?? found.excerpt);
			passages.clear();
			return { cite_as: `[${known.position}]`, title };
		},
		passage(numbers) {
			const key = numbers.join(' ');
			const passage = passages.get(key) ?? readPassage(numbers.flatMap((number) => [...(texts[number - 1] ?? [])]).join('\n'));
			passages.set(key, passage);
			return passage;
		},
	};
}

function isOfTheWeb(url: string): boolean {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
