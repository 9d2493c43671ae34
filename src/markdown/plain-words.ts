/** Markdown as words alone, for whatever shows no formatting: notifications, screen readers. Pure. */

import MarkdownIt, { type Token } from 'markdown-it';
import { depthOf, nestingLimit } from './live-markdown.ts';

const parser = new MarkdownIt({ html: false, linkify: false });
// Definitions of links are words, and so is what is indented, as for all other readers here; of a link only the label is taken, wherever it leads.
parser.disable(['reference', 'code']);
parser.validateLink = () => true;

/** Of an open task, and of one that is done ("Task list items", GitHub's dialect). */
const taskMarks: readonly (readonly [RegExp, string])[] = [
	[/^\[ \] /, '☐ '],
	[/^\[x\] /i, '☑ '],
];

/**
 * What a reader would see, without any marks: a line for each paragraph, heading, item and row of a table. Links are their labels, pictures
 * what they show, and code stays as it is.
 */
export function toPlainWords(markdown: string): string {
	const lines: string[] = [];
	let cells: string[] = [];
	/** What stands before the words of the next item. */
	let marker = '';
	/** Of each list that is open, the number of its next item; null where items have none. */
	const numbers: (number | null)[] = [];
	// Each bracket that is open is looked at again for every other: nobody means so many.
	const readable = depthOf(markdown) < nestingLimit ? markdown : markdown.replace(/[[\]]/g, '');
	for (const token of parser.parse(readable, {})) {
		switch (token.type) {
			case 'bullet_list_open':
				numbers.push(null);
				break;
			case 'ordered_list_open':
				numbers.push(Number(token.attrGet('start') ?? 1));
				break;
			case 'bullet_list_close':
			case 'ordered_list_close':
				numbers.pop();
				break;
			case 'list_item_open':
				marker = nextMarker(numbers);
				break;
			case 'list_item_close':
				// An item may have nothing but its number.
				if (marker !== '• ') lines.push(marker);
				marker = '';
				break;
			case 'tr_close':
				lines.push(cells.filter((cell) => cell !== '').join(', '));
				cells = [];
				break;
			case 'td_open':
			case 'th_open':
				cells.push('');
				break;
			case 'fence':
				lines.push(marker + token.content.trimEnd());
				marker = '';
				break;
			case 'inline':
				if (cells.length > 0) cells[cells.length - 1] = wordsOf(token);
				else lines.push(marker + asTask(wordsOf(token)));
				marker = '';
		}
	}
	return lines
		.map((line) => line.trimEnd())
		.filter(Boolean)
		.join('\n');
}

function nextMarker(numbers: (number | null)[]): string {
	const number = numbers.at(-1) ?? null;
	if (number === null) return '• ';
	numbers[numbers.length - 1] = number + 1;
	return `${number}. `;
}

function asTask(words: string): string {
	return taskMarks.reduce((text, [mark, sign]) => text.replace(mark, sign), words);
}

function wordsOf(token: Token): string {
	return (token.children ?? []).map(shownBy).join('').trim();
}

function shownBy(token: Token): string {
	if (token.type === 'softbreak') return ' ';
	if (token.type === 'hardbreak') return '\n';
	// A picture's description is Markdown too.
	return token.type === 'image' ? wordsOf(token) : token.content;
}
