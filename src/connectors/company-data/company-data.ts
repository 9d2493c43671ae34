/** Answers from the company's databases, for a conversation: what may be asked where, and what comes of a question. */

import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { AddressBook } from '../../identity/address-book.ts';
import type { Limits } from '../../limits/limits.ts';
import { tokensUsed } from '../../limits/token-usage.ts';
import type { Logger } from '../../log.ts';
import type { LanguageModels, ModelMessage } from '../../models/model-pool.ts';
import { askForObject } from '../../models/object-answer.ts';
import type { OutgoingFile } from '../../platform/chat-platform.ts';
import type { ConnectorQueryEntry, Connectors, UsableConnector } from '../connectors.ts';
import { guardStatement } from '../guard/guard.ts';
import type { AnswerQuery } from './answer-query.ts';
import { csvOf } from './csv.ts';
import type { DataAsking, DataOutcome, DataReader, DataScope } from './data-asking.ts';
import { createDataScopes, type DataScopesDependencies } from './data-scope.ts';
import { failureText } from './failure-text.ts';
import type { NamedMatch } from './match-named.ts';
import { findNamedQuestion, readyNamed } from './named-question-step.ts';
import { connectorTitle, momentOf } from './receipt.ts';
import { type ReadyQuery, type RunQuery, runQuery } from './run-query.ts';
import { createSmallQueries, type SmallAsking } from './small-queries.ts';
import { valueChoice } from './why-nothing.ts';
import { askInWords } from './written-question-step.ts';

export interface CompanyDataDependencies extends DataScopesDependencies {
	connectors: Connectors;
	addresses: AddressBook;
	models: Pick<LanguageModels, 'chat' | 'models' | 'estimateTokens'>;
	limits: Pick<Limits, 'charge'>;
	clock: Clock;
	logger: Pick<Logger, 'warn'>;
}

/** All throw BotError as `Connectors.usableBy`; `CANCELLED` when the signal fires. What a database has against a question is an outcome. */
export interface CompanyData {
	scopeOf(reader: DataReader, signal: AbortSignal): Promise<DataScope>;
	/** Of a verified question, where it is surely that. Null otherwise. Asks no model. */
	answerNamed(asking: DataAsking, signal: AbortSignal): Promise<DataOutcome | null>;
	/** Of any question: a model writes a statement where it is none of the verified ones. @throws as `askForObject` too. */
	answer(asking: DataAsking, signal: AbortSignal): Promise<DataOutcome>;
	/** Of a verified question that is called by its name, with its values. @throws BotError as `fillQuestion`, too. */
	answerSaved(asking: FileAsking, saved: SavedAsking, signal: AbortSignal): Promise<DataOutcome>;
	/** Whether everybody who reads there may see it still. */
	mayShow(reader: DataReader, query: AnswerQuery, signal: AbortSignal): Promise<boolean>;
	/** Asks the same again, under the rights that the reader has now; or says why not. */
	fileOf(reader: FileAsking, query: AnswerQuery, signal: AbortSignal): Promise<DataFile | { sentence: string }>;
}

export type FileAsking = DataReader & Pick<DataAsking, 'words' | 'questionId'>;

export interface SavedAsking {
	connector: string;
	/** Of the question. */
	name: string;
	given: Readonly<Record<string, string>>;
}

export interface DataFile {
	file: OutgoingFile;
	/** Where it is from and of when, and whether it is all. */
	comment: string;
}

/** Beside the prompt: the answer, and two repairs with theirs. */
const spareTokens = 2_500;

/** No more than that is said where others read. */
const elsewhere = ({ words }: DataAsking): DataOutcome => ({ kind: 'private', text: words.companyData.privately, query: null });

type Noted = Pick<ConnectorQueryEntry, 'named' | 'model' | 'sql' | 'decision' | 'reason' | 'answer'>;

export function createCompanyData(deps: CompanyDataDependencies): CompanyData {
	const { connectors, addresses, models, limits, clock, logger } = deps;
	const scopes = createDataScopes(deps);
	const small = createSmallQueries(connectors, clock);

	const askingFor = async ({ person }: DataReader, connector: UsableConnector, signal: AbortSignal): Promise<SmallAsking> => ({
		askerId: person.userId,
		identity: connector.hasPersonalRows ? await addresses.addressOf(person) : null,
		signal,
	});

	/** An answer that cannot be written down is given all the same: it stands in the history of the conversation. */
	async function note(asking: DataReader & Pick<DataAsking, 'questionId'>, connector: UsableConnector, noted: Noted): Promise<void> {
		const { person, place, questionId } = asking;
		const { name, revision, role } = connector;
		await connectors
			.record(person, { questionId, place, connector: name, revision, role, ...noted })
			.catch((error: unknown) => logger.warn({ err: error, connector: name }, 'a question to a database was not written down'));
	}

	/** @throws what is no fault of the database. */
	async function failed(thrown: unknown, connector: UsableConnector, asking: FileAsking, noted: Partial<Noted>): Promise<DataOutcome> {
		const error = toBotError(thrown);
		const text = failureText(error, connector, asking.words);
		if (text === null) throw error;
		await note(asking, connector, { named: null, model: null, sql: null, answer: null, ...noted, decision: 'failed', reason: error.code });
		return { kind: 'failed', text, query: null };
	}

	async function run(query: ReadyQuery, asking: FileAsking, signal: AbortSignal): Promise<RunQuery> {
		return await runQuery({ connectors, small }, query, await askingFor(asking, query.connector, signal), asking.words);
	}

	async function matchOf(usable: DataScope['here'], asking: DataAsking, signal: AbortSignal): Promise<NamedMatch | null> {
		return await findNamedQuestion(usable, asking, small, (connector) => askingFor(asking, connector, signal)).catch((thrown) => {
			signal.throwIfAborted();
			// Whether it is one of the verified ones cannot be told without the database; whoever goes on finds out what ails it.
			logger.warn({ err: toBotError(thrown) }, 'the values of named questions could not be read');
			return null;
		});
	}

	async function answerNamedHere(here: DataScope['here'], asking: DataAsking, signal: AbortSignal): Promise<DataOutcome | null> {
		const match = await matchOf(here, asking, signal);
		if (match === null || match.kind === 'none') return null;
		const connector = here.find(({ name }) => name === match.candidate.connector);
		if (connector === undefined) return null;
		const named = match.candidate.name;
		if (match.kind === 'which') {
			await note(asking, connector, { named, model: null, sql: null, decision: 'clarified', reason: 'several-values', answer: null });
			return { kind: 'clarified', text: asking.words.companyData.which(valueChoice(match.values, asking.words)), query: null };
		}
		const ready = await readyNamed(match, connector, asking.words);
		return ready === null ? null : await runNamed(named, ready, asking, signal);
	}

	async function runNamed(named: string, ready: ReadyQuery, asking: FileAsking, signal: AbortSignal): Promise<DataOutcome> {
		const { connector } = ready;
		try {
			const { outcome, answer } = await run(ready, asking, signal);
			await note(asking, connector, { named, model: null, sql: ready.printed.sql, decision: 'answered', reason: null, answer });
			return outcome;
		} catch (thrown) {
			signal.throwIfAborted();
			return await failed(thrown, connector, asking, { named, sql: ready.printed.sql });
		}
	}

	function modelFor(asking: DataAsking, signal: AbortSignal) {
		const { model, person, conversationId } = asking;
		// It had a slot in this turn: nobody waits in the queue twice.
		const request = { model, userId: person.userId, conversationId, priority: 'interactive', think: 'off', resumes: true } as const;
		const tokens = (text: string) => models.estimateTokens(text, model);
		const { contextTokens = 4_096 } = models.models.find(({ name }) => name === model) ?? {};
		return {
			async askFor<Value>(messages: ModelMessage[], schema: z.ZodType<Value>, maxOutputTokens: number): Promise<Value> {
				const { value, usage } = await askForObject(models, { ...request, messages, maxOutputTokens }, schema, signal);
				const estimated = {
					promptTokens: messages.reduce((sum, { content }) => sum + tokens(content), 0),
					outputTokens: tokens(JSON.stringify(value)),
				};
				await limits.charge(
					person,
					usage.reduce((sum, used) => sum + tokensUsed({ ...used, hasSpoken: true, estimated }), 0),
				);
				return value;
			},
			fits: (text: string) => tokens(text) < contextTokens - spareTokens,
		};
	}

	return {
		scopeOf: scopes.of,
		async answerNamed(asking, signal) {
			const { here, alone, hasMore } = await scopes.of(asking, signal);
			const answered = await answerNamedHere(here, asking, signal);
			if (answered !== null || !hasMore) return answered;
			return (await matchOf(alone, asking, signal))?.kind === 'sure' ? elsewhere(asking) : null;
		},
		async answer(asking, signal) {
			const { here, hasMore } = await scopes.of(asking, signal);
			if (here.length === 0)
				return hasMore ? elsewhere(asking) : { kind: 'refused', text: asking.words.companyData.notForYou, query: null };
			const named = await answerNamedHere(here, asking, signal);
			if (named !== null) return named;
			let asked = here[0] as UsableConnector;
			try {
				const outcome = await askInWords(here, asking, {
					...modelFor(asking, signal),
					async run(query) {
						asked = query.connector;
						return await run(query, asking, signal);
					},
					note: ({ connector, run: ran, ...noted }) =>
						note(asking, connector, { ...noted, named: null, model: asking.model, answer: ran?.answer ?? null }),
					signal,
				});
				return outcome.kind === 'refused' && hasMore ? elsewhere(asking) : outcome;
			} catch (thrown) {
				signal.throwIfAborted();
				return await failed(thrown, asked, asking, { model: asking.model });
			}
		},
		async answerSaved(asking, { connector: wanted, name, given }, signal) {
			const { here } = await scopes.of(asking, signal);
			const connector = here.find((one) => one.name === wanted && one.questions.includes(name));
			const question = connector?.catalogue.questions[name];
			const refused: DataOutcome = { kind: 'refused', text: asking.words.companyData.notForYou, query: null };
			if (connector === undefined || question === undefined) return refused;
			const ready = await readyNamed({ candidate: { name, question }, given, guessed: [] }, connector, asking.words);
			return ready === null ? refused : await runNamed(name, ready, asking, signal);
		},
		async mayShow(reader, query, signal) {
			return (await scopes.stillFor(reader, query, signal)) !== null;
		},
		async fileOf(reader, query, signal) {
			const connector = await scopes.stillFor(reader, query, signal);
			const printed = connector === null ? null : await guardStatement(query.statement, connector.bounds);
			const { companyData } = reader.words;
			if (connector === null || printed === null || printed.verdict === 'refused') return { sentence: companyData.csvGone };
			const noted = { named: query.named?.name ?? null, model: null, sql: printed.sql };
			const answer = await askingFor(reader, connector, signal)
				.then((asking) => connectors.ask(connector, printed, asking))
				.catch(toBotError);
			if (answer instanceof BotError) {
				signal.throwIfAborted();
				return { sentence: (await failed(answer, connector, reader, noted)).text };
			}
			await note(reader, connector, { ...noted, decision: 'answered', reason: null, answer });
			const moment = momentOf(connector, answer);
			const bytes = csvOf(
				printed.columns.map(({ name }) => name),
				answer.rows,
			);
			const name = `${connector.name}-${moment.replace(/\D+/g, '-')}.csv`;
			const from = companyData.csvComment(connectorTitle(connector, reader.words), moment);
			const comment = answer.cutBy === null ? from : `${from}. ${companyData.csvCut(answer.rows.length)}`;
			return { file: { name, mediaType: 'text/csv', bytes }, comment };
		},
	};
}
