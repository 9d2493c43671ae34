import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftOut, parseBody, withoutSpared } from '../../../adapters/slack/readable-body.ts';

const spare = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(spare);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => {
			const isSpared = (name === 'blocks' || name === 'attachments') && typeof field === 'object';
			return [name, isSpared ? leftOut : spare(field)];
		}),
	);
};

describe('a body', () => {
	const cells = (rows: number, columns: number, cell: object) => Array.from({ length: rows }, () => Array(columns).fill(cell));
	const text = (words: string) => ({ type: 'text', text: words });
	const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
	const list = {
		type: 'rich_text',
		elements: [{ type: 'rich_text_list', style: 'bullet', elements: Array(300).fill(section(text('item'))) }],
	};
	const sections = Array.from({ length: 49 }, (_, index) => ({ type: 'section', text: { type: 'mrkdwn', text: `part ${index}` } }));
	const table = { type: 'table', rows: cells(100, 20, { type: 'raw_text', text: '7' }) };
	const edit = (blocks: unknown[]) => ({ event: { message: { text: 'x', blocks }, previous_message: { text: 'y', blocks } } });

	it.each([
		['a long list, edited', edit([list])],
		['a table as big as Slack takes, below 49 blocks', { event: { text: 'x', blocks: [...sections, table] } }],
		['a table as big as Slack takes, edited', edit([table])],
		[
			'a table of rich text',
			{ event: { text: 'x', blocks: [{ type: 'table', rows: cells(50, 20, { type: 'rich_text', elements: [section(text('7'))] }) }] } },
		],
	])('is read whole: %s', (_name, body) => {
		expect(parseBody(JSON.stringify(body))).toEqual(body);
	});

	it.each([
		['values', Array(20_001).fill(1)],
		['lists within each other', JSON.parse('['.repeat(200) + ']'.repeat(200))],
		['kinds of objects', Array.from({ length: 2_100 }, (_, index) => ({ [`name ${index}`]: 1 }))],
		['orders of names', Array.from({ length: 2_100 }, (_, index) => ({ [`a${index % 50}`]: 1, [`b${index % 49}`]: 1 }))],
	])('is read without its blocks when there are too many %s in them', (_name, blocks) => {
		expect(parseBody(JSON.stringify({ event: { text: 'hi', blocks, user: 'U1' } }))).toEqual({
			event: { text: 'hi', blocks: leftOut, user: 'U1' },
		});
	});

	it('is none when it is too big without them', () => {
		expect(parseBody(JSON.stringify({ event: { text: 'hi', files: Array(20_001).fill(1) } }))).toBeNull();
	});
});

describe('a body that is too big', () => {
	it('is the same body, with a note for blocks and attachments', () => {
		const name = fc.oneof(fc.constantFrom('blocks', 'attachments', 'x"blocks', '"blocks":[', '\\"blocks"', 'text', '['), fc.string());
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof({ maxDepth: 5 }, name, fc.integer(), fc.array(tie('tree')), fc.dictionary(name, tie('tree'))),
		}));
		fc.assert(
			fc.property(tree, (value) => {
				expect(JSON.parse(withoutSpared(JSON.stringify(value)))).toEqual(spare(value));
			}),
		);
	});

	it.each(['{"blocks":', '{"blocks":[', '{"blocks":["', '"blocks":]', '{"attachments":{"a":[}'])('is none if it was none: %j', (text) => {
		expect(() => JSON.parse(withoutSpared(text))).toThrow();
	});
});
