/** Passages of documents as sources of an answer. Pure. */

import type { Passage } from '../knowledge/search/passages.ts';
import type { Words } from '../locales/locales.ts';
import type { FoundSource } from './tool.ts';

export function sourceOf(passage: Passage, words: Words): FoundSource {
	const { chunkId, name, path, url, date, context, content } = passage;
	const title = path ?? name;
	const place = placeIn(passage, words);
	const day = date.slice(0, 10);
	return {
		...{ title, place, date, url, excerpt: content, canShow: true, chunkId },
		// What an answer says of it may be its title or its date, too.
		passage: [context, place ?? '', day, content].join('\n'),
		told: { file: title, ...(place === null ? {} : { place }), date: day, text: content },
	};
}

/** A page or a slide, else the headings above it; null for what has neither. */
function placeIn({ name, page, context }: Passage, { documents }: Words): string | null {
	if (page !== null) return /\.(?:pptx?|odp)$/i.test(name) ? documents.slide(page) : documents.page(page);
	const [, ...headings] = context.split(' › ');
	return headings.length === 0 ? null : headings.join(' › ');
}
