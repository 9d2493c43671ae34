/** Words of others in a message, as they were found in its several forms: each once, with its author, and within bounds. Pure. */

import type { CitedWords } from '#src/platform/chat-event.ts';
import { toDisplayName } from '#src/platform/display-name.ts';
import { idOf, textOf } from '../json.ts';
import { cutTo, inBrackets } from './named.ts';

/** As it was found. Without words where only that there is a message is told. */
export interface Citation extends CitedWords {
	/** Of the message whose words they are; empty where nothing tells it. */
	id: string;
	/** Told by the service. The rest is what the sender's client says. */
	isVouchedFor?: true;
	/** Deleted since it was quoted: then nothing else counts that is told of its words. */
	isGone?: true;
}

/** More than anybody answers, forwards and shares in one message; models read little more. */
const mostCited = 20;
/** As much as a whole message may hold. */
const mostCharacters = 51_200;
/** Each is compared with those before it. What comes beyond is counted and left out. */
const mostCompared = 100;

/** What stands for a message of which Teams tells no words: a card, or one that is gone. */
const unknownWords = inBrackets('a message without a preview');

/** Names and times as they come: untrusted, or missing. */
export function toCitation(kind: Citation['kind'], found: { id?: unknown; author?: string; at?: unknown; text: string }): Citation {
	const id = idOf(found.id);
	return { kind, id, author: authorOf(found.author ?? ''), writtenAt: timeOf(found.at) ?? timeOf(id), text: found.text };
}

/** One line; null where nothing is left of it. */
export function authorOf(name: string): string | null {
	return toDisplayName(name) || null;
}

/** Messages are called by the millisecond in which they were written; other times come as ISO 8601. Null for anything else. */
export function timeOf(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : textOf(value);
	const atMs = /^\d{13}$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(atMs) || atMs < 0 ? null : new Date(atMs).toISOString();
}

/**
 * The same words come in several forms: as HTML, as an entity, as an attachment. The longest form counts, and who and when as the service
 * tells it, else from any of them.
 */
export function toCited(found: readonly Citation[]): CitedWords[] {
	const merged: Compared[] = [];
	for (const citation of found.slice(0, mostCompared)) {
		const letters = lettersOf(citation.text);
		const same = merged.find((other) => isSame(other.citation, citation) || isSameText(other, { citation, letters }));
		if (same === undefined) merged.push({ citation: { ...citation }, letters });
		else Object.assign(same, joined(same, { citation, letters }));
	}
	const citations = merged.map(({ citation }) => citation);
	return withinBounds(citations, found.length - Math.min(found.length, mostCompared));
}

function withinBounds(citations: readonly Citation[], uncounted: number): CitedWords[] {
	let left = mostCharacters;
	const cited: CitedWords[] = [];
	for (const { kind, author, writtenAt, text } of citations.slice(0, mostCited)) {
		if (left <= 0) break;
		cited.push({ kind, author, writtenAt, text: text === '' ? unknownWords : cutTo(text, left) });
		left -= text.length;
	}
	const more = citations.length - cited.length + uncounted;
	if (more > 0) cited.push({ kind: 'shown', author: null, writtenAt: null, text: inBrackets(`${more} more are left out`) });
	return cited;
}

interface Compared {
	citation: Citation;
	letters: string;
}

function isSame(one: Citation, other: Citation): boolean {
	return one.kind === other.kind && one.id !== '' && one.id === other.id;
}

/** What is told without an id. A preview may end early, and says so. */
function isSameText({ citation: one, letters }: Compared, { citation: other, letters: others }: Compared): boolean {
	if (one.kind !== other.kind || one.kind === 'shown' || (one.id !== '' && other.id !== '')) return false;
	if (one.author !== null && other.author !== null && one.author !== other.author) return false;
	const [short, long] = letters.length < others.length ? [letters, others] : [others, letters];
	const beginning = short.replace(/(?:…|\.\.\.)$/, '');
	return short === long || (beginning !== short && beginning !== '' && long.startsWith(beginning));
}

function joined(one: Compared, other: Compared): Compared {
	const [first, second] = other.citation.isVouchedFor === true ? [other, one] : [one, other];
	const longest = second.letters.length > first.letters.length && first.citation.isGone !== true ? second : first;
	const citation = {
		...second.citation,
		...first.citation,
		id: first.citation.id || second.citation.id,
		author: first.citation.author ?? second.citation.author,
		writtenAt: first.citation.writtenAt ?? second.citation.writtenAt,
		text: longest.citation.text,
	};
	return { citation, letters: longest.letters };
}

/** A text without its blanks and line breaks, which differ between its forms. */
export function lettersOf(text: string): string {
	return text.replace(/\s+/g, '');
}
