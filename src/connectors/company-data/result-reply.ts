/** A result as the reply that people read: what it says in one line, its table, a chart where it asks for one, and the receipt. Pure. */

import type { Words } from '../../locales/locales.ts';
import type { ConnectorAnswer } from '../connectors.ts';
import type { PrintedQuery } from '../guard/guard.ts';
import { barChart } from './bar-chart.ts';
import { type DataReceipt, receiptText } from './receipt.ts';
import { resultTable, shownName } from './result-table.ts';
import { inertText, type ResultColumn, shownCell } from './shown-values.ts';

export interface ResultReply extends Omit<DataReceipt, 'table'> {
	answer: ConnectorAnswer;
	columns: readonly ResultColumn[];
	/** What it is about, or what it says; in Markdown. Null where the table speaks for itself. */
	headline: string | null;
}

/** What the guard says of the columns, and whether the database sent bytes. */
export function resultColumns({ columns }: PrintedQuery, answer: Pick<ConnectorAnswer, 'columns'>): ResultColumn[] {
	return columns.map(({ name, type }, index) => ({ name, type, isBinary: answer.columns[index]?.isBinary ?? false }));
}

export function resultReply({ headline, columns, answer, ...receipt }: ResultReply, words: Words): string {
	const table = resultTable(columns, answer.rows, words);
	const chart = barChart(columns, answer.rows);
	const parts = [
		headline,
		table?.markdown ?? null,
		...(chart === null ? [] : [chartSentence(chart, words), chart.markdown]),
		receiptText({ ...receipt, answer, table }, words),
	];
	return parts.filter((part) => part !== null).join('\n\n');
}

/** The one value of a result that has no more. */
export function singleValue(
	columns: readonly ResultColumn[],
	{ rows }: Pick<ConnectorAnswer, 'rows'>,
	words: Words,
): { name: string; value: string } | null {
	const [column] = columns;
	if (column === undefined || columns.length > 1 || rows.length !== 1) return null;
	return { name: shownName(column.name), value: shownCell(rows[0]?.[0] ?? null, column, words) };
}

function chartSentence({ measures, category, greatest }: NonNullable<ReturnType<typeof barChart>>, words: Words): string {
	return words.companyData.chart(measures.map(shownName).join(', '), shownName(category), inertText(greatest.label), greatest.value);
}
