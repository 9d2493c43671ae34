import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '#src/history/title.ts';

const characters = fc.constantFrom('a', 'b', ' ', ' ', '\t', '\n', '.', '?', '…', 'é', '😀', '字', '\ud83d', '\0');

describe('the title of a conversation', () => {
	it.each([
		['How do I book a room?', 'How do I book a room?'],
		['How do I book a room? It is for Monday.', 'How do I book a room?'],
		['  Two   spaces\tand a tab\nand a second line', 'Two spaces and a tab'],
		['Version 1.5 is out', 'Version 1.5 is out'],
		['¿Cómo reservo una sala? Gracias', '¿Cómo reservo una sala?'],
		['', ''],
	])('of %j is %j', (question, title) => {
		expect(titleOf(question)).toBe(title);
	});

	it('cuts a long sentence between words', () => {
		const title = titleOf('Please explain to me in detail how the purchase orders of last year were approved');
		expect(title).toBe('Please explain to me in detail how the purchase orders of…');
	});

	it('cuts a long word where it must', () => {
		expect(titleOf('x'.repeat(500))).toBe(`${'x'.repeat(60)}…`);
	});

	it('is short and well formed for any question', () => {
		fc.assert(
			fc.property(fc.string({ unit: characters, maxLength: 300 }), (question) => {
				const title = titleOf(question);
				expect(title.length).toBeLessThanOrEqual(61);
				expect(title).not.toContain('\n');
				if (question.isWellFormed()) expect(title.isWellFormed()).toBe(true);
			}),
		);
	});

	it('does not cut an emoji in half', () => {
		expect(titleOf('😀'.repeat(100)).isWellFormed()).toBe(true);
		expect(titleOf(`x${'😀'.repeat(100)}`).isWellFormed()).toBe(true);
	});
});
