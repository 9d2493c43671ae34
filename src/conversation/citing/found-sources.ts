/** Everything that one answer can cite, each once, under the number that it was first given; and what each of them says. */

import { type PassageReading, readPassage } from '../../knowledge/cite/supports.ts';
import { toDisplayName } from '../../platform/display-name.ts';
import { type Source, webAddressOf } from '../../platform/source.ts';
import { shortened, shortenedInMiddle } from '../../text.ts';
import type { FoundSource } from '../../tools/tool.ts';

const mostTitleCharacters = 120;
const mostPlaceCharacters = 80;
/** What is kept and shown of what a source says: a page of a book has some 2,000. */
const mostExcerptCharacters = 2_000;

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
			const title = shortenedInMiddle(toDisplayName(found.title, Number.POSITIVE_INFINITY), mostTitleCharacters);
			const place = found.place == null ? null : toDisplayName(found.place, mostPlaceCharacters) || null;
			const url = webAddressOf(found.url) === null ? null : found.url;
			const excerpt = shortened(found.excerpt, mostExcerptCharacters);
			// Passages of one file, and files of one message, have one address.
			const isSame = (one: Source) => one.url === url && one.title === title && one.place === place && one.excerpt === excerpt;
			let known = sources.find(isSame);
			if (known === undefined) {
				const { date = null, canShow = false } = found;
				known = {
					...{ position: sources.length + 1, title, place, date, url, excerpt },
					canShow: canShow && excerpt.trim() !== '',
					...originOf(found),
				};
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

function originOf({ chunkId, placementId, fileId }: FoundSource): Pick<Source, 'chunkId' | 'placementId' | 'fileId'> {
	return {
		...(chunkId === undefined ? {} : { chunkId }),
		...(placementId === undefined ? {} : { placementId }),
		...(fileId === undefined ? {} : { fileId }),
	};
}
