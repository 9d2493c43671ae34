/** Looks at every node and every field of a parsed statement before anything is made of it: what `allowed-nodes.ts` does not name is refused. */

import { allowedNodes, type FieldRule } from './allowed-nodes.ts';
import { refuse } from './refusal.ts';

/** Some five times as deep as the deepest of a thousand questions with verified answers; far from where recursion ends. */
const mostDepth = 250;

/** `tree` is one node under the name of its kind, `{ SelectStmt: … }`. */
export function checkTree(tree: unknown): void {
	checkNodes(tree, 'statement', 0);
}

function checkNodes(value: unknown, place: string, depth: number): void {
	if (depth > mostDepth) refuse('too-deep', `${mostDepth}`);
	if (Array.isArray(value)) {
		for (const entry of value) checkNodes(entry, place, depth);
		return;
	}
	if (!isRecord(value)) refuse('construct', place);
	const kinds = Object.keys(value);
	// DISTINCT without ON is a list of one node that is not there.
	if (kinds.length === 0 && place === 'SelectStmt.distinctClause') return;
	const [kind] = kinds;
	if (kind === undefined || kinds.length > 1) refuse('construct', place);
	checkNode(kind, value[kind], depth);
}

function checkNode(kind: string, fields: unknown, depth: number): void {
	const rules = Object.hasOwn(allowedNodes, kind) ? allowedNodes[kind] : undefined;
	if (rules === undefined || !isRecord(fields)) refuse('construct', kind);
	for (const [name, value] of Object.entries(fields)) {
		const place = `${kind}.${name}`;
		const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
		if (rule === undefined) refuse('construct', place);
		checkField(rule, value, place, depth + 1);
	}
}

function checkField(rule: FieldRule, value: unknown, place: string, depth: number): void {
	if (rule === 'nodes') checkNodes(value, place, depth);
	else if (rule === 'text') need(typeof value === 'string', place);
	else if (rule === 'number') need(Number.isInteger(value), place);
	else if (rule === 'flag') need(typeof value === 'boolean', place);
	else if ('of' in rule) {
		if (depth > mostDepth) refuse('too-deep', `${mostDepth}`);
		checkNode(rule.of, value, depth);
	} else need(rule.includes(String(value)), `${place} ${String(value)}`);
}

function need(condition: boolean, place: string): void {
	if (!condition) refuse('construct', place);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
