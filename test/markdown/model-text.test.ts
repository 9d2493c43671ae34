/** What models write and no platform shows as it was meant: fences in fences, formulas, tags for line breaks, names of code. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplyText } from '#src/delivery/reply-text.ts';
import { createModelText } from '#src/markdown/model-text/model-text.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

/** Piece by piece, as it streams in; looked at after each. */
function write(source: string, size = source.length): string {
	const modelText = createModelText();
	let text = '';
	for (let at = 0; at < source.length; at += size) {
		modelText.push(source.slice(at, at + size));
		text = modelText.addTo(text);
	}
	modelText.end();
	return modelText.addTo(text);
}

function itWrites(source: string, expected: string): void {
	for (const size of [source.length, 1, 3]) expect(write(source, size), `in pieces of ${size}`).toBe(expected);
}

const raw = String.raw;

describe('fences', () => {
	it.each<[string, string, string]>([
		[
			'a Markdown file with code in it',
			'```markdown\n# A\n\n```python\nprint()\n```\n\nmore\n```\n\nProse **again**.',
			'````markdown\n# A\n\n```python\nprint()\n```\n\nmore\n````\n\nProse **again**.',
		],
		[
			'several of them, and another fence behind',
			'```md\n```sh\nls\n```\n```js\nx\n```\n```\n\n```js\ny\n```\nend',
			'````md\n```sh\nls\n```\n```js\nx\n```\n````\n\n```js\ny\n```\nend',
		],
		[
			'code within a list of the file',
			'```md\n1. do\n   ```sh\n   ls\n   ```\n```\nend',
			'````md\n1. do\n   ```sh\n   ls\n   ```\n````\nend',
		],
		['a file in a file', '```md\n```mdx\n```js\nx\n```\n```\n```\nend', '````md\n```mdx\n```js\nx\n```\n```\n````\nend'],
		['a longer fence within', '```md\n````js\nx\n````\n```\nend', '`````md\n````js\nx\n````\n`````\nend'],
		['tildes', '~~~markdown\n~~~sh\nls\n~~~\n~~~\nend', '~~~~markdown\n~~~sh\nls\n~~~\n~~~~\nend'],
		['a file that is called by its name', '```README.md\n```sh\nls\n```\n```\nend', '````README.md\n```sh\nls\n```\n````\nend'],
		['words behind the language', '```markdown title="A"\n```sh\nls\n```\n```\nend', '````markdown title="A"\n```sh\nls\n```\n````\nend'],
		['a quote', '> ```md\n> ```sh\n> ls\n> ```\n> ```\n\nend', '> ````md\n> ```sh\n> ls\n> ```\n> ````\n\nend'],
		['a list item', '- ```md\n  ```sh\n  ls\n  ```\n  ```\n- end', '- ````md\n  ```sh\n  ls\n  ```\n  ````\n- end'],
		['a text that ends within', '```md\n```sh\nls', '````md\n```sh\nls'],
		['a last line without a line break', '```md\n```sh\nls\n```\n```', '````md\n```sh\nls\n```\n````'],
	])('that hold others are widened: %s', (_name, source, expected) => itWrites(source, expected));

	it.each<[string, string]>([
		['one after the other', '```js\na\n```\n\n```py\nb\n```\nend'],
		['directly one after the other', '```js\na\n```\n```py\nb\n```\nend'],
		['a Markdown file without code, and code behind it', '```md\n# A\n```\n\n```js\nb\n```\nend'],
		['a file with code whose marker is long enough already', '````md\n```js\nb\n```\n````\nend'],
		['a file with code of the other kind', '```md\n~~~js\nb\n~~~\n```\nend'],
		['code that shows a marker', '```sh\ncat <<X\n```js\nX\n```\nend'],
		['a file with code spans', '```md\n```a``` and `b`\n```\nend'],
		['backticks in prose', 'Use ```a``` or ``` b.\n\nend'],
		['a language that only looks alike', '```mdbook\n```sh\n```\nend'],
	])('stay as they are: %s', (_name, source) => itWrites(source, source));

	it('are widened in the message that they end up in, when the first ones are full', () => {
		const text = createReplyText({ renderBlock: ({ source }) => source, limit: 300, unit: 'utf8-bytes' });
		text.append(`\`\`\`md\n${'word word word\n'.repeat(30)}`);
		text.messages();
		text.append('```sh\nls\n```\nmore\n```\n\nProse.');
		text.end();
		const parts = text.messages().map((part) => part.text);
		expect(parts[0]).toMatch(/^```md\n[\s\S]*\n```$/);
		expect(parts.at(-1)).toMatch(/^````md\n[\s\S]*```sh\nls\n```\nmore\n````\n\nProse\.$/);
	});

	it('are final only when it is known what they hold, or have room for it', () => {
		const text = createReplyText({ renderBlock: ({ source }) => source, limit: 9_000, unit: 'utf8-bytes' });
		text.append('Look:\n\n```md\n# Title\n');
		expect(text.messages()[0]?.text).toBe('Look:\n\n```md\n# Title\n```');
		expect(text.stableText()).toBe('Look:');
		text.append('word '.repeat(200));
		const stable = text.stableText();
		expect(stable).toMatch(/^Look:\n\n````md\n# Title\nword/);
		text.append('\n```sh\nls\n```\n```\nend');
		text.end();
		expect(text.messages()[0]?.text.startsWith(stable)).toBe(true);
		expect(text.messages()[0]?.text).toMatch(/```sh\nls\n```\n````\n\nend$/);
	});

	it.each([
		['before anything longer came', '```md\n```a\n', '````a\nb\n````\n```\nend'],
		['with room for others', `\`\`\`md\n${'word '.repeat(80)}\n`, '`````js\nx\n`````\n```\nend'],
		['in a list', '- a\n- ```md\n  ```b\n', '  `````c\n  x\n  `````\n  ```\n  ```\nend'],
	])('are not widened any more once they are final: %s', (_name, source, following) => {
		const text = createReplyText({ renderBlock: ({ source: own }) => own, limit: 9_000, unit: 'utf8-bytes' });
		text.append(source);
		const stable = text.stableText();
		expect(stable).toContain('````md');
		text.append(following);
		expect(text.stableText().startsWith(stable)).toBe(true);
		text.end();
		expect(text.messages()[0]?.text.startsWith(stable)).toBe(true);
	});
});

describe('formulas', () => {
	it.each([
		[raw`The mean \( \bar{x} \) is \(x\).`, 'The mean x̄ is x.'],
		[raw`\(\alpha \leq \beta \times 2\)`, 'α ≤ β × 2'],
		[raw`\(\frac{a}{b}\), \(\frac{a+b}{2a}\), \(\frac{1}{2}mv^2\)`, 'a/b, (a+b)/(2a), 1/2 mv²'],
		[raw`\(E = mc^2\), \(x_{i+1}\), \(e^{-x^2}\), \(2^{10}\)`, 'E = mc², xᵢ₊₁, e^(−x²), 2¹⁰'],
		[raw`\(\sqrt{x}\), \(\sqrt{x+1}\), \(\sqrt[3]{8}\)`, '√x, √(x+1), ∛8'],
		[raw`\(\sum_{i=1}^{n} x_i\) and \(\int_0^1 f(x)\,dx\)`, '∑ᵢ₌₁ⁿ xᵢ and ∫₀¹ f(x) dx'],
		[raw`\(\lim_{x \to 0} \frac{\sin x}{x} = 1\)`, 'lim(x→0) (sin x)/x = 1'],
		[raw`\(x \in \mathbb{R}^n\), \(O(n \log n)\), \(\text{cost} = 5\%\)`, 'x ∈ ℝⁿ, O(n log n), cost = 5%'],
		[raw`\(\hat{y}_i\), \(\vec{v}\), \(90^\circ\), \(x'\)`, 'ŷᵢ, v⃗, 90°, x′'],
		[raw`\(\left( \frac{a+b}{c} \right)^2\)`, '((a+b)/c)²'],
		[raw`is \[ E = mc^2 \] here, and $$x^2$$ there`, 'is E = mc² here, and x² there'],
		[raw`| \(\alpha\) | \(|x_1|\) |`, '| α | ∣x₁∣ |'],
		[raw`**Area:** \(\pi r^2\)`, '**Area:** πr²'],
	])('are written with plain characters: %s', (source, expected) => itWrites(source, expected));

	it.each([
		[raw`so \(x_b\) is`, 'so `x_b` is'],
		[raw`the algebra \( \mathfrak{g} \)`, raw`the algebra ${'`'}\mathfrak{g}${'`'}`],
		[raw`\(-x\) and \(-x\)`, '−x and −x'],
		[raw`\(+x\) begins a line`, '`+x` begins a line'],
	])('are shown as code where there are none: %s', (source, expected) => itWrites(source, expected));

	it.each<[string, string, string]>([
		['on lines of their own', 'So:\n\\[\nx = \\frac{a}{b}\n\\]\nwhere', 'So:\n\nx = a/b\n\nwhere'],
		['on a line', 'So:\n\n$$ x = y^2 $$\n\nwhere', 'So:\n\nx = y²\n\n\nwhere'],
		['with a full stop', 'So\n\\[ x = y^2 \\].\nWhere', 'So\n\nx = y².\n\nWhere'],
		['with blank lines around', '\\[\n\nx = y^2\n\n\\]\nend', 'x = y²\n\nend'],
		['in a list', '- so:\n  $$ x = y^2 $$\n- end', '- so:\n  \n  x = y²\n\n- end'],
		['in a quote', '> so:\n> \\[\n> x = y^2\n> \\]\n> end', '> so:\n> \n> x = y²\n>\n> end'],
		['in several rows', raw`\[ \begin{aligned} a &= b \\ c &= \sqrt{d} \end{aligned} \]`, '```\na = b\nc = √d\n```'],
		['with what has no plain form', '$$\n\\mathfrak{g} = 1\n$$\nend', '```\n\\mathfrak{g} = 1\n```\nend'],
		['with a matrix', raw`\[ A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \]`, 'A = (1 2; 3 4)\n'],
	])('are set apart when they stand alone: %s', (_name, source, expected) => itWrites(source, expected));

	it.each([
		'It costs $5 and $10, or $$ to $$$.',
		'Of a shell:\n$$ is its number. $$\n\n$ cheap\n$$ moderate\n$$$ expensive',
		'Math: $a_1 < b_2$ and $$var = $$other.',
		raw`Escaped \*stars\*, \[brackets\], \(see below\) and \[x\] done.`,
		raw`- \[ ] open`,
		raw`C:\temp\(x86\)\new and C:\(dir\)\[a\]`,
		raw`Match \(\d+\) or \([0-9]*\), sed 's/\(.*\)=\(.*\)/\2/', grep '\(foo\|bar\)'`,
		raw`\(a{2,3}\) and foo\(bar\)`,
		raw`A code span ${'`'}\( \bar{x} \)${'`'} and ${'``'}a ${'`'} \(x\)${'``'}.`,
		raw`An open ${'`'} backtick \(x\) in a paragraph.`,
		'In `C:\\` and `\\(x\\)`.',
		'- it`s here\n- use `\\(x\\)`',
		'```\n\\( \\bar{x} \\)\n$$ x^2 $$\n```',
		'```md\n```sh\n```\n\\(x\\)\n```'.replace('```md', '````md').replace(/```$/, '````'),
		raw`Open \( x = 1`,
		'Open\n\\[\nx = 1\n\nNext paragraph.',
		raw`Escaped \\(x\\).`,
		raw`[x](https://a.example/b_\(c\))`,
		raw`\(${'x'.repeat(600)}^2\)`,
	])('are not what only looks alike: %s', (source) => itWrites(source, source));

	it('are waited for as long as they may be some, and no text is lost', () => {
		const modelText = createModelText();
		modelText.push('The mean \\( \\bar');
		const text = modelText.addTo('');
		expect(text).toBe('The mean ');
		modelText.push('{x} \\) is');
		expect(modelText.addTo(text)).toBe('The mean x̄ is');
	});
});

describe('spellings', () => {
	it.each([
		['one<br>two<br/>three', 'one\ntwo\nthree'],
		['> one<br />two', '> one\n> two'],
		['- one<br>two', '- one\n  two'],
		['one<br>\ntwo', 'one\ntwo'],
		['| one<br>two | three <br> four |', '| one two | three   four |'],
		['# one<br>two', '# one two'],
		[
			'Use __init__ and __main__.py, or a.__secret__ and __call_me__().',
			raw`Use \_\_init\_\_ and \_\_main\_\_.py, or a.\_\_secret\_\_ and \_\_call\_me\_\_().`,
		],
	])('are those that readers know: %j', (source, expected) => itWrites(source, expected));

	it.each([
		'The tag <br> ends a line, <br>.',
		'`<br>` and `__init__`',
		'```\na<br>b __init__\n```',
		'__strong__ words and snake__case__name',
		'https://a.example/__init__.py and [x](b/__init__.py)',
		'a < b, <b>x</b>, _it_',
	])('stay as they are: %s', (source) => itWrites(source, source));
});

describe('text that streams in', () => {
	it('comes to the same, however it is cut', () => {
		fc.assert(
			fc.property(trickyMarkdown, fc.integer({ min: 1, max: 12 }), (source, size) => {
				expect(write(source, size)).toBe(write(source));
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		// A line that begins as a fence and goes on as a code span.
		['```a```__init__', raw`${'```'}a${'```'}\_\_init\_\_`],
		['```a```js\n__init__', '```a```js\n\\_\\_init\\_\\_'],
		['```a``` \\(x^2\\) and ```b``` c<br>d', '```a``` x² and ```b``` c\nd'],
		['- ````a````__init__', raw`- ${'````'}a${'````'}\_\_init\_\_`],
		['```a', '```a'],
		// One that leaves the quote or the list that a fence lies in.
		['> ```\n__init__\n', '> ```\n\\_\\_init\\_\\_\n'],
		['> ```\n> __init__\n\\(x^2\\)', '> ```\n> __init__\nx²'],
		['- ```\na<br>b\n', '- ```\na\nb\n'],
		['- ```\n  a<br>b\n__init__', '- ```\n  a<br>b\n\\_\\_init\\_\\_'],
		['1. ```\n> __init__', '1. ```\n> \\_\\_init\\_\\_'],
		['- ```\n```md\n__init__\n```\n', '- ```\n```md\n__init__\n```\n'],
	])('is read line by line: %j', (source, expected) => itWrites(source, expected));
});

it.each([
	'\\[',
	'\\(',
	'$$',
	'$$\n',
	'\\(x ',
	'\\[\\frac{',
	'__a',
	'__a__',
	'<br',
	'<br>',
	'`',
	'```md\n',
	'```md\n```js\n',
	'\\(\\frac{',
	'> \\[\n',
	'{',
	'^',
])('takes a time that grows with the text alone: %j', async (piece) => {
	const source = piece.repeat(15_000 / piece.length);
	expect(await threadMs(() => write(source, 1_000) + write(`\\(${source}\\)`, 1_000), 500)).toBeLessThan(500);
});
