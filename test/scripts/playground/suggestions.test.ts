/** What the composer offers while one types. */

import { expect, test } from 'vitest';
import { emptyView } from '../../../scripts/playground/live.ts';
import { openWord, suggestionsFor } from '../../../scripts/playground/page/suggestions.ts';
import type { View } from '../../../scripts/playground/wire.ts';

const view: View = {
	...emptyView(),
	people: {
		lucia: { id: 'lucia', name: 'Lucía Ferrer', title: 'Ventas', locale: 'es-ES', standing: 'employee' },
		tom: { id: 'tom', name: 'Tom Baker', title: 'Engineering', locale: 'en-GB', standing: 'employee' },
	},
};

function offered(text: string): string[] {
	return suggestionsFor(view, 'slack', openWord(text, text.length)).map(({ label }) => label);
}

test.each([
	['@', ['@OpenCCB', '@Lucía Ferrer', '@Tom Baker']],
	['hola @luc', ['@Lucía Ferrer']],
	['hola @Tom B', ['@Tom Baker']],
	['hola @Tom Baker', []],
	['ana@tom', []],
	['@OpenCCB ', []],
	['/', ['/ccb help', '/ccb new', '/ccb stop', '/ccb status']],
	['/ccb st', ['/ccb stop', '/ccb status']],
	['/ccb help', []],
	['and/or', []],
	['', []],
])('after %j it offers %j', (text, labels) => {
	expect(offered(text)).toEqual(labels);
});

test('Teams has no commands to offer', () => {
	expect(suggestionsFor(view, 'teams', '/')).toEqual([]);
});

test('only the word before the caret counts', () => {
	expect(openWord('@Tom and @Lu', 4)).toBe('@Tom');
});
