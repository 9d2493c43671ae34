import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../../adapters/slack/form.ts';

const read = (text: string) => {
	const fields = readForm(Buffer.from(text));
	return fields === null ? null : Object.fromEntries(fields);
};

describe('a form of Slack', () => {
	it('is read as the web writes it', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' }), { maxKeys: 90 }), (fields) => {
				const form = new URLSearchParams(fields).toString();
				expect(read(form)).toEqual(Object.fromEntries(new URLSearchParams(form)));
			}),
			{ examples: [[{ 'a b': '1+1 = 2 & "x"' }]] },
		);
	});

	it.each([
		['a=1&b', { a: '1', b: '' }],
		['a=1=2', { a: '1=2' }],
		['a=1&a=2', { a: '2' }],
		['text=%C3%B1+%2B', { text: 'ñ +' }],
		['a=%', null],
		['a=%ff', null],
		['a&'.repeat(101), null],
	])('%j is %j', (text, fields) => {
		expect(read(text)).toEqual(fields);
	});
});
