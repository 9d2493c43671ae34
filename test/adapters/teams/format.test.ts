/** Teams' formats: what the bot sends is safe, grows only at its end, and reads back as what it meant. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyText } from '#src/delivery/reply-text.ts';
import type { Block } from '#src/markdown/block.ts';
import type { Button } from '#src/platform/chat-platform.ts';
import type { Source } from '#src/platform/source.ts';
import { listed } from '#test/fakes/sources.ts';
import { readTableCells } from '../../../adapters/teams/format/tables.ts';
import {
	escapePlain,
	parseButton,
	readText,
	renderBlock,
	toActivity,
	toPassageText,
	toStreamEnd,
	toWireText,
} from '../../../adapters/teams/format.ts';

function block(kind: Block['kind'], source: string, isComplete = true): Block {
	return { kind, source, language: '', isComplete };
}

function cardOf(activity: Record<string, unknown>): { body: Record<string, unknown>[]; actions: Record<string, unknown>[] } {
	const [attachment] = activity['attachments'] as { content: never }[];
	return attachment?.content as never;
}

const table = '| Name | Days |\n|---|---|\n| **Ana** | 23 |\n| [Bo](https://b.example) | 7 |';

describe('renderBlock', () => {
	it.each([
		[block('heading', '## Title'), '**Title**'],
		[block('heading', '# A **bold** `x<y>` &c ##'), '**A bold `x<y>` &amp;c**'],
		[block('heading', 'Title\n====='), '**Title**'],
		[block('heading', '##'), ''],
		[block('paragraph', 'one\ntwo  \n   three'), 'one\n\ntwo\n\nthree'],
		[block('paragraph', 'one\n\t~~~\n    ``` js'), 'one\n\n\u200b~~~\n\n\u200b``` js'],
		[block('paragraph', 'a < b && c &lt; d'), 'a &lt; b &amp;&amp; c &lt; d'],
		[block('paragraph', 'use `a < b`\nor <https://a.example/?x=1&y=2>'), 'use `a < b`\n\nor https://a.example/?x=1&amp;y=2'],
		[block('paragraph', '[a <b>](https://a.example/?x=1&y=2)'), '[a &lt;b>](https://a.example/?x=1&y=2)'],
		[block('paragraph', '![cat](https://a.example/cat.png)'), '[cat](https://a.example/cat.png)'],
		[block('paragraph', 'a `code\nspan` b'), 'a `code span` b'],
		[block('list', '- a\n  1. <b>'), '- a\n  1. &lt;b>'],
		[block('quote', '> said'), '> said'],
		[block('code', '```html\n<!DOCTYPE html> &amp;\n```'), '```html\n<!DOCTYPE html> &amp;\n```'],
		[block('table', table), table],
		[block('rule', '---'), '---'],
	])('gives what Teams shows: %j', (given, expected) => {
		expect(renderBlock(given)).toBe(expected);
	});

	it.each([
		['[good.com](<https://evil.example/>x)', '[good.com]\u200b(https://evil.example/\u200bx)'],
		['![i](<https://evil.example/i.png>x)', '!\u200b[i]\u200b(https://evil.example/i.png\u200bx)'],
		['[good.com](<https://evil.example/)>)', '[good.com](https://evil.example/%29) (evil.example)'],
		['<https://good.com>@evil.example', 'https://good.com\u200b%40evil.example'],
		['# ```![i](https://evil.example/i.png)', '**```[i](https://evil.example/i.png)**'],
	])('unwraps nothing into a link or an image that was not checked: %j', (source, expected) => {
		expect(toWireText(renderBlock(block(source.startsWith('#') ? 'heading' : 'paragraph', source)))).toBe(expected);
	});

	it('lets no link live in a card that was code, or written with references', () => {
		const stop: Button['action'] = { name: 'stop', replyId: 'r1' };
		const text = '`[good.com](https://evil.example)` &lt;javascript:alert(1)>\n\n> &lt;a href="https://evil.example">';
		const { body } = cardOf(toActivity({ text, buttons: [{ label: 'Stop', action: stop }] }));
		expect(JSON.stringify(body)).not.toMatch(/\]\(|<[a-z]/);
	});

	it('says nothing of a heading or a table before it is whole', () => {
		expect(renderBlock(block('heading', '# Tit', false))).toBe('');
		expect(renderBlock(block('table', table, false))).toBe('');
	});

	it.each(['paragraph', 'heading', 'list', 'quote', 'table', 'code'] as const)('mentions nobody in a %s', (kind) => {
		const source = kind === 'code' ? '```\n<at>Ana</at>\n```' : '`<at>Ana</at>` <at>Ana</at> <AT id="0">Ana</AT>';
		const { text } = toActivity({ text: renderBlock(block(kind, source)), buttons: [] }) as { text: string };
		expect(text).not.toMatch(/<\/?at/i);
	});

	/** A table without a bar at its beginning, and an underlined heading, look like a paragraph until their second line. */
	const piece = fc.constantFrom(
		...[
			'# T\n',
			'\n\n',
			'word ',
			'**b** ',
			'`c < d` ',
			'| a | b |\n',
			'|---|---|\n',
			'- item\n',
			'> q\n',
			'```\n',
			'x<y ',
			'&amp; ',
			'&',
			'\n',
		],
		...['[l](https://a.example) ', '1. one\n', '<https://a.example> ', '*', '_', '~~'],
	);
	it('gives text that grows at its end only, while a model writes it', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const reply = createReplyText({ renderBlock, limit: 20_000, unit: 'utf16-units' });
				let shown = '';
				for (const delta of pieces) {
					reply.append(delta);
					const next = toWireText(reply.stableText());
					expect(next.startsWith(shown), JSON.stringify([shown, next])).toBe(true);
					shown = next;
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each(['\\&amp; a', '- ```\n  &amp; a\n  ```\n', '[](./a.md)\nb', 'a [b](./c.md)  \nd'])(
		'gives %j as it comes so that it grows at its end only',
		(source) => {
			const reply = createReplyText({ renderBlock, limit: 20_000, unit: 'utf16-units' });
			let shown = '';
			for (const character of source) {
				reply.append(character);
				const next = toWireText(reply.stableText());
				expect(next.startsWith(shown), JSON.stringify([shown, next])).toBe(true);
				shown = next;
			}
			reply.end();
			expect(toWireText(reply.messages()[0]?.text ?? '').startsWith(shown)).toBe(true);
		},
	);
});

describe('a table', () => {
	it('shows what is escaped, and code as it is', () => {
		const shown = toWireText('| A | B |\n|---|---|\n| \\_\\_init\\_\\_ | `__name__`, **bold** \\* |');
		expect(shown).toBe('```\nA        | B\n---------+-----------------\n__init__ | __name__, bold *\n```');
	});

	it('is drawn in a code block, its columns one below the other', () => {
		expect(toWireText(`before\n\n${table}\n\nafter`)).toBe(
			[
				'before',
				'',
				'```',
				'Name                   | Days',
				'-----------------------+-----',
				'Ana                    | 23',
				'Bo (https://b.example) | 7',
				'```',
				'',
				'after',
			].join('\n'),
		);
	});

	it('stays what it is inside a code block', () => {
		const code = '```\n| a | b |\n|---|---|\n```';
		expect(toWireText(code)).toBe(code);
	});

	it('keeps every cell, whatever is in it, and does not swell', () => {
		const cell = fc.string({ unit: fc.constantFrom('a', '🙂', '中', '`', '*', '<', '\\|', ' '), maxLength: 60 });
		const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(rows, (cells) => {
				const source = ['| h | i |', '|---|---|', ...cells.map((row) => `|${row.join('|')}|`)].join('\n');
				expect(readTableCells(source).slice(1)).toEqual(cells.map((row) => row.map((one) => one.trim().replaceAll('\\|', '|'))));
				expect(toWireText(source).length).toBeLessThanOrEqual(source.length * 3 + 100);
			}),
		);
	});

	it('is a table in a card', () => {
		const stop: Button['action'] = { name: 'stop', replyId: 'r1' };
		const { body } = cardOf(
			toActivity({ text: `Look:\n\n${table}\n\n\`\`\`ts\n1 < 2\n\`\`\`\n\n> a &lt; b`, buttons: [{ label: 'Stop', action: stop }] }),
		);
		expect(body).toMatchObject([
			{ type: 'TextBlock', text: 'Look:', wrap: true },
			{ type: 'Table', firstRowAsHeader: true, columns: [{}, {}], rows: [{}, { cells: [{ items: [{ text: '**Ana**' }] }, {}] }, {}] },
			{ type: 'CodeBlock', codeSnippet: '1 < 2', language: 'TypeScript' },
			{ type: 'Container', items: [{ type: 'TextBlock', text: 'a < b' }] },
		]);
	});
});

describe('a message', () => {
	it.each(['<at>x</at>', '<b>x</b>', '![x](https://evil.test)', '[bank.com](https://evil.test)', '[x](javascript:alert)'])(
		'holds nothing that lives, should it come so far: %j',
		(text) => {
			const stop = buttonsOf([{ name: 'stop', replyId: 'r1' }]);
			for (const buttons of [[], stop]) {
				const sent = JSON.stringify(toActivity({ text, buttons }));
				// A card shows tags as text.
				if (buttons.length === 0) expect(sent).not.toMatch(/<\/?(?:at|b)>/);
				expect(sent).not.toMatch(/!\[|\]\(javascript|bank\.com\]\([^)]*\)(?! \(evil)/);
			}
		},
	);

	const pair: Button['action'][] = [
		{ name: 'feedback', replyId: 'r1', rating: 'up' },
		{ name: 'feedback', replyId: 'r1', rating: 'down' },
	];
	const buttonsOf = (actions: Button['action'][]) => actions.map((action) => ({ label: action.name, action }));

	it('of a reply says that a model wrote it; one of ours does not', () => {
		expect(toActivity({ text: 'hi', buttons: [], replyId: 'r1' })).toEqual({
			type: 'message',
			textFormat: 'markdown',
			text: 'hi',
			entities: [
				{
					type: 'https://schema.org/Message',
					'@type': 'Message',
					'@context': 'https://schema.org',
					additionalType: ['AIGeneratedContent'],
				},
			],
		});
		expect(toActivity({ text: 'hi', buttons: [] })).toEqual({ type: 'message', textFormat: 'markdown', text: 'hi' });
	});

	it('is nothing but its text when it is to be bare', () => {
		const message = {
			text: 'Text',
			buttons: [{ label: 'Stop', action: { name: 'stop', replyId: 'r' } as const }],
			replyId: 'r',
			isBare: true,
		};
		expect(toActivity(message)).toEqual({ type: 'message', textFormat: 'markdown', text: 'Text' });
	});

	it("shows thumbs as Teams' own, and then no other button", () => {
		const activity = toActivity({ text: 'hi', buttons: buttonsOf([...pair, { name: 'retry', replyId: 'r1' }]), replyId: 'r1' });
		expect(activity).toMatchObject({ text: 'hi', channelData: { feedbackLoop: { type: 'default' } } });
		expect(activity).not.toHaveProperty('attachments');
	});

	it('is one card, and no text beside it, when it has other buttons', () => {
		const activity = toActivity({ text: 'hi', buttons: buttonsOf([{ name: 'stop', replyId: 'r1' }]) });
		expect(activity).not.toHaveProperty('text');
		expect(activity['attachments']).toHaveLength(1);
		expect(cardOf(activity)).toMatchObject({
			version: '1.5',
			body: [{ text: 'hi' }],
			actions: [{ type: 'Action.Execute', title: 'stop' }],
		});
	});

	it('that ends a stream keeps its text and has a card for the buttons alone', () => {
		const activity = toStreamEnd({ text: 'hi', buttons: buttonsOf([{ name: 'retry', replyId: 'r1' }]) }, 'hi');
		expect(activity).toMatchObject({ text: 'hi' });
		expect(cardOf(activity).body).toEqual([]);
	});

	const source = (position: number, given: Partial<Source> = {}) => ({ position, title: `Plan [${position}] <b>`, ...given });

	it('says in keywords where a source stands and of when it is', () => {
		const sources = listed(source(1, { place: 'sheet "Stock of the year 2030", row 40', date: '2030-05-04' }));
		const activity = toActivity({ text: '[1]', buttons: [], sources });
		expect(activity).toMatchObject({
			entities: [{ citation: [{ appearance: { keywords: ['sheet "Stock of th…", row 40', 'May 4, 2030'] } }] }],
		});
	});

	it('is a card, its sources below the text, where passages can be shown', () => {
		const url = 'https://evil.example/a(b)';
		const sources = listed(source(1, { title: 'good.example', url, place: 'page 12', canShow: true }), source(2));
		const activity = toActivity({ text: 'So [1].', buttons: [], sources, replyId: 'r1' });
		const { body, actions } = cardOf(activity);
		expect(activity['text']).toBeUndefined();
		expect(body).toMatchObject([
			{ text: 'So [1].' },
			{ text: '[1] [good.example](https://evil.example/a%28b%29) (evil.example) · page 12', isSubtle: true },
			{ text: '[2] Plan \\[2\\] <b>', isSubtle: true },
		]);
		expect(actions.map(({ title, data }) => [title, parseButton(data)])).toEqual([
			['Show passage [1]', { name: 'passage', replyId: 'r1', position: 1 }],
		]);
		expect(toActivity({ text: 'So [1].', buttons: [], sources })['text']).toBe('So [1].');
	});

	it('has a menu for many passages, at the end of a stream too', () => {
		const sources = listed(...[1, 2, 3, 4].map((position) => source(position, { canShow: true, place: 'page 2' })));
		const end = toStreamEnd(
			{ text: 'So [1].', buttons: pair.map((action) => ({ label: 'L', action })), sources, replyId: 'r1' },
			'So [1].',
		);
		const { body, actions } = cardOf(end);
		expect(end['text']).toBe('So [1].');
		expect(body).toMatchObject([{ type: 'Input.ChoiceSet', choices: [{ title: '[1] Plan [1] <b> · page 2', value: '1' }, {}, {}, {}] }]);
		expect(actions.map(({ title }) => title)).toEqual(['Show passage']);
		expect(parseButton(actions[0]?.['data'])).toBeNull();
		expect(parseButton({ ...(actions[0]?.['data'] as object), position: '3' })).toEqual({ name: 'passage', replyId: 'r1', position: 3 });
	});

	it('counts the sources that are not cited', () => {
		const sources = listed(...Array.from({ length: 12 }, (_, index) => source(index + 1)));
		expect(toActivity({ text: 'So.', buttons: [], sources })['text']).toBe('So.\n\nand 2 more sources');
		expect(toStreamEnd({ text: 'So.', buttons: [], sources }, 'So.')['text']).toBe('So.\n\nand 2 more sources');
	});

	it('quotes a passage with nothing alive in it, and says where it was cut', () => {
		const passage = { title: 'Plan *1*', about: 'page 12', url: null, cutNotice: 'cut' };
		const text = '# A\n\n<at>x</at> [bank.com](https://evil.test) ![x](https://evil.test/x.png)';
		expect(toPassageText({ ...passage, text })).toBe(
			'**Plan \\*1\\***\n\npage 12\n\n> # A\n>\n> &lt;at>x&lt;/at> \\[bank.com\\]\u200b(https://evil.test) !\\[x\\]\u200b(https://evil.test/x.png)',
		);
		expect(toPassageText({ ...passage, text: 'a\n'.repeat(20_000) })).toMatch(/> a…\n\ncut$/);
	});

	it('has no more sources than every client shows, none with a dangerous address', () => {
		const sources = Array.from({ length: 30 }, (_, index) => ({
			position: index + 1,
			title: index === 0 ? '' : 'T'.repeat(100),
			url: index === 1 ? 'javascript:alert(1)' : 'https://a.example/',
			excerpt: 'E'.repeat(400),
		}));
		const { entities } = toActivity({ text: '[1]', buttons: [], sources: listed(...sources) }) as {
			entities: [{ citation: { appearance: Record<string, string> }[] }];
		};
		const [{ citation }] = entities;
		expect(citation).toHaveLength(10);
		expect(citation[0]?.appearance['name']).toBe('1');
		expect(citation[1]?.appearance).not.toHaveProperty('url');
		expect(citation[2]?.appearance['name']).toHaveLength(80);
		expect(citation[2]?.appearance['abstract']).toHaveLength(160);
	});

	it('writes buttons that read back as the same actions, in new clients and in old ones', () => {
		fc.assert(
			fc.property(fc.constantFrom('stop', 'retry'), fc.string({ minLength: 1 }), (name, replyId) => {
				const action = { name, replyId } as Button['action'];
				const [button] = cardOf(toActivity({ text: '', buttons: [{ label: 'L', action }] })).actions;
				expect(parseButton(button?.['data'])).toEqual(action);
				expect(parseButton((button?.['fallback'] as { data: unknown } | undefined)?.data)).toEqual(action);
			}),
		);
	});
});

describe('parseButton', () => {
	it.each([
		null,
		'stop',
		{},
		{ openccb: null },
		{ openccb: { name: 'stop' } },
		{ openccb: { name: 'feedback', replyId: 'r' } },
		{ openccb: { name: 'stop', replyId: 7 } },
	])('takes %j for none of ours', (data) => {
		expect(parseButton(data)).toBeNull();
	});
});

describe('a sentence of ours', () => {
	it('is shown as it is, whatever is in it', () => {
		expect(escapePlain('Is *this* <at>you</at> & `me`?\nUse OLLAMA_MODEL, [x](y) &lt;')).toBe(
			'Is \\*this\\* &lt;at>you&lt;/at> &amp; \\`me\\`?\n\nUse OLLAMA_MODEL, \\[x\\](y) &amp;lt;',
		);
	});
});

describe('readText', () => {
	const bot = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: '28:b' } };
	const ana = { type: 'mention', text: '<at>Ana</at>', mentioned: { id: '29:a' } };
	it.each([
		['<at>Bot</at> hello', 'hello'],
		['<at>Bot</at>&nbsp;hello <at>Bot</at>', 'hello'],
		['hey <at>Bot</at> what now?', 'hey what now?'],
		['ask <at>Ana</at> &lt;b&gt; &amp;lt; &#128578; &#x41;', 'ask @Ana <b> &lt; 🙂 A'],
		['one\r\n\r\n<at>Bot</at> two  ', 'one\n\n two'],
		['<at>Stranger</at> hi', '@Stranger hi'],
		[undefined, ''],
		[7, ''],
	])('reads %j as %j', (text, plain) => {
		expect(readText({ text, entities: [bot, ana, { type: 'clientInfo' }, null, 7] }, '28:b')).toBe(plain);
	});
});
