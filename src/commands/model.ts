/** `model`: which model answers here and why, and choosing another one for a conversation, for oneself or for a whole place. */

import { z } from 'zod';
import type { ChoiceScope } from '../choices/model-choices.ts';
import { languageIn } from '../locales/locales.ts';
import { isSameModel } from '../models/model-name.ts';
import type { CommandResult, ResultPart } from '../platform/command-result.ts';
import { shortened } from '../text.ts';
import { choiceOf } from './choices.ts';
import { type CommandArgument, type CommandContext, defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

/** Takes a choice back. */
const standard = choiceOf({ default: { en: 'default', es: 'predeterminado', otherWords: ['standard', 'estándar', 'estandar'] } });

/** A name as it was typed; null takes the choice back. */
const model: CommandArgument<string | null | undefined> = {
	schema: z
		.string()
		.optional()
		.transform((typed = '') => (isStandard(typed) ? null : typed.trim() || undefined)),
	complete: async ({ person, words, services: { choices } }) => [
		...choices.allowed(person),
		standard.choices['default']?.[languageIn(words)] ?? '',
	],
};

const scope = choiceOf<ChoiceScope>({
	conversation: { en: 'conversation', es: 'conversación', otherWords: ['conversacion', 'here', 'aquí', 'aqui'] },
	person: { en: 'me', es: 'yo', otherWords: ['mí', 'mi'] },
	channel: { en: 'channel', es: 'canal', otherWords: ['chat'] },
});

/** Of what is no model's name, enough to recognise what one has typed. */
const mostNameCharacters = 60;

export const modelCommand = defineCommand({
	names: { en: 'model', es: 'modelo' },
	otherWords: ['models', 'modelos'],
	audience: 'everyone',
	answer: 'private',
	arguments: { model, scope },
	examples: ['model', 'model gemma4:26b me', 'model default channel', 'modelo', 'modelo gemma4:26b yo', 'modelo predeterminado'],
	isArgument(typed, { models }) {
		const { model: name = '', scope: rest } = splitArguments({ model, scope }, typed);
		const isName = isStandard(name) || name.includes(':') || models.some((known) => isSameModel(known, name));
		return isName && scope.schema.safeParse(rest).success;
	},
	async run(context, { model: wanted, scope: asked }) {
		return wanted === undefined ? await show(context) : await choose(context, wanted, asked);
	},
});

function isStandard(typed: string): boolean {
	const read = standard.schema.safeParse(typed);
	return read.success && read.data !== undefined;
}

async function show(context: CommandContext): Promise<CommandResult> {
	const { person, place, isConversation, words, services } = context;
	const { model: name, origin } = await services.choices.current(person, place);
	const sentence = isConversation ? words.model.current : words.model.currentOfNew;
	return [sentence(name, words.model.origin[origin]), '', ...allowed(context)];
}

/** What can be chosen, and how. */
function allowed({ person, words: { model: words }, services: { choices, models } }: CommandContext): ResultPart[] {
	const names = choices.allowed(person);
	if (names.length === 0) return [words.noneAllowed];
	const list = names.map((name) => (name === models.model ? words.standard(name) : name));
	const other = names.find((name) => name !== models.model);
	return [words.allowed, { list }, '', other === undefined || names.length === 1 ? words.onlyThis : words.how(other)];
}

/** Where there is no conversation to choose for, it is taken as a choice for oneself, and that is said. */
async function choose(context: CommandContext, wanted: string | null, asked: ChoiceScope | undefined): Promise<CommandResult> {
	const { person, place, isConversation, words, services } = context;
	const { model: said } = words;
	if (asked === 'channel' && place.kind !== 'direct' && person.role !== 'ccb_admin') return [said.onlyAdministrators];
	const isGuess = !isConversation && (asked === undefined || asked === 'conversation');
	const scope = isGuess ? 'person' : (asked ?? 'conversation');
	const result = await services.choices.choose(person, place, scope, wanted);
	if (result.type === 'refused') {
		const why = result.reason === 'unknown' ? said.unknown : said.forbidden;
		return [why(shortened(wanted ?? '', mostNameCharacters)), '', ...allowed(context)];
	}
	await noteChoice(context, scope, result.chosen);
	const { model: name, origin } = result.current;
	const done = result.chosen === null ? said.takenBack[scope] : said.chosen[scope](result.chosen);
	const isOther = origin !== (result.chosen === null ? 'default' : scope);
	return [done, ...(isGuess ? [said.forYourself] : []), ...(isOther ? [said.still(name, said.origin[origin])] : [])];
}

/** What administrators decide for all who ask there. */
async function noteChoice({ person, place, services }: CommandContext, scope: ChoiceScope, chosen: string | null): Promise<void> {
	if (scope === 'channel' && place.kind !== 'direct') await services.channelOrders.noteModel(person, place, chosen);
}
