/** The words in Teams' HTML: the author's own, and those of the messages that are quoted or forwarded in it. */

import { authorOf, type Citation, timeOf, toCitation } from './citations.ts';
import { type HtmlElement, walkHtml } from './html.ts';
import { createLayout, type Layout } from './layout.ts';
import { citedMentions, type Mentions } from './mentions.ts';
import { cutMark, inBrackets } from './named.ts';
import { readPicture, toWords } from './pictures.ts';

/** What others said or made, where it stands: a message's words, a message by its id, or an attachment by its. */
export type Insertion = { citation: Citation } | { messageId: string } | { attachmentId: string };

export interface HtmlWords {
	text: string;
	/** In the order in which people see them. */
	insertions: Insertion[];
	/** The addresses of the pictures whose words are in the text. */
	pictures: Set<string>;
	isWhole: boolean;
}

export interface HtmlOptions {
	mentions: Mentions;
	/** Whether the author's own images are attached as files, too. */
	hasImages: boolean;
}

/** Messages within messages: the forward of a reply to a quotation of another. */
const mostWithin = 4;

const unseen = new Set(['head', 'script', 'style', 'template', 'title', 'noscript']);
/** `mri` is Teams' own; the others are those of schema.org, which older clients use. */
const authorProperties = new Set(['mri', 'author', 'sender', 'name']);

/** A message whose words are being read: the one itself, or one within it. */
interface Reading {
	layout: Layout;
	/** Null for the message itself. */
	citation: Citation | null;
}

export function readHtmlWords(html: string, { mentions, hasImages }: HtmlOptions): HtmlWords {
	const insertions: Insertion[] = [];
	const pictures = new Set<string>();
	const own: Reading = { layout: createLayout(), citation: null };
	const within: Reading[] = [];
	/** Elements that are open and of which nothing is read. */
	let unread = 0;
	/** What is gathered in place of words: a name. */
	let name: string[] | null = null;
	let mentionCount = 0;

	const here = () => within.at(-1) ?? own;

	function enter(element: HtmlElement): (() => void) | undefined {
		if (unread > 0 || unseen.has(element.name)) return leaveUnread();
		if (element.name === 'blockquote') return enterCitation(element.attributes);
		return enterPart(element) ?? enterMention(element) ?? enterInsertion(element) ?? here().layout.enter(element);
	}

	function leaveUnread(): () => void {
		unread++;
		return () => void unread--;
	}

	/** The type tells a forwarded message from a quoted one. Without any, a person set the words apart as somebody's. */
	function enterCitation({ itemtype = '', itemid }: HtmlElement['attributes']): () => void {
		const { layout } = here();
		layout.endBlock();
		if (within.length === mostWithin) {
			layout.text(inBrackets('a message within this one is left out'));
			layout.endBlock();
			return leaveUnread();
		}
		const citation = toCitation(/\/forward$/i.test(itemtype) ? 'forwarded' : 'quoted', { id: itemid, text: '' });
		const reading = { layout: createLayout(), citation };
		insertions.push({ citation });
		within.push(reading);
		return () => {
			within.pop();
			citation.text = reading.layout.toString();
		};
	}

	/** Who wrote a message and when are no words of it. */
	function enterPart(element: HtmlElement): (() => void) | undefined {
		const { citation } = here();
		const { itemprop = '', itemid, datetime } = element.attributes;
		if (citation === null) return;
		if (itemprop === 'time' || element.name === 'time') {
			citation.writtenAt = timeOf(itemid ?? datetime) ?? citation.writtenAt;
			return leaveUnread();
		}
		if (name !== null || !(authorProperties.has(itemprop) || isHeading(element))) return;
		return gatherName((author) => {
			citation.author ??= authorOf(author);
		});
	}

	/** A quoted message begins with its author's name in bold type. */
	function isHeading({ name: tag, parent }: HtmlElement): boolean {
		const isReply = parent?.name === 'blockquote' && /\/reply$/i.test(parent.attributes['itemtype'] ?? '');
		return isReply && (tag === 'strong' || tag === 'b') && here().citation?.author === null && here().layout.isEmpty();
	}

	function enterMention({ name: tag, attributes }: HtmlElement): (() => void) | undefined {
		if (tag !== 'at' && !/\/mention$/i.test(attributes['itemtype'] ?? '')) return;
		const isOwn = here() === own;
		const inOrder = isOwn ? mentionCount++ : 0;
		const given = Number.parseInt(attributes['itemid'] ?? attributes['id'] ?? '', 10);
		return gatherName((called) => {
			const shown = (isOwn ? mentions : citedMentions).shown(called, Number.isNaN(given) ? inOrder : given);
			if (shown === '') here().layout.leaveOut();
			else here().layout.text(shown);
		});
	}

	function gatherName(take: (name: string) => void): () => void {
		const outer = name;
		const gathered: string[] = [];
		name = gathered;
		return () => {
			name = outer;
			take(gathered.join(''));
		};
	}

	function enterInsertion({ name: tag, attributes }: HtmlElement): (() => void) | undefined {
		switch (tag) {
			case 'quoted':
				insertions.push({ messageId: attributes['messageid'] ?? '' });
				return leaveUnread();
			case 'attachment':
				insertions.push({ attachmentId: attributes['id'] ?? '' });
				return leaveUnread();
			case 'img':
				showPicture(attributes);
				return leaveUnread();
			case 'emoji':
			case 'customemoji':
				showPicture({ ...attributes, itemtype: 'emoji' });
				return leaveUnread();
			default:
				return;
		}
	}

	function showPicture(attributes: HtmlElement['attributes']): void {
		const picture = readPicture(attributes);
		if (picture.kind === 'image' && hasImages && here() === own) return;
		pictures.add(attributes['src'] ?? '');
		text(picture.kind === 'emoji' ? toWords(picture) : ` ${toWords(picture)} `);
	}

	function text(found: string): void {
		if (unread > 0) return;
		if (name !== null) name.push(found);
		else here().layout.text(found);
	}

	const isWhole = walkHtml(html, { enter, text });
	const words = own.layout.toString();
	return { text: isWhole ? words : `${words} ${cutMark}`, insertions, pictures, isWhole };
}
