/** Results of commands as an Adaptive Card: names and values in a list of facts, and what has columns in a table. Pure. */

import type { CommandResult, List, Rows, Table } from '#src/platform/command-result.ts';
import { groupsOf, hasEntries } from '#src/platform/result-parts.ts';
import { resultText } from '#src/platform/result-text.ts';
import { shortened } from '#src/text.ts';
import type { Json } from '../json.ts';
import { toCardAttachment, toCardText, toLine } from './cards.ts';
import { toBarChart } from './charts.ts';
import { escapePlain } from './text.ts';

/** "Format your bot messages" advises 80 KB for a message, in UTF-16; some room is for what stands around the card. */
const mostCardCharacters = 36_000;
/** Notifications show a line or two. */
const summaryCharacters = 200;

/** A message whose only content is the card. Null for what lines of text show as well, and for what is too much for a card. */
export function toResultCard(told: CommandResult): Json | null {
	if (!hasEntries(told)) return null;
	const body = groupsOf(told).flatMap((group) => ('texts' in group ? group.texts.flatMap(toLines) : toElements(group.entries)));
	const card = toCardAttachment(body, []);
	if (JSON.stringify(card).length > mostCardCharacters) return null;
	return { type: 'message', summary: shortened(resultText(told), summaryCharacters), attachments: [card] };
}

function toLines(text: string | List): Json[] {
	const lines = typeof text === 'string' ? text.split('\n') : text.list.map((entry) => `• ${entry}`);
	return lines.filter((line) => line.trim() !== '').map((line) => toLine(line));
}

function toElements(entries: Rows | Table): Json[] {
	const chart = 'chart' in entries ? entries.chart : undefined;
	return [toElement(entries), ...(chart === undefined ? [] : [toBarChart(chart)])];
}

function toElement(entries: Rows | Table): Json {
	if ('rows' in entries)
		return { type: 'FactSet', facts: entries.rows.map(([name, value]) => ({ title: escaped(name), value: escaped(value) })) };
	const { columns, table } = entries;
	const toRow = (cells: readonly string[]) => ({ type: 'TableRow', cells: cells.map(toCell) });
	return {
		type: 'Table',
		firstRowAsHeader: true,
		columns: columns.map(() => ({ width: 1 })),
		rows: [columns.map(capitalised), ...table].map(toRow),
	};
}

function toCell(text: string): Json {
	return { type: 'TableCell', items: text === '' ? [] : [toLine(text)] };
}

/** Facts are Markdown, unlike lines. */
function escaped(text: string): string {
	return toCardText(escapePlain(text));
}

function capitalised(phrase: string): string {
	return phrase.charAt(0).toLocaleUpperCase() + phrase.slice(1);
}
