/** What a message of Teams says: one reader for its text, the same in HTML, entities and attachments, which repeat each other in part. Pure. */

import type { MessageWords } from '#src/platform/chat-event.ts';
import { asObjects, idOf, type Json, textOf } from '../json.ts';
import { type Attached, isHtmlForm, readAttached, type Within } from './attached.ts';
import { type Citation, lettersOf, toCitation, toCited } from './citations.ts';
import { type HtmlWords, type Insertion, readHtmlWords } from './html-words.ts';
import { citedMentions, type Mentions, readMentions } from './mentions.ts';
import { cutMark, inBrackets } from './named.ts';
import { hasEmoji, isImage, readPictureAttachment, toWords } from './pictures.ts';
import { readQuotedReplies } from './quoted-replies.ts';
import { isHtml, readTypedText, type TypedText } from './typed-text.ts';

/** As files: the box takes ten ("Send files"), and what was forwarded stands beside them. */
const mostAttachments = 100;
/** A message has at most 100 KB in UTF-16 ("Format your bot messages"), with all that belongs to it. */
const mostCharacters = 51_200;

/** Everything that a person can see in it, with whose it is. `botId` tells whose mention is no word. */
export function readMessageWords(activity: Json, botId: string): MessageWords {
	const mentions = readMentions(activity, botId);
	const all = asObjects(activity['attachments']);
	const attachments = all.slice(0, mostAttachments);
	const within = createWithin();
	const html = readHtmlForm(activity, attachments, { mentions, allow: within.allow });
	const typed = isHtml(activity) ? { text: '', quotedIds: [] } : readTypedText(activity, mentions);
	const attached = attachments.map((attachment) => ({ id: idOf(attachment['id']), content: readAttached(attachment, within) }));
	const cited = toCited(citationsIn({ html, typed, attached, entities: readQuotedReplies(activity) }));
	const parts = [
		ownText(typed, html),
		...attached.map(({ content }) => (content !== null && 'own' in content ? content.own : '')),
		all.length > mostAttachments ? inBrackets(`${all.length - mostAttachments} more attachments are left out`) : '',
	];
	const text = withPictures(parts.filter((part) => part !== '').join('\n'), attachments, html);
	return { text, ...(cited.length === 0 ? {} : { cited }) };
}

interface HtmlForm {
	mentions: Mentions;
	allow(text: string): string;
}

/** The same message once more as an attachment; or its text itself. */
function readHtmlForm(activity: Json, attachments: readonly Json[], { mentions, allow }: HtmlForm): HtmlWords {
	const twins = attachments.filter(isHtmlForm).map(({ content }) => textOf(content));
	const hasImages = attachments.some((attachment) => isImage(attachment) && readPictureAttachment(attachment) === null);
	const sources = isHtml(activity) && twins.every((twin) => twin === '') ? [textOf(activity['text'])] : twins;
	const whole = sources.join('\n');
	const source = allow(whole);
	const words = readHtmlWords(source, { mentions, hasImages });
	return source.length === whole.length ? words : { ...words, text: `${words.text} ${cutMark}`, isWhole: false };
}

/** For the message in HTML and those within its attachments: all of them together may be as long as one, and no longer. */
function createWithin(): Within {
	let left = mostCharacters;
	const allow = (text: string) => {
		const allowed = text.slice(0, left);
		left -= allowed.length;
		return allowed;
	};
	return {
		allow,
		readMessage(html) {
			const allowed = allow(html);
			const { text: words, insertions } = readHtmlWords(allowed, { mentions: citedMentions, hasImages: false });
			const text = allowed.length === html.length ? words : `${words} ${cutMark}`;
			return { text, citations: insertions.flatMap((insertion) => ('citation' in insertion ? [insertion.citation] : [])) };
		},
	};
}

interface Found {
	html: HtmlWords;
	typed: TypedText;
	attached: readonly { id: string; content: Attached | null }[];
	entities: readonly Citation[];
}

/** In the order in which people see them; whatever stands in no place comes last. */
function citationsIn({ html, typed, attached, entities }: Found): Citation[] {
	const citationsOf = (content: Attached | null) => (content !== null && 'citations' in content ? content.citations : []);
	const messages = new Map(entities.map((entity) => [entity.id, entity]));
	const attachments = new Map(attached.map(({ id, content }) => [id, citationsOf(content)]));
	const resolve = (insertion: Insertion): Citation[] => {
		if ('citation' in insertion) return [insertion.citation];
		if ('attachmentId' in insertion) return insertion.attachmentId === '' ? [] : (attachments.get(insertion.attachmentId) ?? []);
		const id = idOf(insertion.messageId);
		return [messages.get(id) ?? toCitation('quoted', { id, text: '' })];
	};
	const placed = [...html.insertions, ...typed.quotedIds.map((messageId) => ({ messageId }))].flatMap(resolve);
	return [...new Set([...placed, ...entities, ...attached.flatMap(({ content }) => citationsOf(content))])];
}

/**
 * HTML tells the author's words from those of others, and keeps lists, tables and emoji, so it counts wherever it says something else than
 * the text. Where both say the same, the one counts that keeps more of its lines and indents.
 */
function ownText(typed: TypedText, html: HtmlWords): string {
	const { text, insertions, isWhole } = html;
	if (text === '') return typed.quotedIds.length > 0 ? typed.text : withoutCited(typed.text, insertions);
	if (lettersOf(typed.text) === lettersOf(text)) return shapeOf(typed.text) >= shapeOf(text) ? typed.text : text;
	return isWhole || insertions.length > 0 || typed.text === '' ? text : typed.text;
}

/** How much of lines and indents a text keeps: any line is more than any indent. */
function shapeOf(text: string): number {
	return text.split('\n').length * mostCharacters + text.length;
}

/** Where the HTML holds others' words alone, the text may begin with them too, or be nothing else. */
function withoutCited(text: string, insertions: readonly Insertion[]): string {
	let own = text;
	for (const insertion of insertions) {
		if (!('citation' in insertion)) continue;
		const { kind, author, text: words } = insertion.citation;
		// Of a long forward the text may hold the beginning alone.
		own = withoutBeginning(withoutBeginning(own, author ?? '', false), words, kind === 'forwarded');
	}
	return own;
}

/** Blanks and line breaks differ between the forms of a text. */
function withoutBeginning(text: string, beginning: string, mayEndEarly: boolean): string {
	const letters = lettersOf(beginning);
	let at = 0;
	for (let found = 0; found < letters.length; at++) {
		if (at === text.length) return mayEndEarly ? '' : text;
		const letter = text.charAt(at);
		if (/\s/.test(letter)) continue;
		if (letter !== letters.charAt(found++)) return text;
	}
	return text.slice(at).trimStart();
}

/** Emoji, stickers and GIFs that come as images, unless the text has them already. */
function withPictures(text: string, attachments: readonly Json[], { pictures }: HtmlWords): string {
	const words = attachments.flatMap((attachment) => {
		const picture = readPictureAttachment(attachment);
		if (picture === null || pictures.has(textOf(attachment['contentUrl']))) return [];
		return picture.kind === 'emoji' && hasEmoji(text) ? [] : [toWords(picture)];
	});
	return [text, ...words].filter((part) => part !== '').join(' ');
}
