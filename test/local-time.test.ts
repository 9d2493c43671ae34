import { expect, it } from 'vitest';
import { isTimeZone, localTime } from '#src/local-time.ts';

it.each([
	['2030-05-03T23:30:00Z', 'Asia/Tokyo', { at: '2030-05-04 08:30', weekday: 'Saturday' }],
	['2030-05-05T03:00:00Z', 'America/Los_Angeles', { at: '2030-05-04 20:00', weekday: 'Saturday' }],
	['2030-12-31T23:59:59Z', 'Europe/Madrid', { at: '2031-01-01 00:59', weekday: 'Wednesday' }],
	['2030-05-04T00:00:00Z', 'UTC', { at: '2030-05-04 00:00', weekday: 'Saturday' }],
	['2030-05-04T00:00:00Z', 'Nowhere/At all', { at: '2030-05-04 00:00', weekday: 'Saturday' }],
])('at %s in %s it is %j', (time, zone, expected) => {
	expect(localTime(new Date(time), zone)).toEqual(expected);
});

it.each(['Europe/Madrid', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is a time zone', (name) => {
	expect(isTimeZone(name)).toBe(true);
});

it.each(['', 'W. Europe Standard Time', '../etc/passwd', 'Madrid'])('%j is none', (name) => {
	expect(isTimeZone(name)).toBe(false);
});
