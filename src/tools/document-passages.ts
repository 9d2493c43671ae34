/** Passages of documents as sources of an answer. Pure. */

import type { Passage } from '../knowledge/search/passages.ts';
import type { Words } from '../locales/locales.ts';
import type { FoundSource } from './tool.ts';

/** Of a document, or of a file that is none. */
export type FilePassage = Pick<Passage, 'name' | 'path' | 'url' | 'date' | 'context' | 'content' | 'page'>;

export function sourceOf(passage: Passage, words: Words): FoundSource {
	const { chunkId, placementId, staleAfterDays } = passage;
	return { ...fileSourceOf(passage, words), chunkId, placementId, staleAfterDays };
}

export function fileSourceOf(passage: FilePassage, words: Words): FoundSource {
	const { name, path, url, date, context, content } = passage;
	const title = path ?? name;
	const place = placeIn(passage, words);
	const day = date.slice(0, 10);
	return {
		...{ title, place, date, url, excerpt: content, canShow: true },
		// What an answer says of it may be its title or its date, too.
		passage: [context, place ?? '', day, content].join('\n'),
		told: { file: title, ...(place === null ? {} : { place }), date: day, text: content },
	};
}

/** A page or a slide, else the headings above it; null for what has neither. */
function placeIn({ name, page, context }: FilePassage, { documents }: Words): string | null {
	if (page !== null) return /\.(?:pptx?|odp)$/i.test(name) ? documents.slide(page) : documents.page(page);
	const [, ...headings] = context.split(' › ');
	return headings.length === 0 ? null : headings.join(' › ');
}
