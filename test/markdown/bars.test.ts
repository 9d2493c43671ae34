/** A chart of bars in a text: written, read back, and drawn by the platforms that draw charts. */

import { describe, expect, it } from 'vitest';
import { readBars, writeBars } from '#src/markdown/bars.ts';
import { checkBlocks } from '#test/emulators/slack/blocks.ts';
import { isCard } from '#test/emulators/teams/card-rules.ts';
import { toSlackMessage } from '../../adapters/slack/format.ts';
import { toActivity } from '../../adapters/teams/format.ts';

const bars = [
	{ label: 'Valencia', value: '400' },
	{ label: 'A Coruña 2', value: '199.5' },
	{ label: 'Vigo', value: '0' },
];
const chart = { title: 'unidades', bars };
const button = { label: 'Show SQL', action: { name: 'sql', replyId: 'r1' } } as const;
const message = (text: string) => ({ text, buttons: [button], replyId: 'r1' });
const drawn = (text: string) => {
	const { blocks } = toSlackMessage(message(text));
	checkBlocks(blocks);
	return blocks.filter(({ type }) => type === 'data_visualization');
};

it('is read as it was written', () => {
	expect(readBars(writeBars(chart))).toEqual(chart);
});

it.each([
	'```\nunidades\nValencia █ 4\n```',
	'```bars\nunidades\nValencia\n```',
	'```bars\nunidades\n```',
	'```bars\nunidades\nValencia █ 4',
	'text',
])('is nothing else: %j', (source) => {
	expect(readBars(source)).toBeNull();
});

describe('on Slack', () => {
	it('is drawn with all of its measures, between what stands around it', () => {
		const text = ['| a |\n| --- |\n| b |', writeBars(chart), writeBars({ title: 'pedidos', bars }), '> 3 rows'].join('\n\n');
		const { blocks } = toSlackMessage(message(text));
		checkBlocks(blocks);
		expect(blocks.map(({ type }) => type)).toEqual(['markdown', 'data_visualization', 'markdown', 'actions']);
		expect(blocks[0]).toMatchObject({ text: '| a |\n| --- |\n| b |' });
		expect(blocks[1]).toMatchObject({
			title: 'unidades, pedidos',
			chart: {
				type: 'bar',
				series: [{ name: 'unidades', data: [{ label: 'Valencia', value: 400 }, { value: 199.5 }, { value: 0 }] }, { name: 'pedidos' }],
				axis_config: { categories: ['Valencia', 'A Coruña 2', 'Vigo'] },
			},
		});
		expect(blocks[2]).toMatchObject({ text: '> 3 rows' });
	});

	it.each([
		[
			'too many bars',
			writeBars({ title: 'u', bars: Array.from({ length: 21 }, (_nothing, index) => ({ label: `c${index}`, value: '1' })) }),
		],
		['a label that is too long', writeBars({ title: 'a measure with a long name', bars })],
		['two labels that are the same', writeBars({ title: 'u', bars: [...bars, { label: 'Vigo', value: '3' }] })],
		['words between two', `${writeBars(chart)}\n\nand\n\n${writeBars({ ...chart, title: 'x' })}`],
		['other categories', `${writeBars(chart)}\n\n${writeBars({ title: 'x', bars: bars.slice(1) })}`],
	])('stays in characters with %s', (_why, text) => {
		expect(drawn(text)).toEqual([]);
		expect(toSlackMessage(message(text)).blocks[0]).toEqual({ type: 'markdown', text });
	});
});

it('is drawn in cards of Teams, with its characters for clients that draw none', () => {
	const text = `Chart: units by city.\n\n${writeBars(chart)}\n\n${writeBars({ title: 'pedidos', bars })}\n\n> 3 rows`;
	const [attachment] = toActivity(message(text))['attachments'] as { content: { body: Record<string, unknown>[] } }[];
	expect(isCard(attachment?.content)).toBe(true);
	expect(attachment?.content.body.map(({ type }) => type)).toEqual([
		'TextBlock',
		'Chart.HorizontalBar',
		'Chart.HorizontalBar',
		'Container',
	]);
	expect(attachment?.content.body[1]).toMatchObject({
		title: 'unidades',
		data: [
			{ x: 'Valencia', y: 400 },
			{ x: 'A Coruña 2', y: 199.5 },
			{ x: 'Vigo', y: 0 },
		],
		fallback: { type: 'CodeBlock', codeSnippet: expect.stringContaining('█') },
	});
});
