/** The net alone: what the last reading makes of text that nobody has checked before. */

import { describe, expect, it } from 'vitest';
import { toBluntText, toInertText } from '#src/markdown/inert-text.ts';
import type { LastReading } from '#src/markdown/last-reading.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { lastReading as discordReading } from '../../adapters/discord/format/last-reading.ts';
import { lastReading as slackReading } from '../../adapters/slack/format/last-reading.ts';
import { lastCardReading, lastTextReading } from '../../adapters/teams/format/last-reading.ts';
import { makeHonestText } from './grammar/honest-text.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, type Random, seedOf } from './random.ts';
import { readSurface } from './readers/surfaces.ts';
import type { SurfaceKind } from './sent/surface.ts';

const seed = 20_261_130;
/** Half a second for each platform. */
const texts = 600;

/** The longest message that any platform takes, but Discord's. */
const characters = 9_000;
/** Before brackets and regular expressions were bounded, the slowest of these took seconds. */
const mostMs = 500;

const readings: [SurfaceKind, LastReading][] = [
	['slack-markdown', slackReading],
	['teams-text', lastTextReading],
	['card-text', lastCardReading],
	['discord-content', discordReading],
];

function makeTexts(make: (random: Random) => string): string[] {
	return Array.from({ length: texts }, (_unused, index) => make(createRandom(seedOf(seed, index))));
}

describe.each(readings)('the last reading of %s', (kind, reading) => {
	it('leaves nothing alive in text that was never checked', () => {
		const failures = makeTexts(makeHostileText).flatMap((text) => {
			const clean = reading.makeClean(text);
			const [finding] = readSurface({ kind, text: clean }, true);
			return finding === undefined ? [] : [{ text, clean, finding }];
		});
		expect(failures.slice(0, 3)).toEqual([]);
	});

	it.each(['[[ ](\t<https://evil.example/a(b)c>)]()', '[[a](https://good.example\t)](steam:x)', '[![a](b\t"c")](//evil.example)'])(
		'knows readers to whom a tab within a link is no blank: %j',
		(text) => {
			expect(readSurface({ kind, text: reading.makeClean(text) }, true)).toEqual([]);
		},
	);

	it('finds nothing in what it made, nor in text that is inert', () => {
		for (const text of makeTexts(makeHostileText)) {
			for (const made of [reading.makeClean(text), reading.makeClean(text, text.length), toInertText(text), toBluntText(text)]) {
				expect(reading.isClean(made), JSON.stringify(text)).toBe(true);
			}
			expect(reading.makeClean(text, text.length).length).toBeLessThanOrEqual(text.length);
		}
	});

	it.each(['[', '![', '\\[', '[a][', '<![CDATA[', '<http://a.b>', '|a', '|a\n|-\n', '> ', '`', '[[a](b)'])(
		'takes no longer for what is repeated: %j',
		async (piece) => {
			const text = `${piece.repeat(characters / piece.length)}](a:b)<x>`;
			expect(await threadMs(() => reading.makeClean(text), mostMs)).toBeLessThan(mostMs);
		},
	);

	it('changes no ordinary text', () => {
		for (const text of makeTexts((random) => makeHonestText(random, true))) expect(reading.makeClean(text)).toBe(text);
	});
});

it('makes nothing of code on Discord, whose clients show all of it as it is', () => {
	expect(discordReading.makeClean('```\n[x](javascript:alert) <@1>\n```')).toBe('```\n[x](javascript:alert) <@1>\n```');
});
