/** PostgreSQL's own grammar, as WebAssembly: text in, the tree of one SELECT out. Loaded when the first statement comes. */

import type * as libpgQuery from 'libpg-query';
import { checkTree } from './check-tree.ts';
import { refuse } from './refusal.ts';

/** More than twice the longest of a thousand questions with verified answers. The worst of as many characters, a chain of signs, takes a quarter of a second. */
const mostCharacters = 8_000;
/** The grammar itself ends at some thousands, with what the platform's stack holds. */
const mostBrackets = 100;

type Grammar = typeof libpgQuery;

let loading: Promise<Grammar> | null = null;

export function loadGrammar(): Promise<Grammar> {
	loading ??= import('libpg-query').then(async (grammar) => {
		await grammar.loadModule();
		return grammar;
	});
	return loading;
}

/** Refuses whatever is not exactly one SELECT made of allowed nodes. */
export function parseSelect(grammar: Grammar, text: string): libpgQuery.SelectStmt {
	checkText(text);
	const { stmts = [] } = parsed(grammar, text);
	if (stmts.length > 1) refuse('several-statements', `${stmts.length}`);
	const statement = stmts[0]?.stmt;
	if (statement === undefined) refuse('not-sql', 'nothing');
	if (!('SelectStmt' in statement)) refuse('statement-kind', Object.keys(statement)[0] ?? 'unknown');
	checkTree(statement);
	return statement.SelectStmt;
}

/** The grammar's own error is not passed on: it quotes the text. */
function parsed(grammar: Grammar, text: string) {
	try {
		return grammar.parseSync(text);
	} catch (error) {
		if (error instanceof RangeError) refuse('too-deep', 'grammar');
		const position = grammar.hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined;
		refuse('not-sql', position === undefined ? 'grammar' : `character ${position + 1}`);
	}
}

function checkText(text: string): void {
	if (text.length > mostCharacters) refuse('too-long', `${mostCharacters}`);
	if (text.includes('\0')) refuse('not-sql', 'NUL');
	if (!text.isWellFormed()) refuse('not-sql', 'half a character');
	let depth = 0;
	for (const character of text) {
		if (character === '(' || character === '[') depth++;
		if (character === ')' || character === ']') depth--;
		if (depth > mostBrackets) refuse('too-deep', `${mostBrackets}`);
	}
}
