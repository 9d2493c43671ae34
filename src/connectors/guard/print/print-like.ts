/** LIKE and ILIKE. What a pattern means differs (case, escapes, brackets), so a constant one is taken apart and written anew. */

import type { Predicate } from '../query.ts';
import { refuse } from '../refusal.ts';
import { printText } from './literals.ts';
import { cannotSay, type Printer } from './printer.ts';

type Like = Extract<Predicate, { kind: 'like' }>;
type Piece = { any: 'text' | 'character' } | { character: string };

export function printLike(like: Like, printer: Printer): string {
	const { rules, value } = printer;
	if (rules.family === 'postgresql') {
		const escaping = like.escapedBy === null ? '' : ` ESCAPE ${printText(like.escapedBy, rules)}`;
		return `(${value(like.operand)} ${not(like)}${like.anyCase ? 'ILIKE' : 'LIKE'} ${value(like.pattern)}${escaping})`;
	}
	if (like.pattern.kind !== 'text') cannotSay('LIKE of what is computed');
	const pieces = readPieces(like.pattern.value, like.escapedBy ?? '\\');
	if (rules.family === 'sqlite') return `(${value(like.operand)} ${not(like)}GLOB ${printText(globOf(pieces, like.anyCase), rules)})`;
	const pattern = printText(patternOf(pieces), rules);
	const [operand, wanted] = like.anyCase ? [`LOWER(${value(like.operand)})`, `LOWER(${pattern})`] : [value(like.operand), pattern];
	return `(${operand} ${not(like)}LIKE ${wanted} ESCAPE '!')`;
}

function not({ negated }: Like): string {
	return negated ? 'NOT ' : '';
}

function readPieces(pattern: string, escapedBy: string): Piece[] {
	const pieces: Piece[] = [];
	const characters = [...pattern];
	for (let index = 0; index < characters.length; index++) {
		const character = characters[index] ?? '';
		if (character === escapedBy) {
			const next = characters[++index];
			pieces.push(next === undefined ? refuse('literal', 'LIKE') : { character: next });
		} else pieces.push(character === '%' ? { any: 'text' } : character === '_' ? { any: 'character' } : { character });
	}
	return pieces;
}

/** `[` begins a set of characters in SQL Server, and is plain elsewhere, escaped or not. */
function patternOf(pieces: readonly Piece[]): string {
	return pieces
		.map((piece) => ('any' in piece ? (piece.any === 'text' ? '%' : '_') : piece.character.replace(/[%_![]/, (special) => `!${special}`)))
		.join('');
}

/** SQLite's LIKE takes ASCII letters of either case for the same. GLOB does not, and says either case as a set. */
function globOf(pieces: readonly Piece[], anyCase: boolean): string {
	return pieces
		.map((piece) => {
			if ('any' in piece) return piece.any === 'text' ? '*' : '?';
			const { character } = piece;
			const cases = anyCase ? new Set([character, character.toLowerCase(), character.toUpperCase()]) : new Set([character]);
			const single = [...cases].filter((one) => [...one].length === 1);
			return single.length > 1 || /[*?[]/.test(character) ? `[${single.join('')}]` : character;
		})
		.join('');
}
