/** Everything that one answer can cite, each once, under the number that it was first given. */

import { toDisplayName } from '../platform/display-name.ts';
import { type Source, webAddressOf } from '../platform/source.ts';
import { shortened, shortenedInMiddle } from '../text.ts';
import type { FoundSource } from '../tools/tool.ts';

const mostTitleCharacters = 120;
const mostPlaceCharacters = 80;
/** Of a passage: a page of a book has some 2,000. */
const mostExcerptCharacters = 2_000;

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
			const title = shortenedInMiddle(toDisplayName(found.title, Number.POSITIVE_INFINITY), mostTitleCharacters);
			const place = found.place == null ? null : toDisplayName(found.place, mostPlaceCharacters) || null;
			const url = webAddressOf(found.url) === null ? null : found.url;
			const excerpt = shortened(found.excerpt, mostExcerptCharacters);
			const isSame = (one: Source) => (url === null ? one.title === title && one.excerpt === excerpt : one.url === url);
			let known = sources.find((source) => source.place === place && isSame(source));
			if (known === undefined) {
				const { date = null, canShow = false } = found;
				known = { position: sources.length + 1, title, place, date, url, excerpt, canShow: canShow && excerpt.trim() !== '' };
				sources.push(known);
			}
			return { cite_as: `[${known.position}]`, title };
		},
	};
}
