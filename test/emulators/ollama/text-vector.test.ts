/** Vectors without a model: what the search in tests and in the playground rests on. */

import { expect, it } from 'vitest';
import { textVector } from './text-vector.ts';

const likeness = (one: string, other: string): number => {
	const vector = textVector(other, 384);
	return textVector(one, 384).reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0);
};

it.each(['Two words', '', '???', '漢字 かな'])('is the same every time and of unit length: %j', (text) => {
	const vector = textVector(text, 384);
	expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
	expect(textVector(text, 384)).toEqual(vector);
});

it.each([
	['in other forms of its words', '¿Cuántas vacaciones quedan?', 'Quedaban pocos días de vacación'],
	['without accents and in capitals', 'SEÑALIZACION AVERIADA', 'señalización averiada'],
	['among many other words', 'printer', 'The printer on the third floor, beside the kitchen, has been broken since Monday'],
])('is near what says the same %s, and far from the rest', (_, one, other) => {
	const unlike = 'El plan de pensiones cubre a toda la plantilla';
	expect(likeness(one, other)).toBeGreaterThan(Math.abs(likeness(one, unlike)) + 0.1);
});

it('lets a word that is repeated count a little more, not many times more', () => {
	const once = likeness('printer kitchen', 'printer');
	const often = likeness(`${'printer '.repeat(50)}kitchen`, 'printer');
	expect(often).toBeGreaterThan(once);
	expect(often).toBeLessThan(0.99);
});

it.each([
	'search_document: ',
	'search_query: ',
	'passage: ',
	'query: ',
	'title: none | text: ',
	'task: search result | query: ',
	'Represent this sentence for searching relevant passages: ',
	'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:',
])('takes no notice of what real models want before a text: %j', (prefix) => {
	expect(textVector(`${prefix}the printer is broken`, 384)).toEqual(textVector('the printer is broken', 384));
});
