/** The bot's side of what a page is sent: Markdown as the model wrote it, and what stands below it. Pure. */

import type { LiveNotice } from '#src/live/live-conversation.ts';
import type { Furniture } from '#src/live/live-message.ts';
import type { Block } from '#src/markdown/block.ts';
import type { OutgoingMessage, PrivateOffer } from '#src/platform/chat-platform.ts';
import type { CommandResult } from '#src/platform/command-result.ts';
import { resultText } from '#src/platform/result-text.ts';
import { lineAboutSource, type ShownPassage, type SourceList, webAddressOf } from '#src/platform/source.ts';
import { shortened, shortenedInMiddle } from '#src/text.ts';

/** Two lines of a narrow screen. */
const titleCharacters = 120;
/** About two screens. */
const passageCharacters = 6_000;

/**
 * As it is: the page makes elements of a few kinds from it and never HTML, and there is nobody whom a text could call. Signs that keep chats from reading
 * marks would be copied along with code.
 */
export function renderBlock({ source }: Block): string {
	return source;
}

export function furnitureOf({ buttons, sources, isBare = false }: OutgoingMessage): Furniture {
	const shown = isBare ? [] : buttons.map(({ label, action }) => ({ label, action: { ...action } }));
	return { buttons: shown, sources: sources === undefined ? [] : sourcesOf(sources) };
}

function sourcesOf({ sources, words }: SourceList): Furniture['sources'] {
	return sources.map((source) => ({
		position: source.position,
		title: shortenedInMiddle(source.title, titleCharacters),
		about: lineAboutSource(source, words),
		// As on the other platforms: a bar would end a cell where somebody pastes the address into a table.
		url: webAddressOf(source.url)?.href.replaceAll('|', '%7C') ?? null,
		canShow: source.canShow,
	}));
}

export function noticeOfResult(id: string, told: CommandResult): LiveNotice {
	return { id, text: resultText(told) };
}

export function noticeOfOffer(id: string, { text, button: { label, action } }: PrivateOffer): LiveNotice {
	return { id, text, button: { label, action: { ...action } } };
}

/** A passage is somebody's file or message: plain text, and the page shows notices as nothing else. */
export function noticeOfPassage(id: string, { title, about, url, text, cutNotice }: ShownPassage): LiveNotice {
	const address = webAddressOf(url)?.href ?? '';
	const isCut = text.length > passageCharacters;
	const parts = [title, about, address, shortened(text, passageCharacters), isCut ? cutNotice : ''];
	return { id, text: parts.filter((part) => part !== '').join('\n\n') };
}
