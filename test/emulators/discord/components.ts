/** Buttons, selects, texts and layouts of a message: walking through them, whatever they are nested in. */

import { isJson, listOf, numberOf, objectsOf, textOf } from './json.ts';
import type { Json, VisibleButton } from './types.ts';

/** "Component Types" of the page "Component Reference". */
export const componentTypes = {
	actionRow: 1,
	button: 2,
	stringSelect: 3,
	userSelect: 5,
	roleSelect: 6,
	mentionableSelect: 7,
	channelSelect: 8,
	section: 9,
	textDisplay: 10,
	thumbnail: 11,
	mediaGallery: 12,
	file: 13,
	separator: 14,
	container: 17,
	label: 18,
} as const;

export interface PlacedComponent {
	component: Json;
	/** Where it stands, as error messages name it. */
	path: (string | number)[];
}

/** All components in reading order, outer ones before inner ones. */
export function allComponents(components: readonly unknown[], path: readonly (string | number)[] = ['components']): PlacedComponent[] {
	return components.flatMap((component, index) => {
		if (!isJson(component)) return [];
		const here = [...path, index];
		const accessory = isJson(component.accessory) ? [{ component: component.accessory, path: [...here, 'accessory'] }] : [];
		return [{ component, path: here }, ...allComponents(listOf(component.components), [...here, 'components']), ...accessory];
	});
}

/** Menus too, by their placeholders. */
export function visibleButtons(components: readonly Json[]): VisibleButton[] {
	return allComponents(components)
		.map(({ component }) => component)
		.filter(({ type }) => type === componentTypes.button || type === componentTypes.stringSelect)
		.map((button) => ({
			label: textOf(button.label) || textOf(button.placeholder),
			customId: typeof button.custom_id === 'string' ? button.custom_id : undefined,
			style: numberOf(button.style),
			disabled: button.disabled === true,
			url: typeof button.url === 'string' ? button.url : undefined,
		}));
}

/** The texts that components show, in reading order. */
export function componentTexts(components: readonly Json[]): string[] {
	return allComponents(components)
		.map(({ component }) => component)
		.filter(({ type }) => type === componentTypes.textDisplay)
		.map(({ content }) => textOf(content));
}

/** Discord numbers components that came without an id. */
export function withIds(components: readonly Json[]): Json[] {
	const copy = structuredClone([...components]);
	allComponents(copy).forEach(({ component }, index) => {
		component.id ??= index + 1;
	});
	return objectsOf(copy);
}
