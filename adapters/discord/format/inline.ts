/** Markdown text that is safe already, written in Discord's dialect: line by line, links and code spans as they are. Pure. */

import { scanInline } from '#src/markdown/inline-scan.ts';
import { mentionBreak } from '#src/markdown/mention.ts';
import { type Surroundings, writeAddressLink } from './link.ts';

/** In place of a rule, which Discord does not know. */
export const ruleLine = '──────────';

/** Stands for a stretch that is set aside; in model text it means nothing, and is taken out first. */
const asideStart = '\uE000';
const asideEnd = '\uE001';
const ASIDE = /\uE000(\d+)\uE001/g;
/** Up to a bracket or a backtick in what would be its host, or before one: encoded, it would join what stands around it. */
const BARE_ADDRESS =
	/https?:\/\/[^\s<>\uE000[`/?#]+(?:[/?#](?:(?![[`]+[\p{L}\p{N}\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}_-]*\.)[^\s<>\uE000])*)?/gu;

const RULE = /^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const QUOTE = /^[ \t]*((?:>[ \t]?)+)(.*)$/;
const HEADING = /^[ \t]*(#{1,6})(?:[ \t]+(.*))?$/;
const ITEM = /^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+)(.*)$/;
const TASK = /^\[([ xX])\](?=[ \t])/;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const entities: Readonly<Record<string, string>> = { lt: '\\<', gt: '\\>', amp: '&', quot: '"', apos: "'", '#39': "'", nbsp: '\u00a0' };

/**
 * What Discord reads otherwise than Markdown does, or not at all: escapes are skipped, a backslash before any other sign or letter beyond ASCII is
 * doubled, since it would be one and vanish, characters written as entities are written out, bars
 * hide text (`||`), and an angle bracket may begin a time, an emoji or a command. Backticks that begin no code here would begin some there, up to any
 * other ones in the message; so would brackets a label. Numbered footnotes become small figures.
 */
const DIALECT =
	/\\[!-/:-@[-`{-~](?!\^)|\\(?=[^ -~\s])|&(lt|gt|amp|quot|apos|#39|nbsp);|\|{2,}|<\u200b?(?=t:-?\d|a?:\w|\/[^\n>]{1,100}:\d|[a-z0-9+.-]{1,100}:)|\\?\[\^(\d{1,3})\]:?|[`[]|(?:steam|discord)(?=:\/\/)/gi;
/** What may end an address, of as much as is looked back at: a figure behind it, however small, would be part of its name. */
const ADDRESS_END = /(?:\uE001|[.:/@]\S*)$/;
const addressCharacters = 256;
const thinSpace = '\u202F';
/** The same angle brackets in a label, which is read like any text. */
const TOKEN = /(?<!\\)<\u200b?(?=t:-?\d|a?:\w|\/[^\n>]{1,100}:\d|[a-z0-9+.-]{1,100}:)/gi;
/** Discord links addresses of these kinds as they stand. */
const APP_SCHEME = /(?:steam|discord)(?=:\/\/)/gi;
const STRONG = /(?<![\p{L}\p{N}_\\])__(?=[^\s_])((?:[^_\n]|_(?!_))+)(?<=\S)__(?![\p{L}\p{N}_])/gu;
const UNDERLINE = /(?<!\\)__/g;

/** One paragraph, heading, list item or several of them; `makeInlineSafe` was applied before. */
export function renderLines(text: string): string {
	const kept: string[] = [];
	const aside = (stretch: string) => `${asideStart}${kept.push(stretch) - 1}${asideEnd}`;
	const marked = setAside(text.replace(/[\uE000\uE001]/g, '\uFFFD'), aside);
	const lines = marked.split('\n').map(renderLine).join('\n');
	return lines.replace(ASIDE, (_match, index: string) => kept[Number(index)] ?? '');
}

function setAside(text: string, aside: (stretch: string) => string): string {
	const setAddressesAside = (stretch: string) =>
		stretch.replace(BARE_ADDRESS, (address) => aside(address.replaceAll('`', '%60').replaceAll('[', '%5B')));
	let output = '';
	let from = 0;
	for (const [start, end] of scanInline(text).atoms) {
		const around = { before: text.slice(0, start), after: text.slice(end) };
		output += setAddressesAside(text.slice(from, start)) + aside(renderAtom(text.slice(start, end), around));
		from = end;
	}
	return output + setAddressesAside(text.slice(from));
}

/** Discord links to the web only: a mail address stands in its place as text. */
function renderAtom(atom: string, around: Surroundings): string {
	if (atom.startsWith('```')) return renderSpan(atom);
	if (/^<https?:/i.test(atom) || !/^[<[]/.test(atom)) return atom;
	if (atom.startsWith('<')) return atom.includes('@') ? atom.slice(1, -1).replace(/^mailto:/i, '') : `\\${atom}`;
	const opening = atom.lastIndexOf('](');
	const link =
		opening < 0 ? atom : atom.slice(0, opening).replace(TOKEN, '\\<').replace(APP_SCHEME, `$&${mentionBreak}`) + atom.slice(opening);
	const mail = /^\[([^\]]*)\]\(<?mailto:([^\s<>()?]+)[^()]*\)$/i.exec(link);
	const [, label = '', address = ''] = mail ?? [];
	if (mail === null) return writeAddressLink(link, around) ?? link;
	return label === address ? address : `${label} (${address})`;
}

/** Three backticks begin a block of code wherever they stand. */
function renderSpan(span: string): string {
	const run = /^`+/.exec(span)?.[0].length ?? 0;
	return `\`\`${span.slice(run, -run).replace(/`{2,}/g, (ticks) => ticks.split('').join(mentionBreak))}\`\``;
}

/** Marks of quotes and items before one line's text. More of them are shown as they are: nobody reads such a line, and no stack holds it. */
const markLimit = 20;

function renderLine(line: string): string {
	let marks = '';
	let rest = line;
	for (let count = 0; count < markLimit; count++) {
		const read = readQuote(rest) ?? readItem(rest);
		if (read === null) break;
		marks += read.marks;
		rest = read.rest;
	}
	return marks + renderContent(rest);
}

interface MarkedLine {
	/** What Discord takes for the same. */
	marks: string;
	rest: string;
}

function readQuote(line: string): MarkedLine | null {
	const [, signs, rest = ''] = QUOTE.exec(line) ?? [];
	if (signs === undefined) return null;
	// Three marks at once would quote the rest of the message, and quotes within quotes are not known.
	return { marks: `> ${'› '.repeat(signs.split('>').length - 2)}`, rest };
}

function readItem(line: string): MarkedLine | null {
	const [, indent = '', marker, , text = ''] = RULE.test(line) ? [] : (ITEM.exec(line) ?? []);
	if (marker === undefined) return null;
	const bullet = /\d/.test(marker) ? marker.replace(')', '.') : '-';
	const rest = text.replace(TASK, (_match, mark: string) => (mark === ' ' ? '☐' : '☑'));
	return { marks: `${indent.replaceAll('\t', '    ')}${bullet} `, rest };
}

function renderContent(line: string): string {
	if (RULE.test(line)) return ruleLine;
	const heading = HEADING.exec(line);
	if (heading !== null) return renderHeading((heading[1] ?? '').length, heading[2] ?? '');
	return renderWords(line.startsWith('-# ') ? `\\${line}` : line);
}

/** Discord has three sizes; what is smaller still is bold. */
function renderHeading(level: number, text: string): string {
	const title = renderWords(text.replace(/(?:^|[ \t]+)#+[ \t]*$/, '').trim());
	if (title === '') return '';
	return level <= 3 ? `${'#'.repeat(level)} ${title}` : `**${title.replace(/(?<!\\)\*\*/g, '')}**`;
}

function renderWords(text: string): string {
	return text
		.replace(DIALECT, (match, entity: string | undefined, footnote: string | undefined, position: number) => {
			if (entity !== undefined) return entities[entity] ?? match;
			if (footnote !== undefined) return raise(footnote, text.slice(Math.max(position - addressCharacters, 0), position));
			if (match.startsWith('|')) return match.replaceAll('|', '\\|');
			if (/^[`[\\]$/.test(match)) return `\\${match}`;
			if (/^[a-z]/i.test(match)) return `${match}${mentionBreak}`;
			return match.startsWith('<') ? '\\<' : match;
		})
		.replace(STRONG, '**$1**')
		.replace(UNDERLINE, '\\_\\_')
		.replace(/\\$/, '');
}

function raise(digits: string, before: string): string {
	const small = digits.replace(/\d/g, (digit) => superscripts[Number(digit)] ?? digit);
	return ADDRESS_END.test(before) ? `${thinSpace}${small}` : small;
}
