/** What hangs below a message: messages that were passed on, previews of links, and the cards of apps. Pure. */

import type { CitedWords } from '#src/platform/chat-event.ts';
import { toDisplayName } from '#src/platform/display-name.ts';
import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { decodeEntities } from '../format/mrkdwn.ts';
import { toTime } from '../id.ts';
import { plain, readBlocksOrText } from './blocks.ts';
import { fileNameOf, nameControl, nameFiles, nameImage, visibleText } from './named.ts';
import { inLines, type Page } from './page.ts';
import { linkOf } from './rich-text.ts';

/** Of people, channels and groups of people, by id, as far as they are known. */
type Names = ReadonlyMap<string, string>;

/** All words in Slack's own text form. */
export interface Attached {
	/** Words of the message's own author. */
	own: string;
	cited: CitedWords[];
	/** Files of messages that were passed on. */
	files: Json[];
}

/** "Secondary message attachments": Slack takes 100 of a message. */
const mostAttachments = 100;
/** Whoever passes on what was passed on brings both; nobody reads on after this many. */
const mostLevels = 3;
/** What Slack writes where an attachment has nothing to show in a notification. */
const emptyFallback = /^\[no preview available\]$/i;
/** Marks of a message that was passed on, or that a link leads to, as Slack's SDK has them ("ConversationsHistoryResponse"). */
const messageMarks = ['is_share', 'is_msg_unfurl', 'is_reply_unfurl', 'is_thread_root_unfurl'] as const;
/** All that Slack gives with a table that somebody put into their own message. */
const ownFields: ReadonlySet<string> = new Set(['id', 'blocks', 'fallback', 'color']);

/** @param isOfApp An app writes its cards itself; people bring on what Slack shows there. */
export function readAttachments(value: unknown, isOfApp: boolean, page: { own: Page; cited: Page }, names: Names): Attached {
	const attachments = asObjects(value);
	const attached = attachments.slice(0, mostAttachments).map((attachment): Attached => {
		if (isMessage(attachment)) return readMessage(attachment, page.cited, names);
		const isOwn = isOfApp || isOwnTable(attachment);
		if (isOwn) return { own: readCard(attachment, page.own, textOf(attachment['author_name'])), cited: [], files: [] };
		return { own: '', cited: [readShown(attachment, page.cited, names)], files: [] };
	});
	const more = attachments.length - mostAttachments;
	return {
		own: inLines([...attached.map(({ own }) => own), more > 0 ? page.own.name(`${more} more attachments`) : '']),
		// Nothing is left of those for which there was no room.
		cited: attached.flatMap(({ cited }) => cited).filter(({ text }) => text !== ''),
		files: attached.flatMap(({ files }) => files),
	};
}

function isMessage(attachment: Json): boolean {
	return messageMarks.some((mark) => attachment[mark] === true) || Array.isArray(attachment['message_blocks']);
}

function isOwnTable(attachment: Json): boolean {
	return Array.isArray(attachment['blocks']) && Object.keys(attachment).every((name) => ownFields.has(name));
}

/** The message that was passed on, with the cards that hang at it, and behind it the messages that it passes on itself. */
function readMessage(attachment: Json, page: Page, names: Names, level = 1): Attached {
	const parts = [attachment, ...asObjects(attachment['message_blocks']).map((part) => asObject(part['message']))];
	const within = parts.flatMap((part) => asObjects(part['attachments'])).slice(0, mostAttachments);
	const files = uniqueFiles(parts.flatMap((part) => asObjects(part['files'])));
	const messages = within.filter(isMessage);
	const lines = [
		readSaid(parts, page),
		...within.filter((inner) => !isMessage(inner)).map((inner) => readCard(inner, page, textOf(inner['author_name']))),
		...nameFiles(files, page),
		messages.length > 0 && level >= mostLevels ? page.name('a message that was passed on before') : '',
	];
	const source = inLines(lines) || readFallback(attachment, page) || page.name('a message that Slack does not show');
	const cited: CitedWords = {
		kind: 'forwarded',
		author: authorOf(attachment, names),
		writtenAt: toTime(attachment['ts']),
		text: source,
	};
	const inner = level < mostLevels ? messages.map((message) => readMessage(message, page, names, level + 1)) : [];
	return { own: '', cited: [cited, ...inner.flatMap((one) => one.cited)], files: [...files, ...inner.flatMap((one) => one.files)] };
}

/** Slack gives the same words as blocks, as the attachment's text and as the message's. */
function readSaid(parts: readonly Json[], page: Page): string {
	const blocks = parts.flatMap((part) => asObjects(part['blocks']));
	const readText = () => parts.reduce((said, part) => said || readBody(part, page), '');
	return readBlocksOrText(blocks, readText, page);
}

function readShown(attachment: Json, page: Page, names: Names): CitedWords {
	const author = authorOf(attachment, names);
	const service = toDisplayName(textOf(attachment['service_name']));
	const source = readCard(attachment, page, author === null || author === service ? '' : service);
	return {
		kind: 'shown',
		author: author ?? (service || null),
		writtenAt: toTime(attachment['ts']),
		text: source || page.name('an attachment without words'),
	};
}

/** From the top to the bottom, as people see it. @param by Who or what it is of, where that stands nowhere else. */
function readCard(attachment: Json, page: Page, by: string): string {
	const preview = asObject(attachment['preview']);
	const lists = [attachment['list'], ...asObjects(attachment['list_records']), asObject(attachment['list_record'])['record']];
	const lines = [
		page.words(textOf(attachment['pretext'])),
		plain(by, page),
		plain(visibleText(preview['title']), page),
		plain(visibleText(preview['subtitle']), page),
		readBlocksOrText(attachment['blocks'], () => readBody(attachment, page), page),
		...lists.map((list) => readList(asObject(list), page)),
		...nameFiles(asObjects(attachment['files']), page),
		namePicture(attachment, page),
		plain(textOf(attachment['footer']), page),
		...asObjects(attachment['actions']).map((action) => nameControl(action, page)),
	];
	return inLines(lines) || readFallback(attachment, page);
}

function readBody(attachment: Json, page: Page): string {
	const title = textOf(attachment['title']);
	const link = decodeEntities(textOf(attachment['title_link']));
	const fields = asObjects(attachment['fields']).map((field) => [field['title'], field['value']].map((text) => textOf(text)));
	return inLines([
		page.words(link === '' || title === '' ? title : linkOf(link, decodeEntities(title))),
		page.words(textOf(attachment['text'])),
		...fields.map((field) => page.words(field.filter(Boolean).join(': '))),
	]);
}

function readFallback(attachment: Json, page: Page): string {
	const fallback = textOf(attachment['fallback']);
	return emptyFallback.test(fallback) ? '' : page.words(fallback);
}

/** A list of Slack by its name, a record of it by what stands in its fields. */
function readList(list: Json, page: Page): string {
	const title = textOf(list['title'], textOf(list['name']));
	const fields = asObjects(list['fields']).map((field) => plain(textOf(field['text']), page));
	return inLines([title === '' ? '' : page.name('list', title), ...fields]);
}

function namePicture(attachment: Json, page: Page): string {
	if (textOf(attachment['video_html'], textOf(attachment['video_url'])) !== '') return page.name('video', attachment['title']);
	if (attachment['is_file_attachment'] === true) return page.name('file', textOf(attachment['filename'], textOf(attachment['title'])));
	const address = textOf(attachment['image_url'], textOf(attachment['thumb_url']));
	return address === '' ? '' : nameImage({ alt_text: fileNameOf(address) }, page);
}

/** Null where Slack does not tell, as of people who are gone. */
function authorOf(attachment: Json, names: Names): string | null {
	const told = decodeEntities(textOf(attachment['author_name'], textOf(attachment['author_subname'])));
	return toDisplayName(told) || toDisplayName(names.get(textOf(attachment['author_id'])) ?? '') || null;
}

function uniqueFiles(files: readonly Json[]): Json[] {
	return [...new Map(files.map((file, index) => [textOf(file['id'], String(index)), file])).values()];
}
