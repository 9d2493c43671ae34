/** What the demonstration model says that a follow-up means. */

import { expect, it } from 'vitest';
import { standaloneAnswer } from './standalone-answer.ts';

const format = { type: 'object', properties: { question: { type: 'string' }, keywords: { type: 'array' } } };
const line = (role: string, text: string) => JSON.stringify({ role, text });

it('joins the question and the one before it, and leaves other formats alone', () => {
	const content = [line('user', 'How much is the pump?'), line('assistant', '900 euros.'), line('user', 'And in red?')].join('\n');
	const messages = [{ role: 'user', content }];
	expect(JSON.parse(standaloneAnswer({ model: 'm', format, messages }) ?? '')).toEqual({
		question: 'How much is the pump? And in red?',
		keywords: [],
	});
	expect(standaloneAnswer({ model: 'm', format: { type: 'object', properties: { n: {} } }, messages })).toBeNull();
	expect(standaloneAnswer({ model: 'm', format: 'json', messages })).toBeNull();
});
