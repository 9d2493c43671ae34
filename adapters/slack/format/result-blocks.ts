/** Results of commands as Slack's blocks: names and what belongs to them side by side. Pure. */

import type { CommandResult, Rows, Table } from '#src/platform/command-result.ts';
import { entriesOf, groupsOf, hasEntries } from '#src/platform/result-parts.ts';
import { type Marks, resultText } from '#src/platform/result-text.ts';
import { toBarChart } from './charts.ts';
import { lastMrkdwnReading } from './last-reading.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

type Section = { text: string } | { fields: string[] } | { chart: Record<string, unknown> };

/** "Section block": of its text, of its fields and of each of them; "Blocks": of a message. */
const mostTextCharacters = 3_000;
const mostFields = 10;
const mostFieldCharacters = 2_000;
const mostBlocks = 50;
/** The text of all blocks together has no more than about 13,200 (bolt-js issue 2509). */
const mostCharacters = 13_000;

const marks: Marks = { escape: escapeMrkdwn, strong: (escaped) => `*${escaped}*` };

/** All of it as lines: what notifications say, and what is shown where blocks are not. */
export function toResultText(told: CommandResult): string {
	return lastMrkdwnReading.makeClean(resultText(told, marks));
}

/** Null for what lines of text show as well, and for what does not fit into blocks. */
export function toResultBlocks(told: CommandResult): Record<string, unknown>[] | null {
	if (!hasEntries(told)) return null;
	const sections = groupsOf(told).flatMap((group) => ('texts' in group ? toTextSections(group.texts) : toFieldSections(group.entries)));
	const characters = sections.reduce((sum, section) => sum + textOf(section).length, 0);
	const isTooMuch = sections.length > mostBlocks || characters > mostCharacters || sections.some(isTooLarge);
	return isTooMuch ? null : sections.map(toBlock);
}

function toTextSections(texts: CommandResult): Section[] {
	const text = toResultText(texts).trim();
	return text === '' ? [] : [{ text }];
}

function toFieldSections(entries: Rows | Table): Section[] {
	const fields = entriesOf(entries).map(([name, values]) =>
		lastMrkdwnReading.makeClean([marks.strong(escapeMrkdwn(name)), ...values.map(escapeMrkdwn)].join('\n')),
	);
	const count = Math.ceil(fields.length / mostFields);
	const sections = Array.from({ length: count }, (_unused, index) => ({
		fields: fields.slice(index * mostFields, (index + 1) * mostFields),
	}));
	const chart = 'chart' in entries && entries.chart !== undefined ? toBarChart(entries.chart) : null;
	return chart === null ? sections : [...sections, { chart }];
}

function isTooLarge(section: Section): boolean {
	if ('chart' in section) return false;
	return 'text' in section ? section.text.length > mostTextCharacters : section.fields.some(({ length }) => length > mostFieldCharacters);
}

function textOf(section: Section): string {
	if ('chart' in section) return JSON.stringify(section.chart);
	return 'text' in section ? section.text : section.fields.join('');
}

function toBlock(section: Section): Record<string, unknown> {
	if ('chart' in section) return section.chart;
	return { type: 'section', ...('text' in section ? { text: toText(section.text) } : { fields: section.fields.map(toText) }) };
}

/** "Text object": `verbatim` leaves addresses and names of channels what they are. */
function toText(text: string): Record<string, unknown> {
	return { type: 'mrkdwn', text, verbatim: true };
}
