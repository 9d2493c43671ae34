/** Cuts the source of a block, container or not, into the stretches within which inline constructs live: its leaves. */

import { readBlockTokens, readLineStarts } from './parser.ts';

/**
 * `text`: one paragraph or heading, whose code spans and links may cross its lines but not its ends. `table`: rows, whose cells
 * are cut before anything else. `code`: a fence with its opening and closing line.
 */
export interface Leaf {
	kind: 'text' | 'table' | 'code';
	start: number;
	/** Behind the line break of its last line. */
	end: number;
}

/** The leaves of a source, in order and without gaps: lines between two blocks are leaves of their own. */
export function readLeaves(source: string): Leaf[] {
	const lineStarts = readLineStarts(source);
	if (lineStarts.length <= 2 && !/```|~~~/.test(source)) return [{ kind: 'text', start: 0, end: source.length }];
	const leaves: Leaf[] = [];
	let line = 0;
	const add = (kind: Leaf['kind'], toLine: number) => {
		leaves.push({ kind, start: lineStarts[line] ?? 0, end: lineStarts[toLine] ?? source.length });
		line = toLine;
	};
	for (const { type, map } of readBlockTokens(source)) {
		const kind = leafKinds[type];
		if (kind === undefined || map === null || map[1] <= line) continue;
		while (line < map[0]) add('text', line + 1);
		add(kind, map[1]);
	}
	while (line < lineStarts.length - 1) add('text', line + 1);
	return leaves;
}

const leafKinds: Record<string, Leaf['kind']> = { inline: 'text', table: 'table', fence: 'code' };
