/** Embeds as words: what an app puts below its message, and what Discord shows of a link. Pure. */

import { asObject, asObjects, asText, asTime, type Json } from '../json.ts';
import { firstOf, lines, named } from './bounds.ts';
import { pollResult } from './poll.ts';

/** Writes out what Discord has in angle brackets. */
export type Decode = (text: string) => string;

export interface EmbedWords {
	/** Who is named above the title, or the site that it comes from. Empty for nobody. */
	author: string;
	text: string;
}

/** "Embed Limits". */
const mostFields = 25;
/** The types of previews that are no more than the picture or film behind a link, which names it already. */
const mediaTypes = new Set<unknown>(['image', 'gifv', 'video']);

/** Title, description, fields and footer, as they stand below each other; a picture where there are no words. */
export function embedWords(embed: Json, decode: Decode): EmbedWords {
	const author = decode(asText(asObject(embed['author'])['name']) || asText(asObject(embed['provider'])['name']));
	if (embed['type'] === 'poll_result') return { author, text: pollResult(embed) };
	const text = lines([
		decode(asText(embed['title'])),
		decode(asText(embed['description'])),
		...firstOf(asObjects(embed['fields']), mostFields, 'fields', (field) => fieldWords(field, decode)),
		footerWords(embed, decode),
	]);
	return { author, text: text === '' && hasPicture(embed) ? named('image') : text };
}

function hasPicture({ type, image, thumbnail }: Json): boolean {
	return !mediaTypes.has(type) && [image, thumbnail].some((picture) => asText(asObject(picture)['url']) !== '');
}

function fieldWords(field: Json, decode: Decode): string {
	const [name, value] = [decode(asText(field['name'])), decode(asText(field['value']))];
	return name === '' || value === '' ? name + value : `${name}: ${value}`;
}

/** Beside the footer stands the time that an embed tells of. */
function footerWords(embed: Json, decode: Decode): string {
	return lines([decode(asText(asObject(embed['footer'])['text'])), asTime(embed['timestamp']) ?? ''], ' · ');
}
