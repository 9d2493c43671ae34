/** Forms as Discord shows them, and what comes back. Pure. */

import type { Form, FormField, FormInputs, FormTicket } from '#src/platform/form.ts';
import { asObject, asObjects, asText, type Json } from './json.ts';

/** Before whom it is shown to, when, and what was typed, in the id that comes back with the form. */
const formMark = 'openccb_form:';
/** "Component Types", "Text Input Styles". */
const label = 18;
const textInput = 4;
const stringSelect = 3;
const oneLine = 1;
/** "Modal": of its title, its components and its id; "Label": of a label and its description; "String Select": of the options. */
const mostTitleCharacters = 45;
const mostFields = 5;
const mostIdCharacters = 100;
const mostLabelCharacters = 45;
const mostHintCharacters = 100;
const mostOptions = 25;
/** "Text Input", `max_length` is at most 4,000: enough for a name or a list. */
const mostInputCharacters = 1_000;

/** What opens it for somebody; null for what does not fit into Discord's forms. */
export function modalOf({ text, fields }: Form, { askedOf, askedAt }: FormTicket): Json | null {
	const customId = `${formMark}${[askedOf, Date.parse(askedAt).toString(36), text].join(':')}`;
	if (fields.length > mostFields || customId.length > mostIdCharacters || fields.some(isTooLarge)) return null;
	return { custom_id: customId, title: text.slice(0, mostTitleCharacters), components: fields.map(componentOf) };
}

/** What was typed before the form opened, and what was entered; null when it is no form of ours. */
export function readModal(data: Json): { text: string; inputs: FormInputs; ticket: FormTicket } | null {
	const customId = asText(data['custom_id']);
	if (!customId.startsWith(formMark)) return null;
	const entered = asObjects(data['components']).map(({ component }): [string, string] => {
		const { custom_id: name, value, values } = asObject(component);
		return [asText(name), asText(Array.isArray(values) ? values[0] : value).slice(0, mostInputCharacters)];
	});
	const [askedOf = '', askedAt = '', ...text] = customId.slice(formMark.length).split(':');
	const ticket = { askedOf, askedAt: new Date(askedMs(askedAt)).toISOString() };
	return { text: text.join(':'), inputs: Object.fromEntries(entered.filter(([, value]) => value.trim() !== '')), ticket };
}

function askedMs(written: string): number {
	return /^[0-9a-z]{6,9}$/.test(written) ? Number.parseInt(written, 36) : 0;
}

function isTooLarge({ choices }: FormField): boolean {
	return choices !== null && choices.length > mostOptions;
}

function componentOf({ name, label: shown, hint, mayBeLeftOut, choices }: FormField): Json {
	const input =
		choices === null
			? { type: textInput, style: oneLine, max_length: mostInputCharacters }
			: { type: stringSelect, options: choices.map((value) => ({ label: value, value })) };
	return {
		type: label,
		label: shown.slice(0, mostLabelCharacters),
		...(hint === '' ? {} : { description: hint.slice(0, mostHintCharacters) }),
		component: { ...input, custom_id: name, required: !mayBeLeftOut },
	};
}
