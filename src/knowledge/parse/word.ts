/** Word since 2007 → blocks, by way of HTML: its Markdown would take tables apart. */

import mammoth from 'mammoth';
import type { BlockList } from './block-list.ts';
import { readHtml } from './html.ts';
import { Rejection } from './rejection.ts';

/** @throws Rejection `corrupt`. */
export async function readWord(bytes: Uint8Array, list: BlockList): Promise<null> {
	readHtml(withNotesInPlace(await toHtml(bytes)), list);
	return null;
}

async function toHtml(bytes: Uint8Array): Promise<string> {
	try {
		const { value } = await mammoth.convertToHtml(
			{ buffer: Buffer.from(bytes) },
			{
				// Linked pictures could name any file of the machine.
				externalFileAccess: false,
				convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
				styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
				transformDocument: (mammoth as unknown as { transforms: Transforms }).transforms.paragraph(withHeadingStyle),
			},
		);
		return value;
	} catch {
		throw new Rejection('corrupt');
	}
}

/** What other programs than Word call headings, and what Word makes of it in an id, where letters with accents are left out. */
const headingNames = /^(?:heading|t[ií]?tulo|[üu]?berschrift|titre|titolo|kop|rubrik)\s*_?(?:20_)?([1-6])$/i;

/** Documented in its README, and not in its types. */
interface Transforms {
	paragraph(change: (paragraph: StyledParagraph) => StyledParagraph): (document: unknown) => unknown;
}

interface StyledParagraph {
	styleId?: string | null;
	styleName?: string | null;
}

function withHeadingStyle(paragraph: StyledParagraph): StyledParagraph {
	const [, level] = headingNames.exec(paragraph.styleName ?? '') ?? headingNames.exec(paragraph.styleId ?? '') ?? [];
	return level === undefined ? paragraph : { ...paragraph, styleName: `Heading ${level}`, styleId: `Heading${level}` };
}

const note = /<li id="((?:footnote|endnote)-[\w-]+)">([\s\S]*?)<\/li>/g;
const noteReference = /<sup><a href="#((?:footnote|endnote)-[\w-]+)"[^>]*>[^<]*<\/a><\/sup>/g;
const backReference = /<a href="#(?:footnote|endnote)-ref-[\w-]+">[^<]*<\/a>/g;

/** A note's text where it is referred to. At the end of the document nobody would know what it is about. */
function withNotesInPlace(html: string): string {
	const notes = new Map<string, string>();
	for (const [, id = '', body = ''] of html.matchAll(note)) {
		notes.set(
			id,
			body
				.replace(backReference, '')
				.replace(/<\/?p>/g, ' ')
				.trim(),
		);
	}
	return html.replace(note, '').replace(noteReference, (_, id: string) => ` (${notes.get(id) ?? ''})`);
}
