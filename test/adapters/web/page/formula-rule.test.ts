/** What the page takes for a formula, and what it leaves as it was written. */

import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { meantText } from '#src/markdown/model-text/model-text.ts';
import { formulaToken, teachFormulas } from '../../../../adapters/web/page/parts/formula-rule.ts';

const parser = new MarkdownIt({ html: false });
teachFormulas(parser);
const raw = String.raw;

/** As the page reads a stored answer. Those apart stand in brackets. */
function formulasIn(written: string): string[] {
	const tokens = parser.parse(meantText(written), {}).flatMap(({ children }) => children ?? []);
	return tokens
		.filter(({ type }) => type === formulaToken)
		.map(({ content, meta }) => (meta?.['isApart'] === true ? `[${content}]` : content));
}

it.each<[string, string[]]>([
	[raw`The area is \(\pi r^2\), so \(x_1 = \frac{a}{b}\).`, [raw`\pi r^2`, raw`x_1 = \frac{a}{b}`]],
	['$$ E = mc^2 $$', ['[E = mc^2]']],
	['So:\n\\[\nx = a\n- b\n= c\n\\]\nwhere', ['[x = a - b = c]']],
	[raw`is \[ E = mc^2 \] here, and $$x^2$$ there`, ['E = mc^2', 'x^2']],
	['| \\(\\alpha\\) | b |\n| --- | --- |\n| 1 | 2 |', [raw`\alpha`]],
	['- so:\n  $$ x = y^2 $$\n- end', ['[x = y^2]']],
	['> so:\n> \\[\n> x = y^2\n> \\]\n> end', ['[x = y^2]']],
	[raw`\[ \begin{aligned} a &= b \\ c &= d \end{aligned} \]`, [raw`[\begin{aligned} a &= b \\ c &= d \end{aligned}]`]],
])('takes for a formula what is one: %s', (written, formulas) => expect(formulasIn(written)).toEqual(formulas));

it.each([
	'From R$ 12 to R$ 15, or US$ 3 and $5.',
	'It costs $5 and $10, or $$ to $$$.',
	'Math: $a_1 < b_2$ and $$var = $$other.',
	raw`Escaped \[brackets\], \(see below\) and C:\temp\(x86\)\new`,
	'`\\(x^2\\)` and ``$$ y^2 $$``',
	'```tex\n\\[ x = y^2 \\]\n```',
	raw`Match \(\d+\) or \([0-9]*\), sed 's/\(.*\)=\(.*\)/\2/'`,
	raw`An open one: \( x^2 and no more`,
])('leaves money, code and patterns alone: %s', (written) => expect(formulasIn(written)).toEqual([]));

it('shows a stored answer as it was shown while it came', () => {
	const written = 'So \\(a_{__b__}\\)<br>and __init__\n\n```md\n```sh\nls\n```\n```\n';
	expect(meantText(written)).toContain(raw`\(a_{__b__}\)`);
	expect(meantText(meantText(written))).toBe(meantText(written));
});
