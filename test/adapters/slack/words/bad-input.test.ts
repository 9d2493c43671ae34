/** Messages that are deeper, longer or odder than any: what there is room for is read in order, and brackets say that there was more. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#src/platform/untrusted-json.ts';
import { readChange, readThreadWords, readWords } from '../../../../adapters/slack/words/message-words.ts';
import { cell, known, mrkdwn, read, richText, section, share, text } from './pieces.ts';

const nested = (depth: number, innermost: unknown): unknown =>
	depth === 0 ? innermost : { type: 'rich_text_section', elements: [text(`${depth} `), nested(depth - 1, innermost)] };
const passedOn = (depth: number): Json =>
	depth === 0 ? {} : { ...share, text: `level ${depth}`, message_blocks: [{ message: { attachments: [passedOn(depth - 1)] } }] };

describe('a message that is', () => {
	it('nested fifty deep is read as far as anybody nests, and says so', () => {
		const said = read({ blocks: [richText(nested(50, text('deep')))] }).text;
		expect(said).toMatch(/^50 49 48 .*\[more within is nested too deep to be read\]$/);
		expect(read({ blocks: [richText(nested(15, text('deep')))] }).text).toMatch(/ 1 deep$/);
	});

	it('passed on again and again is cited three times', () => {
		const { cited = [] } = read({ attachments: [passedOn(50)] });
		expect(cited.map((words) => words.text)).toEqual(['level 50', 'level 49', 'level 48\n[a message that was passed on before]']);
	});

	it('of two hundred attachments is read to the hundredth', () => {
		const links = Array.from({ length: 200 }, (_, index) => ({ from_url: 'https://a.test', title: `page ${index}` }));
		const { text: own, cited = [] } = read({ text: 'see', attachments: links });
		expect(own).toBe('see\n[100 more attachments]');
		expect(cited.map((words) => words.text)).toEqual(links.slice(0, 100).map(({ title }) => title));
	});

	it('of a thousand files has a hundred', () => {
		expect(read({ files: Array(1_000).fill({ name: 'x' }) }).files).toHaveLength(100);
	});

	it.each([
		['a text', { text: 'word '.repeat(20_000) }],
		['blocks', { blocks: Array.from({ length: 100 }, () => ({ type: 'section', text: mrkdwn('word '.repeat(600)) })) }],
		['a rich text', { blocks: [richText(section(text('word '.repeat(20_000)), text('nobody')))] }],
		[
			'items',
			{ blocks: [richText({ type: 'rich_text_list', style: 'bullet', indent: 8, elements: Array(20_000).fill(section(text('word'))) })] },
		],
		['quotations', { blocks: [richText(...Array(20_000).fill({ type: 'rich_text_quote', elements: [text('word')] }))] }],
		['cells', { blocks: [{ type: 'table', rows: Array(4_000).fill(Array(4).fill(cell('word'))) }] }],
		['as many pieces', { blocks: [richText(section(...Array(30_000).fill(text('a'))))] }],
	])('too long is read up to a bound, in %s', (_name, message) => {
		const said = read(message).text;
		expect(said.length).toBeLessThan(61_000);
		expect(said).toMatch(/^[word \na•|>]+… \[the rest is too long to be read\]$/);
	});

	it('too long leaves room for what it cites, and what it cites for nothing more', () => {
		const more = Array(5).fill({ ...share, text: 'cited '.repeat(4_000) });
		const { text: own, cited = [] } = read({ text: 'own '.repeat(30_000), attachments: more });
		expect(own).toMatch(/^own .*\[the rest is too long to be read\]$/);
		expect(cited).toHaveLength(3);
		expect(cited.at(-1)?.text).toMatch(/^cited .*\[the rest is too long to be read\]$/);
	});

	it('full of pieces without words ends all the same', () => {
		const empty = Array(100_000).fill({ type: 'section', text: { type: 'plain_text' } });
		expect(read({ blocks: empty }).text.length).toBeLessThan(1_000_000);
	});
});

describe('whatever a message is made of', () => {
	const word = fc.oneof(
		fc.constantFrom(
			'rich_text',
			'rich_text_list',
			'section',
			'text',
			'link',
			'user',
			'table',
			'image',
			'UBOT',
			'<@UBOT>',
			'\0',
			'\ud800',
			'toString',
		),
		fc.string(),
	);
	const names = [
		'type',
		'text',
		'blocks',
		'attachments',
		'elements',
		'rows',
		'files',
		'title',
		'url',
		'user_id',
		'unicode',
		'indent',
		'is_share',
	];
	const more = [
		'message_blocks',
		'message',
		'author_name',
		'ts',
		'fields',
		'value',
		'action_id',
		'mode',
		'name',
		'style',
		'options',
		'bot_id',
		'__proto__',
	];
	const { object } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 5 },
			word,
			fc.double(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), { maxLength: 3 }),
			tie('object'),
		),
		object: fc.dictionary(fc.constantFrom(...names, ...more), tie('value'), { maxKeys: 6 }),
	}));

	it('it is read without harm, as text', () => {
		fc.assert(
			fc.property(object as fc.Arbitrary<Json>, object as fc.Arbitrary<Json>, (message, other) => {
				const words = readWords(message, known);
				for (const { author, writtenAt, text: said } of [...(words.cited ?? []), ...(readThreadWords(message, known).cited ?? [])]) {
					expect(author ?? 'x').toMatch(/^[^\n\r\u2028]{1,80}$/);
					expect(Number.isNaN(Date.parse(writtenAt ?? '2020-01-01'))).toBe(false);
					expect(said).not.toBe('');
				}
				expect(typeof words.text).toBe('string');
				expect(readChange(message, message, known)).toBeNull();
				readChange(message, other, known);
			}),
			{ numRuns: 1_000 },
		);
	});
});
