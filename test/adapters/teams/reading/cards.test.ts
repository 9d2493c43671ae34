/** What the adapter reads on the cards of apps. */

import { describe, expect, it } from 'vitest';
import { cardType, html, type Json, read, replyHtml } from './messages.ts';

const readCard = (content: unknown, name = 'adaptive') => read({ attachments: [{ contentType: cardType(name), content }] });

describe('a card', () => {
	const shown = (text: string) => ({ text: '', cited: [{ kind: 'shown', author: null, writtenAt: null, text }] });

	it('that is adaptive is read as people see it', () => {
		const body = [
			{ type: 'TextBlock', text: 'Build 412 failed at {{TIME(2026-11-30T08:00:00Z)}}' },
			{ type: 'RichTextBlock', inlines: ['on ', { type: 'TextRun', text: 'main' }] },
			{
				type: 'FactSet',
				facts: [
					{ title: 'Branch:', value: 'main' },
					{ title: 'Tests', value: '3' },
				],
			},
			{
				type: 'ColumnSet',
				columns: [{ items: [{ type: 'TextBlock', text: 'left' }] }, { items: [] }, { items: [{ type: 'TextBlock', text: 'right' }] }],
			},
			{
				type: 'Table',
				columns: [{ width: 1 }],
				rows: [{ type: 'TableRow', cells: ['a', 'b'].map((text) => ({ type: 'TableCell', items: [{ type: 'TextBlock', text }] })) }],
			},
			{ type: 'Image', url: 'https://x.test/a.png', altText: 'a graph' },
			{ type: 'Container', items: [{ type: 'CodeBlock', codeSnippet: 'exit 1', language: 'Bash' }], isVisible: true },
			{ type: 'TextBlock', text: 'nobody sees this', isVisible: false },
			{ type: 'Input.Text', label: 'Why?', placeholder: 'a reason', id: 'hidden' },
		];
		const actions = [
			{ type: 'Action.OpenUrl', title: 'Open', url: 'https://x.test' },
			{ type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'within' }] } },
			{ type: 'Action.Submit', data: { secret: 'hidden' } },
		];
		const text = [
			'Build 412 failed at 2026-11-30T08:00:00Z\non main\nBranch: main\nTests: 3\nleft | right\na | b\n[image: a graph]\nexit 1\nWhy?\na reason',
			'[button: Open]\n[button: More]\nwithin',
		].join('\n');
		expect(readCard({ type: 'AdaptiveCard', body, actions })).toEqual(shown(text));
		expect(readCard(JSON.stringify({ type: 'AdaptiveCard', body, actions }))).toEqual(shown(text));
	});

	it('that is a poll of a hundred choices tells all of them', () => {
		const choices = Array.from({ length: 100 }, (_, index) => ({ title: `Day number ${index}`, value: `${index}` }));
		const [poll] = readCard({ body: [{ type: 'Input.ChoiceSet', label: 'Which day?', choices }] }).cited ?? [];
		expect(poll?.text.split('\n')).toEqual(['Which day?', ...choices.map(({ title }) => `- ${title}`)]);
	});

	it.each<[name: string, content: Json, text: string]>([
		[
			'hero',
			{
				title: 'Trip',
				subtitle: 'to Lisbon',
				text: 'on <b>Monday</b> &amp; back',
				images: [{ url: 'x', alt: 'a tram' }],
				buttons: [{ type: 'openUrl', title: 'Book', value: 'https://x.test' }],
			},
			'Trip\nto Lisbon\non Monday & back\n[image: a tram]\n[button: Book]',
		],
		['thumbnail', { title: 'The plan', text: 'a link preview' }, 'The plan\na link preview'],
		[
			'receipt',
			{ title: 'Order', facts: [{ key: 'No', value: '7' }], items: [{ title: 'Pen', price: '2', quantity: '3' }], total: '6' },
			'Order\ntotal: 6\nNo: 7\nPen\nprice: 2\nquantity: 3',
		],
		['video', { title: 'Demo', media: [{ url: 'https://x.test' }] }, 'Demo'],
	])('of the kind %s is read', (name, content, text) => {
		expect(readCard(content, name)).toEqual(shown(text));
	});

	it.each<[name: string, content: Json, text: string]>([
		[
			'list',
			{ title: 'Files', items: [{ type: 'file', title: 'plan.docx', subtitle: 'Sales' }], buttons: [{ title: 'All' }] },
			'Files\nplan.docx\nSales\n[button: All]',
		],
		[
			'o365connector',
			{
				summary: 'Build failed',
				title: 'Build failed',
				sections: [{ activityTitle: 'by Bea', activityText: 'db-1', facts: [{ name: 'Env', value: 'prod' }] }],
				potentialAction: [
					{
						'@type': 'ActionCard',
						name: 'Comment',
						inputs: [{ '@type': 'MultichoiceInput', title: 'Level', choices: [{ display: 'High', value: '1' }] }],
						actions: [{ name: 'Send' }],
					},
				],
			},
			'Build failed\nby Bea\ndb-1\nEnv: prod\n[button: Comment]\nLevel\n- High\n[button: Send]',
		],
	])('of Teams’ own kind %s is read', (name, content, text) => {
		expect(read({ attachments: [{ contentType: `application/vnd.microsoft.teams.card.${name}`, content }] })).toEqual(shown(text));
	});

	it('stands where its tag is, and is no word of whoever shares it', () => {
		const attachments = [
			{ id: 'c1', contentType: cardType('adaptive'), content: { body: [{ type: 'TextBlock', text: 'an alert' }] } },
			html(`<p>what is this?</p><attachment id="c1"></attachment>${replyHtml('')}`),
		];
		expect(read({ attachments })).toMatchObject({
			text: 'what is this?',
			cited: [{ kind: 'shown', text: 'an alert' }, { kind: 'quoted' }],
		});
	});

	it.each([
		['fluidEmbedCard', { componentUrl: 'x' }, null, '[Loop component]'],
		['codesnippet', '{"name":"retry.ts","language":"TypeScript"}', null, '[code snippet: retry.ts]'],
		['announcement', { title: 'New office', subtitle: 'in Porto' }, null, 'New office\nin Porto'],
		['adaptive', { body: [] }, 'Weather', '[card: Weather]'],
		['adaptive', '{"body":', null, '[card]'],
	])('or a thing of the kind %s without words is named', (kind, content, name, text) => {
		expect(read({ attachments: [{ contentType: cardType(kind), content, name }] })).toEqual({ text });
	});

	it('or a thing of an unknown kind is named', () => {
		expect(read({ attachments: [{ contentType: 'audio/mp4', name: 'note.m4a' }, { contentType: 'x/y' }, {}] }).text).toBe(
			'[audio: note.m4a]\n[attachment]',
		);
	});
});
