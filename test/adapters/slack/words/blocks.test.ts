/** The blocks of apps, in words: all of the kinds that Slack has, and those it has not yet. */

import { describe, expect, it } from 'vitest';
import { cell, mrkdwn, plain, read, richText, section, text } from './pieces.ts';

describe('blocks', () => {
	const button = (words: string, more = {}) => ({ type: 'button', action_id: 'a', text: plain(words), ...more });
	it.each([
		[
			'a section',
			{ type: 'section', text: mrkdwn('a &amp; b'), fields: [plain('c'), mrkdwn('<https://d.test|d>')], accessory: button('Go') },
			'a & b\nc\nd (https://d.test)\n[button: Go]',
		],
		['a header', { type: 'header', text: plain('Title :tada:') }, 'Title :tada:'],
		[
			'a context',
			{ type: 'context', elements: [{ type: 'image', image_url: 'https://a.test/x.png', alt_text: 'Bea' }, mrkdwn('by Bea')] },
			'[image: Bea] by Bea',
		],
		[
			'actions',
			{
				type: 'actions',
				elements: [
					button('Yes', { url: 'https://a.test' }),
					{ type: 'static_select', placeholder: plain('Pick'), options: [{ text: plain('A') }] },
				],
			},
			'[button: Yes, https://a.test]\n[choice: Pick]',
		],
		[
			'open options',
			{ type: 'actions', elements: [{ type: 'radio_buttons', options: [{ text: plain('A') }, { text: mrkdwn('B') }] }] },
			'[choice: A, B]',
		],
		[
			'thumbs of another app',
			{
				type: 'context_actions',
				elements: [{ type: 'feedback_buttons', positive_button: { text: plain('Good') }, negative_button: { text: plain('Bad') } }],
			},
			'[button: Good, Bad]',
		],
		[
			'an image',
			{ type: 'image', title: plain('Sales'), alt_text: 'a chart\nthat [falls]', image_url: 'https://a.test/x.png' },
			'[image: Sales – a chart that (falls)]',
		],
		[
			'a video',
			{
				type: 'video',
				title: plain('How to'),
				alt_text: 'x',
				author_name: 'Bea',
				provider_name: 'YouTube',
				description: plain('In two minutes'),
			},
			'[video: How to, Bea, YouTube]\nIn two minutes',
		],
		[
			'a remote file',
			{ type: 'file', source: 'remote', external_id: 'x', file: { name: 'plan.pdf', mimetype: 'application/pdf' } },
			'[file: plan.pdf]',
		],
		['a file by its id', { type: 'file', source: 'remote', external_id: 'x' }, '[file]'],
		['a call', { type: 'call', call_id: 'R1', call: { v1: { name: 'Stand-up' } } }, '[call: Stand-up]'],
		[
			'an input',
			{
				type: 'input',
				label: plain('Why?'),
				hint: plain('Be brief'),
				element: { type: 'plain_text_input', placeholder: plain('Because') },
			},
			'Why?\n[field: Because]\nBe brief',
		],
		['Markdown', { type: 'markdown', text: 'if a<b && c>d: **ask** <@U0BEA>' }, 'if a<b && c>d: **ask** @Bea'],
		[
			'a table',
			{
				type: 'table',
				rows: [
					[cell('Name'), cell('Days')],
					[richText(section(text('Bea\nRuiz'))), { type: 'raw_number', value: 23 }],
				],
			},
			'Name | Days\nBea Ruiz | 23',
		],
		['a data table', { type: 'data_table', caption: 'Leave', rows: [[cell('Bea')]] }, 'Leave\nBea'],
		['an alert', { type: 'alert', level: 'error', text: mrkdwn('Disk full') }, 'Disk full'],
		[
			'a card',
			{
				type: 'card',
				title: mrkdwn('T'),
				subtitle: mrkdwn('S'),
				body: mrkdwn('B'),
				hero_image: { type: 'image', alt_text: 'I' },
				actions: [button('Open')],
			},
			'T\nS\n[image: I]\nB\n[button: Open]',
		],
		[
			'a carousel',
			{
				type: 'carousel',
				elements: [
					{ type: 'card', title: mrkdwn('One') },
					{ type: 'card', body: mrkdwn('Two') },
				],
			},
			'One\nTwo',
		],
		[
			'a container',
			{
				type: 'container',
				title: plain('x'),
				rich_text_title: richText(section(text('Title'))),
				child_blocks: [{ type: 'section', text: mrkdwn('in') }],
			},
			'Title\nin',
		],
		[
			'a task',
			{
				type: 'task_card',
				task_id: '1',
				title: 'Search',
				status: 'complete',
				output: richText(section(text('found 3'))),
				sources: [{ type: 'url', url: 'https://a.test', text: 'A' }],
			},
			'Search\nfound 3\nA (https://a.test)',
		],
		['a plan', { type: 'plan', title: 'Plan', tasks: [{ type: 'task_card', title: 'One' }] }, 'Plan\nOne'],
		[
			'a shortcut',
			{ type: 'share_shortcut', title: 'Ask for leave', description: 'A form', button_label: 'Start' },
			'Ask for leave\nA form\nStart',
		],
		[
			'one that is made tomorrow',
			{ type: 'poll', title: plain('Lunch?'), elements: [{ type: 'poll_option', text: plain('Pizza') }] },
			'Lunch?\nPizza',
		],
		['one with nothing to read', { type: 'mood_ring', colour: 7, fallback: 'a mood' }, '[mood ring: a mood]'],
	])('are read: %s', (_name, block, said) => {
		expect(read({ bot_id: 'B1', blocks: [block] }).text).toBe(said);
	});
});
