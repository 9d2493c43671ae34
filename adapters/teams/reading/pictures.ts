/** Emoji, stickers and GIFs: pictures that nobody uploaded, which stand for words. Pure. */

import { isAllowedAddress } from '../hosts.ts';
import { type Json, textOf } from '../json.ts';
import { inBrackets } from './named.ts';

/** What a picture is, and as what people know it. `image` for one that shows something of the person's own. */
export interface Picture {
	kind: 'emoji' | 'sticker' | 'GIF' | 'image';
	name: string;
}

/** Where Teams keeps its own pictures, and where those of its boxes for GIFs come from. Nothing that people upload is there. */
const ownHosts = ['statics.teams.microsoft.com', '*.cdn.office.net', '*.skypeassets.com'];
const animationHosts = ['*.giphy.com', 'giphy.com', '*.tenor.com', 'tenor.com'];

const kinds: Readonly<Record<string, Picture['kind']>> = { emoji: 'emoji', sticker: 'sticker', giphy: 'GIF', tenor: 'GIF' };

/** Names that say no more than that there is a picture. */
const emptyName = /^(?:image|picture|img|gif|sticker|emoji)?$/i;

/** A picture in HTML: `itemtype` is `http://schema.skype.com/Emoji` and the like. */
export function readPicture({ itemtype = '', src = '', alt = '', title = '' }: Readonly<Record<string, string>>): Picture {
	const type = itemtype.slice(itemtype.lastIndexOf('/') + 1).toLowerCase();
	return { kind: kinds[type] ?? kindByAddress(src) ?? 'image', name: alt || title };
}

/** An attachment that is such a picture; null for any other, and for images that people share. */
export function readPictureAttachment({ contentType, contentUrl, name }: Json): Picture | null {
	const address = textOf(contentUrl);
	const kind = isImage({ contentType }) ? kindByAddress(address) : null;
	return kind === null ? null : { kind, name: textOf(name).replace(/\.[a-z]{3,4}$/i, '') || nameByAddress(address) };
}

export function isImage({ contentType }: Json): boolean {
	return textOf(contentType).toLowerCase().startsWith('image/');
}

/** An emoji is itself; everything else is named. */
export function toWords({ kind, name }: Picture): string {
	if (kind === 'emoji' && hasEmoji(name)) return name;
	const label = name.replace(/\(GIF image\)$/i, '').trim();
	return inBrackets(kind, emptyName.test(label) ? '' : label);
}

/** Pictograms, flags and the keys of a telephone. */
export function hasEmoji(text: string): boolean {
	return /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text);
}

function kindByAddress(address: string): Picture['kind'] | null {
	if (isAllowedAddress(address, animationHosts)) return 'GIF';
	if (!isAllowedAddress(address, ownHosts)) return null;
	return /sticker|funstuff|meme/i.test(address) ? 'sticker' : 'emoji';
}

/** `…/emoticons/smile/default/20_f.png`, `…/skype/v2/smile/20.png`. */
function nameByAddress(address: string): string {
	return /\/(?:emoticons|skype\/v\d)\/([\w-]{1,60})\//i.exec(address)?.[1] ?? '';
}
