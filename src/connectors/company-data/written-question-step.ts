/** A question that a model writes a statement for: asked for, guarded, looked over and run; what is wrong with it goes back to the model, twice at most. */

import type { z } from 'zod';
import type { BotError } from '../../errors.ts';
import { toBotError } from '../../errors.ts';
import { languageIn, type Words } from '../../locales/locales.ts';
import type { ModelMessage } from '../../models/model-pool.ts';
import type { UsableConnector } from '../connectors.ts';
import { type GuardVerdict, guardStatement, type PrintedQuery } from '../guard/guard.ts';
import { statementFacts } from '../guard/statement-facts.ts';
import { type CatalogueText, describeConnectors } from './catalogue-prompt.ts';
import type { DataAsking, DataOutcome } from './data-asking.ts';
import { viewsOf } from './data-scope.ts';
import { connectorTitle } from './receipt.ts';
import { singleValue } from './result-reply.ts';
import { checkedSentence, resultSentence, sentenceMessages } from './result-sentence.ts';
import type { ReadyQuery, RunQuery } from './run-query.ts';
import { inertText } from './shown-values.ts';
import { isSensitive, unlistedValues, valueChoice } from './why-nothing.ts';
import { nearest } from './word-forms.ts';
import { queryMessages, repairMessages, statementIn, type WrittenQuery, writtenQuery } from './written-query.ts';

export interface WrittenStepParts {
	/** Asks the model for an object; of its cost in tokens whoever gives this takes care. @throws BotError as `askForObject`. */
	askFor<Value>(messages: ModelMessage[], schema: z.ZodType<Value>, maxOutputTokens: number): Promise<Value>;
	/** Whether a model takes so much before its answer. */
	fits(text: string): boolean;
	/** @throws BotError as `Connectors.ask`. */
	run(query: ReadyQuery): Promise<RunQuery>;
	/** Writes down what came of it. */
	note(noted: WrittenNote): Promise<void>;
	signal: AbortSignal;
}

export interface WrittenNote {
	connector: UsableConnector;
	sql: string | null;
	decision: 'answered' | 'clarified' | 'refused' | 'failed';
	reason: string | null;
	run: RunQuery | null;
}

/** Published measures of repair loops gain by the first and hardly by the third; each is a wait. */
const mostRepairs = 2;
/** A long statement has some 300, its assumptions 100. */
const statementTokens = 700;
const sentenceTokens = 120;
const [mostAssumptions, mostChoices, mostNearest] = [3, 5, 3];

/** @throws BotError as `askFor` and `run`, but for what the database has against the statement itself. */
export async function askInWords(
	connectors: readonly UsableConnector[],
	asking: DataAsking,
	parts: WrittenStepParts,
): Promise<DataOutcome> {
	const { words, question, frame } = asking;
	const language = languageIn(words);
	const catalogue: CatalogueText = describeConnectors(connectors, question, language, parts.fits);
	const seen = frame !== null && isSeen(frame.query, connectors) ? frame : null;
	let messages = queryMessages(catalogue, question, seen, language);
	let problem: Problem | null = null;
	for (let tries = 0; tries <= mostRepairs; tries++) {
		parts.signal.throwIfAborted();
		const written = await parts.askFor(messages, writtenQuery, statementTokens).catch(unlessUnfit);
		if (written === null) break;
		const connector = chosenOf(connectors, written);
		if (written.kind !== 'sql') return await withoutStatement(written, connector, asking, parts);
		const tried = await trial(connector, written, asking, parts);
		if ('outcome' in tried) {
			await parts.note({ connector, sql: tried.sql, decision: 'answered', reason: null, run: tried });
			return tried.outcome;
		}
		problem = tried;
		messages = [...messages, ...repairMessages(written, tried.forModel)];
	}
	return await notUnderstood(connectors, problem, asking, parts);
}

interface Problem {
	reason: string;
	sql: string | null;
	forModel: string;
	/** What the asker can do something about. */
	forAsker: string[];
	connector: UsableConnector;
}

type Tried = (RunQuery & { sql: string }) | Problem;

async function trial(connector: UsableConnector, written: WrittenQuery, asking: DataAsking, parts: WrittenStepParts): Promise<Tried> {
	const statement = statementIn(written.sql);
	const printed = await guardStatement(statement, connector.bounds);
	if (printed.verdict === 'refused')
		return { connector, sql: null, reason: printed.reason, forModel: hintFor(printed, connector), forAsker: wordOf(printed, asking.words) };
	const facts = await statementFacts(statement, connector.bounds);
	const [unlisted] = unlistedValues(connector, facts);
	if (unlisted !== undefined) return { connector, sql: printed.sql, reason: 'unlisted-value', ...aboutUnlisted(unlisted, asking.words) };
	const query: ReadyQuery = {
		...{ connector, printed, facts, statement, named: null, asked: { model: asking.model } },
		assumptions: written.assumptions.slice(0, mostAssumptions),
		async headline(columns, answer) {
			const single = singleValue(columns, answer, asking.words);
			if (single !== null) return `${single.name}: **${single.value}**`;
			// What is sensitive is for whoever asked, and for no model.
			if (facts.columns.some((column) => isSensitive(connector, column))) return null;
			const subject = {
				question: asking.question,
				names: columns.map(({ name }) => name),
				rows: answer.rows,
				isCut: answer.cutBy !== null,
			};
			const said = await parts.askFor(sentenceMessages(subject, asking.words), resultSentence, sentenceTokens).catch(() => {
				parts.signal.throwIfAborted();
				// The rows are there: without a sentence they speak for themselves.
				return null;
			});
			return said === null ? null : checkedSentence(said.sentence, subject);
		},
	};
	try {
		return { ...(await parts.run(query)), sql: printed.sql };
	} catch (thrown) {
		return refusedByDatabase(toBotError(thrown), connector, printed);
	}
}

/** @throws the error, where it is not about the statement. */
function refusedByDatabase(error: BotError, connector: UsableConnector, { sql }: PrintedQuery): Problem {
	if (error.code !== 'CONFLICT') throw error;
	return {
		connector,
		sql,
		reason: error.reason ?? error.code,
		forModel: `The database refuses it with the code ${error.reason ?? 'unknown'}.`,
		forAsker: [],
	};
}

async function withoutStatement(
	written: WrittenQuery,
	connector: UsableConnector,
	{ words }: DataAsking,
	{ note }: WrittenStepParts,
): Promise<DataOutcome> {
	const { companyData } = words;
	const question = inertText(written.question, 300);
	if (written.kind === 'clarify' && question !== '') {
		await note({ connector, sql: null, decision: 'clarified', reason: 'model', run: null });
		const choices = written.choices.slice(0, mostChoices).map((choice) => `- ${inertText(choice)}`);
		return { kind: 'clarified', text: [question, ...choices].join('\n'), query: null };
	}
	await note({ connector, sql: null, decision: 'refused', reason: written.reason, run: null });
	const text = written.reason === 'several-connectors' ? companyData.several : companyData.notForYou;
	return { kind: 'refused', text, query: null };
}

async function notUnderstood(
	connectors: readonly UsableConnector[],
	problem: Problem | null,
	{ words }: DataAsking,
	{ note }: WrittenStepParts,
): Promise<DataOutcome> {
	const connector = problem?.connector ?? (connectors[0] as UsableConnector);
	await note({ connector, sql: problem?.sql ?? null, decision: 'refused', reason: problem?.reason ?? 'no-object', run: null });
	const { notUnderstood: sentence } = words.companyData;
	return { kind: 'refused', text: [sentence(connectorTitle(connector, words)), ...(problem?.forAsker ?? [])].join(' '), query: null };
}

/** The one that it names; whatever it calls the only one, that is meant. */
function chosenOf(connectors: readonly UsableConnector[], { connector }: WrittenQuery): UsableConnector {
	return connectors.find(({ name }) => name === connector.trim()) ?? (connectors[0] as UsableConnector);
}

function isSeen(
	{ connector: name, views }: { connector: string; views: readonly string[] },
	connectors: readonly UsableConnector[],
): boolean {
	const connector = connectors.find((one) => one.name === name);
	return connector !== undefined && views.every((view) => viewsOf(connector).has(view));
}

/** A model that gave no object twice gives none the third time. */
function unlessUnfit(thrown: unknown): null {
	const error = toBotError(thrown);
	if (error.code === 'MODEL_REJECTED' && (error.reason === 'unfit-object' || error.reason === 'cut-object')) return null;
	throw error;
}

function aboutUnlisted({ filter, near }: ReturnType<typeof unlistedValues>[number], words: Words) {
	const { because } = words.companyData;
	const list = near.length === 0 ? 'Its values are listed with it.' : `Nearest values: ${near.map((value) => `'${value}'`).join(', ')}.`;
	return {
		forModel: `${filter.relation}.${filter.column} never has the value '${filter.value}'. ${list}`,
		forAsker: [
			because.value(inertText(filter.column.replaceAll('_', ' ')), inertText(filter.value)),
			...(near.length === 0 ? [] : [because.instead(valueChoice(near, words))]),
		],
	};
}

type Refusal = Extract<GuardVerdict, { verdict: 'refused' }>;

/** What is known of that name, so that the model need not guess again. */
function hintFor({ reason, what }: Refusal, connector: UsableConnector): string {
	const { relations } = connector.bounds;
	const said = `Reason: ${reason} (${what}).`;
	if (reason === 'unknown-relation') return `${said} There are: ${relations.map(({ name }) => name).join(', ')}.`;
	if (reason !== 'unknown-column') return said;
	const columns = relations.flatMap(({ name, columns: own }) => own.map((column) => `${name}.${column.name}`));
	const near = nearest(what, columns, mostNearest);
	return near.length === 0 ? said : `${said} Nearest: ${near.join(', ')}.`;
}

function wordOf({ reason, what }: Refusal, words: Words): string[] {
	return reason === 'unknown-column' || reason === 'unknown-relation' ? [words.companyData.unknownWord(inertText(what, 60))] : [];
}
