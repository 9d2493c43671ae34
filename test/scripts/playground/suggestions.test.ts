/** What the composer offers while one types, and which commands it does not send. */

import { expect, test } from 'vitest';
import { emptyView } from '../../../scripts/playground/live.ts';
import { commandRefusal } from '../../../scripts/playground/page/command-refusal.ts';
import { openWord, suggestionsFor } from '../../../scripts/playground/page/suggestions.ts';
import { wordsFor } from '../../../scripts/playground/page/words.ts';
import type { About, OfferedCommand, Place, Platform, View } from '../../../scripts/playground/wire.ts';

const view = (meId = 'tom'): View => ({
	...emptyView(),
	about: { all: { ...about, meId } },
	people: {
		lucia: { id: 'lucia', name: 'Lucía Ferrer', title: 'Ventas', locale: 'es-ES', standing: 'employee' },
		tom: { id: 'tom', name: 'Tom Baker', title: 'Engineering', locale: 'en-GB', standing: 'employee' },
		ana: { id: 'ana', name: 'Ana Ruiz', title: 'Administradora', locale: 'es-ES', standing: 'admin' },
	},
});

/** As an English speaker sees them. */
const command = (name: string, spanish: string, more: Partial<OfferedCommand> = {}): OfferedCommand => ({
	names: [name, spanish],
	about: '',
	argument: null,
	required: [],
	isForAdministrators: false,
	...more,
});

const place = (platform: Platform, kind: Place['kind'] = 'public'): Place => ({
	platform,
	kind,
	id: '',
	name: '',
	topic: '',
	isReadOnly: false,
});

const about = {
	companyName: '',
	meId: 'tom',
	botId: 'openccb',
	rootCommand: 'ccb',
	commands: [
		command('help', 'ayuda'),
		command('stop', 'parar'),
		command('status', 'estado'),
		command('link', 'vincular', { argument: 'code' }),
		command('read', 'leer', { argument: 'who', isForAdministrators: true, required: ['who', 'why'] }),
		command('admin', 'administrar', { argument: 'order', isForAdministrators: true }),
	],
	platforms: [],
	samples: [],
	questions: [],
	bot: { phase: 'running', pid: 1, restarts: 0 },
	model: { kind: 'emulated', triedUrl: '', model: '', reason: 'away', others: [], isStopped: false },
	callCount: 0,
	rateLimitedCount: 0,
} satisfies About;

function offered(text: string): string[] {
	return suggestionsFor(view(), place('slack'), openWord(text, text.length)).map(({ label }) => label);
}

test.each([
	['@', ['@OpenCCB', '@Lucía Ferrer', '@Tom Baker', '@Ana Ruiz']],
	['hola @luc', ['@Lucía Ferrer']],
	['hola @Tom B', ['@Tom Baker']],
	['hola @Tom Baker', []],
	['ana@tom', []],
	['@OpenCCB ', []],
	['/', ['/ccb help', '/ccb stop', '/ccb status', '/ccb link']],
	['/ccb st', ['/ccb stop', '/ccb status']],
	['/ccb help', []],
	['/ccb ayuda', []],
	['and/or', []],
	['', []],
])('after %j it offers %j', (text, labels) => {
	expect(offered(text)).toEqual(labels);
});

function inserted(meId: string, where: Place, word: string): string[] {
	return suggestionsFor(view(meId), where, word).map(({ insert }) => insert);
}

test('Teams has a command for each, the others one for all', () => {
	expect(inserted('tom', place('teams'), '/st')).toEqual(['/stop', '/status']);
	expect(inserted('tom', place('discord'), '/ccb st')).toEqual(['/ccb stop', '/ccb status']);
});

test('an argument follows as the platform wants it', () => {
	expect(inserted('tom', place('slack'), '/ccb l')).toEqual(['/ccb link ']);
	expect(inserted('tom', place('teams'), '/l')).toEqual(['/link ']);
	expect(inserted('tom', place('discord'), '/ccb l')).toEqual(['/ccb link code: ']);
});

test('commands of administrators are offered to the administrator alone, in the way of each platform', () => {
	for (const platform of ['slack', 'teams', 'discord'] as const) expect(inserted('tom', place(platform), '/ccb-a')).toEqual([]);
	expect(inserted('tom', place('slack'), '/ccb a')).toEqual([]);
	expect(inserted('ana', place('slack'), '/ccb a')).toEqual(['/ccb admin ']);
	expect(inserted('ana', place('discord'), '/ccb-')).toEqual(['/ccb-admin read who: ', '/ccb-admin admin order: ']);
	expect(inserted('ana', place('teams'), '/a')).toEqual(['@OpenCCB admin ']);
	expect(inserted('ana', place('teams', 'direct'), '/a')).toEqual(['admin ']);
});

const refused = (meId: string, where: Place, typed: string, isThread = false) =>
	commandRefusal(typed, { view: view(meId), words: wordsFor('en'), place: where, isThread }) !== null;

test.each([
	['slack', '/ccb anything', false],
	['slack', '/ccb', false],
	['slack', '/lunch', true],
	['discord', '/ccb link', false],
	['discord', '/ccb vincular código: K7QF-2M9X', false],
	['discord', '/ccb', true],
	['discord', '/ccb admin', true],
	['discord', '/ccb help me', true],
	['discord', '/ccb-admin admin', true],
	['discord', '/lunch', true],
	['teams', '/estado', false],
	['teams', '/admin roles', true],
	['teams', 'admin roles', false],
] as const)('on %s, an employee’s %j is not sent: %s', (platform, typed, isRefused) => {
	expect(refused('tom', place(platform), typed)).toBe(isRefused);
});

test('Discord sends no command without what it needs, and says what is missing', () => {
	const said = (typed: string) =>
		commandRefusal(typed, { view: view('ana'), words: wordsFor('en'), place: place('discord'), isThread: false });
	expect(said('/ccb-admin read')).toContain('who, why');
	expect(said('/ccb-admin read who: Tom')).toContain('why');
	expect(said('/ccb-admin read who: Tom why: a complaint')).toBeNull();
	expect(said('/ccb-admin read Tom "a complaint"')).toBeNull();
	expect(refused('ana', place('slack'), '/ccb read')).toBe(false);
});

test('Discord shows the commands of administrators to its own, and in direct conversations to everybody', () => {
	expect(refused('ana', place('discord'), '/ccb-admin admin order: roles')).toBe(false);
	expect(refused('ana', place('discord'), '/ccb admin')).toBe(true);
	expect(refused('tom', place('discord', 'direct'), '/ccb-admin admin')).toBe(false);
});

test('Slack has no commands in threads', () => {
	expect(refused('tom', place('slack'), '/ccb help', true)).toBe(true);
	expect(refused('tom', place('slack'), 'help', true)).toBe(false);
});

test('only the word before the caret counts', () => {
	expect(openWord('@Tom and @Lu', 4)).toBe('@Tom');
});
