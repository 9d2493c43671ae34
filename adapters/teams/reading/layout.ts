/** Lays out HTML as plain lines: lists, tables, code and links stay readable without any looks. */

import type { HtmlElement } from './html.ts';
import { createLines } from './lines.ts';
import { inBrackets } from './named.ts';

export interface Layout {
	/** @returns what is to be done where the element ends. */
	enter(element: HtmlElement): (() => void) | undefined;
	text(text: string): void;
	endBlock(): void;
	/** Something was left out here; a blank behind it goes too. */
	leaveOut(): void;
	isEmpty(): boolean;
	toString(): string;
}

const blocks = new Set(
	(
		'address article aside codeblock dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p ' +
		'pre section summary table tr ul'
	).split(' '),
);
const media: Readonly<Record<string, string>> = { video: 'video', audio: 'audio', iframe: 'embedded page', object: 'embedded object' };

export function createLayout(): Layout {
	const lines = createLines();
	/** Of the lists that are open, innermost last: the number of the next item; null where items have none. */
	const lists: (number | null)[] = [];
	const depth = { code: 0, cell: 0 };
	let cellsInRow = 0;

	function enter(element: HtmlElement): (() => void) | undefined {
		const { name, attributes } = element;
		switch (name) {
			case 'br':
				return breakLine();
			case 'a':
				return enterLink(attributes['href'] ?? '');
			case 'li':
				return enterItem();
			case 'td':
			case 'th':
				return enterCell();
			case 'tr':
				return enterRow();
			case 'ul':
			case 'ol':
				return enterList(name === 'ol' ? Number.parseInt(attributes['start'] ?? '', 10) || 1 : null);
			case 'pre':
			case 'codeblock':
				return enterCode();
		}
		const embedded = media[name];
		if (embedded !== undefined) lines.words(` ${inBrackets(embedded, attributes['title'])} `);
		return blocks.has(name) ? enterBlock() : undefined;
	}

	function enterBlock(): () => void {
		endBlock();
		return endBlock;
	}

	function enterList(first: number | null): () => void {
		endBlock();
		lists.push(first);
		return () => {
			lists.pop();
			endBlock();
		};
	}

	function enterItem(): () => void {
		const number = lists.at(-1) ?? null;
		if (number !== null) lists[lists.length - 1] = number + 1;
		const mark = number === null ? '- ' : `${number}. `;
		if (depth.cell > 0) lines.words(` ${mark}`);
		else lines.beginItem('  '.repeat(Math.max(0, lists.length - 1)) + mark);
		return endBlock;
	}

	function enterRow(): () => void {
		const outer = cellsInRow;
		endBlock();
		cellsInRow = 0;
		return () => {
			cellsInRow = outer;
			endBlock();
		};
	}

	/** The cells of a row stand beside each other. */
	function enterCell(): () => void {
		if (cellsInRow++ > 0) lines.words(' | ');
		depth.cell++;
		return () => void depth.cell--;
	}

	function enterCode(): () => void {
		endBlock();
		depth.code++;
		return () => {
			depth.code--;
			endBlock();
		};
	}

	/** An address is given where the label does not say it. */
	function enterLink(href: string): (() => void) | undefined {
		if (!/^https?:\/\//i.test(href)) return;
		const begin = lines.length;
		return () => {
			const label = lines.since(begin).trim();
			if (label === '') lines.words(href);
			else if (withoutScheme(label) !== withoutScheme(href)) lines.words(` (${href})`);
		};
	}

	function breakLine(): undefined {
		if (depth.cell > 0) lines.words(' ');
		else lines.breakLine();
	}

	function endBlock(): void {
		if (depth.cell > 0) lines.words(' ');
		else lines.endBlock();
	}

	return {
		enter,
		text(text) {
			if (depth.code > 0 && depth.cell === 0) lines.verbatim(text);
			else lines.words(text);
		},
		endBlock,
		leaveOut: lines.skipBlank,
		isEmpty: () => lines.length === 0,
		toString: lines.toString,
	};
}

function withoutScheme(address: string): string {
	return address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}
