/** The company's databases as people may ask them: which each may use, their questions under all limits, and what is written down of each. Types only. */

import type { Principal } from '../database/transaction.ts';
import type { Place } from '../platform/place.ts';
import type { Catalogue } from './catalogue/catalogue-file.ts';
import type { FetchedRows } from './engines/engine.ts';
import type { StatementBounds } from './guard/bounds.ts';
import type { PrintedQuery } from './guard/guard.ts';

export interface Connectors {
	/**
	 * Those that people of this role may use now, by name: approved, and the same as when they were approved.
	 * @param readers roles of all who read the answer: what they may not use either is left out, connectors and views. The asker's own need not be among them.
	 * @throws BotError `STORE_UNAVAILABLE`.
	 */
	usableBy(role: string, readers?: readonly string[]): Promise<UsableConnector[]>;
	/**
	 * Runs what the guard printed for this connector, under its limits and the login of the role. Ended on the server too when the signal fires.
	 * @throws BotError as `ConnectorEngine.connect` and `EngineSession`; `TOO_LARGE` for what the database itself thinks too costly; `FORBIDDEN` when rows
	 * depend on who asks and `identity` is null, or when the connector was taken back meanwhile; `STORE_UNAVAILABLE` too while its breaker is open.
	 */
	ask(connector: UsableConnector, query: PrintedQuery, asking: ConnectorAsking): Promise<ConnectorAnswer>;
	/** Writes down what came of a question, in the asker's name. @returns its id. @throws BotError `STORE_UNAVAILABLE`. */
	record(asker: Principal, entry: ConnectorQueryEntry): Promise<string>;
}

export interface UsableConnector {
	name: string;
	catalogue: Catalogue;
	/** Of the file: another one for every change of it. */
	revision: string;
	/** Of the asker, as the file calls it. */
	role: string;
	/** For the guard: the views that the asker and all readers may use and that are as the file says, with the connector's present time. */
	bounds: StatementBounds;
	/** Names of the named questions that read nothing else. */
	questions: readonly string[];
	/** Its rows are not the same for everybody: answers are the asker's alone. */
	hasPersonalRows: boolean;
}

export interface ConnectorAsking {
	/** `users.id`: who waits gets a turn after the others who wait. */
	askerId: string;
	/** What the database knows the asker by; null where it need not. */
	identity: string | null;
	signal: AbortSignal;
}

export interface ConnectorAnswer extends FetchedRows {
	/** When the database began to read. */
	at: Date;
	/** The name of the login; null where there is none. */
	login: string | null;
	/** As `Estimate`. */
	cost: number | null;
	bytes: number;
	/** Until a connection was free, and from then to the last row. */
	waitedMs: number;
	ranMs: number;
	/** SHA-256 of columns and rows. */
	resultHash: string;
}

/** What is kept of one question to a database, and never a value of its result. */
export interface ConnectorQueryEntry {
	/** `messages.id` of the question, whose words stand there; null for what was asked by a command. */
	questionId: string | null;
	place: Place;
	connector: string;
	revision: string;
	/** As the file calls it. */
	role: string;
	/** The named question that was asked; null where a model wrote the statement, or nothing came of it. */
	named: string | null;
	/** Which model wrote it. */
	model: string | null;
	/** As it was sent, or would have been; null where nothing was printed. */
	sql: string | null;
	decision: 'answered' | 'clarified' | 'refused' | 'failed';
	/** One word, such as that of a refusal or the code of an error; null for what was answered. */
	reason: string | null;
	/** Of what was run. */
	answer: ConnectorAnswer | null;
}
