/** Makes results of commands as short as the place where they are shown. Pure. */

import type { Words } from '../locales/locales.ts';
import type { CommandResult, List, ResultPart } from '../platform/command-result.ts';
import { resultText } from '../platform/result-text.ts';
import { shortened } from '../text.ts';
import { lengthForEach } from './message-size.ts';

/** Where the result goes. */
export interface ResultPage {
	words: Words;
	/** How many characters it may have as text. */
	characters: number;
}

/** A list that keeps its newest has no line shorter than this, which would say nothing: then fewer are shown. */
const leastCharacters = 90;

/** As much of it as fits, and how much that is. */
export function fitting(result: CommandResult, page: ResultPage): CommandResult {
	if (resultText(result).length <= page.characters) return result;
	return firstLines(
		result.flatMap((part) => (isListOfNewest(part) ? newestOf(part, result, page) : [part])),
		page,
	);
}

function isListOfNewest(part: ResultPart): part is List {
	return typeof part === 'object' && 'list' in part && part.keepsNewest === true;
}

/** What all else leaves is for the list. */
function newestOf({ list }: List, result: CommandResult, { words: { command }, characters }: ResultPage): ResultPart[] {
	const rest = resultText(result.filter((part) => !isListOfNewest(part)));
	const room = characters - rest.length - command.cut(list.length, list.length).length - 2;
	const newest = list.slice(-Math.max(1, Math.floor(room / leastCharacters)));
	const sign = resultText([{ list: [''] }]).length;
	const each = lengthForEach(newest, room - sign * newest.length);
	const notAll = newest.length < list.length ? [command.cut(newest.length, list.length)] : [];
	return [...notAll, { list: newest.map((entry) => shortened(entry, each)) }];
}

function firstLines(result: CommandResult, { words: { command }, characters }: ResultPage): CommandResult {
	const lines = result.flatMap(eachLine);
	if (resultText(lines).length <= characters) return result;
	const room = characters - command.cut(lines.length, lines.length).length;
	let shown = 0;
	for (let length = 0; shown < lines.length; shown++) {
		length += resultText(lines.slice(shown, shown + 1)).length + 1;
		if (length > room) break;
	}
	return [...rejoined(lines.slice(0, shown)), command.cut(shown, lines.length)];
}

/** The same as parts of one line each. */
function eachLine(part: ResultPart): ResultPart[] {
	if (typeof part === 'string') return part.split('\n');
	if ('list' in part) return part.list.map((entry) => ({ list: [entry] }));
	if ('rows' in part) return part.rows.map((row) => ({ rows: [row] }));
	return part.table.map((row) => ({ columns: part.columns, table: [row] }));
}

/** What belongs together is one part again, for forms that show it as one. */
function rejoined(lines: readonly ResultPart[]): ResultPart[] {
	const parts: ResultPart[] = [];
	for (const line of lines) {
		const last = parts.pop();
		parts.push(...(last === undefined ? [line] : together(last, line)));
	}
	return parts;
}

function together(one: ResultPart, next: ResultPart): ResultPart[] {
	if (typeof one === 'string' || typeof next === 'string') return [one, next];
	if ('list' in one && 'list' in next) return [{ ...one, list: [...one.list, ...next.list] }];
	if ('rows' in one && 'rows' in next) return [{ rows: [...one.rows, ...next.rows] }];
	const isSameTable = 'table' in one && 'table' in next && one.columns === next.columns;
	return isSameTable ? [{ ...one, table: [...one.table, ...next.table] }] : [one, next];
}
