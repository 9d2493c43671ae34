/** What is shown of an answer that has reasoning in it: each case cut at every place, in every way of holding. */

import { describe, expect, it } from 'vitest';
import { createReasoningFilter } from '#src/models/reasoning-filter.ts';

/** What a reader has before the eyes in the end, and at any moment on the way. */
function read(deltas: readonly string[], holdsBeginning = false): { shown: string; moments: string[]; endedUnbegun: boolean } {
	const filter = createReasoningFilter({ holdsBeginning });
	const moments: string[] = [];
	let shown = '';
	for (const { isRetracted, text } of [...deltas.map((delta) => filter.push(delta)), filter.end()]) {
		shown = isRetracted ? text : shown + text;
		moments.push(shown);
	}
	return { shown, moments, endedUnbegun: filter.endedUnbegun };
}

function cutEverywhere(text: string): string[][] {
	const once = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
	return [...once, [...text], text.match(/[\s\S]{1,3}/g) ?? [], text.match(/[\s\S]{1,7}/g) ?? []];
}

function expectAtEveryCut(text: string, shown: string): void {
	for (const deltas of cutEverywhere(text)) {
		for (const holdsBeginning of [false, true]) expect(read(deltas, holdsBeginning).shown, JSON.stringify(deltas)).toBe(shown);
	}
}

const long = (count: number) => 'So. '.repeat(count / 4);

describe('reasoning between two marks is hidden', () => {
	it.each([
		['<think>', '</think>'],
		['<thinking>', '</thinking>'],
		['<thought>', '</thought>'],
		['<reason>', '</reason>'],
		['<reasoning>', '</reasoning>'],
		['<Think>', '</THINK>'],
		['<seed:think>', '</seed:think>'],
		['[THINK]', '[/THINK]'],
		['◁think▷', '◁/think▷'],
		['<|begin_of_thought|>', '<|end_of_thought|>'],
		['<|START_THINKING|>', '<|END_THINKING|>'],
		['<|inner_prefix|>', '<|inner_suffix|>'],
		['<|channel>thought\n', '<channel|>'],
	])('%s … %s', (opening, closing) => {
		expectAtEveryCut(`${opening}\nSecret < a [b] – so yes.\n${closing}\n\nYes.`, '\n\nYes.');
		expectAtEveryCut(`${opening}Secret.${closing}Yes. ${opening}More?${closing}Done.`, 'Yes. Done.');
		expectAtEveryCut(`${opening}${closing}Yes.`, 'Yes.');
	});

	it.each<[string, string, string]>([
		['that nothing ends', '<think>\nSecret', ''],
		['within the answer', 'First.\n\n<think>Secret</think>\n\nSecond.', 'First.\n\n\n\nSecond.'],
		['that speaks of its own end in code', '<think>It ends with `</think>`, I guess.</think>Yes.', 'Yes.'],
		['with code in it that is never closed', '<think>\n```js\nlet a;\n</think>\nYes `b`.', '\nYes `b`.'],
		['longer than a beginning', `<think>${long(8_000)}</think>Yes.`, 'Yes.'],
		['with marks around the answer', '<|begin_of_thought|>Secret<|end_of_thought|><|begin_of_solution|>Yes.<|end_of_solution|>', 'Yes.'],
		['of Cohere', '<|START_THINKING|>Secret<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>', 'Yes.'],
	])('%s', (_, text, shown) => {
		for (const deltas of text.length < 1_000 ? cutEverywhere(text) : [[text]]) expect(read(deltas).shown).toBe(shown);
	});
});

describe('a mark that ends reasoning which none began', () => {
	it.each([
		['</think>', 'Secret words, `x` and <b>.\n</think>\n\nYes.', '\n\nYes.'],
		['</thinking>', 'Secret.</thinking>Yes.', 'Yes.'],
		['[/THINK]', 'Secret.[/THINK]Yes.', 'Yes.'],
		['<channel|>', 'thought\nSecret.<channel|>Yes.', 'Yes.'],
		['a second time', 'Secret.</think>More.</think>Yes.', 'Yes.'],
		['behind the answer', 'Secret.</think>', ''],
	])('hides what stands before it: %s', (_, text, shown) => {
		expectAtEveryCut(text, shown);
		expect(read([text]).endedUnbegun).toBe(true);
	});

	it('hides up to 4,000 characters, and is a word after that', () => {
		expect(read([`${long(4_000)}</think>Yes.`]).shown).toBe('Yes.');
		expect(read([`${long(4_000)}!</think>Yes.`])).toMatchObject({ shown: `${long(4_000)}!</think>Yes.`, endedUnbegun: false });
	});

	it('says that what was shown is to be taken back, and only then', () => {
		const filter = createReasoningFilter({ holdsBeginning: false });
		expect(filter.push('Secret')).toEqual({ isRetracted: false, text: 'Secret' });
		expect(filter.push('</think>Yes')).toEqual({ isRetracted: true, text: 'Yes' });
		expect(filter.push('.')).toEqual({ isRetracted: false, text: '.' });
	});
});

describe('the beginning', () => {
	it('of an ordinary answer is shown at once, word by word', () => {
		const deltas = ['The ', 'answer', ' is ', '4', ' < 5', ', [see](x).'];
		expect(read(deltas).moments).toEqual([
			'The ',
			'The answer',
			'The answer is ',
			'The answer is 4',
			'The answer is 4 < 5',
			'The answer is 4 < 5, [see](x).',
			'The answer is 4 < 5, [see](x).',
		]);
	});

	it('of an answer whose marks are known is not waited for', () => {
		const moments = read(['<think>Secret', '</think>', 'Yes', '.']).moments;
		expect(moments).toEqual(['', '', 'Yes', 'Yes.', 'Yes.']);
	});

	it('is held back where it may be reasoning, until that ends, the answer has become long, or nothing more comes', () => {
		expect(read(['Secret', '</think>', 'Yes', '.'], true).moments).toEqual(['', '', 'Yes', 'Yes.', 'Yes.']);
		expect(read([long(4_000), '!', '.'], true).moments).toEqual(['', `${long(4_000)}!`, `${long(4_000)}!.`, `${long(4_000)}!.`]);
		expect(read(['Yes', '.'], true).moments).toEqual(['', '', 'Yes.']);
		expect(read(['<think>Secret', '</think>', 'Yes'], true).moments).toEqual(['', '', 'Yes', 'Yes']);
	});
});

describe('of Harmony', () => {
	const analysis = '<|channel|>analysis<|message|>Secret `<|end|>` words.<|end|>';
	const final = '<|start|>assistant<|channel|>final<|message|>';

	it.each<[string, string]>([
		['as it is written', `${analysis}${final}Yes.<|return|>`],
		['without an end', `${analysis}${final}Yes.`],
		['with its start', `<|start|>assistant${analysis}${final}Yes.`],
		['whose first mark stood in the prompt', `assistant${analysis}${final}Yes.`],
		['whose first two marks stood in the prompt', `analysis<|message|>Secret.<|end|>${final}Yes.`],
		['whose first header stood in the prompt', `Secret.<|end|>${final}Yes.`],
		['with commentary for the reader', `${analysis}<|start|>assistant<|channel|>commentary<|message|>I will look.<|end|>${final}Yes.`],
		[
			'with a call',
			`${analysis}<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>${final}Yes.`,
		],
		[
			'with a call that names its recipient first',
			`<|start|>assistant to=functions.f<|channel|>commentary<|message|>{}<|call|>${final}Yes.`,
		],
		['with a format', `${analysis}<|start|>assistant<|channel|>final <|constrain|>json<|message|>Yes.<|return|>`],
		['without a channel for the answer', `${analysis}<|start|>assistant<|message|>Yes.`],
		['with words between', `Let me see. ${analysis}${final}Yes.`],
		['that goes on as somebody else', `${final}Yes.<|end|><|start|>user<|message|>And now?<|end|>`],
		['without ends', `<|channel|>analysis<|message|>Secret.${final}Yes.`],
		['without a mark of the message', '<|channel|>analysis\nSecret.<|end|><|channel|>final\nYes.'],
		['in capitals', `${analysis}${final}Yes.`.replace(/<\|.*?\|>/g, (mark) => mark.toUpperCase())],
		['with itself as recipient', '<|start|>assistant to=self<|message|>Secret.<|eom|><|start|>assistant to=user<|message|>Yes.<|eot|>'],
	])('only the final channel is shown: %s', (_, text) => {
		for (const deltas of cutEverywhere(text)) {
			for (const holds of [false, true]) expect(read(deltas, holds).shown.trim(), JSON.stringify(deltas)).toBe('Yes.');
		}
	});

	it.each([
		['nothing but analysis', analysis],
		['analysis that breaks off', '<|channel|>analysis<|message|>Secret'],
		['a header that breaks off', '<|channel|>analy'],
		['a mark that breaks off', '<|start|>assistant<|channel|>'],
	])('%s shows nothing', (_, text) => {
		expectAtEveryCut(text, '');
	});

	it('two messages in the final channel are both shown', () => {
		expectAtEveryCut(`${analysis}${final}Yes.<|end|>${analysis}${final} And no.`, 'Yes. And no.');
	});
});

describe('an answer that speaks of such marks', () => {
	it.each([
		['in a fence', 'DeepSeek writes\n\n```xml\n<think>\nhm\n</think>\nYes\n```\n\nand so on.'],
		['in a fence of a list', '1. See:\n   ```\n   <|channel|>analysis<|message|>hm<|end|>\n   ```\n2. Done.'],
		['in a fence with backticks in it', '````md\n```\n<think>\n```\n</think>\n````\nEnd.'],
		['in a fence of tildes', '~~~\n</think>\n~~~\nEnd.'],
		['in a fence that is never closed', '```\n<think>\nhm'],
		['in the first line of a fence', '``` <think>\nhm\n```'],
		['in inline code', 'It opens with `<think>` and closes with `</think>`.'],
		['in inline code of two backticks', 'Write `` `<think>` `` here.'],
		['in inline code that begins a line', '```<think>``` opens it.\nAnd `<|channel|>analysis<|message|>` is another.'],
		['between quotation marks', 'The tag "<think>" opens, “</think>” closes, «<reasoning>» too.'],
		['as a word, without an end', 'The tag <think> opens the reasoning of a model.'],
	])('keeps them: %s', (_, text) => {
		expectAtEveryCut(text, text);
	});

	it.each<[string, string, string]>([
		['a backtick that opens nothing', 'Cost: 5` high. <think>hm</think>Yes.\nEnd `x`.', 'Cost: 5` high. Yes.\nEnd `x`.'],
		['a fence that was closed', '```\nx\n```\n<think>hm</think>Yes.', '```\nx\n```\nYes.'],
		['a fence in the reasoning', 'Let me:\n```\nx\n```\nok</think>Yes.', 'Yes.'],
	])('is no excuse for reasoning behind %s', (_, text, shown) => {
		expectAtEveryCut(text, shown);
	});
});

describe('other words', () => {
	it.each([
		'a < b, c <d> e, <thin>, </thinker>, <|, <|chan, [x], [THINKER], ◁, <th',
		'<details><summary>More</summary>x</details>',
		'List<Thought> and Map<String, Reason>',
		'[think](https://example.com) and [ ] to do',
		'😀 <\ud83d\ude00> é́',
	])('stay as they are: %s', (text) => {
		expectAtEveryCut(text, text);
	});
});

describe('whatever is written', () => {
	const pieces = [
		...['<think>', '</think>', '<reasoning>', '</reasoning>', '[THINK]', '[/THINK]', '<|channel>', '<channel|>', '<|start_text|>'],
		...['<|start|>', 'assistant', '<|channel|>', 'analysis', 'final', ' to=f', '<|message|>', '<|end|>', '<|return|>'],
		...['`', '``', '```', '~~~', '\n', '\n\n', '> ', '- ', ' ', 'word', '"', '<', '|>', '</th', 'Yes. '],
	];

	it('it does not matter where it is cut, and code stays as it is', () => {
		const next = randomNumbers(7);
		const pick = () => pieces[next() % pieces.length] ?? '';
		for (let round = 0; round < 1_000; round++) {
			const text = Array.from({ length: 1 + (next() % 14) }, pick).join('');
			const at = next() % (text.length + 1);
			const whole = read([text]).shown;
			for (const deltas of [[...text], [text.slice(0, at), text.slice(at)]]) expect(read(deltas).shown, JSON.stringify(deltas)).toBe(whole);
			expect(read([...text], true).shown, text).toBe(whole);
			const fenced = `Before.\n\`\`\`\`\n${text.replaceAll('`', "'")}\n\`\`\`\`\nAfter.`;
			expect(read([fenced]).shown).toBe(fenced);
		}
	});
});

/** The same in every run. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return state >>> 8;
	};
}
