/** An Adaptive Card as pieces of a message, without its buttons. Pure. */

import type { Part } from '../../wire.ts';

type Json = Record<string, unknown>;

export function cardParts(card: unknown): Part[] {
	return objectsOf(objectOf(card)['body']).flatMap(elementParts);
}

/** A list that is folded: one of its choices goes with whatever is pressed. */
export interface CardMenu {
	id: string;
	choices: { title: string; value: string }[];
}

/** Null where the card has none. */
export function cardMenu(card: unknown): CardMenu | null {
	const menu = objectsOf(objectOf(card)['body']).find(isFolded);
	if (menu === undefined) return null;
	return {
		id: textOf(menu['id']),
		choices: objectsOf(menu['choices']).map(({ title, value }) => ({ title: textOf(title), value: textOf(value) })),
	};
}

function isFolded({ type, style }: Json): boolean {
	return type === 'Input.ChoiceSet' && style === 'compact';
}

function elementParts(element: Json): Part[] {
	if (element['isVisible'] === false || isFolded(element)) return [];
	switch (element['type']) {
		case 'TextBlock':
			return textBlock(element);
		case 'RichTextBlock':
			return [{ format: 'plain', text: runsOf(element) }];
		case 'CodeBlock':
			return [{ format: 'code', language: textOf(element['language']), text: textOf(element['codeSnippet']) }];
		case 'Table':
			return [{ format: 'table', rows: objectsOf(element['rows']).map((row) => objectsOf(row['cells']).map(cellText)) }];
		case 'Chart.HorizontalBar': {
			const bars = objectsOf(element['data']).map(({ x, y }) => ({ label: textOf(x), value: Number(y) }));
			return [{ format: 'chart', title: textOf(element['title']), bars }];
		}
		case 'FactSet':
			return [{ format: 'table', rows: objectsOf(element['facts']).map((fact) => [textOf(fact['title']), textOf(fact['value'])]) }];
		case 'Input.Text':
			return [{ format: 'plain', text: textOf(element['label']) }];
		case 'Input.ChoiceSet':
			return [{ format: 'choices', choices: objectsOf(element['choices']).map(({ title }) => textOf(title)) }];
		case 'ColumnSet':
			return objectsOf(element['columns']).flatMap((column) => objectsOf(column['items']).flatMap(elementParts));
		default:
			return objectsOf(element['items']).flatMap(elementParts);
	}
}

function textBlock({ text, size, weight, isSubtle }: Json): Part[] {
	const shown = textOf(text);
	if (shown === '') return [];
	if (size === 'Large' || size === 'ExtraLarge' || (size === 'Medium' && weight === 'Bolder')) return [{ format: 'heading', text: shown }];
	return [{ format: isSubtle === true ? 'note' : 'markdown', text: shown }];
}

function cellText(cell: Json): string {
	return objectsOf(cell['items'])
		.map((item) => textOf(item['text']) || runsOf(item))
		.join('\n');
}

function runsOf({ inlines }: Json): string {
	return objectsOf(inlines)
		.map((run) => textOf(run['text']))
		.join('');
}

function objectOf(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function objectsOf(value: unknown): Json[] {
	return Array.isArray(value) ? value.map(objectOf) : [];
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
