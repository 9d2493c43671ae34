/** What Discord refuses in commands (page "Application Commands"). */

import type { FieldProblem } from './failure.ts';
import { countProblems, type Path, required, textProblems } from './field-rules.ts';
import { isJson, objectsOf, textOf } from './json.ts';
import type { Json } from './types.ts';

/** "Application Command Types". */
export const commandKinds = { chatInput: 1, user: 2, message: 3 } as const;

/** "Registering a Command": 100 of the first kind, 15 of each of the others. */
const limitsByKind: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const optionLimit = 25;
const choiceLimit = 25;
/** Names, descriptions and choice values of a command with all its options; of translations the longest. */
const totalTextLimit = 8_000;
const nameLimit = 32;
const descriptionLimit = 100;
const choiceTextLimit = 100;
const subcommand = 1;
const subcommandGroup = 2;
const integerOption = 4;
const numberOption = 10;

const chatInputName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Problems of a whole list, as the bulk overwrite takes it; each leads through the index of its command. */
export function commandProblems(commands: readonly Json[]): FieldProblem[] {
	const kinds = commands.map(({ type }) => Number(type ?? commandKinds.chatInput));
	const names = commands.map(({ name }, index) => `${String(kinds[index])}:${String(name)}`);
	return [
		...Object.entries(limitsByKind).flatMap(([kind, limit]) =>
			countProblems(kinds.filter((each) => each === Number(kind)).length, [], 0, limit),
		),
		...commands.flatMap((command, index) => oneCommandProblems(command, [index])),
		...names.flatMap((name, index) =>
			names.indexOf(name) === index
				? []
				: [
						{
							path: [index, 'name'],
							code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
							message: 'Application command names must be unique',
						},
					],
		),
	];
}

function oneCommandProblems(command: Json, path: Path): FieldProblem[] {
	const isChatInput = (command.type ?? commandKinds.chatInput) === commandKinds.chatInput;
	const { default_member_permissions: permissions } = command;
	const totalText = longestText(command);
	return [
		...(isChatInput ? nameAndDescriptionProblems(command, path) : textProblems(command, path, { name: { min: 1, max: nameLimit } })),
		...(isChatInput || textOf(command.description) === ''
			? []
			: [
					{
						path: [...path, 'description'],
						code: 'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
						message: 'Context menus have no description',
					},
				]),
		...optionsProblems(command, path),
		...listProblems(command, path, 'contexts', [0, 1, 2]),
		...listProblems(command, path, 'integration_types', [0, 1]),
		...(permissions === undefined || permissions === null || /^\d+$/.test(String(permissions))
			? []
			: [{ path: [...path, 'default_member_permissions'], code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' }]),
		...(totalText > totalTextLimit
			? [{ path, code: 'APPLICATION_COMMAND_TOO_LARGE', message: `Command exceeds maximum size (${totalTextLimit})` }]
			: []),
	];
}

function nameAndDescriptionProblems(given: Json, path: Path): FieldProblem[] {
	const names = { '': given.name, ...(isJson(given.name_localizations) ? given.name_localizations : {}) };
	const wrongNames = Object.entries(names).filter(([, name]) => {
		const text = textOf(name);
		return name !== null && name !== undefined && (!chatInputName.test(text) || text !== text.toLowerCase());
	});
	const descriptions = isJson(given.description_localizations) ? given.description_localizations : {};
	const eachDescription = Object.fromEntries(Object.keys(descriptions).map((locale) => [locale, { min: 1, max: descriptionLimit }]));
	return [
		...(given.name === undefined ? [required([...path, 'name'])] : []),
		...wrongNames.map(([locale]) => ({
			path: locale === '' ? [...path, 'name'] : [...path, 'name_localizations', locale],
			code: 'APPLICATION_COMMAND_INVALID_NAME',
			message: 'Command name is invalid',
		})),
		...textProblems(given, path, { description: { min: 1, max: descriptionLimit } }),
		...textProblems(descriptions, [...path, 'description_localizations'], eachDescription),
	];
}

function optionsProblems(given: Json, path: Path): FieldProblem[] {
	const options = objectsOf(given.options);
	const here = [...path, 'options'];
	const names = options.map(({ name }) => name);
	const isMixed = options.some(isNesting) && !options.every(isNesting);
	return [
		...countProblems(options.length, here, 0, optionLimit),
		...(isMixed
			? [{ path: here, code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message: 'Sub-commands and options cannot be mixed' }]
			: []),
		...options.flatMap((option, index) => {
			const place = [...here, index];
			const isLate =
				option.required === true && options.slice(0, index).some((earlier) => !isNesting(earlier) && earlier.required !== true);
			return [
				...nameAndDescriptionProblems(option, place),
				...(typeof option.type === 'number' ? [] : [required([...place, 'type'])]),
				...(names.indexOf(option.name) === index
					? []
					: [{ path: place, code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', message: 'Option names must be unique' }]),
				...(isLate
					? [
							{
								path: place,
								code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
								message: 'Required options must be placed before non-required options',
							},
						]
					: []),
				...choiceProblems(option, place),
				...rangeProblems(option, place),
				...(isNesting(option) ? optionsProblems(option, place) : []),
			];
		}),
	];
}

/** Of an option, or of an answer to what is being typed. */
export function choiceProblems(option: Json, path: Path): FieldProblem[] {
	const choices = objectsOf(option.choices);
	const text = { min: 1, max: choiceTextLimit };
	const isDouble = option.autocomplete === true && option.choices !== undefined;
	return [
		...(isDouble
			? [{ path, code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID', message: 'Choices and autocomplete exclude each other' }]
			: []),
		...countProblems(choices.length, [...path, 'choices'], 0, choiceLimit),
		...choices.flatMap((choice, index) =>
			textProblems(choice, [...path, 'choices', index], { name: text, ...(typeof choice.value === 'number' ? {} : { value: text }) }),
		),
	];
}

/** "Application Command Option Structure": bounds are for numbers alone. */
function rangeProblems(option: Json, path: Path): FieldProblem[] {
	const isNumber = option.type === integerOption || option.type === numberOption;
	const { min_value: min, max_value: max } = option;
	const isWrong = (min !== undefined || max !== undefined) && (!isNumber || Number(min ?? 0) > Number(max ?? min));
	return isWrong ? [{ path, code: 'APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID', message: 'Bounds are for numbers, the least first' }] : [];
}

function isNesting({ type }: Json): boolean {
	return type === subcommand || type === subcommandGroup;
}

function listProblems(given: Json, path: Path, field: string, allowed: readonly unknown[]): FieldProblem[] {
	const value = given[field];
	if (value === undefined || value === null) return [];
	const isRight = Array.isArray(value) && value.length > 0 && value.every((each) => allowed.includes(each));
	return isRight ? [] : [{ path: [...path, field], code: 'BASE_TYPE_CHOICES', message: `Values must be of (${allowed.join(', ')}).` }];
}

function longestText(given: Json): number {
	const longest = (field: string) => {
		const translations = given[`${field}_localizations`];
		const texts = [given[field], ...(isJson(translations) ? Object.values(translations) : [])];
		return Math.max(...texts.map((text) => textOf(text).length));
	};
	const choices = objectsOf(given.choices).map(({ name, value }) => textOf(name).length + String(value).length);
	const inner = objectsOf(given.options).map(longestText);
	return [longest('name'), longest('description'), ...choices, ...inner].reduce((sum, length) => sum + length, 0);
}
