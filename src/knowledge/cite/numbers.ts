/** Numbers, amounts and percentages, in digits or words, however Spanish and English write them. Pure. */

import { isFunctionWord } from '../text/function-words.ts';
import type { TextLanguage } from '../text/stems.ts';
import { type Fact, type FoundFacts, noteFact } from './fact.ts';

const smallNumbers: Readonly<Record<string, number>> = Object.fromEntries(
	[
		['dos two', 2],
		['tres three', 3],
		['cuatro four', 4],
		['cinco five', 5],
		['seis six', 6],
		['siete seven', 7],
		['ocho eight', 8],
		['nueve nine', 9],
		['diez ten', 10],
		['once eleven', 11],
		['doce twelve docena dozen', 12],
		['trece thirteen', 13],
		['catorce fourteen', 14],
		['quince fifteen', 15],
		['dieciseis sixteen', 16],
		['diecisiete seventeen', 17],
		['dieciocho eighteen', 18],
		['diecinueve nineteen', 19],
		['veinte twenty', 20],
		['veintiuno veintiun veintiuna', 21],
		['veintidos', 22],
		['veintitres', 23],
		['veinticuatro', 24],
		['veinticinco', 25],
		['veintiseis', 26],
		['veintisiete', 27],
		['veintiocho', 28],
		['veintinueve', 29],
		['treinta thirty', 30],
		['cuarenta forty', 40],
		['cincuenta fifty', 50],
		['sesenta sixty', 60],
		['setenta seventy', 70],
		['ochenta eighty', 80],
		['noventa ninety', 90],
		['cien ciento', 100],
		['doscientos doscientas', 200],
		['trescientos trescientas', 300],
		['quinientos quinientas', 500],
	].flatMap(([names, value]) =>
		String(names)
			.split(' ')
			.map((name) => [name, Number(value)]),
	),
);
/** Numbers in one language, and something else in the other. */
const otherWords: Readonly<Record<string, TextLanguage>> = { once: 'es', ten: 'en' };
const singles = 'un|uno|una|one|an?';
const spelled = Object.keys(smallNumbers).join('|');

const multipliers: readonly (readonly [RegExp, number])[] = [
	[/^ ?(?:mil millones|billions?)\b/, 1e9],
	[/^ ?(?:millon(?:es)?|millions?|mill\.)(?!\p{L})/u, 1e6],
	[/^ ?m(?= ?(?:€|\$|£|eur\b|usd\b))/, 1e6],
	[/^ ?(?:mil|thousand)\b/, 1e3],
	[/^ ?k(?![\p{L}\p{N}])/u, 1e3],
	[/^ ?hundred\b/, 100],
];

const units: readonly (readonly [string, RegExp])[] = [
	['%', /^ ?(?:%|por ciento\b|por 100\b|percent\b|per cent\b)/],
	['EUR', /^ ?(?:€|euros?\b|eur\b)/],
	['USD', /^ ?(?:\$|usd\b|dollars?\b|dolares\b|dolar\b)/],
	['GBP', /^ ?(?:£|gbp\b|pounds\b|libras\b)/],
	['PEN', /^ ?(?:pen|soles|sol)\b/],
	['minute', /^[ -]?(?:min(?:utos?|utes?|s)?)\b/],
	['hour', /^[ -]?(?:h|hrs?|horas?|hours?)\b/],
	['day', /^[ -]?(?:dias?|days?)\b/],
	['week', /^[ -]?(?:semanas?|weeks?)\b/],
	['month', /^[ -]?(?:mes|meses|months?)\b/],
	['year', /^[ -]?(?:anos?|years?)\b/],
	['kg', /^[ -]?(?:kg|kilos?|kilogramos?|kilograms?)\b/],
	['km', /^[ -]?(?:km|kilometros?|kilomet(?:er|re)s?)\b/],
	['GB', /^[ -]?(?:gb|gigas?|gigabytes?)\b/],
	['MB', /^[ -]?(?:mb|megas?|megabytes?)\b/],
];
const currencyBefore: readonly (readonly [string, RegExp])[] = [
	['USD', /(?:us)?\$ ?$/],
	['EUR', /(?:€|\beur) ?$/],
	['GBP', /£ ?$/],
	['PEN', /\bs\/\.? ?$/],
];

/** What is looked at first, so that a text of numbers costs little. */
const mayBeBehind = /^[ -]?[\p{L}%€$£]/u;
const mayBeBefore = /[$€£/.r] ?$/;

/** What whoever sums up counts for themselves: the passage need not. */
const counted =
	/^(?:things?|ways?|options?|steps?|rules?|points?|types?|kinds?|parts?|reasons?|cosas?|formas?|maneras?|opciones|pasos?|reglas?|puntos?|tipos?|clases?|partes?|razones|requisitos?|requirements?|casos?|cases?)$/;

interface ReadNumber {
	ways: string[][];
	unit: string | null;
	/** Null for digits. */
	word: NumberWord | null;
}

interface NumberWord {
	text: string;
	value: number;
	/** The next word. */
	following: string;
}

/** Whether it is one, in words. */
export function isSpelledNumber(word: string): boolean {
	return Object.hasOwn(smallNumbers, word);
}

/**
 * The numbers of a sentence: those in words where they count something, from two on.
 * @param folded as `foldText` gives it, without dates.
 */
export function readNumbers(folded: string, language: TextLanguage | null): Fact[] {
	const numbers = eachNumber(folded).filter(({ word, unit }) => word === null || counts(word, unit, language));
	return numbers.map(({ ways, unit }) => ({ kind: 'number', ways, unit }));
}

function counts({ text, value, following }: NumberWord, unit: string | null, language: TextLanguage | null): boolean {
	if (value < 2 || (Object.hasOwn(otherWords, text) && otherWords[text] !== language)) return false;
	return unit !== null || (following !== '' && !isFunctionWord(following, null) && !counted.test(following));
}

/** Notes all numbers of a passage, those within codes too. */
export function findNumbers(folded: string, found: FoundFacts): void {
	for (const { ways, unit } of eachNumber(folded)) {
		for (const keys of ways) for (const key of keys) noteFact(found, key, unit);
	}
}

const digits = /\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)|\d+(?:[.,']\d+)*/g;
const words = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:(?<first>${spelled})(?:(?: y |[ -])(?<more>${spelled}|${singles})(?!\\p{L}))?|(?<single>${singles}|mil))(?![\\p{L}\\p{N}])`,
	'gu',
);

function eachNumber(folded: string): ReadNumber[] {
	const numbers: ReadNumber[] = [];
	for (const { 0: text, index } of folded.matchAll(digits)) {
		const { factor, unit } = surroundings(folded, index, index + text.length);
		numbers.push({ ways: waysOfDigits(text, factor), unit, word: null });
	}
	for (const { 0: text, index, groups = {} } of folded.matchAll(words)) {
		const value = spelledValue(groups);
		const { factor, unit, end } = surroundings(folded, index, index + text.length);
		const following = /^ ?([\p{L}]*)/u.exec(folded.slice(end))?.[1] ?? '';
		numbers.push({ ways: [[`${value * factor}`]], unit, word: { text, value: value * factor, following } });
	}
	return numbers;
}

function spelledValue({ first = '', more, single }: Readonly<Record<string, string | undefined>>): number {
	if (single !== undefined) return single === 'mil' ? 1_000 : 1;
	const value = smallNumbers[first] ?? 0;
	const added = more === undefined ? 0 : (smallNumbers[more] ?? 1);
	return added < value ? value + added : value;
}

function surroundings(folded: string, start: number, end: number): { factor: number; unit: string | null; end: number } {
	// The longest of all that is looked for beside a number has twelve characters.
	const behind = folded.slice(end, end + 16);
	const before = folded.slice(Math.max(0, start - 5), start);
	if (!mayBeBehind.test(behind) && !mayBeBefore.test(before)) return { factor: 1, unit: null, end };
	const [pattern, factor] = multipliers.find(([multiplier]) => multiplier.test(behind)) ?? [null, 1];
	const multiplied = pattern?.exec(behind)?.[0].length ?? 0;
	const rest = behind.slice(multiplied).replace(/^ de (?=euros|dolares|soles)/, ' ');
	const [unit] = units.find(([, written]) => written.test(rest)) ?? currencyBefore.find(([, written]) => written.test(before)) ?? [null];
	return { factor, unit, end: end + multiplied };
}

/** `1.234` is a thousand and more in Spanish and one and a bit in English: both count. Three pieces or more are a version or an address. */
function waysOfDigits(text: string, factor: number): string[][] {
	if (text.includes(' ')) return [[keyOf(text.replaceAll(' ', ''), factor)], text.split(' ').map((part) => keyOf(part, 1))];
	const ways: string[] = [];
	if (/^\d+$/.test(text)) ways.push(text);
	if (/^\d{1,3}([.,'])\d{3}(?:\1\d{3})*$/.test(text)) ways.push(text.replace(/\D/g, ''));
	if (/^\d+[.,]\d+$/.test(text)) ways.push(text.replace(',', '.'));
	if (/^\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*(?!\1)[.,]\d+$/.test(text))
		ways.push(`${text.replace(/[.,]\d+$/, '').replace(/\D/g, '')}.${/\d+$/.exec(text)?.[0]}`);
	return ways.length === 0 ? [[text]] : ways.map((way) => [keyOf(way, factor)]);
}

/** Longer ones are numbers of accounts and the like, which are not counted with. */
function keyOf(digitsAndPoint: string, factor: number): string {
	return digitsAndPoint.length > 15 ? digitsAndPoint : String(Math.round(Number(digitsAndPoint) * factor * 1e6) / 1e6);
}
