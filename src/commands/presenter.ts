/** Results of commands as text, which every platform and the console can show. Pure. */

import type { CommandResult, List, ResultPart } from '../platform/command-result.ts';
import type { Words } from '../words/words.ts';
import { firstLines, lengthForEach, shortened } from './message-size.ts';

/** Where the text goes. */
export interface Page {
	words: Words;
	/** How many characters it may have. */
	characters: number;
}

/** A list that keeps its newest has no line shorter than this, which would say nothing: then fewer are shown. */
const leastCharacters = 90;

export function asText(result: CommandResult): string {
	return result.flatMap(linesOf).join('\n');
}

/** As much of it as fits, and how much that is. */
export function asFittingText(result: CommandResult, { words, characters }: Page): string {
	const whole = asText(result);
	if (whole.length <= characters) return whole;
	const fitting = result.flatMap((part) => (isListOfNewest(part) ? newestOf(part, result, { words, characters }) : [part]));
	return firstLines(asText(fitting), characters, words.command.cut);
}

function linesOf(part: ResultPart): string[] {
	if (typeof part === 'string') return [part];
	return 'rows' in part ? part.rows.map(([name, value]) => bulleted(`${name}: ${value}`)) : part.list.map(bulleted);
}

function bulleted(line: string): string {
	return `• ${line}`;
}

function isListOfNewest(part: ResultPart): part is List {
	return typeof part === 'object' && 'list' in part && part.keepsNewest === true;
}

/** What all else leaves is for the list. */
function newestOf({ list }: List, result: CommandResult, { words: { command }, characters }: Page): ResultPart[] {
	const rest = asText(result.filter((part) => !isListOfNewest(part)));
	const room = characters - rest.length - command.cut(list.length, list.length).length - 2;
	const lines = list.map(bulleted).slice(-Math.max(1, Math.floor(room / leastCharacters)));
	const each = lengthForEach(lines, room);
	const notAll = lines.length < list.length ? [command.cut(lines.length, list.length)] : [];
	return [...notAll, ...lines.map((line) => shortened(line, each))];
}
