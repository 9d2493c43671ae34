/** Blocks of Markdown as Teams shows them: no headings, no tags, line breaks by paragraphs. Pure. */

import type { Block } from '#src/markdown/block.ts';
import { disarmFences } from '#src/markdown/disarm.ts';
import { scanInline } from '#src/markdown/inline-scan.ts';
import { makeInlineSafe, quietCode, readAtoms } from '#src/markdown/safe-inline.ts';

/** A space that nobody sees; behind an angle bracket it takes the tag away. */
const zeroWidthSpace = '\u200b';

/**
 * One block as Teams' Markdown ("Format your bot messages"). A heading becomes a bold line. Headings and tables are shown once they are
 * complete, so that text that grows only ever grows at its end.
 */
export function renderBlock({ kind, source, isComplete }: Block): string {
	if ((kind === 'heading' || kind === 'table') && !isComplete) return '';
	switch (kind) {
		case 'heading':
			return renderHeading(source);
		case 'table':
			// Stays Markdown: how it is drawn depends on the message that it goes into.
			return breakTags(makeInlineSafe(source, quietCode));
		case 'code':
			return breakTags(makeInlineSafe(source, quietCode));
		case 'paragraph':
			return renderInline(makeInlineSafe(source, quietCode), separateLines);
		default:
			return renderInline(makeInlineSafe(source, quietCode), escapeText);
	}
}

/** A sentence of ours as it is, whatever names are in it: nothing in it is emphasis, code or a link. */
export function escapePlain(text: string): string {
	const escaped = text.replace(/[\\`*~[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&').replaceAll('&', '&amp;');
	return escapeText(escaped).replace(/\n+/g, '\n\n');
}

function renderHeading(source: string): string {
	const isUnderlined = /\n {0,3}(?:=+|-+)[ \t]*$/.test(source);
	const lines = isUnderlined ? source.split('\n').slice(0, -1) : [withoutMarks(source)];
	// Emphasis within the bold line would end it.
	const write = (text: string) => escapeText(text.replace(/(?<!\\)\*\*|__/g, ''));
	// Not as a block: a title may begin with what would be a fence's marker at a line's beginning.
	const safe = scanInline(joinLines(lines)).output;
	const title = writeAtoms(safe, scanInline(safe).atoms, write).trim();
	return title === '' ? '' : `**${title}**`;
}

/** Without the marks of a heading at its beginning and, behind a blank, at its end. */
function withoutMarks(source: string): string {
	const title = source.replace(/^ {0,3}#{1,6}/, '').trimEnd();
	let end = title.length;
	while (title[end - 1] === '#') end--;
	return end === 0 || /\s/.test(title[end - 1] ?? '') ? title.slice(0, end) : title;
}

/** Writes text between code spans and links with `write`, and these as Teams takes them. */
function renderInline(source: string, write: (text: string) => string): string {
	return writeAtoms(source, readAtoms(source), write);
}

function writeAtoms(source: string, atoms: readonly [number, number][], write: (text: string) => string): string {
	let output = '';
	let position = 0;
	for (const [start, end] of atoms) {
		output += write(source.slice(position, start)) + renderAtom(source.slice(start, end), source.charAt(end));
		position = end;
	}
	return output + write(source.slice(position));
}

/** A code span, a link, or an address in angle brackets. A line break within means a space. */
function renderAtom(atom: string, following: string): string {
	const line = joinLines(atom.split('\n').map((part, index) => (index === 0 ? part : part.replace(/^[ \t>]+/, ''))));
	if (line.startsWith('`')) return breakTags(line);
	// What follows must not become part of the address.
	if (line.startsWith('<') && line.endsWith('>')) return escapeText(line.slice(1, -1)) + (/\S/.test(following) ? zeroWidthSpace : '');
	const opening = line.lastIndexOf('](');
	if (!line.startsWith('[') || opening < 0) return escapeText(line);
	return `[${escapeText(line.slice(1, opening))}](${line.slice(opening + 2).replace(/^<([^<>]*)>/, (_whole, url: string) => withoutParentheses(url))}`;
}

/** An address without its angle brackets ends at the first parenthesis that is one too many. */
function withoutParentheses(url: string): string {
	return url.replace(/\\?[()]/g, (found) => (found.endsWith('(') ? '%28' : '%29'));
}

/**
 * Teams joins the lines of a paragraph ("Format your bot messages"); an empty line keeps them apart. Indented, what looks like a fence's marker is none
 * within a paragraph: it stays none.
 */
function separateLines(text: string): string {
	const lines = escapeText(text).split('\n');
	const last = lines.length - 1;
	return lines
		.map((line, index) => (index === 0 ? line : disarmFences(line.trimStart())))
		.map((line, index) => (index === last ? line : line.trimEnd()))
		.join('\n\n');
}

/** As Markdown itself reads them: a line break is a space. */
function joinLines(lines: readonly string[]): string {
	return lines.map((line) => line.trim()).join(' ');
}

/** Teams reads what looks like a tag as one. Character references that are there already stay. */
function escapeText(text: string): string {
	return text.replace(/&(?![#a-zA-Z0-9]{1,9};)/g, '&amp;').replace(/<(?:\u200b(?=[a-z/]))?/gi, '&lt;');
}

/** Code is shown as it is, and nothing in it is decoded: only the tag of a mention is broken. */
function breakTags(code: string): string {
	return code.replace(/<(?=\/?at\b)/gi, `<${zeroWidthSpace}`);
}
