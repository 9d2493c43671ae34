/** What people read on a card: Adaptive Cards, and those of the Bot Framework and of connectors, which call the same things otherwise. Pure. */

import { asObject, asObjects, type Json, textOf } from '../json.ts';
import { cutTo, inBrackets } from './named.ts';

/** Deeper than any card that can be looked at; what lies below is left out. */
const mostDepth = 30;
/** A poll of 100 answers fits, and all that a card has room for, which is 28 KB with its marks ("Cards"). */
const mostLines = 400;
const mostCharacters = 12_000;

/** Fields with words, in the order in which people see them. */
const wordFields = [
	...['title', 'activityTitle', 'displayName', 'subtitle', 'activitySubtitle', 'label'],
	...['text', 'activityText', 'description', 'codeSnippet'],
];
/** Fields of a receipt, whose names people see too. */
const namedFields = ['price', 'quantity', 'tax', 'vat', 'total'];
/** Fields with parts of the card, in that order too. */
const partFields = [
	...['header', 'body', 'image', 'images', 'facts', 'items', 'sections', 'columns', 'rows', 'cells', 'pages', 'properties', 'users'],
	...['choices', 'inputs', 'buttons', 'actions', 'potentialAction', 'card'],
];

const tooDeep = inBrackets('more is left out');

/** `readHtml` reads texts with tags, which older cards may have. Lines of words; empty when there are none. */
export function readCard(card: unknown, readHtml: (html: string) => string): string {
	const lines = linesOf(card, 0, readHtml)
		.map((line) => line.trim())
		.filter((line) => line !== '')
		// What sums up a card is often its title once more.
		.filter((line, index, all) => line !== all[index - 1]);
	const shown = lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), tooDeep];
	return cutTo(shown.join('\n'), mostCharacters);
}

function linesOf(part: unknown, depth: number, readHtml: (html: string) => string): string[] {
	const linesWithin = (within: unknown) => linesOf(within, depth + 1, readHtml);
	const words = (value: unknown) => (typeof value === 'string' && value !== '' ? [toPlain(value, readHtml)] : []);
	if (depth > mostDepth) return [tooDeep];
	if (Array.isArray(part)) return part.flatMap(linesWithin);
	if (typeof part === 'string') return words(part);
	if (typeof part !== 'object' || part === null) return [];
	const element = asObject(part);
	if (element['isVisible'] === false) return [];
	return (
		toSpecial(element) ?? [
			...wordFields.flatMap((field) => words(element[field])),
			...words(inputText(element)),
			...namedFields.flatMap((field) => (textOf(element[field]) === '' ? [] : [`${field}: ${textOf(element[field])}`])),
			...partFields.flatMap((field) => partLines(field, element[field], linesWithin)),
		]
	);
}

/** Elements that are not read by the names of their fields; null for all others. */
function toSpecial(element: Json): string[] | null {
	const type = textOf(element['type']);
	if (type.startsWith('Chart.')) return chartLines(element);
	switch (type) {
		case 'RichTextBlock':
			return [inlineText(element['inlines'])];
		case 'Image':
			return [inBrackets('image', pictureName(element))];
		case 'Media':
			return [inBrackets('video or sound', pictureName(element))];
		case 'Rating':
			return [inBrackets('rating', scalar(element['value']))];
		default:
			return null;
	}
}

function partLines(field: string, part: unknown, linesWithin: (within: unknown) => string[]): string[] {
	if (typeof part !== 'object' || part === null) return [];
	switch (field) {
		case 'facts':
			return asObjects(part).map(factText);
		case 'choices':
			return asObjects(part).map((choice) => `- ${scalar(choice['title']) || scalar(choice['display'])}`);
		case 'columns':
		case 'cells':
			return besideEachOther(asObjects(part).map(linesWithin));
		case 'image':
		case 'images':
			return (Array.isArray(part) ? asObjects(part) : [asObject(part)]).map((picture) => inBrackets('image', pictureName(picture)));
		case 'buttons':
		case 'actions':
		case 'potentialAction':
			return asObjects(part).flatMap((action) => actionLines(action, linesWithin));
		default:
			return linesWithin(part);
	}
}

/** In one line where each is a line; else one below the other. */
function besideEachOther(columns: readonly string[][]): string[] {
	const filled = columns.filter((column) => column.length > 0);
	return filled.every((column) => column.length === 1) ? [filled.flat().join(' | ')] : filled.flat();
}

/** What a button opens on the card is part of it. */
function actionLines(action: Json, linesWithin: (within: unknown) => string[]): string[] {
	const title = textOf(action['title'], textOf(action['name'], textOf(action['text'])));
	const opened = ['inputs', 'actions', 'card'].flatMap((field) => partLines(field, action[field], linesWithin));
	return [...(title === '' ? [] : [inBrackets('button', title)]), ...opened];
}

function chartLines({ title, data }: Json): string[] {
	const points = asObjects(data).map(({ legend, x, label, value, y }) => factText({ title: legend ?? x ?? label, value: value ?? y }));
	return [inBrackets('chart', textOf(title)), ...points];
}

function factText({ title, name, key, value }: Json): string {
	const label = scalar(title) || scalar(name) || scalar(key);
	return [label.replace(/:$/, ''), scalar(value)].filter((part) => part !== '').join(': ');
}

/** What stands in a field of a form: what was filled in, or a hint. */
function inputText({ type, value, placeholder }: Json): unknown {
	return textOf(type).startsWith('Input.') ? textOf(value, textOf(placeholder)) : undefined;
}

function inlineText(inlines: unknown): string {
	const list: unknown[] = Array.isArray(inlines) ? inlines : [];
	return list.map((inline) => (typeof inline === 'string' ? inline : textOf(asObject(inline)['text']))).join('');
}

function pictureName({ altText, alt, title }: Json): string {
	return textOf(altText, textOf(alt, textOf(title)));
}

function scalar(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A time is written as a function of the card: whoever looks at it sees it in their own zone. */
function toPlain(text: string, readHtml: (html: string) => string): string {
	const given = text.replace(/\{\{(?:DATE|TIME)\(([^(),]{1,60})(?:,[^()]{0,30})?\)\}\}/g, '$1');
	return /<\/?[a-z][^<>]*>/i.test(given) ? readHtml(given) : given.replace(/\r\n?/g, '\n');
}
