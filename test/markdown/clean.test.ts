/** Model text is cleaned the same way however it is cut into deltas. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextCleaner } from '#src/markdown/clean.ts';

function clean(...deltas: string[]): string {
	const cleaner = createTextCleaner();
	return deltas.map((delta) => cleaner.push(delta)).join('') + cleaner.end();
}

describe('createTextCleaner', () => {
	it.each([
		['a\u0000b\u001b[31mc\u0085\u007f', 'ab[31mc'],
		['tab\tand\nline', 'tab\tand\nline'],
		['a\r\nb\rc\r', 'a\nb\nc\n'],
		['\u202Egnp.exe\u202C \u2066x\u2069 \u200E\u200F\u061C', 'gnp.exe x '],
		['\ud83d alone \ude00', '\ufffd alone \ufffd'],
		['👩‍👩‍👧 ñ', '👩‍👩‍👧 ñ'],
	])('turns %j into %j', (text, cleaned) => {
		expect(clean(text)).toBe(cleaned);
	});

	it('holds back half a character until the other half comes', () => {
		const cleaner = createTextCleaner();
		expect(cleaner.push('a\ud83d')).toBe('a');
		expect(cleaner.push('\ude00b')).toBe('😀b');
	});

	it('gives the same text wherever the deltas end', () => {
		const unit = fc.constantFrom('a', '\r', '\n', '\ud83d', '\ude00', '\u202e', '\u0007', '😀');
		fc.assert(
			fc.property(fc.array(fc.string({ unit, maxLength: 4 })), (deltas) => {
				expect(clean(...deltas)).toBe(clean(deltas.join('')));
			}),
		);
	});
});
