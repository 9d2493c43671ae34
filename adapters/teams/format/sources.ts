/** What an answer draws on, where Teams' own citations do not tell it: lines of a card, what is asked for passages, a passage as text. Pure. */

import { makeInlineSafe, quietCode } from '#src/markdown/safe-inline.ts';
import { lineAboutSource, type ShownPassage, type Source, type SourceList, webAddressOf } from '#src/platform/source.ts';
import { shortened, shortenedInMiddle } from '#src/text.ts';
import type { Json } from '../json.ts';
import { escapePlain } from './text.ts';

/** Titles are file names and headings; longer ones fill the screen. */
const titleCharacters = 80;
/** Longer lists do too. */
const mostLines = 10;
/** A card shows six actions at most ("Cards reference"); so many stand beside each other on a phone. */
const mostButtons = 3;
/** Each line of a passage takes some more characters, and each mark in it one: this stays far below what a message takes. */
const passageCharacters = 8_000;

/** The field of a card in which somebody chooses a passage, and of the data that comes of it. */
export const chosenPassage = 'position';

/** A button for passages: of one source, or of the one that is chosen in the card. */
export interface PassageButton {
	label: string;
	position: number | null;
}

/** What a card shows of passages. */
export interface PassageControls {
	buttons: PassageButton[];
	/** Elements of the card's body that the button needs. */
	inputs: Json[];
}

/** The sources as small lines, and how many more there are. */
export function toSourceLines({ sources, words }: SourceList, toCardText: (text: string) => string): Json[] {
	const lines = sources.slice(0, mostLines).map((source) => {
		const about = lineAboutSource(source, words);
		return `[${source.position}] ${toTitle(source)}${about === '' ? '' : ` · ${toPlainLine(about)}`}`;
	});
	const all = sources.length > mostLines ? [...lines, words.more(sources.length - mostLines)] : lines;
	const looks = { type: 'TextBlock', wrap: true, isSubtle: true, size: 'Small' };
	return all.map((text, index) => ({ ...looks, text: toCardText(text), ...(index === 0 ? { separator: true } : { spacing: 'None' }) }));
}

/** A button for each of a few; of more, one is chosen in the card. */
export function toPassageControls({ sources, words }: SourceList): PassageControls {
	const passages = sources.filter(({ canShow }) => canShow).slice(0, mostLines);
	if (passages.length <= mostButtons) {
		return { buttons: passages.map(({ position }) => ({ label: words.showOf(position), position })), inputs: [] };
	}
	const choices = passages.map(({ position, title, place }) => ({
		title: `[${position}] ${shortenedInMiddle(title, titleCharacters)}${place === null ? '' : ` · ${place}`}`,
		value: String(position),
	}));
	const menu = { type: 'Input.ChoiceSet', id: chosenPassage, style: 'compact', label: words.show, value: choices[0]?.value, choices };
	return { buttons: [{ label: words.show, position: null }], inputs: [menu] };
}

/** A quotation below what it is from, as text. */
export function toPassageText({ title, about, url, text, cutNotice }: ShownPassage): string {
	const shown = shortened(text, passageCharacters);
	const lines = shown.split(/\s*\n\s*/).map((line) => `> ${toPlainLine(line)}`);
	const heading = `**${toTitle({ title, url })}**`;
	const parts = [heading, toPlainLine(about), lines.join('\n>\n'), shown === text ? '' : cutNotice];
	return makeInlineSafe(parts.filter((part) => part !== '').join('\n\n'), quietCode);
}

function toTitle({ title, url }: Pick<Source, 'title' | 'url'>): string {
	const label = toPlainLine(shortenedInMiddle(title, titleCharacters));
	const href = webAddressOf(url)?.href.replace(/[()|<>]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
	return href === undefined ? label : `[${label}](${href})`;
}

function toPlainLine(text: string): string {
	return escapePlain(text.replace(/\s+/g, ' ').trim());
}
