/** What an answer draws on, and what of it readers are shown. Pure. */

import { isTimeZone } from '../local-time.ts';
import { languageIn, type Words } from '../locales/locales.ts';

/** What an answer draws on. */
export interface Source {
	/** The number by which the text names it, as `[1]`; from 1. */
	position: number;
	title: string;
	/** What stands where in it, in the reader's language: `page 12`, `sheet "Stock", row 40`. Null for all of it. */
	place: string | null;
	/** ISO 8601: when it was shared, or changed last. Null where nobody knows, or the title says it. */
	date: string | null;
	/** Where the place is that was cited; null when nobody can open it. */
	url: string | null;
	/** What stands there. */
	excerpt: string;
	/** Whether a button may show a reader what stands there. */
	canShow: boolean;
	/** `chunks.id` of a document's passage: what stands there is then read anew, by whoever may read it still. */
	chunkId?: number;
	/** `document_placements.id`: where the document lies that it stands in. */
	placementId?: string;
	/** The platform's id of a file that came with the question. */
	fileId?: string;
	/** Older than what is cited here may be. */
	isOld?: boolean;
	/** Of a source in another language than the answer: the sentence that the answer draws on, as it stands there. */
	original?: string;
}

/** What stands around sources, in the language of whoever asked. */
export interface SourceWords {
	/** How many there are besides those that are shown. */
	more(count: number): string;
	/** On what shows passages: any of them, or that of one source. */
	show: string;
	showOf(position: number): string;
	/** The day of a date in ISO 8601. */
	day(date: string): string;
	/** Of a source that is old. */
	old(day: string): string;
	/** What a source says in its own language. */
	original(quote: string): string;
}

/** What a message shows as its sources. */
export interface SourceList {
	sources: readonly Source[];
	words: SourceWords;
}

/** A passage of a source, for one person. All of it comes from people's files and messages, but for `about` and `cutNotice`. */
export interface ShownPassage {
	title: string;
	/** Where it stands and of when it is, in the reader's language; empty where nobody knows. */
	about: string;
	url: string | null;
	text: string;
	/** Stands below a text that is longer than the platform takes. */
	cutNotice: string;
}

/** For readers whose clocks are in this time zone. A date without a time is the same day everywhere. */
export function sourceWordsFor(words: Words, timeZone: string): SourceWords {
	const { more, show, showOf, old, original } = words.sources;
	const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
	return {
		more,
		show,
		showOf,
		old,
		original,
		day(date) {
			const options = { dateStyle: 'medium', timeZone: /^\d{4}-\d\d-\d\d$/.test(date) ? 'UTC' : zone } as const;
			return Number.isNaN(Date.parse(date)) ? '' : new Date(date).toLocaleDateString(languageIn(words), options);
		},
	};
}

/** Where a source stands and of when it is: `page 12 · 30 Nov 2026`, or `page 12 · old: 30 Nov 2023`. Empty where nobody knows either. */
export function aboutSource(source: Pick<Source, 'place' | 'date' | 'isOld'>, words: Pick<SourceWords, 'day' | 'old'>): string {
	return [source.place, dayOfSource(source, words)].filter((part) => part !== null && part !== '').join(' · ');
}

/** Of when it is, and whether that is long ago. Empty where nobody knows. */
export function dayOfSource({ date, isOld }: Pick<Source, 'date' | 'isOld'>, { day, old }: Pick<SourceWords, 'day' | 'old'>): string {
	const shown = date === null ? '' : day(date);
	return isOld === true && shown !== '' ? old(shown) : shown;
}

/** As `aboutSource`, and what it says in its own language where that is not the answer's: for a line of its own. */
export function lineAboutSource(source: Source, words: SourceWords): string {
	const original = source.original === undefined ? '' : words.original(source.original);
	return [aboutSource(source, words), original].filter((part) => part !== '').join(' · ');
}

/** Null for what is no address of the web. */
export function webAddressOf(url: string | null): URL | null {
	const address = url !== null && URL.canParse(url) ? new URL(url) : null;
	return address !== null && /^https?:$/.test(address.protocol) ? address : null;
}
