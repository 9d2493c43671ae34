/** Everything that one answer can cite, each once, under the number that it was first given. */

import type { Source } from '../platform/chat-platform.ts';
import { toDisplayName } from '../platform/display-name.ts';
import type { FoundSource } from '../tools/tool.ts';

const mostTitleCharacters = 120;
const mostExcerptCharacters = 500;

export interface FoundSources {
	all(): readonly Source[];
	/** How the model is to cite it. */
	take(found: FoundSource): { cite_as: string; title: string };
}

export function createFoundSources(): FoundSources {
	const sources: Source[] = [];
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
			}
			return { cite_as: `[${known.position}]`, title };
		},
	};
}

function isOfTheWeb(url: string): boolean {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
