/** How results of commands are read by those that show them in a form of their own. Pure. */

import type { CommandResult, List, ResultPart, Rows, Table } from './command-result.ts';

/** Neighbours that are shown alike: what is read as text, or what has names and values. */
export type ResultGroup = { texts: readonly (string | List)[] } | { entries: Rows | Table };

/** Whether there is anything in it that lines of text show worse than a form of names and values. */
export function hasEntries(result: CommandResult): boolean {
	return result.some(isEntries);
}

export function groupsOf(result: CommandResult): ResultGroup[] {
	const groups: ({ texts: (string | List)[] } | { entries: Rows | Table })[] = [];
	for (const part of result) {
		const last = groups.at(-1);
		if (isEntries(part)) groups.push({ entries: part });
		else if (last !== undefined && 'texts' in last) last.texts.push(part);
		else groups.push({ texts: [part] });
	}
	return groups;
}

/** Each name with what belongs to it: of a row of a table the other cells, with what they are. */
export function entriesOf(part: Rows | Table): [name: string, values: string[]][] {
	if ('rows' in part) return part.rows.map(([name, value]) => [name, [value]]);
	return part.table.map(([name = '', ...cells]) => [
		name,
		cells.flatMap((cell, index) => (cell === '' ? [] : [`${part.columns[index + 1] ?? ''} ${cell}`])),
	]);
}

function isEntries(part: ResultPart): part is Rows | Table {
	return typeof part !== 'string' && !('list' in part);
}
