import { describe, expect, it } from 'vitest';
import { type LimitRefusal, refusalSentence } from '#src/limits/refusal.ts';
import { english } from '#src/locales/english.ts';
import { duration, mebibytes } from '#src/locales/limits/amounts.ts';
import { spanish } from '#src/locales/spanish.ts';

const mebibyte = 1_024 * 1_024;

it.each<[LimitRefusal, RegExp, RegExp]>([
	[{ limit: 'requestsPerMinute', allowed: 20, backInMs: 35_000 }, /20 questions.* none .*35 s\./, /20 preguntas.* ninguna.* 35 s\./],
	[{ limit: 'requestsPerMinute', allowed: 1, backInMs: 35_000 }, /1 question a minute/, /1 pregunta por minuto/],
	[{ limit: 'requestsPerMinute', allowed: 0, backInMs: null }, /0 questions.*administrator/, /0 preguntas.*administrador/],
	[{ limit: 'tokensPerDay', allowed: 500_000, backInMs: 10_800_000 }, /500,000 tokens.* 3 h\./, /500\.000 tokens.* 3 h\./],
	[{ limit: 'tokensPerDay', allowed: 0, backInMs: null }, /0 tokens.*administrator/, /0 tokens.*administrador/],
	[{ limit: 'messageCharacters', allowed: 4_000, size: 5_001 }, /5,001 characters.* 4,000/, /5\.001 caracteres.* 4\.000/],
	[{ limit: 'models', wanted: 'big', allowed: ['a', 'b'] }, /“big”; yours are: a, b\./, /«big»; los tuyos son: a, b\./],
	[{ limit: 'models', wanted: 'big', allowed: [] }, /“big”\./, /«big»\./],
])('%j is said with its limit, what is left and when it is back', (refusal, inEnglish, inSpanish) => {
	expect(refusalSentence(refusal, english)).toMatch(inEnglish);
	expect(refusalSentence(refusal, spanish)).toMatch(inSpanish);
});

describe('amounts', () => {
	it.each([
		[1, '1 s'],
		[34_001, '35 s'],
		[59_000, '59 s'],
		[59_001, '1 min'],
		[60_001, '2 min'],
		[3_540_001, '1 h'],
		[3_600_001, '1 h 1 min'],
		[86_400_000, '24 h'],
	])('%i ms is %s', (durationMs, text) => expect(duration(durationMs)).toBe(text));

	it('a file that is too large by a byte looks larger than the limit', () => {
		expect([mebibytes(25 * mebibyte + 1, 'en'), mebibytes(25 * mebibyte, 'en', 'limit')]).toEqual(['25.1 MiB', '25 MiB']);
	});
});
