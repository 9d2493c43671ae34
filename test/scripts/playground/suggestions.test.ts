/** What the composer offers while one types. */

import { expect, test } from 'vitest';
import { emptyView } from '../../../scripts/playground/live.ts';
import { openWord, suggestionsFor } from '../../../scripts/playground/page/suggestions.ts';
import type { About, View } from '../../../scripts/playground/wire.ts';

const view = (): View => ({
	...emptyView(),
	about: { all: about },
	people: {
		lucia: { id: 'lucia', name: 'Lucía Ferrer', title: 'Ventas', locale: 'es-ES', standing: 'employee' },
		tom: { id: 'tom', name: 'Tom Baker', title: 'Engineering', locale: 'en-GB', standing: 'employee' },
	},
});

const about = {
	companyName: '',
	meId: 'tom',
	botId: 'openccb',
	rootCommand: 'ccb',
	commands: ['help', 'new', 'stop', 'status'],
	platforms: [],
	bot: { phase: 'running', pid: 1, restarts: 0 },
	model: { kind: 'emulated', triedUrl: '', model: '', isStopped: false },
	callCount: 0,
	rateLimitedCount: 0,
} satisfies About;

function offered(text: string): string[] {
	return suggestionsFor(view(), 'slack', openWord(text, text.length)).map(({ label }) => label);
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

test('Teams has a command for each, the others one for all', () => {
	expect(suggestionsFor(view(), 'teams', '/st').map(({ insert }) => insert)).toEqual(['/stop', '/status']);
	expect(suggestionsFor(view(), 'discord', '/ccb st').map(({ insert }) => insert)).toEqual(['/ccb stop', '/ccb status']);
});

test('only the word before the caret counts', () => {
	expect(openWord('@Tom and @Lu', 4)).toBe('@Tom');
});
