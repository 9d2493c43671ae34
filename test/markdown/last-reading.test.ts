/** What the last reading does with what its readers find; `test/fuzz/last-reading.test.ts` tells what they find. */

import { describe, expect, it } from 'vitest';
import { toInertText } from '#src/markdown/inert-text.ts';
import { createLastReading, findPattern } from '#src/markdown/last-reading.ts';

const fence = '```\nlet a = b[0];\n```';

describe('createLastReading', () => {
	it('writes the block in question as inert text, and no other', () => {
		const { makeClean } = createLastReading([findPattern(/<x>/g)]);
		expect(makeClean(`${fence}\n\na <x> b\n\n${fence}`)).toBe(`${fence}\n\na <\u200bx> b\n\n${fence}`);
	});

	it('writes all of the text so when that is not enough', () => {
		const { makeClean } = createLastReading([findPattern(/<x>/g), (text) => (text.includes('```') ? [[text.length, text.length]] : [])]);
		const text = `${fence}\n\na <x> b`;
		expect(makeClean(text)).toBe(toInertText(text));
	});

	it('takes a byte order mark off the beginning, as some readers do', () => {
		const { isClean, makeClean } = createLastReading([findPattern(/^a <x>/g)]);
		expect(isClean('\ufeffa <x>')).toBe(false);
		expect(makeClean('\ufeffa <x>')).toBe('a <\u200bx>');
	});

	it('makes nothing longer than there is room for', () => {
		const { makeClean } = createLastReading([findPattern(/\[x\]\(/g)]);
		expect(makeClean('a [x](b) & `c` https://d.test', 29)).toBe("a (x)(b)   'c' https: /d.test");
	});

	it('takes what cannot be read for alive', () => {
		const { isClean, makeClean } = createLastReading([
			() => {
				throw new RangeError('Maximum call stack size exceeded');
			},
		]);
		expect(isClean('a')).toBe(false);
		expect(makeClean('<a>')).toBe('<\u200ba>');
	});
});
