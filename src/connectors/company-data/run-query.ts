/** A guarded statement, run, with the reply to it: rows, or why there are none. */

import type { Words } from '../../locales/locales.ts';
import type { ConnectorAnswer, Connectors, UsableConnector } from '../connectors.ts';
import type { PrintedQuery } from '../guard/guard.ts';
import type { StatementFacts } from '../guard/statement-facts.ts';
import type { AnswerQuery } from './answer-query.ts';
import type { DataOutcome } from './data-asking.ts';
import type { DataReceipt } from './receipt.ts';
import { connectorTitle, receiptText } from './receipt.ts';
import { resultColumns, resultReply } from './result-reply.ts';
import type { ResultColumn } from './shown-values.ts';
import type { SmallAsking, SmallQueries } from './small-queries.ts';
import { whyNothing } from './why-nothing.ts';

export interface RunDependencies {
	connectors: Pick<Connectors, 'ask'>;
	small: SmallQueries;
}

export interface ReadyQuery extends Pick<DataReceipt, 'asked' | 'assumptions'> {
	connector: UsableConnector;
	printed: PrintedQuery;
	facts: StatementFacts;
	/** As the guard was given it. */
	statement: string;
	named: AnswerQuery['named'];
	/** Says what it is about once the rows are there. Null where the table speaks for itself. */
	headline(columns: readonly ResultColumn[], answer: ConnectorAnswer): Promise<string | null>;
}

export interface RunQuery {
	outcome: DataOutcome;
	answer: ConnectorAnswer;
}

/** @throws BotError as `Connectors.ask`. */
export async function runQuery(
	{ connectors, small }: RunDependencies,
	query: ReadyQuery,
	asking: SmallAsking,
	words: Words,
): Promise<RunQuery> {
	const { connector, printed, facts, statement, named, asked, assumptions } = query;
	const answer = await connectors.ask(connector, printed, asking);
	const columns = resultColumns(printed, answer);
	const kept: AnswerQuery = {
		connector: connector.name,
		revision: connector.revision,
		views: printed.relations,
		statement,
		sql: printed.sql,
		named,
	};
	if (isNothing(answer) || isZero(answer)) {
		const { sentences, isMissing } = await whyNothing(small, connector, facts, asking, words);
		// Nought of something that is there is an answer like others.
		if (isMissing || isNothing(answer)) {
			const { nothing, noValue } = words.companyData;
			const said = (answer.rows.length === 0 || isMissing ? nothing : noValue)(connectorTitle(connector, words));
			const receipt = receiptText({ connector, answer, table: null, asked, assumptions }, words);
			return { answer, outcome: { kind: 'answered', text: [[said, ...sentences].join(' '), receipt].join('\n\n'), query: kept } };
		}
	}
	const headline = await query.headline(columns, answer);
	return {
		answer,
		outcome: { kind: 'answered', text: resultReply({ connector, answer, columns, headline, asked, assumptions }, words), query: kept },
	};
}

/** No rows, or no value in any: a sum over nothing is no value. */
function isNothing({ rows }: ConnectorAnswer): boolean {
	return rows.every((row) => row.every((cell) => cell === null));
}

/** A count of nothing is one. */
function isZero({ rows }: ConnectorAnswer): boolean {
	return rows.length === 1 && rows.every((row) => row.every((cell) => cell === null || Number(cell) === 0));
}
