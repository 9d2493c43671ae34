/** What Discord refuses in components (page "Component Reference"). */

import { allComponents, componentTypes, type PlacedComponent } from './components.ts';
import type { FieldProblem } from './failure.ts';
import { countProblems, type Path, required, textProblems } from './field-rules.ts';
import { isJson, listOf, objectsOf, textOf } from './json.ts';
import type { Json } from './types.ts';

/** The limits of the page, each under its component. */
const limits = {
	legacyRows: 5,
	buttonsPerRow: 5,
	totalComponents: 40,
	/** All texts of a message together; the page of each text display says 4000 as well. */
	totalText: 4_000,
	sectionTexts: 3,
	galleryItems: 10,
	options: 25,
	labelLength: 80,
	customIdLength: 100,
	urlLength: 512,
	placeholderLength: 150,
	optionTextLength: 100,
} as const;

const selectTypes: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8]);
/** What may stand in a message of the new kind, outside of other components. */
const layoutTypes: ReadonlySet<unknown> = new Set([1, 9, 10, 12, 13, 14, 17]);
const inContainers: ReadonlySet<unknown> = new Set([1, 9, 10, 12, 13, 14]);

/** `isV2`: the message carries the flag IS_COMPONENTS_V2, so that components are all it has. */
export function componentProblems(given: unknown, isV2: boolean): FieldProblem[] {
	if (given === undefined || given === null) return [];
	const components = listOf(given);
	const all = allComponents(components);
	return [
		...(isV2 ? [] : countProblems(components.length, ['components'], 0, limits.legacyRows)),
		...placementProblems(components, ['components'], isV2 ? layoutTypes : new Set([componentTypes.actionRow])),
		...all.flatMap(problemsOf),
		...totalProblems(all, isV2),
		...duplicateProblems(all),
	];
}

function placementProblems(components: readonly unknown[], path: Path, allowed: ReadonlySet<unknown>): FieldProblem[] {
	return components.flatMap((component, index) =>
		isJson(component) && allowed.has(component.type)
			? []
			: [
					{
						path: [...path, index, 'type'],
						code: 'UNION_TYPE_CHOICES',
						message: `Value of field "type" must be one of (${[...allowed].join(', ')}).`,
					},
				],
	);
}

function problemsOf({ component, path }: PlacedComponent): FieldProblem[] {
	const { type } = component;
	if (selectTypes.has(type)) return selectProblems(component, path);
	switch (type) {
		case componentTypes.actionRow:
			return rowProblems(component, path);
		case componentTypes.button:
			return buttonProblems(component, path);
		case componentTypes.section:
			return [
				...countProblems(listOf(component.components).length, [...path, 'components'], 1, limits.sectionTexts),
				...placementProblems(listOf(component.components), [...path, 'components'], new Set([componentTypes.textDisplay])),
				...(isJson(component.accessory) ? [] : [required([...path, 'accessory'])]),
			];
		case componentTypes.textDisplay:
			return textProblems(component, path, { content: { min: 1, max: limits.totalText } });
		case componentTypes.container:
			return placementProblems(listOf(component.components), [...path, 'components'], inContainers);
		case componentTypes.mediaGallery:
			return countProblems(listOf(component.items).length, [...path, 'items'], 1, limits.galleryItems);
		default:
			return [];
	}
}

function rowProblems(row: Json, path: Path): FieldProblem[] {
	const inner = objectsOf(row.components);
	const here = [...path, 'components'];
	const selects = inner.filter(({ type }) => selectTypes.has(type));
	const isTooWide = inner.length > limits.buttonsPerRow || (selects.length > 0 && inner.length > 1);
	return [
		...(inner.length === 0 ? countProblems(0, here, 1, limits.buttonsPerRow) : []),
		...(isTooWide
			? [{ path: here, code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message: 'The specified component exceeds the maximum width' }]
			: []),
		...placementProblems(inner, here, new Set([componentTypes.button, ...selectTypes])),
	];
}

/** Style 5 is a link: an address and no id. The others have an id and no address. */
function buttonProblems(button: Json, path: Path): FieldProblem[] {
	const isLink = button.style === 5;
	const styles: readonly unknown[] = [1, 2, 3, 4, 5];
	const target = isLink ? { url: { min: 1, max: limits.urlLength } } : { custom_id: { min: 1, max: limits.customIdLength } };
	const superfluous = isLink ? 'custom_id' : 'url';
	return [
		...textProblems(button, path, { label: { max: limits.labelLength }, ...target }),
		...(styles.includes(button.style)
			? []
			: [{ path: [...path, 'style'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of {1, 2, 3, 4, 5, 6}.' }]),
		...(textOf(button.label) === '' && button.emoji === undefined
			? [{ path, code: 'BUTTON_COMPONENT_INVALID_LABEL', message: 'A button must have a label or emoji' }]
			: []),
		...(button[superfluous] === undefined
			? []
			: [{ path, code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', message: 'A custom id and url cannot both be specified' }]),
		...(isLink && !/^(https?|discord):\/\//.test(textOf(button.url))
			? [{ path: [...path, 'url'], code: 'URL_TYPE_INVALID_SCHEME', message: "Scheme must be one of ('http', 'https', 'discord')." }]
			: []),
	];
}

function selectProblems(select: Json, path: Path): FieldProblem[] {
	const options = listOf(select.options);
	const text = { max: limits.optionTextLength };
	return [
		...textProblems(select, path, { custom_id: { min: 1, max: limits.customIdLength }, placeholder: { max: limits.placeholderLength } }),
		...(select.type === componentTypes.stringSelect ? countProblems(options.length, [...path, 'options'], 1, limits.options) : []),
		...objectsOf(options).flatMap((option, index) =>
			textProblems(option, [...path, 'options', index], { label: { min: 1, ...text }, value: { min: 1, ...text }, description: text }),
		),
	];
}

function totalProblems(all: readonly PlacedComponent[], isV2: boolean): FieldProblem[] {
	const path = ['components'];
	const textLength = all
		.filter(({ component }) => component.type === componentTypes.textDisplay)
		.reduce((sum, { component }) => sum + textOf(component.content).length, 0);
	const problems: FieldProblem[] = [];
	if (isV2 && all.length > limits.totalComponents) {
		problems.push({
			path,
			code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
			message: `The maximum number of components is ${limits.totalComponents}`,
		});
	}
	if (textLength > limits.totalText) {
		problems.push({
			path,
			code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
			message: `The total text must be ${limits.totalText} or fewer`,
		});
	}
	return problems;
}

function duplicateProblems(all: readonly PlacedComponent[]): FieldProblem[] {
	const seen = new Set<unknown>();
	return all.flatMap(({ component, path }) => {
		const { custom_id: id } = component;
		if (id === undefined || !seen.has(id)) {
			seen.add(id);
			return [];
		}
		return [{ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message: 'Component custom id cannot be duplicated' }];
	});
}
