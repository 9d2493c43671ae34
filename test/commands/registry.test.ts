import { describe, expect, it } from 'vitest';
import { type Command, type CommandName, defineCommand } from '#src/commands/definition.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { threadMs } from '#test/setup/thread-time.ts';

const command = (en: CommandName, es: string, ...otherWords: string[]): Command =>
	defineCommand({
		names: { en, es },
		otherWords,
		audience: 'everyone',
		answer: 'private',
		arguments: {},
		examples: [],
		run: async () => [en],
	});
const registry = createCommandRegistry([
	command('help', 'ayuda'),
	command('new', 'nuevo', 'reset'),
	command('stop', 'para', 'cancel'),
	command('status', 'estado'),
	{ ...command('link', 'vincular'), isArgument: (text) => /^[A-Z]{4}$/.test(text) },
]);

/** A pattern that looks for the end from each blank took seven seconds for the first of these. */
describe.each(['find', 'findSpoken'] as const)('%s', (how) => {
	it.each([' ', '. ', '…', ' \n', '¿ '])('is done at once with a message of 40,000 times %j', async (piece) => {
		const texts = [`x ${piece.repeat(40_000)}x`, `${piece.repeat(40_000)}x`];
		expect(await threadMs(() => expect(texts.map((text) => registry[how](text))).toEqual([null, null]), 1_000)).toBeLessThan(1_000);
	});
});

describe('a typed command', () => {
	it.each([
		['stop', 'stop'],
		['  STOP  ', 'stop'],
		['stop now please', 'stop'],
		['para', 'stop'],
		['estado\tcompleto', 'status'],
		['', 'help'],
		['   ', 'help'],
	])('%j is %s', (text, name) => {
		expect(registry.find(text)?.command.names.en).toBe(name);
	});

	it.each(['stopp', 'please stop', 'constructor', '__proto__', '?'])('%j is none', (text) => {
		expect(registry.find(text)).toBeNull();
	});
});

describe('a spoken command', () => {
	it.each([
		['stop', 'stop'],
		['Stop!', 'stop'],
		['PARA.', 'stop'],
		['¡Para!', 'stop'],
		['¿Ayuda?', 'help'],
		['  reset  ', 'new'],
		['ayuda', 'help'],
		['Estado...', 'status'],
	])('%j is %s', (message, name) => {
		expect(registry.findSpoken(message)?.command.names.en).toBe(name);
	});

	it.each(['', '!', 'stop it', 'How do I stop the printer?', 'stop stop', 'nuevo pedido', 'constructor'])(
		'%j is a message like any other',
		(message) => {
			expect(registry.findSpoken(message)).toBeNull();
		},
	);
});

describe('what stands behind a command', () => {
	it.each([
		['link ABCD', 'ABCD'],
		['  Vincular   two  words\n', 'two  words'],
		['link', ''],
		['stop now please', 'now please'],
	])('is given as it was typed: %j', (text, argument) => {
		expect(registry.find(text)?.typed).toBe(argument);
	});

	it.each([
		['link ABCD', 'ABCD'],
		['VINCULAR ABCD', 'ABCD'],
		['Link!', ''],
	])('may be spoken too, where it belongs to the command: %j', (message, argument) => {
		expect(registry.findSpoken(message)).toMatchObject({ command: { names: { en: 'link' } }, typed: argument });
	});

	it.each(['link me the minutes', 'link abcd', 'stop ABCD'])('makes a sentence of it elsewhere: %j', (message) => {
		expect(registry.findSpoken(message)).toBeNull();
	});
});
