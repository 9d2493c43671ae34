import { expect, test } from 'vitest';
import { checkBlocks } from '#test/emulators/slack/blocks.ts';
import { SlackFailure } from '#test/emulators/slack/types.ts';
import { visibleText } from '#test/emulators/slack/visible-text.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (action_id: string, more = {}) => ({ type: 'button', action_id, text: plain('Press'), ...more });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const menu = (count: number, more = {}, type = 'static_select') => ({
	type: 'actions',
	elements: [{ type, action_id: 'm', options: many(count, (index) => ({ text: plain('x'), value: String(index), ...more })) }],
});
const many = <Item>(count: number, item: (index: number) => Item) => Array.from({ length: count }, (_, index) => item(index));

function verdict(blocks: unknown): string {
	try {
		checkBlocks(blocks);
		return 'ok';
	} catch (error) {
		return error instanceof SlackFailure ? error.error : String(error);
	}
}

test.each([
	['a list of 50 blocks', many(50, () => ({ type: 'divider' })), 'ok'],
	['51 blocks', many(51, () => ({ type: 'divider' })), 'invalid_blocks'],
	['Markdown of 50 blocks', [{ type: 'markdown', text: many(50, () => 'text').join('\n\n') }], 'ok'],
	['Markdown of 51 blocks', [{ type: 'markdown', text: many(51, () => 'text').join('\n\n') }], 'invalid_blocks'],
	[
		'Markdown of 50 blocks and one more',
		[{ type: 'markdown', text: many(25, () => '# a\n- b\n').join('\n') }, section('x')],
		'invalid_blocks',
	],
	['a Markdown table of 101 rows', [{ type: 'markdown', text: `| a |\n|---|\n${many(100, () => '| b |').join('\n')}` }], 'invalid_blocks'],
	['something that is no list', { type: 'divider' }, 'invalid_blocks_format'],
	['a menu of 100 options', [menu(100)], 'ok'],
	['a menu of 101 options', [menu(101)], 'invalid_blocks'],
	['a menu without options', [menu(0)], 'invalid_blocks'],
	['an option of 76 characters', [menu(1, { text: plain('x'.repeat(76)) })], 'invalid_blocks'],
	['an option with a value of 151 characters', [menu(1, { value: 'x'.repeat(151) })], 'invalid_blocks'],
	['an overflow of 6 options', [menu(6, {}, 'overflow')], 'invalid_blocks'],
	['an unknown type', [{ type: 'hologram' }], 'invalid_blocks'],
	['3,000 characters in a section', [section('x'.repeat(3_000))], 'ok'],
	['3,001 characters in a section', [section('x'.repeat(3_001))], 'invalid_blocks'],
	['an empty section', [section('')], 'invalid_blocks'],
	['11 fields', [{ type: 'section', fields: many(11, () => plain('x')) }], 'invalid_blocks'],
	['a header of 151 characters', [{ type: 'header', text: plain('x'.repeat(151)) }], 'invalid_blocks'],
	['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], 'invalid_blocks'],
	['12,000 characters of markdown in two blocks', many(2, () => ({ type: 'markdown', text: 'x'.repeat(6_000) })), 'ok'],
	['12,001 characters of markdown in two blocks', [section('x'), { type: 'markdown', text: 'x'.repeat(12_001) }], 'invalid_blocks'],
	['13,201 characters altogether', [...many(4, () => section('x'.repeat(3_000))), section('x'.repeat(1_201))], 'msg_blocks_too_long'],
	['25 buttons', [{ type: 'actions', elements: many(25, (index) => button(`b${index}`)) }], 'ok'],
	['26 buttons', [{ type: 'actions', elements: many(26, (index) => button(`b${index}`)) }], 'invalid_blocks'],
	['no button in actions', [{ type: 'actions', elements: [] }], 'invalid_blocks'],
	['the same action twice in a block', [{ type: 'actions', elements: [button('a'), button('a')] }], 'invalid_blocks'],
	['the same action in two blocks', many(2, () => ({ type: 'actions', elements: [button('a')] })), 'ok'],
	['the same block id twice', many(2, () => ({ type: 'divider', block_id: 'a' })), 'invalid_blocks'],
	['a label of 76 characters', [{ type: 'actions', elements: [button('a', { text: plain('x'.repeat(76)) })] }], 'invalid_blocks'],
	['a value of 2,001 characters', [{ type: 'actions', elements: [button('a', { value: 'x'.repeat(2_001) })] }], 'invalid_blocks'],
	['a style of its own', [{ type: 'actions', elements: [button('a', { style: 'loud' })] }], 'invalid_blocks'],
	[
		'six context actions',
		[
			{
				type: 'context_actions',
				elements: many(6, (index) => ({ type: 'icon_button', icon: 'trash', action_id: `i${index}`, text: plain('x') })),
			},
		],
		'invalid_blocks',
	],
	[
		'feedback without a half',
		[{ type: 'context_actions', elements: [{ type: 'feedback_buttons', action_id: 'f', positive_button: { text: plain('Good') } }] }],
		'invalid_blocks',
	],
	['a plain button in context actions', [{ type: 'context_actions', elements: [button('a')] }], 'invalid_blocks'],
	['two tables', many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })), 'invalid_blocks'],
	['21 cells in a row', [{ type: 'table', rows: [many(21, () => ({ type: 'raw_text', text: 'x' }))] }], 'invalid_blocks'],
	['11 context elements', [{ type: 'context', elements: many(11, () => plain('x')) }], 'invalid_blocks'],
])('%s', (_case, blocks, expected) => {
	expect(verdict(blocks)).toBe(expected);
});

test('a person reads the text of the blocks, not the plain text behind them', () => {
	const rich = {
		type: 'rich_text',
		elements: [
			{
				type: 'rich_text_section',
				elements: [
					{ type: 'text', text: 'see ' },
					{ type: 'link', url: 'https://a.example' },
				],
			},
		],
	};
	const blocks = [
		{ type: 'header', text: plain('Title') },
		{ type: 'markdown', text: '**bold**' },
		section('body'),
		rich,
		{ type: 'actions', elements: [button('a')] },
	];
	const message = { text: 'fallback', stream: undefined, deleted: false };
	expect(visibleText({ ...message, blocks })).toBe('Title\n**bold**\nbody\nsee https://a.example');
	expect(visibleText({ ...message, blocks: [] })).toBe('fallback');
});
