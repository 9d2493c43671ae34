/** Forms as Teams shows them: a card that one person sees, filled in and sent back with a button. Pure. */

import type { Forms } from '#src/commands/forms.ts';
import { type Language, wordsFor } from '#src/locales/locales.ts';
import type { CommandInvoked } from '#src/platform/chat-event.ts';
import { type Form, type FormField, type FormInputs, type FormTicket, unknownTicket } from '#src/platform/form.ts';
import type { Place } from '#src/platform/place.ts';
import { toCardAttachment, toLine } from './format.ts';
import { invokedBy, localeOf, type ReadingOptions, readScene } from './inbound.ts';
import { asObject, idOf, type Json, textOf } from './json.ts';

export interface TeamsForms {
	/** What somebody sent back in a form; null for any other activity. */
	read(activity: Json, options: ReadingOptions): SentForm | null;
}

export interface SentForm {
	/** The command, as if it had been typed where the form was asked for; null when something is wrong with what was entered. */
	event: CommandInvoked | null;
	/** The card that the person sees in the form's place from now on: that it was taken, or what is wrong. */
	shown: Json;
}

/** What was entered before, and what is wrong with it, by field. */
interface Entered {
	inputs: FormInputs;
	errors: Readonly<Record<string, string>>;
}

/** Says that a card's data are those of a form of ours; the field that carries the rest. */
const mark = 'openccb_form';
const nothingEntered: Entered = { inputs: {}, errors: {} };
/** "Input.Text", `maxLength` has no limit of its own: enough for a name or a list, and far below what an event may hold. */
const mostInputCharacters = 1_000;

export interface TeamsFormsDependencies {
	forms: Forms;
	/** For people whose language Teams does not tell. */
	language: Language;
}

export function createTeamsForms({ forms, language }: TeamsFormsDependencies): TeamsForms {
	return {
		read(activity, options) {
			const sent = readSent(activity);
			const scene = sent === null ? null : readScene(activity, options);
			if (sent === null || scene === null) return null;
			const { text, threadId, inputs, ticket } = sent;
			const words = wordsFor(localeOf(activity), language);
			const filled = forms.fill(text, inputs, words);
			const place = scene.place.kind === 'channel' ? { ...scene.place, threadId } : scene.place;
			if (!('errors' in filled)) return { event: invokedBy({ ...scene, place }, { ...filled, form: ticket }), shown: toTakenCard(text) };
			// A client that answers with a message sees no card in return: the command then says what is wrong, or asks again.
			const asked = activity['type'] === 'invoke' ? null : invokedBy({ ...scene, place }, { text, form: ticket });
			const form = forms.formFor(text, { words, kind: place.kind });
			const { errors } = filled;
			return { event: asked, shown: form === null ? toErrorCard(text, errors) : toFormCard(form, place, ticket, { inputs, errors }) };
		},
	};
}

/** The card that asks, for whoever is in this place. It carries what was typed, the thread and the ticket, which come back with what is entered. */
export function toFormCard(form: Form, place: Pick<Place, 'threadId'>, ticket: FormTicket, entered: Entered = nothingEntered): Json {
	const data = { [mark]: { text: form.text, threadId: place.threadId, ...ticket } };
	const submit = { title: form.submit, data };
	return toCardAttachment(
		[toLine(form.text, { weight: 'Bolder' }), toLine(form.about), ...form.fields.flatMap((field) => toElements(field, form, entered))],
		// Old clients do not know `Action.Execute`; its fallback sends the same as a message of its own.
		[{ type: 'Action.Execute', verb: mark, ...submit, fallback: { type: 'Action.Submit', ...submit } }],
	);
}

function toTakenCard(text: string): Json {
	return toCardAttachment([toLine(`✓ ${text}`, { isSubtle: true })], []);
}

/** For what is not asked for here any more: in another place, or by another version. */
function toErrorCard(text: string, errors: Entered['errors']): Json {
	return toCardAttachment([toLine(text, { weight: 'Bolder' }), ...Object.values(errors).map((error) => toLine(error))], []);
}

function toElements({ name, label, hint, mayBeLeftOut, choices }: FormField, { needed }: Form, { inputs, errors }: Entered): Json[] {
	const value = inputs[name];
	const input = {
		id: name,
		label,
		isRequired: !mayBeLeftOut,
		...(mayBeLeftOut ? {} : { errorMessage: needed }),
		...(value === undefined ? {} : { value }),
	};
	const problem = errors[name];
	return [
		choices === null
			? { type: 'Input.Text', ...input, maxLength: mostInputCharacters }
			: { type: 'Input.ChoiceSet', ...input, style: 'compact', choices: choices.map((choice) => ({ title: choice, value: choice })) },
		...(hint === '' ? [] : [toLine(hint, { isSubtle: true, size: 'Small' })]),
		...(problem === undefined ? [] : [toLine(problem, { color: 'Attention' })]),
	];
}

/** What an invoke carries in its action, a message of an old client carries itself. Nothing of it is to be believed. */
function readSent(activity: Json): { text: string; threadId: string; inputs: FormInputs; ticket: FormTicket } | null {
	const value = asObject(activity['value']);
	const isExecuted = activity['type'] === 'invoke' && activity['name'] === 'adaptiveCard/action';
	if (!isExecuted && activity['type'] !== 'message') return null;
	const { [mark]: form, ...entered } = isExecuted ? asObject(asObject(value['action'])['data']) : value;
	const { text, threadId, askedOf, askedAt } = asObject(form);
	if (textOf(text).trim() === '') return null;
	const inputs = Object.entries(entered).map(([name, given]): [string, string] => [name, textOf(given).slice(0, mostInputCharacters)]);
	return {
		text: textOf(text).slice(0, mostInputCharacters),
		threadId: idOf(threadId),
		ticket: { askedOf: idOf(askedOf), askedAt: textOf(askedAt, unknownTicket.askedAt) },
		inputs: Object.fromEntries(inputs.filter(([, given]) => given.trim() !== '')),
	};
}
