/** Slack's formats: what the bot sends reads back as what it meant, and what people write reads as plain text. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#src/markdown/block.ts';
import type { Button } from '#src/platform/chat-platform.ts';
import { checkBlocks } from '#test/emulators/slack/blocks.ts';
import { listed } from '#test/fakes/sources.ts';
import {
	decodeText,
	escapeMrkdwn,
	mentionedUserIds,
	parseButton,
	renderBlock,
	toPassageMessage,
	toSlackMessage,
} from '../../../adapters/slack/format.ts';

function block(kind: Block['kind'], source: string): Block {
	return { kind, source, language: '', isComplete: true };
}

/** Every button of a message as Slack would send it back: action id and value. */
function pressable(blocks: Record<string, unknown>[]): [actionId: string, value: string][] {
	const pressed: [string, string][] = [];
	const visit = (node: unknown, actionId: string): void => {
		if (typeof node !== 'object' || node === null) return;
		const own = 'action_id' in node ? String(node.action_id) : actionId;
		if ('value' in node) pressed.push([own, String(node.value)]);
		for (const child of Object.values(node)) visit(child, own);
	};
	visit(blocks, '');
	return pressed;
}

describe('renderBlock', () => {
	it.each([
		block('heading', '## Title'),
		block('table', '| a | b |\n|---|---|\n| 1 | 2 |'),
		block('quote', '> said'),
		block('list', '- a\n  1. b'),
		block('code', '```html\n<!DOCTYPE html>\n[a](b)\n```'),
		block('rule', '---'),
		block('paragraph', 'some **text** with `code`'),
	])('keeps the Markdown that Slack knows: $kind', (given) => {
		expect(renderBlock(given)).toBe(given.source);
	});

	it('pings nobody, in text and in code', () => {
		expect(renderBlock(block('paragraph', '<!channel> <@U1>'))).not.toMatch(/<[!@]/);
		expect(renderBlock(block('code', '```\n<!here> <@U012>\n```'))).not.toMatch(/<[!@]/);
	});
});

describe('toSlackMessage', () => {
	const feedback: Button['action'][] = [
		{ name: 'feedback', replyId: 'r:1', rating: 'up' },
		{ name: 'feedback', replyId: 'r:1', rating: 'down' },
	];

	it('shows the text as one block of Markdown and marks the reply', () => {
		expect(toSlackMessage({ text: '**hi** & <you>', buttons: [], replyId: 'r1' })).toEqual({
			text: 'hi &amp; &lt;you&gt;',
			blocks: [{ type: 'markdown', text: '**hi** & <you>' }],
			metadata: { event_type: 'openccb_reply', event_payload: { reply_id: 'r1' } },
		});
	});

	it.each([
		['marks', '## Costs\n\n**Seven** ~~eight~~ `a < b`\n\n---\n\n> said', 'Costs\nSeven eight a &lt; b\nsaid'],
		['a table', 'So:\n\n| Name | Days |\n|---|---:|\n| **Ana** | 23 |', 'So:\nName, Days\nAna, 23'],
		['a link, whatever it says', '[docs](https://a.test/?a=1&b=2) and <https://b.test>', 'docs and https://b.test'],
		['calls that take shape without the marks', '@**channel** & @_here_', '@\u200bchannel &amp; @\u200bhere'],
		['nothing', '---', '…'],
	])('gives notifications words and no marks: %s', (_name, text, words) => {
		expect(toSlackMessage({ text, buttons: [] })).toMatchObject({ text: words, blocks: [{ type: 'markdown' }] });
	});

	it('gives notifications the beginning of a long answer', () => {
		const { text } = toSlackMessage({ text: `# Days\n\n${'**Ana** has 23. '.repeat(700)}`, buttons: [] });
		expect(text).toMatch(/^Days\nAna has 23\. [^*#]*…$/);
		expect(text.length).toBeLessThanOrEqual(3_900);
		expect(text.length).toBeGreaterThan(3_800);
	});

	it('names the host of a source whose title names another', () => {
		const source = { position: 1, title: 'good.example', url: 'https://evil.example/', excerpt: '' };
		expect(toSlackMessage({ text: '', buttons: [], sources: listed(source) }).blocks).toEqual([
			{
				type: 'context',
				elements: [{ type: 'mrkdwn', text: '[1] <https://evil.example/|good.example> (evil.example)', verbatim: true }],
			},
		]);
	});

	it('has a button for each of three passages, and one menu for more, with options of which each reads back', () => {
		const source = (position: number) => ({ position, title: `${'Travel '.repeat(20)}${position}.pdf`, place: 'page 12', canShow: true });
		const blocksFor = (count: number) =>
			toSlackMessage({
				text: '',
				buttons: [],
				replyId: 'r:1',
				sources: listed(...Array.from({ length: count }, (_, at) => source(at + 1))),
			}).blocks;
		for (const count of [1, 3, 4, 10]) {
			const blocks = blocksFor(count);
			expect(blocks.map(({ type }) => type)).toEqual(['context', 'actions']);
			expect(blocks[1]?.['elements']).toHaveLength(count > 3 ? 1 : count);
			const read = pressable(blocks).map(([actionId, value]) => parseButton(actionId, value));
			expect(read).toEqual(Array.from({ length: count }, (_, at) => ({ name: 'passage', replyId: 'r:1', position: at + 1 })));
			expect(checkBlocks(blocks)).toEqual(blocks);
		}
		expect(JSON.stringify(blocksFor(4))).toMatch(/"\[4\] Travel [^"]*…[^"]* 4\.pdf · page 12"/);
	});

	it('lists sources as far as there is room, whatever their addresses are', () => {
		const url = `https://a.example/${'x'.repeat(900)}`;
		const sources = listed(
			...[1, 2, 3, 4, 5].map((position) => ({ position, title: 'A|`b`', url: position === 2 ? `${url}${url}` : url })),
		);
		const [list] = toSlackMessage({ text: '', buttons: [], sources }).blocks as [{ elements: [{ text: string }] }];
		const lines = list.elements[0].text.split('\n');
		expect(lines[0]).toBe(`[1] <${url}|A¦'b'>`);
		expect(lines[1]).toBe("[2] A¦'b'");
		expect(lines.at(-1)).toBe('and 1 more source');
		expect(list.elements[0].text.length).toBeLessThanOrEqual(3_000);
	});

	it('shows a passage as text in which nothing is read, and says where it was cut', () => {
		const passage = { title: 'good.example', about: 'page 12', url: 'https://evil.example/', cutNotice: 'cut' };
		const { text, blocks } = toPassageMessage({ ...passage, text: '*a* <!channel> <https://evil.example|good.example>' });
		expect(text).toBe('good.example: *a* &lt;!channel&gt; &lt;https://evil.example|good.example&gt;');
		expect(blocks).toEqual([
			{ type: 'section', text: { type: 'mrkdwn', text: '<https://evil.example/|good.example> (evil.example)\npage 12', verbatim: true } },
			{
				type: 'rich_text',
				elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: '*a* <!channel> <https://evil.example|good.example>' }] }],
			},
		]);
		const long = toPassageMessage({ ...passage, text: 'long '.repeat(10_000) });
		expect(long.blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: 'cut' }] });
		expect(checkBlocks(long.blocks)).toHaveLength(3);
	});

	it('has no block for empty text and no mark without a reply', () => {
		expect(toSlackMessage({ text: '', buttons: [] })).toEqual({ text: '', blocks: [] });
	});

	it('shows the feedback pair as one element and other buttons below it', () => {
		const actions: Button['action'][] = [...feedback, { name: 'retry', replyId: 'r:1' }];
		const { blocks } = toSlackMessage({ text: '', buttons: actions.map((action) => ({ label: action.name, action })) });
		expect(blocks.map(({ type }) => type)).toEqual(['context_actions', 'actions']);
		expect(blocks[0]).toMatchObject({
			elements: [
				{
					type: 'feedback_buttons',
					action_id: 'openccb_feedback',
					positive_button: { text: { type: 'plain_text', text: 'feedback' }, accessibility_label: 'feedback' },
				},
			],
		});
		expect(blocks[1]).toMatchObject({ elements: [{ type: 'button', action_id: 'openccb_retry', value: 'retry:r:1' }] });
	});

	it('writes buttons that read back as the same actions', () => {
		const action = fc.record({ name: fc.constantFrom('stop', 'retry', 'up', 'down'), replyId: fc.string({ minLength: 1 }) });
		fc.assert(
			fc.property(action, fc.boolean(), ({ name, replyId }, isPaired) => {
				const isRating = name === 'up' || name === 'down';
				const meant = (isRating ? { name: 'feedback', replyId, rating: name } : { name, replyId }) as Button['action'];
				const actions = isPaired ? feedback.map((one) => ({ ...one, replyId })) : [meant];
				const { blocks } = toSlackMessage({ text: 'x', buttons: actions.map((one) => ({ label: 'L', action: one })) });
				expect(pressable(blocks).map(([actionId, value]) => parseButton(actionId, value))).toEqual(actions);
			}),
		);
	});

	it('shortens only a long fallback text, and never within an entity or a character', () => {
		const whole = 'a'.repeat(3_900);
		expect(toSlackMessage({ text: whole, buttons: [] }).text).toBe(whole);
		const unit = fc.constantFrom('&', '<', 'a', '😀');
		fc.assert(
			fc.property(fc.array(unit, { minLength: 3_900, maxLength: 4_200 }), (characters) => {
				const { text } = toSlackMessage({ text: characters.join(''), buttons: [] });
				expect(text.length).toBeLessThanOrEqual(3_900);
				expect(text).toMatch(/^(?:&amp;|&lt;|a|😀)*…?$/u);
			}),
			{ numRuns: 20 },
		);
	});
});

describe('parseButton', () => {
	it.each([
		['openccb_stop', ''],
		['openccb_stop', 'stop:'],
		['openccb_stop', 'retry:r1'],
		['openccb_feedback', 'stop:r1'],
		['openccb_feedback', 'sideways:r1'],
		['someone_elses', 'stop:r1'],
		['openccb_stop', '{"name":"stop"}'],
	])('takes %s with %j for none of ours', (actionId, value) => {
		expect(parseButton(actionId, value)).toBeNull();
	});
});

describe('escapeMrkdwn', () => {
	it('is undone by reading the text as Slack delivers it', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', 'a', '!', '@', 'U', ' ', '|', ';', 'lt') }), (text) => {
				expect(escapeMrkdwn(text)).not.toMatch(/[<>]/);
				expect(decodeText(escapeMrkdwn(text), 'UBOT', new Map())).toBe(text.trim());
			}),
		);
	});
});

describe('decodeText', () => {
	const names = new Map([['U1', 'Ana']]);
	it.each([
		['<@UBOT> hello', 'hello'],
		['hey <@UBOT>, what now?', 'hey, what now?'],
		['hey <@UBOT> what now?', 'hey what now?'],
		['one\n<@UBOT> two', 'one\ntwo'],
		['<@UBOT|openccb> <@UBOT>', ''],
		['ask <@U1> and <@U2> and <@U3|bob>', 'ask @Ana and @U2 and @bob'],
		['in <#C1|general> or <#C2>', 'in #general or #C2'],
		['<!here> <!channel|channel> <!subteam^S1|@ops> <!subteam^S2>', '@here @channel @ops @S2'],
		['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
		['<https://a.test/x?a=1&amp;b=2>', 'https://a.test/x?a=1&b=2'],
		['<https://a.test|the docs>', 'the docs (https://a.test)'],
		['<http://a.test|a.test> <mailto:me@a.test|me@a.test>', 'http://a.test me@a.test'],
		['1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;', '1 < 2 && 3 > 2, &lt;'],
		['&lt;@U1&gt;', '<@U1>'],
	])('reads %j as %j', (text, plain) => {
		expect(decodeText(text, 'UBOT', names)).toBe(plain);
	});
});

describe('mentionedUserIds', () => {
	it('names everybody once, in order', () => {
		expect(mentionedUserIds('<@U2> <@W1|x> <@U2> <!here> <#C1> &lt;@U3&gt;')).toEqual(['U2', 'W1']);
	});
});
