/** What a person reads and can press in an Adaptive Card. */

import { isJson, objectOf, objectsOf, textOf } from './json.ts';
import type { Json, VisibleButton } from './types.ts';

/** The text of a card from top to bottom, without the labels of its buttons. */
export function cardText(card: Json): string {
	return linesOf(card.body).join('\n');
}

/** Every button of the card, from top to bottom. What a `ShowCard` unfolds comes after its place. */
export function findButtons(card: Json): VisibleButton[] {
	return [...objectsOf(card.body).flatMap(buttonsOf), ...objectsOf(card.actions).flatMap(readAction)];
}

function linesOf(elements: unknown): string[] {
	return objectsOf(elements)
		.filter(({ isVisible }) => isVisible !== false)
		.map(elementText)
		.filter((text) => text !== '');
}

function elementText(element: Json): string {
	switch (element.type) {
		case 'TextBlock':
			return textOf(element.text);
		case 'RichTextBlock':
			return runsOf(element.inlines);
		case 'CodeBlock':
			return textOf(element.codeSnippet);
		case 'Chart.HorizontalBar':
			return [textOf(element.title), ...objectsOf(element.data).map(({ x, y }) => `${textOf(x)}: ${String(y)}`)].join('\n');
		case 'FactSet':
			return objectsOf(element.facts)
				.map(({ title, value }) => `${textOf(title)}: ${textOf(value)}`)
				.join('\n');
		case 'Table':
			return objectsOf(element.rows)
				.map(({ cells }) =>
					objectsOf(cells)
						.map(({ items }) => linesOf(items).join('\n'))
						.join(' | '),
				)
				.join('\n');
		case 'ColumnSet':
			return objectsOf(element.columns)
				.map(({ items }) => linesOf(items).join('\n'))
				.join(' ');
		case 'Input.ChoiceSet':
			// A menu is folded.
			if (element.style === 'compact') return textOf(element.label);
			return [textOf(element.label), ...objectsOf(element.choices).map(({ title }) => textOf(title))]
				.filter((text) => text !== '')
				.join('\n');
		case 'Input.Text':
			return textOf(element.label);
		default:
			return linesOf(element.items).join('\n');
	}
}

function runsOf(inlines: unknown): string {
	const runs: unknown[] = Array.isArray(inlines) ? inlines : [];
	return runs.map((run) => (isJson(run) ? textOf(run.text) : textOf(run))).join('');
}

function buttonsOf(element: Json): VisibleButton[] {
	if (element.isVisible === false) return [];
	const own = [...objectsOf(element.actions), ...(isJson(element.selectAction) ? [element.selectAction] : [])];
	const inner = [element.items, element.columns, element.rows, element.cells].flatMap(objectsOf);
	return [...own.flatMap(readAction), ...inner.flatMap(buttonsOf)];
}

function readAction(action: Json): VisibleButton[] {
	const { type } = action;
	if (type === 'Action.ShowCard') return findButtons(objectOf(action.card));
	if (type !== 'Action.Execute' && type !== 'Action.Submit' && type !== 'Action.OpenUrl') return [];
	const verb = typeof action.verb === 'string' ? action.verb : undefined;
	const url = typeof action.url === 'string' ? action.url : undefined;
	return [{ title: textOf(action.title), type, verb, data: structuredClone(action.data), url }];
}
