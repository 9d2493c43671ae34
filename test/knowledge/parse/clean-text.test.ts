/** Text as it may be stored. */

import { expect, it } from 'vitest';
import { cleanText, cleanWords } from '#src/knowledge/parse/clean-text.ts';

it('leaves every character alone by itself that it leaves alone among others which it does not', () => {
	const filler = '\u200b';
	const texts = Array.from({ length: 0x2200 }, (_, code) => `a ${String.fromCharCode(code)}b`);
	expect(texts.filter((text) => cleanText(text) !== cleanText(`${text}${filler}`))).toEqual([]);
	expect(texts.filter((text) => cleanWords(text) !== cleanWords(`${text}${filler}`))).toEqual([]);
});

it('keeps one blank between words, and no end of a line that is none', () => {
	expect(cleanWords(' Un  café\t, dos \r\n tés ')).toBe('Un café , dos\ntés');
	expect(cleanWords('Un café, dos tés')).toBe('Un café, dos tés');
});
