import { describe, expect, it } from 'vitest';
import { type SilenceReason, type Spoken, silenceFor } from '#src/rules/hearing.ts';
import { type PlaceRules, readRules, rulesOf, standardRules } from '#src/rules/place-rules.ts';
import { clockTime, isQuiet, minuteOfDay } from '#src/rules/quiet-hours.ts';

const mention: Spoken = { addressedBy: 'mention', isMuted: false };
const reply: Spoken = { addressedBy: 'thread', isMuted: false };
const talk: Spoken = { ...reply, addressedBy: 'talk' };
const direct: Spoken = { ...mention, addressedBy: 'direct' };
/** 23:30 in Madrid. */
const night = new Date('2026-12-01T22:30:00Z');
const quiet = { from: 22 * 60, to: 7 * 60, zone: 'Europe/Madrid' };

describe('what is said in a place', () => {
	it.each<[string, Spoken, Partial<PlaceRules>, SilenceReason | null]>([
		['a mention', mention, {}, null],
		['a reply in a thread', reply, {}, null],
		['talk outside threads', talk, {}, 'not-addressed'],
		['talk where all is answered', talk, { mode: 'all' }, null],
		['a mention where nothing is answered', mention, { mode: 'off' }, 'channel-off'],
		['a reply where nothing is answered', reply, { mode: 'off' }, 'channel-off'],
		['a reply where mentions are answered', reply, { mode: 'mention' }, 'channel-mentions'],
		['a mention where mentions are answered', mention, { mode: 'mention' }, null],
		['a reply in a muted thread', { ...reply, isMuted: true }, {}, 'thread-muted'],
		['a reply in a muted thread where all is answered', { ...reply, isMuted: true }, { mode: 'all' }, 'thread-muted'],
		['a mention in a muted thread', { ...mention, isMuted: true }, {}, null],
		['a mention in quiet hours', mention, { quiet }, 'channel-quiet'],
		['a reply in quiet hours', reply, { quiet }, 'channel-quiet'],
		['a direct message in quiet hours', direct, { quiet, mode: 'off' }, null],
	])('%s', (_what, said, held, reason) => {
		expect(silenceFor(said, { ...standardRules, ...held }, night, 'UTC')).toBe(reason);
	});
});

describe('quiet hours', () => {
	it('go past midnight where they end before they begin, by the clock of their zone or of the installation', () => {
		expect(isQuiet(quiet, night, 'UTC')).toBe(true);
		expect(isQuiet({ ...quiet, zone: 'America/New_York' }, night, 'UTC')).toBe(false);
		expect(isQuiet({ ...quiet, zone: null }, night, 'Europe/Madrid')).toBe(true);
		expect(isQuiet({ from: 540, to: 600, zone: 'UTC' }, new Date('2026-12-01T09:59:59Z'), 'UTC')).toBe(true);
		expect(isQuiet({ from: 540, to: 600, zone: 'UTC' }, new Date('2026-12-01T10:00:00Z'), 'UTC')).toBe(false);
	});

	it.each<[string, number | null]>([
		['7', 420],
		['07:30', 450],
		['23:59', 1_439],
		['24:00', null],
		['7:60', null],
		['7:5', null],
		['', null],
		['noon', null],
	])('read %s', (typed, minute) => {
		expect(minuteOfDay(typed)).toBe(minute);
		if (minute !== null) expect(minuteOfDay(clockTime(minute))).toBe(minute);
	});
});

describe('what was decided', () => {
	it('is read as far as it has a meaning', () => {
		expect(readRules({ mode: 'mention', keepDays: 0, quiet: { from: 1 }, tokensPerDay: null, later: 1 })).toEqual({
			mode: 'mention',
			tokensPerDay: null,
		});
		for (const broken of [null, 'text', 3, []]) expect(readRules(broken)).toEqual({});
	});

	it('for a channel goes before what was decided for its tenant', () => {
		expect(rulesOf({ quiet: null }, { quiet, keepDays: 30 })).toEqual({ ...standardRules, quiet: null, keepDays: 30 });
	});
});
