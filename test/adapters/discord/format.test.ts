/** Discord's formats: what the bot sends is what Discord shows as meant, and fits. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyText } from '#src/delivery/reply-text.ts';
import type { Block } from '#src/markdown/block.ts';
import { readBlocks } from '#src/markdown/blocks.ts';
import type { Button } from '#src/platform/chat-platform.ts';
import { componentProblems } from '#test/emulators/discord/component-rules.ts';
import { listed } from '#test/fakes/sources.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { displayWidth } from '../../../adapters/discord/format/width.ts';
import {
	escapeMarkdown,
	parseButton,
	readMark,
	renderBlock,
	toDiscordMessage,
	toNonce,
	toPassageContent,
} from '../../../adapters/discord/format.ts';
import { trickyMarkdown } from '../../markdown/tricky-markdown.ts';

function render(markdown: string): string {
	return readBlocks(markdown)
		.blocks.map((block) => renderBlock(block))
		.join('\n\n');
}

describe('renderBlock', () => {
	it.each([
		['## Title', '## Title'],
		['# Title ##', '# Title'],
		['#### Small **title**', '**Small title**'],
		['Title\n=====', '# Title'],
		['Title\n-----', '## Title'],
		['---', '──────────'],
		['- a\n+ b\n* c', '- a\n\n- b\n\n- c'],
		['1) a\n2) b', '1. a\n2. b'],
		['- [ ] open\n- [x] done', '- ☐ open\n- ☑ done'],
		['- a\n\t- b', '- a\n    - b'],
		['> said\nlazily\n> > before', '> said\n> lazily\n> › before'],
		['>>> all of it', '> › › all of it'],
		['a || b', 'a \\|\\| b'],
		['`a || b`', '`a || b`'],
		['__strong__ and __init__', '**strong** and **init**'],
		['snake__case__name', 'snake\\_\\_case\\_\\_name'],
		['https://a.example/__init__.py', 'https://a.example/__init__.py'],
		['-# small print', '\\-# small print'],
		['1 &lt; 2 &amp;&amp; &quot;x&quot;', '1 \\< 2 && "x"'],
		['A claim[^1] and another[^12].', 'A claim¹ and another¹².'],
		['[^1]: The book', '¹ The book'],
		['hard\\\nbreak', 'hard\nbreak'],
		['C:\\índice', 'C:\\\\índice'],
		['[docs](https://a.example/b)', '[docs](https://a.example/b)'],
		['![chart](https://a.example/c.png)', '[chart](https://a.example/c.png)'],
		['[https://good.example](https://evil.example)', '[https://good.example](https://evil.example) (evil.example)'],
		['[https://a.example/b](https://a.example/b)', 'https://a.example/b'],
		['See [https://a.example/b](https://a.example/b).', 'See https://a.example/b.'],
		['**[`https://a.example`](https://a.example/)**', '**<https://a.example/>**'],
		['(at [https://a.example/b](https://a.example/b))', '(at <https://a.example/b>)'],
		['[https://a.example/b_(c)](<https://a.example/b_(c)>)', '<https://a.example/b_(c)>'],
		['[https://a.example/a/very/lo…](https://a.example/a/very/long/way "title")', 'https://a.example/a/very/long/way'],
		['- [see https://a.example/b for more](https://a.example/b)', '- see https://a.example/b for more'],
		['[see https://a.example/b](https://a.example/c)', 'see https://a.example/b (<https://a.example/c>)'],
		['[a.example](https://a.example)', '[a.example](https://a.example)'],
		['| Page |\n|---|\n| [https://a.example](https://a.example) |', '**Page:** https://a.example'],
		['`[https://a.example](https://a.example)`', '`[https://a.example](https://a.example)`'],
		['[write](mailto:me@a.example) or <me@a.example>', 'write (me@a.example) or me@a.example'],
		['~~~python title=x\nprint()\n~~~', '```python\nprint()\n```'],
		['```\n```', '```\n \n```'],
		['````md\n```js\nx\n```\n````', '```md\n``\u200b`js\nx\n``\u200b`\n```'],
		['- run\n  ```sh\n  ls -l\n  ```', '- run\n```sh\nls -l\n```'],
		['> ```sh\n> ls\n> ```', '> ```sh\n> ls\n> ```'],
	])('writes %j as %j', (markdown, expected) => {
		expect(render(markdown)).toBe(expected);
	});

	it('lines narrow tables up by what is seen', () => {
		const table = '| Name | Größe | 都市 |\n|:--|--:|:-:|\n| **Ana** | 1 | 東京 |\n| Bo \\| Co | 22 | 👍 |';
		const lines = render(table).split('\n');
		expect(lines).toEqual([
			'```',
			'Name    | Größe | 都市',
			'--------+-------+-----',
			'Ana     |     1 | 東京',
			'Bo | Co |    22 |  👍',
			'```',
		]);
		expect(displayWidth('東京👍é\u200b')).toBe(7);
	});

	it('writes wide tables, and tables with links, row by row', () => {
		const wide = `| Name | Remark |\n|---|---|\n| Ana | ${'long '.repeat(20).trim()} |\n| Bo | short<br>shorter |`;
		expect(render(wide)).toBe(`**Name:** Ana\n**Remark:** ${'long '.repeat(20).trim()}\n\n**Name:** Bo\n**Remark:** short shorter`);
		expect(render('| Name | Page |\n|---|---|\n| **A** | [x](https://a.example) |')).toBe(
			'**Name:** **A**\n**Page:** [x](https://a.example)',
		);
	});

	it.each(['<t:1700000000:R>', '<:ok:100000000000000001>', '<a:ok:100000000000000001>', '</ccb:100000000000000001>', '<id:customize>'])(
		'keeps Discord from reading %s as its own',
		(token) => {
			expect(render(`see ${token} here`)).toContain(`\\${token}`);
			expect(render(`\`${token}\``)).toBe(`\`${token}\``);
		},
	);

	it('names nobody, in text and in tables', () => {
		const bait = '@everyone @here <@100000000000000001> <@&100000000000000002> <#100000000000000003>';
		for (const markdown of [bait, `> ${bait}`, `- ${bait}`, `| a | b |\n|---|---|\n| ${bait} | ${bait} |`, `# ${bait}`]) {
			expect(render(markdown)).not.toMatch(/@(?:everyone|here)|<@|<#/);
		}
	});

	it('renders whatever a model writes, at every length, into messages that fit', () => {
		fc.assert(
			fc.property(trickyMarkdown, fc.integer({ min: 200, max: 2_000 }), (markdown, limit) => {
				const text = createReplyText({ renderBlock, limit, unit: 'utf16-units' });
				for (const delta of markdown.match(/[\s\S]{1,40}/g) ?? []) {
					text.append(delta);
					text.messages();
				}
				text.end();
				for (const part of text.messages()) {
					expect(part.text.length).toBeLessThanOrEqual(limit);
					expect(part.text).not.toMatch(/^>>> /m);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it.each(['1. ', '- ', '> ', '> - ', '* 1) '])('ends for a line of a hundred thousand characters of %j', (marks) => {
		const source = `${marks.repeat(100_000 / marks.length)}word`;
		expect(renderBlock({ kind: 'list', source, language: '', isComplete: true })).toContain('word');
	});

	it.each([
		['[bank.com\n```js\n](https://evil.test)', '\\[bank.com\n\n```js\n](https://evil.test)\n```'],
		['a ` b\n\n`[bank.com](https://evil.test)`', 'a \\` b\n\n`[bank.com](https://evil.test)`'],
		['````[bank.com](https://evil.test)````', '``[bank.com](https://evil.test)``'],
		['- ```\n```\n![]()\n```', '- \u200b\n```\n \n```\n\n```\n![]()\n```'],
		['[[@everyone <@1>](mailto:a@b.test)', '\\[@\u200beveryone <\u200b@1> (a@b.test)'],
		['steam://run/1', 'steam\u200b://run/1'],
		['[a <t:1> b](https://a.test)', '[a \\<t:1> b](https://a.test)'],
	])('leaves nothing of %j that Discord would read as more than was checked', (markdown, expected) => {
		expect(render(markdown)).toBe(expected);
	});

	it('takes a time that grows with the text alone', async () => {
		for (const piece of ['__a ', '||', '[^1]', '| a ', '<t:1', '> > ', '`', '**', '![', '&lt;']) {
			const block: Block = { kind: 'paragraph', source: piece.repeat(20_000 / piece.length), language: '', isComplete: true };
			expect(await threadMs(() => renderBlock(block), 1_500), piece).toBeLessThan(1_500);
		}
	});
});

describe('toDiscordMessage', () => {
	it('is nothing but its text when it is to be bare', () => {
		const buttons = [{ label: 'Stop', action: { name: 'stop', replyId: 'r' } as const }];
		expect(toDiscordMessage({ text: 'Text', buttons, isBare: true }, '')).toEqual({ content: 'Text', components: [] });
	});

	it('leaves what only looks like an address as it is', () => {
		const text = 'Take https://{tenant}.example or http://$HOST:8080/a, see <https://a.test/b>.';
		expect(toDiscordMessage({ text, buttons: [] }, '').content).toBe(text);
	});

	it.each([
		'[bank.com](https://evil.test)',
		'[x](javascript:alert)',
		'<https://bank.com@evil.test>',
		'<@123456789012345678>',
		'<t:1:R>',
		'@everyone',
		'steam://run/1',
		`${'x'.repeat(1_940)}[bank.com](https://evil.test)`,
	])('sends nothing that lives, and no more than there is room for, should it come so far: %j', (text) => {
		const { content } = toDiscordMessage({ text: `before\n\n${text}\n\n\`a[0]\``, buttons: [] }, '');
		expect(content).not.toContain(text);
		expect(content.length).toBeLessThanOrEqual(2_000);
		if (text.length < 100) expect(content).toMatch(/^before\n\n[\s\S]*\n\n`a\[0\]`$/);
	});

	it('names the host of a source whose title names another', () => {
		const source = { position: 1, title: 'https://good.example/a', url: 'https://evil.example/', excerpt: '' };
		expect(toDiscordMessage({ text: 'x', buttons: [], sources: listed(source) }, '').content).toBe(
			'x\n\n-# [1] [https://good.example/a](<https://evil.example/>) (evil.example)',
		);
	});

	it('shows a source that is called by its address as a link', () => {
		const source = { position: 1, title: 'https://a.example/doc', url: 'https://a.example/doc', excerpt: '' };
		expect(toDiscordMessage({ text: 'x', buttons: [], sources: listed(source) }, '').content).toBe('x\n\n-# [1] https://a.example/doc');
	});

	const componentsOf = (row: Record<string, unknown> | undefined) => (row?.['components'] ?? []) as Record<string, unknown>[];

	it('shows ratings as thumbs, and Stop as the dangerous one', () => {
		const actions: Button['action'][] = [
			{ name: 'stop', replyId: 'r' },
			{ name: 'retry', replyId: 'r' },
			{ name: 'feedback', replyId: 'r', rating: 'up' },
			{ name: 'feedback', replyId: 'r', rating: 'down' },
		];
		const { components } = toDiscordMessage({ text: 'x', buttons: actions.map((action) => ({ label: action.name, action })) }, '');
		expect(components).toHaveLength(1);
		expect(componentsOf(components[0])).toMatchObject([
			{ style: 4, label: 'stop' },
			{ style: 2, label: 'retry' },
			{ style: 2, emoji: { name: '👍' } },
			{ style: 2, emoji: { name: '👎' } },
		]);
	});

	it('writes buttons that read back as the same actions, with the chain they are in', () => {
		const action = fc.record({ name: fc.constantFrom('stop', 'retry', 'up', 'down'), replyId: fc.string({ minLength: 1, maxLength: 60 }) });
		fc.assert(
			fc.property(action, fc.constantFrom('', '100000000000000001'), ({ name, replyId }, rootId) => {
				const meant = (
					name === 'up' || name === 'down' ? { name: 'feedback', replyId, rating: name } : { name, replyId }
				) as Button['action'];
				const { components } = toDiscordMessage({ text: 'x', buttons: [{ label: 'L', action: meant }] }, rootId);
				expect(readMark(components)).toEqual({ replyId, rootId });
				expect(parseButton(String(componentsOf(components[0])[0]?.['custom_id']))).toEqual({ action: meant, rootId });
			}),
		);
	});

	it('puts sources below the text as far as there is room, and the others on buttons', () => {
		const sources = [1, 2, 3].map((position) => ({
			position,
			title: `Page [${position}]*`,
			url: `https://a.example/${position}`,
			excerpt: '',
		}));
		const { content, components } = toDiscordMessage({ text: 'x'.repeat(1_900), buttons: [], sources: listed(...sources) }, '');
		expect(content.slice(1_900)).toBe(
			'\n\n-# [1] [Page \\[1\\]\\*](<https://a.example/1>)\n-# [2] [Page \\[2\\]\\*](<https://a.example/2>)',
		);
		expect(componentsOf(components[0])).toMatchObject([{ style: 5, label: '[3] Page [3]*', url: 'https://a.example/3' }]);
	});

	it('never makes more rows than Discord takes', () => {
		const sources = Array.from({ length: 60 }, (_unused, index) => ({
			position: index,
			title: 't',
			url: 'https://a.example',
			excerpt: '',
		}));
		const { components } = toDiscordMessage({ text: 'x'.repeat(2_000), buttons: [], sources: listed(...sources) }, '');
		expect(components.map((row) => componentsOf(row).length)).toEqual([5, 5, 5, 5, 5]);
	});
});

describe('a passage', () => {
	const source = (position: number) => ({
		position,
		title: `Plan ${position}`,
		place: 'page 2',
		date: '2030-05-04',
		canShow: position !== 2,
	});

	it('is asked for in a menu of those that can be shown', () => {
		const sources = listed(source(1), source(2), source(3));
		const { content, components } = toDiscordMessage({ text: 'x', buttons: [], sources, replyId: 'r1' }, '100000000000000001');
		expect(content).toContain('-# [1] Plan 1 · page 2 · May 4, 2030');
		const menu = {
			type: 3,
			custom_id: 'openccb:passage:100000000000000001:r1',
			placeholder: 'Show passage…',
			options: [
				{ label: '[1] Plan 1', value: '1', description: 'page 2 · May 4, 2030' },
				{ label: '[3] Plan 3', value: '3', description: 'page 2 · May 4, 2030' },
			],
		};
		expect(components).toEqual([{ type: 1, components: [menu] }]);
		expect(parseButton(menu.custom_id, '3')).toEqual({
			action: { name: 'passage', replyId: 'r1', position: 3 },
			rootId: '100000000000000001',
		});
		expect([parseButton(menu.custom_id), parseButton(menu.custom_id, 'x')]).toEqual([null, null]);
		expect(readMark(components)).toEqual({ replyId: 'r1', rootId: '100000000000000001' });
	});

	it('leaves room for its menu and for other buttons, whatever else there is', () => {
		const many = Array.from({ length: 60 }, (_, index) => ({
			...source(index + 1),
			title: 'x'.repeat(300),
			url: `https://a.example/${index}`,
		}));
		const buttons = [{ label: 'Again', action: { name: 'retry', replyId: 'r1' } as const }];
		const { content, components } = toDiscordMessage({ text: 'x'.repeat(1_990), buttons, sources: listed(...many), replyId: 'r1' }, '');
		expect(componentProblems(components, false)).toEqual([]);
		expect(components).toHaveLength(5);
		expect(content).toBe('x'.repeat(1_990));
	});

	it('is a quotation with nothing alive in it, cut where it is too long', () => {
		const passage = { title: 'Plan *1*', about: 'page 2', url: 'https://a.example/', cutNotice: 'cut' };
		const text = '# A\n@everyone [bank.com](https://evil.test) ||x|| <@100000000000000001>';
		expect(toPassageContent({ ...passage, text })).toBe(
			'**[Plan \\*1\\*](<https://a.example/>)**\n-# page 2\n> \\# A\n> @\u200beveryone \\[bank.com]\u200b(https://evil.test) \\|\\|x\\|\\| \\<\u200b@100000000000000001>',
		);
		const long = toPassageContent({ ...passage, text: '*_'.repeat(5_000) });
		expect(long.length).toBeLessThanOrEqual(2_000);
		expect(long.length).toBeGreaterThan(1_700);
		expect(long).toMatch(/…\n-# cut$/);
	});
});

describe('parseButton', () => {
	it.each(['', 'openccb:stop', 'openccb:stop::', 'openccb:sideways::r', 'other:stop::r', 'openccb:stop:x:r', 'openccb:feedback::r'])(
		'takes %j for none of ours',
		(customId) => {
			expect(parseButton(customId)).toBeNull();
		},
	);
});

describe('readMark', () => {
	it.each([null, undefined, 'x', [null], [{ components: null }], [{ components: [null, { custom_id: 7 }] }]])(
		'finds none in %j',
		(components) => {
			expect(readMark(components)).toBeNull();
		},
	);
});

describe('toNonce', () => {
	it('is short, the same for the same key, and another for another', () => {
		expect(toNonce('a:1')).toHaveLength(25);
		expect(toNonce('a:1')).toBe(toNonce('a:1'));
		expect(toNonce('a:1')).not.toBe(toNonce('a:2'));
	});
});

describe('escapeMarkdown', () => {
	it.each([
		['*a* _b_ ~c~ `d` |e| <@1> [f](g)', '\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|e\\| \\<@1> \\[f](g)'],
		['# a\n- b\n> c\n-# d\n>>> e', '\\# a\n\\- b\n\\> c\n\\-# d\n\\>>> e'],
		['https://a.example/a_b_c and a_b', 'https://a.example/a_b_c and a\\_b'],
		['@everyone', '@\u200beveryone'],
	])('writes %j as %j', (text, expected) => {
		expect(escapeMarkdown(text)).toBe(expected);
	});
});
