/** Whether every number in a sentence stands in the result that it is about, however the language writes numbers. Pure. */

import { foldText } from '../../knowledge/text/stems.ts';
import type { Cell } from './shown-values.ts';

export interface NumberSources {
	rows: readonly (readonly Cell[])[];
	/** How many rows there are; null where there are more than were read. */
	count: number | null;
	/** What was asked: its years and codes may be said again. */
	question: string;
}

/** Digits with whatever stands between digits of one number: points, commas, apostrophes, and the blanks that some write for thousands. */
const written = /[-−]?\d(?:[\d.,'’\u00A0\u202F]*\d)?/g;

const numberWords: Readonly<Record<string, number>> = Object.fromEntries(
	Object.entries({
		0: 'cero zero ninguno ninguna none',
		2: 'dos two ambos ambas both',
		3: 'tres three',
		4: 'cuatro four',
		5: 'cinco five',
		6: 'seis six',
		7: 'siete seven',
		8: 'ocho eight',
		9: 'nueve nine',
		10: 'diez ten',
		11: 'once eleven',
		12: 'doce twelve docena dozen',
		13: 'trece thirteen',
		14: 'catorce fourteen',
		15: 'quince fifteen',
		20: 'veinte twenty',
		30: 'treinta thirty',
		40: 'cuarenta forty',
		50: 'cincuenta fifty mitad half',
		100: 'cien ciento hundred',
		1000: 'mil thousand miles thousands',
		1000000: 'millon millones million millions',
	}).flatMap(([value, names]) => names.split(' ').map((name) => [name, Number(value)])),
);

export function saysOnlyKnownNumbers(sentence: string, { rows, count, question }: NumberSources): boolean {
	const cells = rows.flat().filter((cell) => cell !== null);
	const known = new Set(cells.flatMap((cell) => [...readingsOf(cell), ...partsOf(cell)]));
	if (count !== null) known.add(String(count));
	for (const [year] of question.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/g)) known.add(year);
	// A code is no number, and whoever asked for it may read it again.
	const codes = question.match(/[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*/gu)?.filter((word) => /\d/.test(word) && /\p{L}/u.test(word)) ?? [];
	const rest = [...codes, ...cells.filter((cell) => /\p{L}/u.test(cell))]
		.sort((one, other) => other.length - one.length)
		.reduce((text, code) => text.replaceAll(code, ' '), sentence);
	const inDigits = rest.match(written) ?? [];
	const inWords = (foldText(rest).match(/\p{L}+/gu) ?? []).flatMap((word) =>
		Object.hasOwn(numberWords, word) ? [String(numberWords[word])] : [],
	);
	return (
		inDigits.every((number) => readingsOf(number).some((reading) => known.has(reading))) && inWords.every((number) => known.has(number))
	);
}

/** What a number may mean: `1.234` is more than a thousand to some and little more than one to others. Without zeros that say nothing. */
function readingsOf(text: string): string[] {
	const sign = /^[-−]/.test(text) ? '-' : '';
	const digits = text.replace(/^[-−+]/, '').replace(/['’\u00A0\u202F]/g, '');
	if (!/^\d[\d.,]*$/.test(digits)) return [];
	const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	if (last < 0) return [sign + plain(digits, '')];
	const whole = digits.slice(0, last).replace(/[.,]/g, '');
	const behind = digits.slice(last + 1);
	const asDecimals = sign + plain(whole, behind);
	const asThousands = sign + plain(whole + behind, '');
	const isGrouped = /^\d{1,3}([.,]\d{3})+$/.test(digits);
	const hasOneMark = (digits.match(/[.,]/g) ?? []).length === 1;
	if (!isGrouped) return [asDecimals];
	return hasOneMark ? [asDecimals, asThousands] : [asThousands];
}

/** Of a date or a code each number in it: the fifth of March is `2026-03-05`. */
function partsOf(cell: string): string[] {
	return /^-?\d+(\.\d+)?$/.test(cell) ? [] : (cell.match(/\d+/g) ?? []).map((part) => plain(part, ''));
}

function plain(whole: string, decimals: string): string {
	const before = whole.replace(/^0+(?=\d)/, '');
	const behind = decimals.replace(/0+$/, '');
	return behind === '' ? before : `${before}.${behind}`;
}
