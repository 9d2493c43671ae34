/** What Teams takes for an Adaptive Card, by the schema of version 1.5, and what a person can enter into one. */

import { isJson, objectOf, objectsOf, textOf } from './json.ts';
import type { Json } from './types.ts';

/** "Cards reference", "Adaptive Card actions": of one set of actions. */
const mostActions = 6;
const actionTypes: ReadonlySet<unknown> = new Set([
	'Action.Execute',
	'Action.Submit',
	'Action.OpenUrl',
	'Action.ShowCard',
	'Action.ToggleVisibility',
]);

/** Whether what an element of this type must say is there. What it holds is looked at by itself. */
const elements: Readonly<Record<string, (element: Json) => boolean>> = {
	TextBlock: ({ text }) => typeof text === 'string',
	RichTextBlock: ({ inlines }) => Array.isArray(inlines) && inlines.length > 0 && inlines.every(isRun),
	// "Charts in Adaptive Cards", horizontal bar chart.
	'Chart.HorizontalBar': ({ data, fallback }) =>
		isListOf(data, ({ x, y }) => typeof x === 'string' && typeof y === 'number' && Number.isFinite(y)) &&
		(fallback === undefined || isElement(fallback)),
	CodeBlock: ({ codeSnippet }) => typeof codeSnippet === 'string',
	FactSet: ({ facts }) => isListOf(facts, ({ title, value }) => typeof title === 'string' && typeof value === 'string'),
	Table: ({ columns, rows }) =>
		isListOf(columns, () => true) && isListOf(rows, ({ type, cells }) => type === 'TableRow' && areCells(cells, objectsOf(columns).length)),
	Container: ({ items }) => Array.isArray(items),
	ColumnSet: ({ columns }) => Array.isArray(columns),
	ActionSet: ({ actions }) => areActions(actions),
	Image: ({ url }) => typeof url === 'string',
	'Input.Text': ({ maxLength }) => maxLength === undefined || (typeof maxLength === 'number' && maxLength > 0),
	'Input.ChoiceSet': ({ choices }) => isListOf(choices, ({ title, value }) => typeof title === 'string' && typeof value === 'string'),
	'Input.Number': () => true,
	'Input.Date': () => true,
	'Input.Time': () => true,
	'Input.Toggle': ({ title }) => typeof title === 'string',
};

export function isCard(content: unknown): content is Json {
	if (!isJson(content) || content.type !== 'AdaptiveCard' || !/^1\.[0-5]$/.test(textOf(content.version))) return false;
	if (!Array.isArray(content.body) || !(content.actions === undefined || areActions(content.actions))) return false;
	const ids = inputsOf(content).map(({ id }) => textOf(id));
	return content.body.every(isElement) && !ids.includes('') && new Set(ids).size === ids.length;
}

/** The inputs that are filled in, as Teams sends them along. @throws TypeError for what the client would not let a person send. */
export function checkInputs(card: Json, given: Json): Json {
	const inputs = inputsOf(card);
	for (const id of Object.keys(given))
		if (!inputs.some((input) => input.id === id)) throw new TypeError(`no such input on the card: ${id}`);
	return Object.fromEntries(
		inputs.map(({ id, type, isRequired, maxLength, choices, value }) => {
			const entered = textOf(given[textOf(id)] ?? value);
			if (isRequired === true && entered === '') throw new TypeError(`needed: ${String(id)}`);
			if (typeof maxLength === 'number' && entered.length > maxLength) throw new TypeError(`too long: ${String(id)}`);
			const isChoice = type !== 'Input.ChoiceSet' || objectsOf(choices).some((choice) => choice.value === entered);
			if (entered !== '' && !isChoice) throw new TypeError(`no such choice of ${String(id)}: ${entered}`);
			return [textOf(id), entered];
		}),
	);
}

function inputsOf(part: Json): Json[] {
	const own = textOf(part.type).startsWith('Input.') ? [part] : [];
	const inner = [part.body, part.items, part.columns, part.rows, part.cells].flatMap(objectsOf);
	return [...own, ...inner.flatMap(inputsOf)];
}

function isElement(element: unknown): boolean {
	if (!isJson(element)) return false;
	const isWhole = elements[textOf(element.type)];
	const inner = [...objectsOf(element.items), ...objectsOf(element.columns).flatMap(({ items }) => objectsOf(items))];
	return isWhole?.(element) === true && inner.every(isElement);
}

function isRun(inline: unknown): boolean {
	return typeof inline === 'string' || (isJson(inline) && inline.type === 'TextRun' && typeof inline.text === 'string');
}

function areCells(cells: unknown, columns: number): boolean {
	return (
		isListOf(cells, ({ type, items }) => type === 'TableCell' && Array.isArray(items) && items.every(isElement)) && cells.length <= columns
	);
}

function areActions(actions: unknown): boolean {
	const isAction = ({ type, title, fallback }: Json): boolean =>
		actionTypes.has(type) && typeof title === 'string' && (!isJson(fallback) || isAction(objectOf(fallback)));
	return Array.isArray(actions) && actions.length <= mostActions && actions.every((action) => isJson(action) && isAction(action));
}

function isListOf(list: unknown, isGood: (entry: Json) => boolean): list is Json[] {
	return Array.isArray(list) && list.length > 0 && list.every((entry) => isJson(entry) && isGood(entry));
}
