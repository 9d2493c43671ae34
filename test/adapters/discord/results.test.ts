/** Results of commands as Discord's embeds, and what does not fit into them. */

import { describe, expect, it } from 'vitest';
import type { CommandResult } from '#src/platform/command-result.ts';
import { toResultEmbeds } from '../../../adapters/discord/format.ts';

const rows = (count: number, value = '1', name = 'row'): CommandResult[number] => ({
	rows: Array.from({ length: count }, (_unused, index) => [`${name} ${index}`, value] as const),
});

describe('a result in embeds', () => {
	it('has its sentences above the fields that follow them, short ones side by side', () => {
		const told: CommandResult = [
			'First',
			{ list: ['a'] },
			{ rows: [['use', '1'] as const, ['about', 'x'.repeat(41)] as const] },
			'',
			'Last',
		];
		const fields = [
			{ name: 'use', value: '1', inline: true },
			{ name: 'about', value: 'x'.repeat(41), inline: false },
		];
		expect(toResultEmbeds(told)).toEqual([{ description: 'First\n• a', fields }, { description: 'Last' }]);
	});

	it('has a field for each row of a table, with what its cells are, and nothing in it is a mark', () => {
		const told: CommandResult = [
			{
				columns: ['role', 'rank', 'limits'],
				table: [
					['*lead*', '1', ''],
					['@everyone', '2', '[a](b)'],
				],
			},
		];
		expect(toResultEmbeds(told)).toMatchObject([
			{
				fields: [
					{ name: '\\*lead\\*', value: 'rank 1' },
					{ name: '@\u200beveryone', value: 'rank 2\nlimits \\[a](b)' },
				],
			},
		]);
	});

	it.each<[string, CommandResult]>([
		['nothing but sentences and lists', ['a', { list: ['b'] }]],
		['too many fields', [rows(26)]],
		['a name that is too long', [rows(1, '1', 'x'.repeat(255))]],
		['a value that is too long', [rows(1, 'x'.repeat(1_025))]],
		['a name without a value', [rows(1, ' ')]],
		['a text that is too long', ['x'.repeat(4_097), rows(1)]],
		['too much in all', [rows(6, 'x'.repeat(1_000))]],
		['too many embeds', Array.from({ length: 11 }, (_unused, index) => [`Text ${index}`, rows(1)]).flat()],
	])('are none for %s', (_what, told) => expect(toResultEmbeds(told)).toBeNull());
});
