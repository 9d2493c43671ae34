/** Answers with well-formed code that holds hostile text: what stands in it is known, so that it can be compared with what arrives. */

import type { Random } from '../random.ts';
import { block, inline } from './constructs.ts';
import { blank, word } from './pieces.ts';

/** Blank lines set the blocks of such a text apart, and nothing else. */
const BLANK_LINES = /\n\s*\n/g;

/** Control characters and those that reorder text are taken out of everything, code too; no line is to look like another fence's end. */
const REMOVED = /(?![\t\n])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]|`{3,}|~{3,}/gu;

/** Blocks set apart by blank lines: paragraphs with code spans, fences. */
export function makeCodeText(random: Random): string {
	const blocks = Array.from({ length: 1 + random.below(3) }, () => (random.chance(0.5) ? paragraph(random) : fence(random)));
	return blocks.join('\n\n');
}

function paragraph(random: Random): string {
	const spans = Array.from({ length: 1 + random.below(2) }, () => `\`${spanContent(random)}\``);
	return `See ${spans.join(` ${word(random)} `)} now.`;
}

function fence(random: Random): string {
	const content = fenceContent(random);
	const marker = random.pick(['```', '```', '````', '~~~', '~~~~']);
	return `${marker}${random.pick(['', 'js', 'html', 'c++'])}\n${content}\n${marker}`;
}

function spanContent(random: Random): string {
	const content = hostile(random).replace(/`/g, '').replace(/\s+/g, ' ').trim();
	return content === '' ? 'x' : content;
}

function fenceContent(random: Random): string {
	const content = Array.from({ length: 1 + random.below(3) }, () => hostile(random)).join('\n');
	const isBlank = content.trim() === '';
	return isBlank ? 'x' : content.replace(/^\s+|\s+$/g, '').replace(BLANK_LINES, '\n');
}

function hostile(random: Random): string {
	const pieces = Array.from({ length: 1 + random.below(3) }, () => (random.chance(0.1) ? block(random) : inline(random)));
	return pieces
		.join(random.chance(0.8) ? '' : blank(random))
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(REMOVED, '')
		.replace(REMOVED, '');
}
