/** Everything that one answer can cite, each once, under the number that it was first given; and what each of them says. */

import { type PassageReading, readPassage } from '../../knowledge/cite/supports.ts';
import { toDisplayName } from '../../platform/display-name.ts';
import { type Source, webAddressOf } from '../../platform/source.ts';
import { shortened, shortenedInMiddle } from '../../text.ts';
import type { FoundSource } from '../../tools/tool.ts';
import { type Contradicting, contradictionsAmong } from './contradicting.ts';

const mostTitleCharacters = 120;
const mostPlaceCharacters = 80;
/** What is kept and shown of what a source says: a page of a book has some 2,000. */
const mostExcerptCharacters = 2_000;
const dayMs = 24 * 3_600_000;

/** From when on a source is old. */
export interface Ageing {
	now: Date;
	/** Of documents that have no such number of their own; null for never. */
	staleAfterDays: number | null;
}

/** How the model is to cite it. */
export interface CitingMark {
	cite_as: string;
	title: string;
	old?: true;
}

export interface FoundSources {
	all(): readonly Source[];
	/** Of one that is known already it is noted what else it says. */
	take(found: FoundSource): CitingMark;
	/** All that these say together, their titles too. Read once. @param numbers of sources that there are. */
	passage(numbers: readonly number[]): PassageReading;
	/** Which passages of documents contradict each other, of those that were found first. */
	contradictions(): readonly Contradicting[];
}

export function createFoundSources({ now, staleAfterDays }: Ageing): FoundSources {
	const sources: Source[] = [];
	/** What each says, in the order of `sources`. */
	const texts: Set<string>[] = [];
	const passages = new Map<string, PassageReading>();
	let contradictions: readonly Contradicting[] | null = null;

	function isOld({ date = null, staleAfterDays: own = null }: FoundSource): boolean {
		const days = own ?? staleAfterDays;
		return days !== null && date !== null && Date.parse(date) < now.getTime() - days * dayMs;
	}

	return {
		all: () => sources,
		take(found) {
			const given = toShown(found);
			// Passages of one file, and files of one message, have one address.
			const isSame = (one: Source) =>
				one.url === given.url && one.title === given.title && one.place === given.place && one.excerpt === given.excerpt;
			let known = sources.find(isSame);
			if (known === undefined) {
				known = { position: sources.length + 1, ...given, ...(isOld(found) ? { isOld: true } : {}) };
				sources.push(known);
				texts.push(new Set([`${found.title}.`]));
			}
			texts[known.position - 1]?.add(found.passage ?? found.excerpt);
			passages.clear();
			contradictions = null;
			return { cite_as: `[${known.position}]`, title: known.title, ...(known.isOld === true ? { old: true } : {}) };
		},
		passage(numbers) {
			const key = numbers.join(' ');
			const passage = passages.get(key) ?? readPassage(numbers.flatMap((number) => [...(texts[number - 1] ?? [])]).join('\n'));
			passages.set(key, passage);
			return passage;
		},
		contradictions() {
			contradictions ??= contradictionsAmong(sources);
			return contradictions;
		},
	};
}

/** What readers are shown of it. */
function toShown({ date = null, canShow = false, ...found }: FoundSource): Omit<Source, 'position'> {
	const excerpt = shortened(found.excerpt, mostExcerptCharacters);
	return {
		title: shortenedInMiddle(toDisplayName(found.title, Number.POSITIVE_INFINITY), mostTitleCharacters),
		place: found.place == null ? null : toDisplayName(found.place, mostPlaceCharacters) || null,
		date,
		url: webAddressOf(found.url) === null ? null : found.url,
		excerpt,
		canShow: canShow && excerpt.trim() !== '',
		...originOf(found),
	};
}

function originOf({ chunkId, placementId, fileId }: FoundSource): Pick<Source, 'chunkId' | 'placementId' | 'fileId'> {
	return {
		...(chunkId === undefined ? {} : { chunkId }),
		...(placementId === undefined ? {} : { placementId }),
		...(fileId === undefined ? {} : { fileId }),
	};
}
