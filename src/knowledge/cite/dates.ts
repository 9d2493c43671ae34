/** Dates, months, days of the week and times of day, however Spanish and English write them. Pure. */

import { type Fact, type FoundFacts, noteFact } from './fact.ts';

const months = [
	'enero january ene jan',
	'febrero february feb',
	'marzo march mar',
	'abril april abr apr',
	'mayo may',
	'junio june jun',
	'julio july jul',
	'agosto august ago aug',
	'septiembre setiembre september sept sep',
	'octubre october oct',
	'noviembre november nov',
	'diciembre december dic dec',
].map((names) => names.split(' '));
const weekdays = [
	'domingo domingos sunday sundays',
	'lunes monday mondays',
	'martes tuesday tuesdays',
	'miercoles wednesday wednesdays',
	'jueves thursday thursdays',
	'viernes friday fridays',
	'sabado sabados saturday saturdays',
].map((names) => names.split(' '));

/** From 1, by what each is called or shortened to, folded. */
export const monthOf: ReadonlyMap<string, number> = new Map(
	months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);
const weekdayOf = new Map(weekdays.flatMap((names, index) => names.map((name) => [name, index] as const)));

/** Abbreviations are months beside a number alone. */
const anyMonth = `(?<month>${[...monthOf.keys()].sort((one, other) => other.length - one.length).join('|')})\\b\\.?`;
const loneMonth = months
	.flatMap(([spanish = '', english = '']) => [spanish, english === 'may' || english === 'march' ? '' : english])
	.filter(Boolean)
	.join('|');
const day = '(?<day>\\d{1,2})(?:st|nd|rd|th|\\.?[ºo](?!\\p{L}))?';
const year = '(?<year>\\d{4})(?!\\d)';

/** Where there is no digit, these alone are looked for. */
const wordPatterns = [
	new RegExp(`\\b(?<month>${loneMonth})\\b`, 'giu'),
	// These two are other words, too.
	/(?<!^)\b(?<month>May|March)\b/gu,
];
/** In the order in which they are looked for: what one has found is left out for the next. */
const datePatterns = [
	/(?<!\d)(?<year>\d{4})(?<mark>[-/.])(?<number>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)/gu,
	/(?<![\d.,/-])(?<first>\d{1,2})(?<mark>[-/.])(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2}(?<=\/\d\d))(?![\d/-])/gu,
	new RegExp(`(?<![\\d.,])${day}[ -](?:de |of )?${anyMonth}(?:,?[ -](?:del? |of )?${year})?`, 'giu'),
	new RegExp(`\\b${anyMonth} ${day}(?!\\d|[.,:]\\d)(?:,? (?:del? )?${year})?`, 'giu'),
	new RegExp(`\\b${anyMonth},? (?:del? |of )?${year}`, 'giu'),
	...wordPatterns,
];
const weekdayPattern = new RegExp(`\\b(?<weekday>${[...weekdayOf.keys()].join('|')})\\b`, 'giu');
const half = '(?<half>[ap])\\.? ?m\\b\\.?';
const timePatterns = [
	new RegExp(`(?<![\\d:.,])(?<hours>\\d{1,2})[:h](?<minutes>\\d{2})(?::\\d{2})?(?![\\d:])(?: ?${half})?`, 'giu'),
	/(?<![\d:.,])(?<hours>\d{1,2})\.(?<minutes>\d{2}) ?h(?:rs|oras)?\b/giu,
	new RegExp(`(?<![\\d:.,])(?<hours>\\d{1,2}) ?${half}`, 'giu'),
	/(?<![\d:.,])(?<hours>\d{1,2}) de la (?<part>manana|tarde|noche)\b/giu,
];

interface ReadDate {
	year: number | null;
	month: number;
	day: number | null;
}

/**
 * The dates and times of a text, and the text without them.
 * @param plain as `plainText` gives it.
 */
export function readDates(plain: string): { facts: Fact[]; rest: string } {
	const facts: Fact[] = [];
	const rest = eachMoment(plain, {
		date: (dates) => facts.push({ kind: 'date', ways: dates.flatMap(waysOf), unit: null }),
		weekday: (weekday) => facts.push({ kind: 'date', ways: [[`weekday ${weekday}`]], unit: null }),
		time: (times) => facts.push({ kind: 'date', ways: times.flatMap(writtenTimes), unit: 'hour' }),
	});
	return { facts, rest };
}

/** Notes all that a passage says with its dates: of a whole date also its parts, and its day of the week. @returns the text without them. */
export function findDates(plain: string, found: FoundFacts): string {
	const note = (...keys: string[]) => {
		for (const key of keys) noteFact(found, key);
	};
	return eachMoment(plain, {
		date: (dates) => note(...dates.flatMap(partsOf)),
		weekday: (weekday) => note(`weekday ${weekday}`),
		time(times) {
			for (const time of times) note(`time ${time}`, `${Math.floor(time / 60)}`);
		},
	});
}

interface Moments {
	/** One date, in the ways in which it can be read. */
	date(dates: ReadDate[]): void;
	/** From 0, Sunday. */
	weekday(weekday: number): void;
	/** One time, in minutes since midnight, in the ways in which it can be read. */
	time(times: number[]): void;
}

function eachMoment(plain: string, moments: Moments): string {
	let rest = plain;
	const hasDigits = /\d/.test(plain);
	for (const pattern of hasDigits ? datePatterns : wordPatterns)
		rest = cutOut(rest, pattern, (groups) => taken(datesOf(groups), moments.date));
	if (hasDigits) for (const pattern of timePatterns) rest = cutOut(rest, pattern, (groups) => taken(timesOf(groups), moments.time));
	return cutOut(rest, weekdayPattern, ({ weekday = '' }) =>
		taken([weekdayOf.get(weekday.toLowerCase()) ?? 0], ([one = 0]) => moments.weekday(one)),
	);
}

function taken<Reading>(readings: Reading[], take: (readings: Reading[]) => void): boolean {
	if (readings.length > 0) take(readings);
	return readings.length > 0;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** What is not taken stays. */
function cutOut(text: string, pattern: RegExp, take: (groups: Groups) => boolean): string {
	return text.replace(pattern, (...found) => (take(found.at(-1) as Groups) ? ' ' : (found[0] as string)));
}

/** `03/04/2026` is a day of April here and one of March there. */
function datesOf({ year, month, number, day, first, second }: Groups): ReadDate[] {
	const fullYear = year === undefined ? null : Number(year) + (year.length === 2 ? 2_000 : 0);
	const monthNumber = month === undefined ? number : monthOf.get(month.toLowerCase());
	const pairs = first === undefined ? [[monthNumber, day]] : [[second, first], ...(first === second ? [] : [[first, second]])];
	return pairs
		.map(([inMonth, onDay]) => ({ year: fullYear, month: Number(inMonth), day: onDay === undefined ? null : Number(onDay) }))
		.filter((date) => date.month >= 1 && date.month <= 12 && (date.day === null || (date.day >= 1 && date.day <= 31)));
}

/** A whole date may stand there in two pieces: the year in a title, the day in a table. */
function waysOf({ year, month, day }: ReadDate): string[][] {
	if (day === null) return year === null ? [[`month ${month}`]] : [[`month ${year}-${month}`], [`month ${month}`, `${year}`]];
	return year === null ? [[`day ${month}-${day}`]] : [[`date ${year}-${month}-${day}`], [`day ${month}-${day}`, `${year}`]];
}

/** A full hour may stand there as a number: `de 10 a 16 h`. */
function writtenTimes(time: number): string[][] {
	return time % 60 === 0 ? [[`time ${time}`], [`${time / 60}`]] : [[`time ${time}`]];
}

/** All that a date says, as keys. */
function partsOf({ year, month, day }: ReadDate): string[] {
	const parts = [
		[`month ${month}`],
		day === null ? [] : [`${day}`, `day ${month}-${day}`],
		year === null ? [] : [`${year}`, `month ${year}-${month}`],
		day === null || year === null
			? []
			: [`date ${year}-${month}-${day}`, `weekday ${new Date(Date.UTC(year, month - 1, day)).getUTCDay()}`],
	];
	return parts.flat();
}

/** Without more words half past three is in the night or in the afternoon. */
function timesOf({ hours, minutes = '0', half: marked, part }: Groups): number[] {
	const [hour, minute] = [Number(hours), Number(minutes)];
	if (hour > 24 || minute > 59) return [];
	const time = (hour % 24) * 60 + minute;
	const isMorning = marked?.toLowerCase() === 'a' || part === 'manana';
	if (isMorning) return [time % 720];
	if (marked !== undefined || part !== undefined) return [(time % 720) + 720];
	return hour < 12 ? [time, time + 720] : [time];
}
