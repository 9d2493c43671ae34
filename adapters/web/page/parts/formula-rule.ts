/** Teaches markdown-it formulas of TeX: `\\( … \\)`, `\\[ … \\]` and `$$ … $$`, where chats take them for formulas too. A single `$` is money. */

import type { StateInline } from 'markdown-it';
import { findFormula } from '#src/markdown/model-text/formulas.ts';

/** What its tokens are called; `content` is the TeX, and `meta` tells by `isApart` whether it has a line of its own. */
export const formulaToken = 'formula';

/** Nobody looks further back for how a line begins. */
const mostLineCharacters = 4_096;

export function teachFormulas(parser: StateInline['md']): void {
	parser.inline.ruler.before('escape', formulaToken, readFormula);
}

function readFormula(state: StateInline, isSilent: boolean): boolean {
	const { src, pos } = state;
	const next = src.slice(pos, pos + 2);
	if (next !== '$$' && next !== '\\(' && next !== '\\[') return false;
	const before = src.slice(Math.max(0, pos - mostLineCharacters), pos);
	const line = before.slice(before.lastIndexOf('\n') + 1);
	const found = findFormula({ rest: src.slice(pos, state.posMax), line, isAfterText: false });
	if (found === null) return false;
	if (!isSilent) {
		const token = state.push(formulaToken, 'math', 0);
		token.content = found.tex;
		token.meta = { isApart: found.isApart };
		if (found.punctuation !== '') state.push('text', '', 0).content = found.punctuation;
	}
	state.pos += found.length;
	return true;
}
