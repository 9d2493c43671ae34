/** What Discord refuses in modals (pages "Receiving and Responding", Modal, and "Component Reference", Label, Text Input, String Select). */

import type { FieldProblem } from './failure.ts';
import { countProblems, type Path, required, textProblems } from './field-rules.ts';
import { isJson, listOf } from './json.ts';
import type { Json } from './types.ts';

const label = 18;
const textInput = 4;
const stringSelect = 3;
const mostInputCharacters = 4_000;

/** "Modal": a title of 1 to 45 characters and 1 to 5 components. Rows are deprecated there, and nobody's app here sends them. */
export function modalProblems(given: Json): FieldProblem[] {
	const components = listOf(given.components);
	return [
		...textProblems(given, ['data'], { custom_id: { min: 1, max: 100 }, title: { min: 1, max: 45 } }),
		...countProblems(components.length, ['data', 'components'], 1, 5),
		...components.flatMap((component, index) => labelProblems(component, ['data', 'components', index])),
	];
}

function labelProblems(given: unknown, path: Path): FieldProblem[] {
	// Rows with one input each are taken still.
	if (!isJson(given) || given.type !== label) return [];
	const { component } = given;
	return [
		...textProblems(given, path, { label: { min: 1, max: 45 }, description: { max: 100 } }),
		...(isJson(component) ? inputProblems(component, [...path, 'component']) : [required([...path, 'component'])]),
	];
}

function inputProblems(input: Json, path: Path): FieldProblem[] {
	const id = textProblems(input, path, { custom_id: { min: 1, max: 100 } });
	if (input.type === stringSelect) {
		const options = listOf(input.options).filter(isJson);
		const rules = { label: { min: 1, max: 100 }, value: { min: 1, max: 100 } };
		const each = options.flatMap((option, index) => textProblems(option, [...path, 'options', index], rules));
		return [...id, ...countProblems(options.length, [...path, 'options'], 1, 25), ...each];
	}
	if (input.type !== textInput) return [...id, wrong([...path, 'type'], 'This component cannot stand in a label.')];
	const most = Number(input.max_length ?? mostInputCharacters);
	return [
		...id,
		...(input.style === 1 || input.style === 2 ? [] : [wrong([...path, 'style'], 'Value must be one of {1, 2}.')]),
		...(most >= 1 && most <= mostInputCharacters ? [] : [wrong([...path, 'max_length'], `Must be between 1 and ${mostInputCharacters}.`)]),
	];
}

function wrong(path: Path, message: string): FieldProblem {
	return { path, code: 'BASE_TYPE_CHOICES', message };
}

/** "Component Reference": what the client sends of an input. @throws TypeError for what it would not send. */
export function enteredInto(
	{ type, id, custom_id, value, options, required: isRequired = true, max_length }: Json,
	entered: string | undefined,
): Json {
	const name = String(custom_id);
	if (type === stringSelect) {
		const isChoice = listOf(options).some((option) => isJson(option) && option.value === entered);
		if (entered === undefined ? isRequired === true : !isChoice) throw new TypeError(`${entered ?? 'nothing'} is no choice of ${name}`);
		return { type, id, custom_id, values: entered === undefined ? [] : [entered] };
	}
	const text = entered ?? (typeof value === 'string' ? value : '');
	if (text === '' && isRequired === true) throw new TypeError(`nothing was entered into ${name}`);
	if (text.length > Number(max_length ?? mostInputCharacters)) throw new TypeError(`too much was entered into ${name}`);
	return { type, id, custom_id, value: text };
}
