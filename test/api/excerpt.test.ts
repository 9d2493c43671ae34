import { expect, it } from 'vitest';
import { excerptOf } from '#src/api/excerpt.ts';

it('shows what was found with a little around it, whatever accents and capitals it has', () => {
	const text = `${'antes '.repeat(40)}la REUNIÓN de mañana${' después'.repeat(40)}`;
	const shown = excerptOf(text, 'reunion');
	expect(shown).toContain('la REUNIÓN de mañana');
	expect(shown).toMatch(/^….*…$/);
	expect(shown.length).toBeLessThanOrEqual(202);
});

it.each([
	['short', 'nothing', 'short'],
	['a\n\n b', 'b', 'a b'],
	['', 'x', ''],
	['İstanbul ist weit', 'weit', 'İstanbul ist weit'],
])('of %j for %j is %j', (text, words, shown) => {
	expect(excerptOf(text, words)).toBe(shown);
});
