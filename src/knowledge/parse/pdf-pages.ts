/** The text of pages as lines stand on them → paragraphs and rows, without what repeats on every page. */

import type { BlockList } from './block-list.ts';
import { cleanText, joinDividedWords } from './clean-text.ts';

export interface PdfPage {
	/** From 1. */
	number: number;
	text: string;
}

/** A header or footer has up to so many lines. */
const marginLines = 3;
/** On so many pages, or it is no header. */
const repeatedShare = 0.6;
const fewestPages = 3;

/** A line that is so much as long as the page's longest goes on in the next one. */
const fullLineShare = 0.7;

/** In tables of contents, up to the number of the page. */
const leaders = /(?: ?\.){5,}/g;

export function putPages(pages: readonly PdfPage[], list: BlockList): void {
	const readable: { number: number; lines: string[] }[] = [];
	for (const { number, text } of pages) {
		if (isGibberish(text)) list.omit();
		else readable.push({ number, lines: cleanText(text).replace(leaders, ' …').split('\n') });
	}
	const repeated = repeatedLines(readable.map(({ lines }) => lines));
	for (const { number, lines } of readable) {
		const text = withoutMargins(lines, repeated);
		// A form that is filled in on every page has nothing but what repeats.
		const body = text.length === 0 ? lines : text;
		for (const paragraph of joinLines(body)) list.paragraph(joinDividedWords(paragraph), number);
		if (list.isFull) return;
	}
}

/** Too few letters to judge, below this. */
const fewLetters = 50;

/**
 * A font without a map to Unicode gives letters that mean nothing: private use, what stands for the unknown, or words of Latin letters
 * without a vowel. Spanish and English have a vowel in about 40 % of their letters.
 */
function isGibberish(text: string): boolean {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const unknown = text.match(/[\ufffd\p{Co}]|(?!\s)\p{Cc}/gu)?.length ?? 0;
	if (unknown > fewLetters && unknown > letters) return true;
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	const vowels = text.normalize('NFD').match(/[aeiouy]/gi)?.length ?? 0;
	// Codes and tables of part numbers have digits beside.
	const digits = text.match(/\p{N}/gu)?.length ?? 0;
	return latin > fewLetters && latin > digits && vowels < latin * 0.1;
}

/** Digits count as alike beside so few other characters, for page numbers. */
const mostBesideNumber = 30;

function shapeOf(line: string): string {
	const shape = line.trim().replace(/\d+/g, '#');
	return shape.length <= mostBesideNumber ? shape : line.trim();
}

function marginsOf(lines: readonly string[]): string[] {
	const filled = lines.filter((line) => line.trim() !== '');
	return [...filled.slice(0, marginLines), ...filled.slice(-marginLines)];
}

function repeatedLines(pages: readonly (readonly string[])[]): Set<string> {
	if (pages.length < fewestPages) return new Set();
	const counts = new Map<string, number>();
	for (const lines of pages) {
		for (const shape of new Set(marginsOf(lines).map(shapeOf))) counts.set(shape, (counts.get(shape) ?? 0) + 1);
	}
	return new Set([...counts].filter(([, count]) => count >= Math.max(pages.length * repeatedShare, fewestPages)).map(([shape]) => shape));
}

/** From the outside in, as long as lines repeat. */
function withoutMargins(lines: readonly string[], repeated: ReadonlySet<string>): readonly string[] {
	const isMargin = (line = '') => line.trim() === '' || repeated.has(shapeOf(line));
	let from = 0;
	let to = lines.length;
	while (from < to && isMargin(lines[from])) from++;
	while (to > from && isMargin(lines[to - 1])) to--;
	return lines.slice(from, to);
}

/** Lines that one sentence runs over become one; rows of tables and items of lists stay lines. */
function joinLines(lines: readonly string[]): string[] {
	const longest = Math.max(0, ...lines.map((line) => line.trim().length));
	const paragraphs: string[] = [];
	let current = '';
	let before = '';
	for (const line of lines.map((each) => each.trim())) {
		const isContinuation =
			before.length >= longest * fullLineShare && !/[.:;!?]$/.test(before) && !isRow(before) && !isRow(line) && !startsItem(line);
		if (line === '') {
			paragraphs.push(current);
			current = '';
		} else if (current === '') current = line;
		else if (/\p{Ll}[-\u2010]$/u.test(before)) current += `\n${line}`;
		else current += isContinuation ? ` ${line}` : `\n${line}`;
		before = line;
	}
	return [...paragraphs, current].filter((paragraph) => paragraph !== '');
}

/** Cells are parted by tabs; a line of a table of contents is a row too. */
const isRow = (line: string) => /\t| … ?\d+$/.test(line);
const startsItem = (line: string) => /^(?:[•◦▪–—*-]|\(?\d{1,3}[.)]|\p{L}\))\s/u.test(line);
