import { expect, it } from 'vitest';
import type { NamedQuestion } from '#src/connectors/catalogue/catalogue-file.ts';
import { fillQuestion, parameterNamesIn } from '#src/connectors/catalogue/named-question.ts';

function question(sql: string, types: Record<string, NamedQuestion['parameters'][string]['type']>): NamedQuestion {
	const parameters = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
	return { description: { es: 'x', en: 'x' }, phrases: { es: ['x'], en: ['x'] }, parameters, sql };
}

it('finds parameters, and nothing else that has a colon', () => {
	expect(parameterNamesIn(`select ':no', ":no", x::text, :one -- :no\n from t where y = :two`)).toEqual(['one', 'two']);
});

it('puts values in as literals of their type', () => {
	const asked = question('select :n, :s, :d, :b', { n: 'decimal', s: 'text', d: 'date', b: 'boolean' });
	const filled = fillQuestion(asked, { n: '-1.50', s: "L'Horta; drop table x --", d: '2026-03-01', b: 'true' });
	expect(filled).toBe("select -1.50, 'L''Horta; drop table x --', date '2026-03-01', true");
});

it.each([
	['integer', '1; drop table x'],
	['date', '2026-03-01 or true'],
	['decimal', '1e9'],
	['boolean', 'yes'],
	['text', 'a\\'],
] as const)('takes for %s no “%s”', (type, value) => {
	expect(() => fillQuestion(question('select :v', { v: type }), { v: value })).toThrow(
		expect.objectContaining({ code: 'CONFLICT', reason: 'v' }),
	);
});

it('says which value is not there', () => {
	expect(() => fillQuestion(question('select :v', { v: 'text' }), {})).toThrow(expect.objectContaining({ code: 'NOT_FOUND', reason: 'v' }));
});
