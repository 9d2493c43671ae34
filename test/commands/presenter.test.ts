import { describe, expect, it } from 'vitest';
import { fitting } from '#src/commands/presenter.ts';
import { english } from '#src/locales/english.ts';
import type { CommandResult } from '#src/platform/command-result.ts';
import { resultText } from '#src/platform/result-text.ts';

const { cut } = english.command;
const within = (characters: number) => ({ words: english, characters });
const asFitting = (result: CommandResult, page: ReturnType<typeof within>) => resultText(fitting(result, page));

describe('a result as text', () => {
	it('has a line for each sentence, row and entry', () => {
		const result = ['First.', '', 'These:', { rows: [['one', '1'] as const, ['two', '2'] as const] }, { list: ['a', 'b'] }, { list: [] }];
		expect(resultText(result)).toBe('First.\n\nThese:\n• one: 1\n• two: 2\n• a\n• b');
	});

	it('says of each row of a table what its cells are, but for empty ones', () => {
		const table = [
			['lead', '1', ''],
			['boss', '2', '3 a day'],
		];
		expect(resultText([{ columns: ['role', 'rank', 'limit'], table }])).toBe('• lead: rank 1\n• boss: rank 2, limit 3 a day');
	});

	it('stays in its parts when lines are left out', () => {
		const columns = ['role', 'rank'];
		const table = { columns, table: Array.from({ length: 9 }, (_, index) => [`role ${index}`, '1']) };
		const rows = { rows: [['one', '1'] as const, ['two', '2'] as const] };
		const shown = fitting([rows, { list: ['a', 'b'] }, table], within(140));
		expect(shown).toEqual([rows, { list: ['a', 'b'] }, { columns, table: table.table.slice(0, 5) }, cut(9, 13)]);
	});

	it('lets the names of rows stand out, in marks that nothing within it can forge', () => {
		const marks = { escape: (text: string) => text.replaceAll('*', '\\*'), strong: (text: string) => `*${text}*` };
		expect(resultText(['a*', { rows: [['b*', 'c*'] as const] }, { list: ['d*'] }], marks)).toBe('a\\*\n• *b\\**: c\\*\n• d\\*');
	});

	it('stays as it is when all of it fits', () => {
		const result = ['Heading', { list: ['a', 'b'], keepsNewest: true }];
		expect(asFitting(result, within(100))).toBe(resultText(result));
	});

	it('loses the lines that do not fit, and says how many are shown', () => {
		const text = asFitting([{ list: Array.from({ length: 30 }, (_, index) => `entry ${index}`) }], within(100));
		expect(text.length).toBeLessThanOrEqual(100);
		expect(text.split('\n')[0]).toBe('• entry 0');
		expect(text.split('\n').at(-1)).toBe(cut(text.split('\n').length - 1, 30));
	});

	it('loses the oldest where the newest count, and shortens what is long', () => {
		const list = Array.from({ length: 30 }, (_, index) => `entry ${index} ${'word '.repeat(100)}`);
		const text = asFitting(['Heading', { list, keepsNewest: true }], within(1_000));
		const [heading, note, ...entries] = text.split('\n');
		expect(text.length).toBeLessThanOrEqual(1_000);
		expect(heading).toBe('Heading');
		expect(note).toBe(cut(entries.length, 30));
		expect(entries.at(-1)).toMatch(/^• entry 29 .*…$/);
	});
});
