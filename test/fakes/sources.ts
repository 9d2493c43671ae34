/** Sources of answers, with whatever a test does not say. */

import { english } from '#src/locales/english.ts';
import { type Source, type SourceList, type SourceWords, sourceWordsFor } from '#src/platform/source.ts';

export const plainSourceWords: SourceWords = sourceWordsFor(english, 'UTC');

/** One that is cited first, when nothing else is said. */
export function sourceOf(given: Partial<Source> = {}): Source {
	return { position: 1, title: 'Plan', place: null, date: null, url: null, excerpt: '', canShow: false, ...given };
}

/** As a message shows them to somebody who reads English. */
export function listed(...sources: readonly Partial<Source>[]): SourceList {
	return { sources: sources.map(sourceOf), words: plainSourceWords };
}
