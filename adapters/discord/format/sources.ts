/** What an answer draws on: small lines below the text, buttons that are links for those that find no room there, a menu of passages. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import { makeInlineSafe } from '#src/markdown/safe-inline.ts';
import { aboutSource, lineAboutSource, type ShownPassage, type Source, type SourceList, webAddressOf } from '#src/platform/source.ts';
import { shortened, shortenedInMiddle } from '#src/text.ts';
import { writeAddressLink } from './link.ts';
import { escapeMarkdown } from './plain.ts';

type Json = Record<string, unknown>;

export interface ShownSources {
	/** The text with as many sources below it as fit, and how many are shown nowhere. */
	content: string;
	/** Buttons for others. */
	buttons: Json[];
}

/** What there is room for in a message. */
export interface SourceRoom {
	/** Characters of the content. */
	characters: number;
	/** Buttons that are links. */
	buttons: number;
}

/** "Component Reference": labels of 80 characters, addresses of 512. */
const labelCharacters = 80;
const addressCharacters = 512;
const buttonType = 2;
const linkStyle = 5;
/** The same page, "String Select": 25 options with labels, values and descriptions of 100 characters, placeholders of 150. */
const selectType = 3;
const mostOptions = 25;
const optionCharacters = 100;
const placeholderCharacters = 150;

export function showSources(text: string, { sources, words }: SourceList, room: SourceRoom): ShownSources {
	const full = sources.map((source) => toLine(source, lineAboutSource(source, words)));
	const isRoom = [text, '', ...full].join('\n').length <= room.characters;
	const lines = isRoom ? full : sources.map((source) => toLine(source, aboutSource(source, words)));
	for (let listed = sources.length; listed >= 0; listed--) {
		const buttons = sources.slice(listed).flatMap(toButton).slice(0, room.buttons);
		const unseen = sources.length - listed - buttons.length;
		const below = [...lines.slice(0, listed), ...(unseen > 0 ? [`-# ${words.more(unseen)}`] : [])].join('\n');
		const content = [text, below].filter((part) => part !== '').join('\n\n');
		if (content.length <= room.characters) return { content, buttons };
	}
	return { content: text, buttons: sources.flatMap(toButton).slice(0, room.buttons) };
}

/** Null where no passage can be shown. @param customId What comes back with the number of the source that was chosen. */
export function toPassageMenu({ sources, words }: SourceList, customId: string): Json | null {
	const options = sources
		.filter(({ canShow }) => canShow)
		.slice(0, mostOptions)
		.map((source) => {
			const about = shortenedInMiddle(aboutSource(source, words), optionCharacters);
			const mark = `[${source.position}] `;
			const label = `${mark}${shortenedInMiddle(source.title, optionCharacters - mark.length)}`;
			return { label, value: String(source.position), ...(about === '' ? {} : { description: about }) };
		});
	if (options.length === 0) return null;
	const placeholder = `${shortened(words.show, placeholderCharacters - 1)}…`;
	return { type: selectType, custom_id: customId, placeholder, options };
}

/** A quotation below what it is from. @param limit The most characters that it may have. */
export function writePassage({ title, about, url, text, cutNotice }: ShownPassage, limit: number): string {
	const small = about === '' ? [] : [`-# ${escapeLine(about)}`];
	const heading = [`**${toTitle({ title, url })}**`, ...small];
	const write = (shown: string) => {
		const quote = shown.split('\n').map((line) => `> ${escapeMarkdown(line)}`);
		return makeInlineSafe([...heading, ...quote, ...(shown === text ? [] : [`-# ${cutNotice}`])].join('\n'));
	};
	let most = Math.min(text.length, limit);
	// What is escaped is longer, twice as long at most.
	while (most > 1 && write(shortened(text, most)).length > limit) most = Math.floor(most * 0.9);
	return write(shortened(text, most));
}

/** `[1] title · page 12 · May 4, 2030`, small, the title as a link where there is one. */
function toLine(source: Source, about: string): string {
	return makeInlineSafe(`-# [${source.position}] ${toTitle(source)}${about === '' ? '' : ` · ${escapeLine(about)}`}`);
}

function toTitle({ title, url }: Pick<Source, 'title' | 'url'>): string {
	const address = webAddressOf(url)?.href.replaceAll('|', '%7C').replaceAll('>', '%3E');
	const label = escapeLine(shortenedInMiddle(title, labelCharacters)).replaceAll(']', '\\]');
	const link = `[${label}](<${address}>)`;
	return address === undefined ? label : (writeAddressLink(link, { before: ' ', after: '' }) ?? link);
}

function escapeLine(text: string): string {
	return escapeMarkdown(text.replace(/\s+/g, ' '));
}

/** None where there is no address, or one that is too long. */
function toButton({ position, title, url }: Source): Json[] {
	const address = webAddressOf(url);
	if (address === null || address.href.length > addressCharacters) return [];
	const mark = `[${position}] `;
	// A title that was cut may name another host than it did.
	const seen = shortenedInMiddle(title, labelCharacters - mark.length);
	const label = shortened(`${mark}${namesAnotherHost(seen, address.hostname) ? address.hostname : seen}`, labelCharacters);
	return [{ type: buttonType, style: linkStyle, label, url: address.href }];
}
