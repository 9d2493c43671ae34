/** Results of commands as Slack's blocks, and what does not fit into them. */

import { describe, expect, it } from 'vitest';
import type { CommandResult } from '#src/platform/command-result.ts';
import { toResultBlocks, toResultText } from '../../../adapters/slack/format.ts';

const text = (shown: string) => ({ type: 'mrkdwn', text: shown, verbatim: true });
const rows = (count: number, value = '1'): CommandResult[number] => ({
	rows: Array.from({ length: count }, (_unused, index) => [`row ${index}`, value] as const),
});

describe('a result in blocks', () => {
	it('has its sentences and lists in order, and ten fields a section', () => {
		const blocks = toResultBlocks(['First', '', { list: ['a', 'b'] }, rows(12), '', 'Last']);
		expect(blocks).toHaveLength(4);
		expect(blocks?.[0]).toEqual({ type: 'section', text: text('First\n\n• a\n• b') });
		expect(blocks?.[1]?.['fields']).toHaveLength(10);
		expect(blocks?.[2]).toEqual({ type: 'section', fields: [text('*row 10*\n1'), text('*row 11*\n1')] });
		expect(blocks?.[3]).toEqual({ type: 'section', text: text('Last') });
	});

	it('has a field for each row of a table, with what its cells are', () => {
		const told: CommandResult = [{ columns: ['role', 'rank', 'limits'], table: [['<!here>', '1', '']] }];
		expect(toResultBlocks(told)).toEqual([{ type: 'section', fields: [text('*&lt;!here&gt;*\nrank 1')] }]);
		expect(toResultText(told)).toBe('• *&lt;!here&gt;*: rank 1');
	});

	it('has the chart of a table behind it, where Slack takes it', () => {
		const chart = { title: 'answers', bars: ['a', 'b'].map((label, at) => ({ label, value: String(at + 1) })) };
		const table = { columns: ['who', 'answers'], table: [['a', '1']] };
		const blocks = toResultBlocks([{ ...table, chart }]);
		expect(blocks?.map(({ type }) => type)).toEqual(['section', 'data_visualization']);
		expect(blocks?.[1]).toMatchObject({ chart: { type: 'bar', series: [{ name: 'answers', data: [{ label: 'a', value: 1 }, {}] }] } });
		const tooLong = { ...chart, bars: [{ label: 'x'.repeat(21), value: '1' }] };
		expect(toResultBlocks([{ ...table, chart: tooLong }])?.map(({ type }) => type)).toEqual(['section']);
	});

	it.each<[string, CommandResult]>([
		['nothing but sentences and lists', ['a', { list: ['b'] }]],
		['a field that is too long', [rows(1, 'x'.repeat(2_000))]],
		['a text that is too long', ['x'.repeat(3_001), rows(1)]],
		['too many sections', [rows(501)]],
		['too much in all', [rows(8, 'x'.repeat(1_700))]],
	])('is none for %s', (_what, told) => expect(toResultBlocks(told)).toBeNull());
});
