/** What somebody may ask, and a saved question with its values. Whoever may not use something is told what is told of what there is not. */

import type { NamedQuestion } from '../connectors/catalogue/catalogue-file.ts';
import { fillQuestion } from '../connectors/catalogue/named-question.ts';
import { failureText } from '../connectors/company-data/failure-text.ts';
import type { ConnectorAnswer, ConnectorQueryEntry, UsableConnector } from '../connectors/connectors.ts';
import { guardStatement, type PrintedQuery } from '../connectors/guard/guard.ts';
import { type BotError, toBotError } from '../errors.ts';
import { localTime } from '../local-time.ts';
import { languageIn } from '../locales/locales.ts';
import type { CommandResult, ResultPart } from '../platform/command-result.ts';
import { shortened } from '../text.ts';
import type { CommandContext } from './definition.ts';

/** Enough to recognise it. */
const mostNameCharacters = 60;
/** What fits into a message of each platform. */
const [mostShownRows, mostShownColumns, mostCellCharacters] = [20, 8, 60];

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

export async function askSaved(context: CommandContext, name: string, values: string): Promise<CommandResult> {
	const { person, words, services } = context;
	const { sql } = words;
	if (name === '') return [sql.which];
	const saved = savedIn(await services.connectors.usableBy(person.role)).filter((each) =>
		[each.name, `${each.connector.name}/${each.name}`].includes(name.toLowerCase()),
	);
	const [meant] = saved;
	if (meant === undefined) return [sql.unknown(shortened(name, mostNameCharacters))];
	if (saved.length > 1) return [sql.ambiguous(meant.name, saved.map(({ connector }) => `${connector.name}/${meant.name}`).join(', '))];
	const filled = fill(meant.question, valuesIn(values));
	if ('code' in filled) return [(filled.code === 'NOT_FOUND' ? sql.lacks : sql.unfit)(filled.reason ?? '')];
	const verdict = await guardStatement(filled.statement, meant.connector.bounds);
	if (verdict.verdict === 'refused') {
		await note(context, meant, { sql: null, decision: 'refused', reason: `${verdict.reason}: ${verdict.what}`, answer: null });
		return [sql.unfit(Object.keys(meant.question.parameters).join(', '))];
	}
	return await run(context, meant, verdict);
}

/** As it is typed: `city=Valencia kind="water pump"`. */
function valuesIn(typed: string): Record<string, string> {
	const pairs = typed.matchAll(/([a-z_][a-z0-9_]*)=(?:["“„«]([^"”“»]*)["”“»]|(\S+))/giu);
	return Object.fromEntries([...pairs].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
}

function fill(question: NamedQuestion, values: Readonly<Record<string, string>>): { statement: string } | BotError {
	try {
		return { statement: fillQuestion(question, values) };
	} catch (error) {
		return toBotError(error);
	}
}

async function run(context: CommandContext, saved: SavedQuestion, query: PrintedQuery): Promise<CommandResult> {
	const { person, words, services, signal } = context;
	const { connector } = saved;
	try {
		const identity = connector.hasPersonalRows ? await services.addresses.addressOf(person) : null;
		const answer = await services.connectors.ask(connector, query, { askerId: person.userId, identity, signal });
		await note(context, saved, { sql: query.sql, decision: 'answered', reason: null, answer });
		return shownAnswer(answer, connector, context);
	} catch (thrown) {
		signal.throwIfAborted();
		const error = toBotError(thrown);
		const said = failureText(error, connector, words);
		if (said === null) throw error;
		await note(context, saved, { sql: query.sql, decision: 'failed', reason: error.code, answer: null });
		return [said];
	}
}

function shownAnswer(
	{ columns, rows, cutBy, at }: ConnectorAnswer,
	{ catalogue }: UsableConnector,
	{ words }: CommandContext,
): CommandResult {
	const { sql } = words;
	const [title, moment] = [catalogue.title[languageIn(words)], localTime(at, catalogue.timeZone).at];
	if (rows.length === 0) return [sql.nothing(title, moment)];
	const shown = rows.slice(0, mostShownRows);
	const table = shown.map((row) => row.slice(0, mostShownColumns).map((cell) => shortened(cell ?? '', mostCellCharacters)));
	const isCut = shown.length < rows.length || cutBy !== null;
	const names = columns.slice(0, mostShownColumns).map(({ name }) => name.replaceAll('_', ' '));
	return [sql.answered(rows.length, title, moment), ...(isCut ? [sql.shown(shown.length)] : []), inForm(names, table)];
}

/** As it reads best: one row by its names, one column as a list. */
function inForm(columns: string[], table: string[][]): ResultPart {
	const [first = []] = table;
	if (table.length === 1) return { rows: columns.map((name, index) => [name, first[index] ?? '']) };
	return columns.length === 1 ? { list: table.map(([cell = '']) => cell) } : { columns, table };
}

type Noted = Pick<ConnectorQueryEntry, 'sql' | 'decision' | 'reason' | 'answer'>;

async function note({ person, place, services }: CommandContext, { connector, name: named }: SavedQuestion, noted: Noted): Promise<void> {
	const { name, revision, role } = connector;
	await services.connectors.record(person, { questionId: null, place, connector: name, revision, role, named, model: null, ...noted });
}
