/** How a reply's text becomes messages: nothing lost, nothing changed once shown, nothing too long. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyText, type MessageText, type ReplyText } from '#src/delivery/reply-text.ts';
import type { Block } from '#src/markdown/block.ts';
import { readBlocks } from '#src/markdown/blocks.ts';
import { makeInlineSafe } from '#src/markdown/safe-inline.ts';
import { trickyMarkdown } from '../markdown/tricky-markdown.ts';

const renderBlock = (block: Block) => makeInlineSafe(block.source);

function createText(limit = 9_000): ReplyText {
	return createReplyText({ renderBlock, limit, unit: 'utf8-bytes' });
}

function partsOf(source: string, limit: number): string[] {
	const text = createText(limit);
	text.append(source);
	text.end();
	return text.messages().map((part) => part.text);
}

/** Fences that are opened and not closed: a line of a marker's length or more closes it. */
function hasOpenFence(text: string): boolean {
	let open = '';
	for (const line of text.split('\n')) {
		const marker = /^[ >]*(?:(?:[-+*]|\d+[.)])[ >]+)*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
		if (open === '') open = marker;
		else if (marker.startsWith(open) && line.trim().endsWith(marker)) open = '';
	}
	return open !== '';
}

const words = fc.array(fc.constantFrom('uno', 'two', 'ñandú,', 'end.', '`code`', '**bold**', '[docs](https://a.test/b)', '😀'), {
	minLength: 1,
	maxLength: 30,
});
const blockSource = fc.oneof(
	words.map((chosen) => chosen.join(' ')),
	words.map((chosen) => `## ${chosen.join(' ')}`),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((items) => items.map((item) => `- ${item.join(' ')}`).join('\n')),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((lines) => lines.map((line) => `> ${line.join(' ')}`).join('\n')),
	fc.array(words, { minLength: 1, maxLength: 12 }).map((lines) => ['```js', ...lines.map((line) => line.join(' ')), '```'].join('\n')),
	fc
		.array(words, { minLength: 1, maxLength: 12 })
		.map((rows) => ['| A | B |', '|---|---|', ...rows.map((row) => `| ${row.slice(0, 10).join(' ')} | x |`)].join('\n')),
	fc
		.array(words, { minLength: 1, maxLength: 6 })
		.map((lines) => ['1. run', '   ```sh', ...lines.map((line) => `   ${line.join(' ')}`), '   ```'].join('\n')),
);
/** Every word gets a number, so that order and completeness can be told. */
const answer = fc.array(blockSource, { minLength: 1, maxLength: 8 }).map((blocks) => {
	let count = 0;
	return blocks.join('\n\n').replace(/uno|two|ñandú|end|code|bold|docs/g, (word) => `${word}${count++}w`);
});

function numbersOf(text: string): number[] {
	return Array.from(text.matchAll(/\p{L}(\d+)w/gu), (match) => Number(match[1]));
}

describe('createReplyText', () => {
	it('loses and reorders nothing, keeps to the limit and closes every fence', () => {
		fc.assert(
			fc.property(answer, fc.constantFrom(300, 500, 2_000), (source, limit) => {
				const parts = partsOf(source, limit);
				expect(numbersOf(parts.join('\n'))).toEqual(numbersOf(source));
				for (const part of parts) {
					expect(Buffer.byteLength(part)).toBeLessThanOrEqual(limit);
					expect(hasOpenFence(part)).toBe(false);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps to the most parts that a message may have, loses nothing, and changes nothing that it called stable', () => {
		const structure = { parts: 5, partCharacters: 3_000, tableRows: 4 };
		fc.assert(
			fc.property(answer, fc.constantFrom(7, 60, 10_000), (source, size) => {
				const text = createReplyText({ renderBlock, limit: 300, unit: 'utf8-bytes', structure });
				const witness = createWitness(text);
				for (let at = 0; at < source.length; at += size) {
					text.append(source.slice(at, at + size));
					witness.look(true);
				}
				text.end();
				witness.look(true);
				const parts = text.messages().map((part) => part.text);
				// A word that was shown as it came may be cut.
				if (size > source.length) expect(numbersOf(parts.join('\n'))).toEqual(numbersOf(source));
				const messages = parts.map((part) => readBlocks(part).blocks);
				for (const blocks of messages) expect(blocks.length).toBeLessThanOrEqual(structure.parts);
				const tables = messages.flat().filter(({ kind }) => kind === 'table');
				for (const table of tables) expect(table.source.split('\n').length).toBeLessThanOrEqual(structure.tableRows + 1);
			}),
			{ numRuns: 100 },
		);
	});

	it('lets no heading stand at the end of a message because of its parts', () => {
		const source = Array.from({ length: 12 }, (_, index) => `## Part ${index}\n\ntext ${index}`).join('\n\n');
		const text = createReplyText({
			renderBlock,
			limit: 9_000,
			unit: 'utf8-bytes',
			structure: { parts: 6, partCharacters: 3_000, tableRows: 100 },
		});
		text.append(source);
		text.end();
		const parts = text.messages().map((part) => part.text);
		expect(parts.length).toBeGreaterThan(1);
		for (const part of parts) expect(part).toMatch(/^## Part \d+\n[\s\S]*text \d+$/);
		expect(parts.join('\n\n')).toBe(source);
	});

	const steps = fc.array(fc.record({ size: fc.nat(60), ask: fc.boolean(), cut: fc.integer({ min: 0, max: 12 }) }), { minLength: 1 });
	const anyText = fc.oneof(
		answer,
		fc.array(trickyMarkdown, { maxLength: 8 }).map((pieces) => pieces.join('')),
	);

	it('never changes what it called stable or frozen, however the text arrives and wherever it is cut', () => {
		fc.assert(
			fc.property(anyText, steps, (source, plan) => {
				const text = createText(300);
				const witness = createWitness(text);
				for (let at = 0, step = 0; at < source.length; step++) {
					const { size, ask, cut } = plan[step % plan.length] ?? { size: 1, ask: true, cut: 1 };
					text.append(source.slice(at, at + size + 1));
					at += size + 1;
					witness.look(ask);
					if (cut === 0) text.cut();
				}
				text.end();
				witness.look(true);
			}),
			{ numRuns: 300 },
		);
	});

	it.each([
		['```|---|---|[x](javascript:1)```| a | b |\n|---|---|\n'],
		['```@here|```\n|-|-\n'],
		['`|[]()\n|-|-\n'],
		['a[](\n)\\| a | b |\n|---|---|\n'],
		['a `b\n|c` <@U1>\n|-\nmore'],
		['a\n|[x](javascript:1)\n|-b\n'],
		['```md\n```a\n````b\n'],
	])('never changes what it called stable in %j, however it arrives', (source) => {
		for (let size = 1; size <= source.length; size++) {
			const text = createText();
			const witness = createWitness(text);
			for (let at = 0; at < source.length; at += size) {
				text.append(source.slice(at, at + size));
				witness.look(true);
			}
			text.end();
			witness.look(true);
		}
	});

	it('widens no fence of which something was called stable, wherever it was cut', () => {
		const text = createText();
		const witness = createWitness(text);
		for (const delta of ['a```\n', 'a\n', '```md\n', '```a\n']) {
			text.append(delta);
			witness.look(true);
			if (delta.startsWith('a```')) text.cut();
		}
		text.end();
		witness.look(true);
	});

	it('shows all of a short text at once and lets go of it word by word', () => {
		const text = createText();
		text.append('Hello wor');
		expect(text.messages()).toEqual([{ text: 'Hello wor', isFrozen: false }]);
		expect(text.stableText()).toBe('Hello wor');
		text.append('ld, see [the docs](https://a.te');
		expect(text.stableText()).toBe('Hello world, see');
		text.append('st).');
		expect(text.stableText()).toBe('Hello world, see [the docs](https://a.test).');
		text.end();
		expect(text.messages()).toEqual([{ text: 'Hello world, see [the docs](https://a.test).', isFrozen: true }]);
		expect(text.length).toBe(44);
	});

	it('calls nothing stable that is not the beginning of what is shown', () => {
		const loudOnceOpen = ({ source }: Block) => (source.includes('[') ? source.toUpperCase() : source);
		const text = createReplyText({ renderBlock: loudOnceOpen, limit: 9_000, unit: 'utf8-bytes' });
		text.append('one');
		expect(text.stableText()).toBe('one');
		text.append(' two [three');
		expect(text.stableText()).toBe('one');
	});

	it('joins blocks by one blank line', () => {
		expect(partsOf('# Title\nText\n\n\n\n- a\n- b\n', 9_000)).toEqual(['# Title\n\nText\n\n- a\n- b']);
	});

	it('shows an open fence closed, but does not count the closing line as stable', () => {
		const text = createText();
		text.append('```js\nlet a = 1;\nlet');
		expect(text.messages()[0]?.text).toBe('```js\nlet a = 1;\nlet\n```');
		expect(text.stableText()).toBe('```js\nlet a = 1;\nlet');
	});

	it('closes a fence that is cut and opens it again with its language', () => {
		const lines = Array.from({ length: 40 }, (_, line) => `line(${line});`);
		const parts = partsOf(['```ts', ...lines, '```'].join('\n'), 300);
		expect(parts.length).toBeGreaterThan(1);
		for (const part of parts) expect(part).toMatch(/^```ts\n(?:line\(\d+\);\n)+```$/);
	});

	it('repeats the header of a table that is cut', () => {
		const rows = Array.from({ length: 40 }, (_, row) => `| ${row} | value |`);
		const parts = partsOf(['| Id | Name |', '|---|:-:|', ...rows].join('\n'), 300);
		expect(parts.length).toBeGreaterThan(1);
		for (const part of parts) expect(part).toMatch(/^\| Id \| Name \|\n\|---\|:-:\|(?:\n\| \d+ \| value \|)+$/);
	});

	it('cuts a list between items and a paragraph between sentences', () => {
		const items = Array.from({ length: 30 }, (_, item) => `- item ${item}\n  goes on`).join('\n');
		for (const part of partsOf(items, 300)) expect(part).toMatch(/^(?:- item \d+\n {2}goes on\n?)+$/);
		const sentences = Array.from({ length: 40 }, (_, sentence) => `Esta es la frase ${sentence}.`).join(' ');
		for (const part of partsOf(sentences, 300)) expect(part).toMatch(/^Esta .*\.$/);
	});

	it('begins a new message at the next block once one is mostly full', () => {
		const paragraph = (characters: number) => 'palabra '.repeat(characters / 8).trim();
		expect(partsOf(`${paragraph(3_200)}\n\nshort`, 4_000)).toEqual([paragraph(3_200), 'short']);
		// Where messages are short, each further one costs a post that others wait for.
		expect(partsOf(`${paragraph(240)}\n\nshort`, 300)).toEqual([`${paragraph(240)}\n\nshort`]);
		expect(partsOf(`${paragraph(288)}\n\nshort`, 300)).toEqual([paragraph(288), 'short']);
	});

	it('never cuts within a character as people see it, nor within a link', () => {
		const family = '👩‍👩‍👧‍👦';
		for (const part of partsOf(family.repeat(60), 300)) expect(part.replaceAll(family, '')).toBe('');
		const links = '[x](https://a.test/some/long/path)'.repeat(30);
		for (const part of partsOf(links, 300)) expect(part).toMatch(/^(?:\[x\]\(https:\/\/a\.test\/some\/long\/path\))+$/);
	});

	it('ends a message where it was cut and goes on in the next one', () => {
		const text = createText();
		text.append('```js\none();\ntwo();\nth');
		text.stableText();
		text.cut();
		text.append('ree();\n```\nafter');
		text.end();
		expect(text.messages().map((part) => part.text)).toEqual(['```js\none();\ntwo();\nth\n```', '```js\nree();\n```\n\nafter']);
	});

	it('ends an empty message too when it is told to', () => {
		const text = createText();
		text.cut();
		text.append('hello');
		expect(text.messages()).toEqual([
			{ text: '', isFrozen: true },
			{ text: 'hello', isFrozen: false },
		]);
	});
});

/** Remembers what was promised and holds the text to it. */
function createWitness(text: ReplyText) {
	const promised: string[] = [];
	const frozen: string[] = [];
	const check = (position: number, part: MessageText) => {
		if (Buffer.byteLength(part.text) > 300) expect.fail(`part ${position} is too long`);
		if (frozen[position] !== undefined) expect(part.text).toBe(frozen[position]);
		if (!part.isFrozen) return;
		frozen[position] = part.text;
		expect(part.text.slice(0, promised[position]?.length ?? 0)).toBe(promised[position] ?? '');
	};
	return {
		look(isAsking: boolean): void {
			const parts = text.messages();
			for (const [position, part] of parts.entries()) check(position, part);
			const open = parts.findIndex((part) => !part.isFrozen);
			if (!isAsking || open < 0) return;
			const stable = text.stableText();
			expect(stable.slice(0, promised[open]?.length ?? 0)).toBe(promised[open] ?? '');
			promised[open] = stable;
		},
	};
}
