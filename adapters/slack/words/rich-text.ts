/** Slack's rich text, as its message composer writes it, in Slack's own text form. Pure. */

import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { escapeMrkdwn, mentionOf } from '../format/mrkdwn.ts';
import { readId } from '../id.ts';
import { inLines, type Page } from './page.ts';

type ElementReader = (element: Json, page: Page) => string;

/** The deepest indentation of a list ("Rich text block"). */
const mostIndent = 8;
/** The longest emoji are families and flags of regions. */
const mostEmojiParts = 12;

/** The elements of a `rich_text` block: paragraphs, lists, quotes and code, each on lines of its own. */
export function readRichText(block: Json, page: Page): string {
	return inLines(asObjects(block['elements']).map((element) => readElement(element, page).replace(/\n$/, '')));
}

/** Any element of rich text, whether it is a stretch of lines or a piece of one. */
function readElement(element: Json, page: Page): string {
	const read = readers.get(textOf(element['type'])) ?? readUnknown;
	return page.within(() => read(element, page));
}

const readers: ReadonlyMap<string, ElementReader> = new Map(
	Object.entries<ElementReader>({
		rich_text: readRichText,
		rich_text_section: readPieces,
		rich_text_list: readList,
		rich_text_quote: (element, page) => aroundWords(readPieces(element, page), (words) => words.replace(/^/gm, '&gt; ')),
		rich_text_preformatted: (element, page) => aroundWords(readPieces(element, page), (code) => `\`\`\`\n${code}\n\`\`\``),
		text: (element, page) => page.words(styled(escapeMrkdwn(textOf(element['text'])), element)),
		link: (element, page) => page.words(styled(linkOf(textOf(element['url']), textOf(element['text'])), element)),
		user: (element, page) => mention(element['user_id'], '@', page) || page.name('somebody'),
		usergroup: (element, page) => mention(element['usergroup_id'], '!subteam^', page) || page.name('a group'),
		channel: (element, page) => mention(element['channel_id'], '#', page) || page.name('a channel'),
		team: (element, page) => page.name('workspace', element['team_id']),
		broadcast: (element, page) => page.words(`<!${/^(?:here|everyone)$/.exec(textOf(element['range']))?.[0] ?? 'channel'}>`),
		emoji: (element, page) => page.words(escapeMrkdwn(emojiOf(textOf(element['unicode'])) ?? `:${textOf(element['name'], 'emoji')}:`)),
		color: (element, page) => page.words(escapeMrkdwn(textOf(element['value']))),
		date: (element, page) => page.words(dateOf(element)),
	}),
);

function readPieces(element: Json, page: Page): string {
	return asObjects(element['elements'])
		.map((piece) => readElement(piece, page))
		.join('');
}

/** Items as Slack writes them in its text form; `offset` is by how much the numbers begin later. */
function readList(list: Json, page: Page): string {
	const indent = '    '.repeat(Math.min(numberOf(list['indent']), mostIndent));
	let number = numberOf(list['offset']);
	const items = asObjects(list['elements']).map((item) => {
		if (item['type'] === 'rich_text_list') return readElement(item, page);
		number++;
		const marker = list['style'] === 'ordered' ? `${number}.` : '•';
		return aroundWords(readElement(item, page), (words) => `${indent}${marker} ${words}`);
	});
	return inLines(items);
}

/** Marks without words are left out: of what comes after the last that is read, nothing must be left. */
function aroundWords(words: string, mark: (words: string) => string): string {
	const trimmed = words.replace(/\n$/, '');
	return trimmed === '' ? '' : mark(trimmed);
}

/** What is not known yet says what it is by some text of its own, or else by its type. */
function readUnknown(element: Json, page: Page): string {
	const inner = readPieces(element, page);
	const said = textOf(element['text'], textOf(element['fallback']));
	return inner || (said === '' ? page.name(textOf(element['type'], 'something').replaceAll('_', ' ')) : page.words(escapeMrkdwn(said)));
}

/** Struck out is not what was meant, and code is not prose; other styles change no meaning. */
function styled(source: string, element: Json): string {
	const style = asObject(element['style']);
	if (source.trim() === '') return source;
	const struck = style['strike'] === true ? `~${source}~` : source;
	return style['code'] === true && !source.includes('`') ? `\`${struck}\`` : struck;
}

/** As Slack writes a link in its text form. What could read as a mention is no link. */
export function linkOf(url: string, label: string): string {
	const target = escapeMrkdwn(url.replace(/\s+/g, '').replaceAll('|', '%7C'));
	const shown = escapeMrkdwn(label.replace(/\s+/g, ' ').trim());
	if (target === '' || /^[@#!]/.test(target)) return [shown, target].filter(Boolean).join(' ');
	return shown === '' ? `<${target}>` : `<${target}|${shown}>`;
}

function mention(id: unknown, kind: '@' | '#' | '!subteam^', page: Page): string {
	const known = readId(id);
	return known === '' ? '' : page.words(mentionOf(kind, known, page.labels.get(known) ?? ''));
}

/** `1f44d-1f3fb` as the characters that it names; null when it names none. */
function emojiOf(unicode: string): string | null {
	const parts = unicode.split('-', mostEmojiParts).map((part) => (/^[0-9a-f]{2,6}$/i.test(part) ? Number.parseInt(part, 16) : 0));
	return parts.every((part) => part > 0x20 && part <= 0x10_ffff) ? String.fromCodePoint(...parts).toWellFormed() : null;
}

function dateOf(element: Json): string {
	const seconds = numberOf(element['timestamp']);
	return `<!date^${seconds}^{date}|${escapeMrkdwn(textOf(element['fallback']).replace(/\s+/g, ' '))}>`;
}

function numberOf(value: unknown): number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
