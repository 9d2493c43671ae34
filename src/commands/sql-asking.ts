/** What somebody may ask, and a saved question with its values. Whoever may not use something is told what is told of what there is not. */

import type { NamedQuestion } from '../connectors/catalogue/catalogue-file.ts';
import { fillQuestion } from '../connectors/catalogue/named-question.ts';
import type { UsableConnector } from '../connectors/connectors.ts';
import { type BotError, toBotError } from '../errors.ts';
import { languageIn } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { shortened } from '../text.ts';
import type { CommandContext, CommandQuestion } from './definition.ts';

/** Enough to recognise it. */
const mostNameCharacters = 60;

export async function listUsable({ person, words, services }: CommandContext): Promise<CommandResult> {
	const { sql } = words;
	const usable = await services.connectors.usableBy(person.role);
	if (usable.length === 0) return [sql.none];
	const language = languageIn(words);
	const table = usable.map(({ name, catalogue, bounds, questions }) => [
		`${catalogue.title[language]} (${name})`,
		bounds.relations.map((view) => catalogue.views[view.name]?.description[language] ?? view.name).join('; '),
		questions.join(', '),
	]);
	return [sql.heading, { columns: [sql.column.connector, sql.column.views, sql.column.questions], table }, sql.how];
}

export async function listNamed({ person, words, services }: CommandContext, typed: string): Promise<CommandResult> {
	const { sql } = words;
	const usable = await services.connectors.usableBy(person.role);
	const meant = typed === '' ? usable : usable.filter(({ name }) => name === typed.toLowerCase());
	if (meant.length === 0 && typed !== '') return [sql.unknown(shortened(typed, mostNameCharacters))];
	const table = savedIn(meant).map(({ connector, name, question }) => [
		`${connector.name}/${name}`,
		question.description[languageIn(words)],
		Object.keys(question.parameters).join(', '),
	]);
	if (table.length === 0) return [sql.noNamed];
	return [{ columns: [sql.column.question, sql.column.about, sql.column.values], table }];
}

interface SavedQuestion {
	connector: UsableConnector;
	name: string;
	question: NamedQuestion;
}

function savedIn(usable: readonly UsableConnector[]): SavedQuestion[] {
	return usable.flatMap((connector) =>
		connector.questions.flatMap((name) => {
			const question = connector.catalogue.questions[name];
			return question === undefined ? [] : [{ connector, name, question }];
		}),
	);
}

export async function askSaved(context: CommandContext, name: string, values: string): Promise<CommandResult | CommandQuestion> {
	const { person, words, services } = context;
	const { sql } = words;
	if (name === '') return [sql.which];
	const saved = savedIn(await services.connectors.usableBy(person.role)).filter((each) =>
		[each.name, `${each.connector.name}/${each.name}`].includes(name.toLowerCase()),
	);
	const [meant] = saved;
	if (meant === undefined) return [sql.unknown(shortened(name, mostNameCharacters))];
	if (saved.length > 1) return [sql.ambiguous(meant.name, saved.map(({ connector }) => `${connector.name}/${meant.name}`).join(', '))];
	const given = valuesIn(values);
	const problem = problemWith(meant.question, given);
	if (problem !== null) return [(problem.code === 'NOT_FOUND' ? sql.lacks : sql.unfit)(problem.reason ?? '')];
	const asked = { connector: meant.connector.name, name: meant.name, given: valuesOf(meant.question, given) };
	return {
		async answer(questionId, signal) {
			const { text, query } = await services.companyData.answerSaved({ ...context, questionId }, asked, signal);
			return { text, query, isPrivate: false };
		},
	};
}

/** As it is typed: `city=Valencia kind="water pump"`. */
function valuesIn(typed: string): Record<string, string> {
	const pairs = typed.matchAll(/([a-z_][a-z0-9_]*)=(?:["“„«]([^"”“»]*)["”“»]|(\S+))/giu);
	return Object.fromEntries([...pairs].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
}

function valuesOf({ parameters }: NamedQuestion, typed: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(typed).filter(([name]) => Object.hasOwn(parameters, name)));
}

function problemWith(question: NamedQuestion, values: Readonly<Record<string, string>>): BotError | null {
	try {
		fillQuestion(question, values);
		return null;
	} catch (error) {
		return toBotError(error);
	}
}
