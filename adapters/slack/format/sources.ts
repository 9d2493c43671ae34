/** What an answer draws on, as small lines below its text with buttons for passages; and such a passage, for one person. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import { makeTitleSafe } from '#src/markdown/mention.ts';
import { lineAboutSource, type ShownPassage, type Source, type SourceList, type SourceWords, webAddressOf } from '#src/platform/source.ts';
import { shortened, shortenedInMiddle } from '#src/text.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

type Block = Record<string, unknown>;

/** Longer lists fill the screen. */
const mostSources = 10;
/** "Context block", text objects: 3,000 characters. Some are kept for the count of those that are left out. */
const listCharacters = 2_900;
/** Titles are file names and headings; longer ones fill the screen. */
const titleCharacters = 80;
/** A longer address would take the room of other sources. */
const addressCharacters = 1_000;

/** Beside each other on a phone there is room for no more. */
const mostButtons = 3;
/** "Button element": labels of 75 characters. "Option object": texts of 75. "Select menu element": placeholders of 150. */
const labelCharacters = 75;
/** Of an option, so that there is room for the title. */
const optionPlaceCharacters = 35;
const placeholderCharacters = 150;

/** All blocks of a message together take 13,200 characters (undocumented; bolt-js issue 2509). */
const passageCharacters = 8_000;
/** As `chat.postMessage` recommends for `text`. */
const fallbackCharacters = 3_900;

const actionId = 'openccb_passage';

/** Small lines, and buttons or a menu for the passages of those that are listed; none without a reply that they belong to. */
export function toSourceBlocks({ sources, words }: SourceList, replyId: string | undefined): Block[] {
	if (sources.length === 0) return [];
	const { lines, listed } = listLines(sources, words);
	const list = { type: 'context', elements: [{ type: 'mrkdwn', text: lines.join('\n'), verbatim: true }] };
	const passages = listed.filter(({ canShow }) => canShow);
	if (replyId === undefined || passages.length === 0) return [list];
	const elements =
		passages.length > mostButtons ? [toMenu(passages, words, replyId)] : passages.map((source) => toButton(source, words, replyId));
	return [list, { type: 'actions', elements }];
}

/** Which source a pressed button or a chosen option stands for; null when none. The inverse of what `toSourceBlocks` writes. */
export function parsePassage(pressedId: string, value: string): { replyId: string; position: number } | null {
	const [, position, replyId = ''] = /^passage:(\d{1,3}):(.+)$/s.exec(value) ?? [];
	return pressedId.startsWith(actionId) && position !== undefined ? { replyId, position: Number(position) } : null;
}

/** What people's files say is shown as it is, in rich text, where nothing of it is read. */
export function toPassageMessage({ title, about, url, text, cutNotice }: ShownPassage): { text: string; blocks: Block[] } {
	const heading = about === '' ? toTitle(title, url) : `${toTitle(title, url)}\n${toPlain(about)}`;
	const shown = shortened(text, passageCharacters);
	const quote = { type: 'rich_text_quote', elements: [{ type: 'text', text: shown }] };
	const cut = { type: 'context', elements: [{ type: 'plain_text', text: cutNotice }] };
	return {
		text: shortened(escapeMrkdwn(`${title}: ${text}`).replace(/\s+/g, ' '), fallbackCharacters),
		blocks: [
			{ type: 'section', text: { type: 'mrkdwn', text: heading, verbatim: true } },
			{ type: 'rich_text', elements: [quote] },
			...(shown === text ? [] : [cut]),
		],
	};
}

function listLines(sources: readonly Source[], words: SourceWords): { lines: string[]; listed: Source[] } {
	const lines: string[] = [];
	const listed: Source[] = [];
	let room = listCharacters;
	for (const source of sources) {
		const line = toLine(source, words);
		room -= line.length + 1;
		if (room < 0 || listed.length === mostSources) return { lines: [...lines, words.more(sources.length - listed.length)], listed };
		lines.push(line);
		listed.push(source);
	}
	return { lines, listed };
}

/** `[1] title · page 12 · May 4, 2030`, the title as a link where there is one. */
function toLine(source: Source, words: SourceWords): string {
	const about = lineAboutSource(source, words);
	const line = `[${source.position}] ${toTitle(source.title, source.url)}`;
	return about === '' ? line : `${line} · ${toPlain(about)}`;
}

/** Where the title names another host than it links to, the real one stands behind it. What was cut may name another than the whole did. */
function toTitle(title: string, url: string | null): string {
	const seen = withoutMarks(shortenedInMiddle(title, titleCharacters));
	const address = webAddressOf(url);
	const href = address?.href.replaceAll('|', '%7C').replaceAll('>', '%3E') ?? '';
	if (address === null || href.length > addressCharacters) return escapeMrkdwn(seen);
	return `<${href}|${escapeMrkdwn(seen)}>${namesAnotherHost(seen, address.hostname) ? ` (${address.hostname})` : ''}`;
}

function toPlain(text: string): string {
	return escapeMrkdwn(withoutMarks(text));
}

/** One line in which nothing means anything to mrkdwn once it is escaped; for bars and marks of code there is no escape. */
function withoutMarks(text: string): string {
	return makeTitleSafe(text).replaceAll('|', '¦').replaceAll('`', "'").replace(/\s+/g, ' ');
}

function toButton({ position }: Source, { showOf }: SourceWords, replyId: string): Block {
	const text = { type: 'plain_text', text: shortened(showOf(position), labelCharacters) };
	return { type: 'button', action_id: `${actionId}_${position}`, text, value: pressedValue(position, replyId) };
}

function toMenu(sources: readonly Source[], words: SourceWords, replyId: string): Block {
	return {
		type: 'static_select',
		action_id: actionId,
		placeholder: { type: 'plain_text', text: `${shortened(words.show, placeholderCharacters - 1)}…` },
		options: sources.map(({ position, title, place }) => ({
			text: { type: 'plain_text', text: toOption(`[${position}] `, title, place === null ? '' : ` · ${place}`) },
			value: pressedValue(position, replyId),
		})),
	};
}

/** The place is what tells two passages of one file apart. */
function toOption(mark: string, title: string, place: string): string {
	const behind = shortened(place, optionPlaceCharacters);
	return `${mark}${shortenedInMiddle(title, labelCharacters - mark.length - behind.length)}${behind}`;
}

function pressedValue(position: number, replyId: string): string {
	return `passage:${position}:${replyId}`;
}
