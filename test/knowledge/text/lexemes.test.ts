/** What a text is found by. */

import { expect, test } from 'vitest';
import { chunkLexemes, questionLexemes } from '#src/knowledge/text/lexemes.ts';

/** Whether a question has a lexeme in common with a chunk. */
function finds(question: string, content: string, context = ''): boolean {
	const { vector } = chunkLexemes(context, content);
	return questionLexemes(question).lexemes.some((lexeme) => vector.includes(`'${lexeme}':`));
}

test.each([
	['señalizacion', 'La señalización de la obra es obligatoria.'],
	['¿Cuántos días de vacaciones?', 'El plazo para la vacación pedida es corto.'],
	['pumps', 'The pump must be primed.'],
	['bomba BL300', 'Referencia BL-300: par de apriete 40 Nm'],
	['BL 300/16', 'Referencia: BL-300-16'],
	['bl30016', 'Referencia: BL-300-16'],
	['412.50', 'Precio: 412,50 €'],
	['ordenador', 'El ordena\u00ADdor portátil se devuelve.'],
	['oficina', 'La o\uFB01cina cierra a las seis.'],
	['manual de la BL-300', 'Apretar con 40 Nm.', 'Manual BL-300.pdf › Montaje'],
	['保证', '保证期为两年'],
])('%s is found in “%s”', (question, content, context?: string) => {
	expect(finds(question, content, context)).toBe(true);
});

test('function words find nothing', () => {
	expect(questionLexemes('¿Qué es lo que hay en la de los?').lexemes).not.toContain('la');
	expect(finds('what is the', 'The pump is the one that is in the hall.')).toBe(false);
});

test('a question asks for each word in both languages, and counts it once', () => {
	const { lexemes, words } = questionLexemes('vacaciones en Valencia');
	expect(new Set(words)).toEqual(new Set([0, 1]));
	expect(lexemes.length).toBe(words.length);
	expect(new Set(lexemes).size).toBe(lexemes.length);
});

test('a lexeme is counted as often as it stands there, with its places', () => {
	expect(chunkLexemes('', 'pump valves pump', 'en')).toEqual({ vector: "'pump':1,3 'valv':2", length: 3, language: 'en' });
	expect(chunkLexemes('', 'pump valves pump')).toMatchObject({ vector: "'pump':1,3 'valves':2", language: null });
	expect(chunkLexemes('', 'Las válvulas de la bomba', 'en')).toMatchObject({ language: 'es' });
});

test('what is no text does no harm', () => {
	expect(chunkLexemes('', '')).toEqual({ vector: '', length: 0, language: null });
	expect(questionLexemes('¿…?')).toEqual({ lexemes: [], words: [] });
	expect(chunkLexemes('', 'x'.repeat(5_000)).vector.length).toBeLessThan(100);
	expect(chunkLexemes('', 'a ’ \' " \\ b').vector).not.toContain("''");
	expect(questionLexemes(Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ')).lexemes.length).toBeLessThan(200);
});
