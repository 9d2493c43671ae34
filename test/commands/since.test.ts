/** From when on, as people type it. */

import { expect, it } from 'vitest';
import { readSince, sayMoment, timeOfSince } from '#src/commands/since.ts';

const now = new Date('2026-12-01T10:30:00Z');
const from = (typed: string, zone = 'Europe/Madrid') => {
	const since = readSince(typed);
	return since === null ? null : timeOfSince(since, now, zone).toISOString();
};

it.each([
	['8 hours', '2026-12-01T02:30:00.000Z'],
	['8h', '2026-12-01T02:30:00.000Z'],
	['last 3 days', '2026-11-28T10:30:00.000Z'],
	['3 días', '2026-11-28T10:30:00.000Z'],
	['2 SEMANAS', '2026-11-17T10:30:00.000Z'],
	['today', '2026-11-30T23:00:00.000Z'],
	['ayer', '2026-11-29T23:00:00.000Z'],
	['desde 2026-07-15', '2026-07-14T22:00:00.000Z'],
	['2026-11-28t10:15z', '2026-11-28T10:15:00.000Z'],
])('“%s” is %s', (typed, time) => {
	expect(from(typed)).toBe(time);
});

it('a day begins where the asker is', () => {
	expect(from('yesterday', 'America/Lima')).toBe('2026-11-30T05:00:00.000Z');
	expect(from('today', 'Pacific/Auckland')).toBe('2026-11-30T11:00:00.000Z');
});

it.each([
	'',
	'0 days',
	'-3 days',
	'3',
	'12345 days',
	'3 moons',
	'2026-02-30',
	'2026-13-01',
	'2026-11-28t25:00z',
	'never',
	"'; drop table users",
])('“%s” is nothing', (typed) => expect(readSince(typed)).toBeNull());

it('is the same again when it is said as a moment', () => {
	expect(from(sayMoment(new Date('2026-11-28T10:15:30Z')))).toBe('2026-11-28T10:15:00.000Z');
});
