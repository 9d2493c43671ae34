/** What becomes of marks of sources while a text streams: kept, dropped or told, the same however the text is divided. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCitationCheck } from '#src/conversation/citing/citation-check.ts';
import { createFoundSources } from '#src/conversation/citing/found-sources.ts';
import { english } from '#src/locales/english.ts';

const found = [
	{ title: 'Where the pump is', url: null, excerpt: 'The pump of line 3 is in the workshop in Lima since May 4, 2026.' },
	{ title: 'Holidays', url: null, excerpt: 'Employees have 23 days of vacation a year, and one more after ten years.' },
	{ title: 'Vacaciones', url: null, excerpt: 'Las solicitudes se presentan con quince días de antelación y las aprueba Marta Ruiz.' },
];

function check(pieces: readonly string[], sources = found) {
	const known = createFoundSources({ now: new Date(0), staleAfterDays: null });
	for (const source of sources) known.take(source);
	const cited = new Map<number, string | null>();
	const counts = { supportedMarks: 0, unsupportedMarks: 0, unknownMarks: 0 };
	const checked = createCitationCheck({ sources: known, words: english, cited, counts });
	const shown = pieces.map((piece) => checked.push(piece));
	return { shown, text: shown.join('') + checked.end(), cited: [...cited.keys()].sort(), originals: [...cited.values()], counts };
}

const none = english.citation.unsupported;

const texts: [name: string, written: string, shown: string, cited: number[]][] = [
	['a sentence that holds', 'The pump is in Lima [1].', 'The pump is in Lima [1].', [1]],
	['a mark behind the full stop', 'The pump is in Lima. [1] Good.', 'The pump is in Lima. [1] Good.', [1]],
	['a mark directly behind a word', 'The pump is in Lima[1].', 'The pump is in Lima[1].', [1]],
	['a sentence that does not hold', 'The pump is in Cusco [1]. Well.', `The pump is in Cusco ${none}. Well.`, []],
	['another number', 'Employees have 25 days of vacation [2].', `Employees have 25 days of vacation ${none}.`, []],
	['the wrong source', 'Employees have 23 days of vacation [1].', `Employees have 23 days of vacation ${none}.`, []],
	['the wrong source beside the right one', 'Employees have 23 days of vacation [1][2].', 'Employees have 23 days of vacation [2].', [2]],
	[
		'what two sources say together',
		'The pump of line 3 is in Lima and employees have 23 days of vacation [1, 2].',
		'The pump of line 3 is in Lima and employees have 23 days of vacation [1][2].',
		[1, 2],
	],
	[
		'each part of a sentence by its own mark',
		'The pump is in Lima [1], and employees have 23 days [2].',
		'The pump is in Lima [1], and employees have 23 days [2].',
		[1, 2],
	],
	[
		'a part that does not hold',
		'The pump is in Lima [1], and employees have 24 days of vacation [2].',
		`The pump is in Lima [1], and employees have 24 days of vacation ${none}.`,
		[1],
	],
	['a number that there is not', 'The pump is in Lima [7].', 'The pump is in Lima.', []],
	['one that there is beside one that there is not', 'The pump is in Lima [7][1].', 'The pump is in Lima [1].', [1]],
	[
		'other forms',
		'The pump is in Lima 【1†source】. It is in the workshop (source 1).',
		'The pump is in Lima [1]. It is in the workshop [1].',
		[1],
	],
	['a mark that is a link', 'The pump is in Lima [1](https://chat.example/1).', 'The pump is in Lima [1].', [1]],
	[
		'another language',
		'La bomba de la línea 3 está en Lima desde el 4/5/2026 [1].',
		'La bomba de la línea 3 está en Lima desde el 4/5/2026 [1].',
		[1],
	],
	['a sentence that is told once', 'The pump is in Cusco [1], and in Quito [1].', `The pump is in Cusco ${none}, and in Quito.`, []],
	[
		'two sentences that are told',
		'It stands in Cusco [1]. It stands in Quito [1].',
		`It stands in Cusco ${none}. It stands in Quito ${none}.`,
		[],
	],
	['more marks for what holds', 'The pump is in Lima [1]. [2] Well.', 'The pump is in Lima [1]. Well.', [1]],
	[
		'each line for itself',
		'- The pump: Lima [1]\n- Vacation: 23 days [2]\n- Coffee: 7 cups [2]',
		`- The pump: Lima [1]\n- Vacation: 23 days [2]\n- Coffee: 7 cups ${none}`,
		[1, 2],
	],
	[
		'a numbered list',
		'1. The pump is in Lima [1].\n2. Vacation: 23 days [2]',
		'1. The pump is in Lima [1].\n2. Vacation: 23 days [2]',
		[1, 2],
	],
	[
		'an abbreviation',
		'The pump of Mr. Ruiz is in Lima, approx. since May [1].',
		`The pump of Mr. Ruiz is in Lima, approx. since May ${none}.`,
		[],
	],
	[
		'a list of sources',
		'The pump is in Lima [1].\n\nSources:\n[1] Where the pump is\n[2] Holidays',
		'The pump is in Lima [1].\n\nSources:\n[1] Where the pump is\n Holidays',
		[1],
	],
	['a list of sources in a line', 'The pump is in Lima [1].\n\nSources: [1], [2]', 'The pump is in Lima [1].\n\nSources: [1]', [1]],
	['a yes', 'Yes [1]. The pump is in Lima.', 'Yes. The pump is in Lima.', []],
	['a table', '| Pump | Lima [1] |\n| Vacation | 24 days [2] |', `| Pump | Lima [1] |\n| Vacation | 24 days ${none} |`, [1]],
	['code in a line', 'Read `list[2]` or ``a[1]``. The pump is in Lima [1].', 'Read `list[2]` or ``a[1]``. The pump is in Lima [1].', [1]],
	[
		'a fence',
		'```js\nlist[1] // Cusco [1]\n```\nThe pump is in Lima [1].',
		'```js\nlist[1] // Cusco [1]\n```\nThe pump is in Lima [1].',
		[1],
	],
	['a fence in a list', '- ~~~\n  list[2]\n  ~~~\n\nThe pump is in Lima [1].', '- ~~~\n  list[2]\n  ~~~\n\nThe pump is in Lima [1].', [1]],
	['a fence that stays open', '```\nlist[1]', '```\nlist[1]', []],
	[
		'a span that stays open, up to the end of its line',
		'A ` and [9]\nThe pump is in Lima [1].',
		'A ` and [9]\nThe pump is in Lima [1].',
		[1],
	],
	[
		'brackets that are none',
		'A [link](https://a.example/), \\[1\\], ![1](x), [x], [2026] and [ ]  \n',
		'A [link](https://a.example/), \\[1\\], ![1](x), [x], [2026] and [ ]  \n',
		[],
	],
	['a mark that is not whole', 'The pump is in Lima [1', 'The pump is in Lima [1', []],
	['blanks at the end', 'The pump is in Lima   ', 'The pump is in Lima   ', []],
];

describe('a text with marks', () => {
	it('notes what a source says in its own language, where that is not the sentence’s', () => {
		expect(check(['Requests are approved by Marta Ruiz [3]. The pump is in Lima [1].']).originals).toEqual([found[2]?.excerpt, null]);
		expect(check(['Las solicitudes las aprueba Marta Ruiz [3].']).originals).toEqual([null]);
	});

	it.each(texts)('shows %s', (_, written, shown, cited) => {
		expect(check([written])).toMatchObject({ text: shown, cited });
	});

	it('is the same however it is divided', () => {
		const whole = texts.map(([, written]) => written).join('\n\n');
		const expected = check([whole]);
		const cuts = fc
			.array(fc.nat(whole.length), { maxLength: 60 })
			.map((all) => [0, ...all.sort((one, other) => one - other), whole.length]);
		fc.assert(
			fc.property(cuts, (at) => {
				const { shown: _, ...divided } = check(at.slice(1).map((end, index) => whole.slice(at[index], end)));
				const { shown: __, ...undivided } = expected;
				expect(divided).toEqual(undivided);
			}),
			{ numRuns: 15 },
		);
		expect(check([...whole]).text).toBe(expected.text);
	});

	it('is shown as it comes but for what may be a mark', () => {
		expect(check(['The pump ', 'is in Lima', ' [', '1', ']', '. Well', ' [li', 'nk](', 'x)']).shown).toEqual([
			'The pump',
			' is in Lima',
			'',
			'',
			'',
			' [1]. Well',
			'',
			' [link]',
			'(x)',
		]);
	});

	it('passes as it is where there are no sources', () => {
		expect(check(['In Lima [', '1] 【2†source】 ', 'x '], []).shown).toEqual(['In Lima [', '1] 【2†source】 ', 'x ']);
	});

	it('counts its marks by what became of them', () => {
		const { counts } = check(['The pump is in Lima [1][2]. It is in Cusco [1]. Here [8].']);
		expect(counts).toEqual({ supportedMarks: 1, unsupportedMarks: 2, unknownMarks: 1 });
	});

	it('costs the same a character, however long it is', () => {
		const hostile = ['[', ' ', '[1] ', '`', 'a. ', '[1](h'].map((piece) => piece.repeat(10_000 / piece.length));
		const durations = hostile.map((text) => {
			const begunAt = performance.now();
			check(text.match(/.{1,4}/gs) ?? []);
			return performance.now() - begunAt;
		});
		// Some tens of milliseconds each; what looks again and again at the whole takes many seconds.
		expect(Math.max(...durations)).toBeLessThan(2_000);
	});
});
