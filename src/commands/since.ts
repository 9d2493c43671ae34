/** From when on, as people say it: `3 days`, `8h`, `yesterday`, `2026-11-30`. Pure. */

import { localTime } from '../local-time.ts';

/** A time before now, or a day of the asker's own calendar, or a moment. */
export type Since = { agoMs: number } | { daysBack: number } | { day: string } | { at: string };

const hourMs = 3_600_000;
const units: readonly [words: RegExp, ms: number][] = [
	[/^(?:h|hours?|horas?)$/, hourMs],
	[/^(?:d|days?|d[ií]as?)$/, 24 * hourMs],
	[/^(?:w|weeks?|sem|semanas?)$/, 7 * 24 * hourMs],
];
const [today, yesterday] = [new Set(['today', 'hoy']), new Set(['yesterday', 'ayer'])];

/** Null for what is none of them, and for a day that no calendar has. */
export function readSince(typed: string): Since | null {
	const text = typed
		.trim()
		.toLowerCase()
		.replace(/^(?:since|desde|last|past|[uú]ltim[ao]s|hace)\s+/, '');
	if (today.has(text)) return { daysBack: 0 };
	if (yesterday.has(text)) return { daysBack: 1 };
	const [, count, unit = ''] = /^(\d{1,4})\s*(\p{L}{1,8})$/u.exec(text) ?? [];
	const ms = units.find(([words]) => words.test(unit))?.[1];
	if (count !== undefined && ms !== undefined && Number(count) > 0) return { agoMs: Number(count) * ms };
	if (/^\d{4}-\d\d-\d\d$/.test(text)) return isDay(text) ? { day: text } : null;
	if (/^\d{4}-\d\d-\d\dt\d\d:\d\dz$/.test(text)) return isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)) ? { at: text } : null;
	return null;
}

export function timeOfSince(since: Since, now: Date, timeZone: string): Date {
	if ('agoMs' in since) return new Date(now.getTime() - since.agoMs);
	if ('at' in since) return new Date(since.at.toUpperCase());
	const day = 'day' in since ? since.day : dayBefore(localTime(now, timeZone).at.slice(0, 10), since.daysBack);
	return beginningOf(day, timeZone);
}

/** As `readSince` reads it: to the minute, the same whenever it is asked again. */
export function sayMoment(time: Date): string {
	return `${time.toISOString().slice(0, 16)}Z`;
}

function isDay(text: string): boolean {
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function dayBefore(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - days * 24 * hourMs).toISOString().slice(0, 10);
}

/** Midnight there, by what its clocks show when it is midnight in UTC. */
function beginningOf(day: string, timeZone: string): Date {
	const midnight = Date.parse(`${day}T00:00:00Z`);
	const shown = Date.parse(`${localTime(new Date(midnight), timeZone).at.replace(' ', 'T')}:00Z`);
	return new Date(midnight - (shown - midnight));
}
