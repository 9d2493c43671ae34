/** What the demonstration answer says back. */

import { expect, test } from 'vitest';
import { demoAnswer } from './demo-answer.ts';

const answerTo = (...said: string[]) =>
	demoAnswer({ model: 'm', messages: [{ role: 'system', content: 's' }, ...said.map((content) => ({ role: 'user', content }))] });

test('repeats the question, in its language', () => {
	expect(answerTo('Hello?')).toContain('You asked: “Hello?”');
	expect(answerTo('{"asker":"Ana"}', '¿Qué tal?')).toContain('Has preguntado: «¿Qué tal?»');
	expect(answerTo('{"asker":"Ana"}', '{"a": 1}')).toContain('You asked: “{"a": 1}”');
});

test('repeats the words that were passed on where nobody wrote any', () => {
	const cited = '{"cited":"forwarded","from":"Tom","text":"The oven\\nis hot"}';
	expect(answerTo(`{"asker":"Ana"}\n${cited}`, '{"asker_wrote":"nothing"}')).toContain('You asked: “The oven is hot”');
});
