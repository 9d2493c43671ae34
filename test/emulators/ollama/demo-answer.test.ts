/** What the demonstration answer says back. */

import { expect, test } from 'vitest';
import { demoAnswer } from './demo-answer.ts';

const answerTo = (...said: string[]) =>
	demoAnswer({ model: 'm', messages: [{ role: 'system', content: 's' }, ...said.map((content) => ({ role: 'user', content }))] });

test('repeats the question, in its language', () => {
	expect(answerTo('Hello?')).toContain('You asked: “Hello?”');
	expect(answerTo('{"asker":"Ana"}', '¿Qué tal?')).toContain('Has preguntado: «¿Qué tal?»');
	expect(answerTo('Explica el corte')).toContain('Has preguntado');
	expect(answerTo('{"asker":"Ana"}', '{"a": 1}')).toContain('You asked: “{"a": 1}”');
});

test('repeats the words that were passed on where nobody wrote any', () => {
	const cited = '{"cited":"forwarded","from":"Tom","text":"The oven\\nis hot"}';
	expect(answerTo(`{"asker":"Ana"}\n${cited}`, '{"asker_wrote":"nothing"}')).toContain('You asked: “The oven is hot”');
});

test('says the beginning of each message that is to be summed up, with its mark', () => {
	const message = (at: number, text: string) => JSON.stringify({ cite_as: `[${at}]`, said_by: 'Tom', at: '2030-01-01 09:00', text });
	const given = [message(1, 'The fair moves to Friday. Who comes along?'), message(2, 'I do.')].join('\n');
	expect(answerTo(given, 'Tell me what I missed here.')).toBe('- The fair moves to Friday. [1]\n- I do. [2]');
});

test('reads a link with the tool for it, where that is offered, and cites what it read', () => {
	const link = 'https://acme.slack.com/archives/C1/p1700000000000100';
	const messages = [{ role: 'user', content: `¿Qué dice ${link}?` }];
	const tools = [{ type: 'function', function: { name: 'read_message' } }];
	expect(demoAnswer({ model: 'm', messages })).toContain('Has preguntado');
	expect(demoAnswer({ model: 'm', messages, tools })).toEqual({
		tokens: [],
		toolCalls: [{ function: { name: 'read_message', arguments: { link: `${link}?` } } }],
	});
	const read = (content: string) => demoAnswer({ model: 'm', messages: [...messages, { role: 'tool', content }], tools });
	expect(read('{"tool_result":{"text":"Hola"},"sources":[]}')).toBe('En ese mensaje pone: «Hola» [1].');
	expect(read('{"tool_failed":"There is no message."}')).toBe(
		'No he podido leer ese mensaje. Al modelo se le ha dicho: «There is no message.»',
	);
});

test('says what the passages say that came with the question, in the sentence that is nearest to it, and cites it', () => {
	const oven = { cite_as: '[1]', file: 'Horno.pdf', text: 'Horno H-200.\nEl horno se calienta en 40 minutos. Tiene dos puertas.' };
	const prices = { cite_as: '[2]', file: 'Tarifas.xlsx', text: 'Precios\nArtículo: Lámpara Faro | Precio: 212.5' };
	const given = [oven, prices].map((passage) => JSON.stringify(passage)).join('\n');
	const told = `${given}\n{"asker":"Ana"}`;
	expect(answerTo(told, '¿Cuántos minutos tarda el horno?')).toBe(
		'Según el documento «Horno.pdf»: «El horno se calienta en 40 minutos.» [1]',
	);
	expect(answerTo(told, 'And the Faro lamp?')).toBe(
		'According to the document “Tarifas.xlsx”: “Artículo: Lámpara Faro | Precio: 212.5” [2]',
	);
	const dropped = JSON.stringify({ cite_as: '[1]', attached_file: 'Plan.docx', text: 'El inventario es el viernes.' });
	expect(answerTo(`${dropped}\n{"asker":"Ana"}`, '¿Cuándo es el inventario?')).toBe(
		'Según el documento «Plan.docx»: «El inventario es el viernes.» [1]',
	);
	expect(answerTo(`${dropped}\n{"asker":"Ana"}`, '{"asker_wrote":"nothing beside what is attached"}')).toBe(
		'Según el documento «Plan.docx»: «El inventario es el viernes.» [1]',
	);
	expect(answerTo('¿Qué precios hay?', told, '¿Y las puertas, y su precio?')).toContain('Lámpara Faro');
	expect(answerTo(told, '¿Quién eres?')).toContain('Has preguntado: «¿Quién eres?»');
});
