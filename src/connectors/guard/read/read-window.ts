/** Windows, named or where they are used; a named one is written out wherever it is meant. */

import type { Node, WindowDef } from 'libpg-query';
import { aggregatesIn } from '../parts.ts';
import type { Window, WindowFrame } from '../query.ts';
import { refuse } from '../refusal.ts';
import { constantInteger, only } from './names.ts';
import { readOrder } from './read-order.ts';
import type { NameScope } from './scope.ts';

export function readWindows(nodes: readonly Node[] | undefined, scope: NameScope): void {
	for (const node of nodes ?? []) {
		const definition = only(node, 'WindowDef');
		const { name = '' } = definition;
		if (scope.windows.has(name)) refuse('ambiguous-column', name);
		scope.windows.set(name, writtenOut(definition, scope));
	}
}

/** `OVER name`, or `OVER (…)`. */
export function readOver(definition: WindowDef, scope: NameScope): Window {
	if (definition.name === undefined) return writtenOut(definition, scope);
	return scope.windows.get(definition.name) ?? refuse('unknown-column', definition.name);
}

function writtenOut(definition: WindowDef, scope: NameScope): Window {
	const partitionBy = (definition.partitionClause ?? []).map((node) => scope.reading.expression(node, scope));
	const orderBy = readOrder(definition.orderClause, scope, null);
	if (aggregatesIn([partitionBy, orderBy]).some(({ over }) => over !== null)) refuse('construct', 'window within a window');
	return { partitionBy, orderBy, frame: readFrame(definition) };
}

/** FRAMEOPTION_* of PostgreSQL's `nodes/parsenodes.h`, as the grammar puts them together. */
const usualFrames: readonly number[] = [1058, 1075];
const frames: Readonly<Record<number, { begins: 'first' | 'offset'; end: WindowFrame['end'] }>> = {
	// NONDEFAULT | ROWS | BETWEEN | START_UNBOUNDED_PRECEDING | END_CURRENT_ROW, and without BETWEEN
	1077: { begins: 'first', end: 'current' },
	1061: { begins: 'first', end: 'current' },
	// … | END_UNBOUNDED_FOLLOWING
	309: { begins: 'first', end: 'last' },
	// … | START_OFFSET_PRECEDING | END_CURRENT_ROW, and without BETWEEN
	3093: { begins: 'offset', end: 'current' },
	3077: { begins: 'offset', end: 'current' },
};

function readFrame({ frameOptions = 0, startOffset }: WindowDef): WindowFrame | null {
	if (usualFrames.includes(frameOptions)) return null;
	const frame = frames[frameOptions];
	if (frame === undefined) refuse('construct', `WindowDef.frameOptions ${frameOptions}`);
	const preceding = frame.begins === 'first' ? null : constantInteger(startOffset, 'ROWS PRECEDING');
	return { preceding, end: frame.end };
}
