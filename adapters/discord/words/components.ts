/** Components as words: texts in the order in which they are seen, and what can be pressed or looked at by its name. Pure. */

import { asObject, asObjects, asText, type Json } from '../json.ts';
import { lines, named } from './bounds.ts';
import type { Decode } from './embeds.ts';

/** "Component Types". */
const types = { row: 1, button: 2, section: 9, text: 10, thumbnail: 11, gallery: 12, file: 13, container: 17 } as const;
/** Menus of all kinds, whose entries are chosen from when they are opened. */
const menuTypes = new Set<unknown>([3, 5, 6, 7, 8]);

/** "Component Reference": 40 components in a message; a container holds sections, and these hold texts. */
const mostComponents = 40;
const mostDepth = 4;

export function componentWords(message: Json, decode: Decode): string {
	const reader = { decode, left: mostComponents };
	const text = lines(readAll(message['components'], reader, 0));
	return reader.left < 0 ? lines([text, '[more components]']) : text;
}

interface Reader {
	decode: Decode;
	/** How many components are still read; below zero when there were more. */
	left: number;
}

function readAll(components: unknown, reader: Reader, depth: number): string[] {
	if (depth >= mostDepth) return asObjects(components).length === 0 ? [] : [named('more components')];
	const texts: string[] = [];
	for (const component of asObjects(components)) {
		if (--reader.left < 0) break;
		texts.push(read(component, reader, depth));
	}
	return texts;
}

function read(component: Json, reader: Reader, depth: number): string {
	const { type, accessory } = component;
	switch (type) {
		case types.text:
			return reader.decode(asText(component['content']));
		case types.row:
			return lines(readAll(component['components'], reader, depth + 1), ' ');
		case types.section:
			return lines(readAll([...asObjects(component['components']), accessory], reader, depth + 1));
		case types.container:
			return lines(readAll(component['components'], reader, depth + 1));
		case types.button:
			return named('button', asText(component['label']) || asText(asObject(component['emoji'])['name']));
		case types.thumbnail:
			return named('image', asText(component['description']));
		case types.gallery:
			return lines(readAll(toThumbnails(component['items']), reader, depth + 1), ' ');
		case types.file:
			return named('file', asText(component['name']));
		default:
			return menuTypes.has(type) ? named('menu', asText(component['placeholder'])) : '';
	}
}

/** The pictures and films of a gallery have the form of a thumbnail but for its type. */
function toThumbnails(items: unknown): Json[] {
	return asObjects(items).map((item) => ({ ...item, type: types.thumbnail }));
}
