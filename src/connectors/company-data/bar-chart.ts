/**
 * A chart of one category and a measure or a few: every platform shows it, in characters where it draws none, and nothing is drawn that the table
 * beside it does not say. Pure.
 */

import { writeBars } from '../../markdown/bars.ts';
import { type Cell, isNumeral, isNumeric, type ResultColumn } from './shown-values.ts';

/** More bars than this nobody compares, and one says nothing. */
const [leastBars, mostBars] = [3, 30];
const mostMeasures = 3;
const mostLabelCharacters = 18;

export interface BarChart {
	/** A fenced block for each measure. */
	markdown: string;
	/** What the chart shows, for the sentence that stands for it. */
	category: string;
	measures: string[];
	/** The longest bar of the first measure. */
	greatest: { label: string; value: string };
}

/** Null where the rows ask for none: not one category and one to three measures, too few or too many rows, or a value below zero. */
export function barChart(columns: readonly ResultColumn[], rows: readonly (readonly Cell[])[]): BarChart | null {
	if (rows.length < leastBars || rows.length > mostBars) return null;
	const [category, ...measures] = columns;
	const isCategory = category !== undefined && ['text', 'date', 'timestamp'].includes(category.type) && !category.isBinary;
	if (!isCategory || measures.length === 0 || measures.length > mostMeasures || !measures.every(isNumeric)) return null;
	const labels = rows.map(([cell]) => cell ?? '');
	if (labels.includes('') || new Set(labels).size < labels.length) return null;
	const values = measures.map((_measure, index) => rows.map((row) => row[index + 1] ?? ''));
	if (!values.flat().every((value) => isNumeral(value) && !value.startsWith('-'))) return null;
	const blocks = measures.map(({ name }, index) => blockOf(name, labels, values[index] ?? []));
	const [first = []] = values;
	const top = first.reduce((best, value, index) => (Number(value) > Number(first[best]) ? index : best), 0);
	return {
		markdown: blocks.join('\n\n'),
		category: category.name,
		measures: measures.map(({ name }) => name),
		greatest: { label: labels[top] ?? '', value: first[top] ?? '' },
	};
}

function blockOf(name: string, labels: readonly string[], values: readonly string[]): string {
	const bars = values.map((value, index) => ({ label: shownLabel(labels[index] ?? ''), value }));
	return writeBars({ title: inCode(name.replaceAll('_', ' ')), bars });
}

function shownLabel(label: string): string {
	const characters = [...inCode(label)];
	return characters.length <= mostLabelCharacters ? characters.join('') : `${characters.slice(0, mostLabelCharacters - 1).join('')}…`;
}

/** Nothing in it ends the block, turns the line or pings. */
function inCode(text: string): string {
	return text
		.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
		.replace(/[`<@]/g, "'")
		.trim();
}
