/** What every command must say about itself, whoever adds it. */

import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { allCommands } from '#src/commands/commands.ts';
import { rootCommand } from '#src/commands/definition.ts';
import { createCommandRegistry, spokenNames } from '#src/commands/registry.ts';
import { readArguments } from '#src/commands/typed-arguments.ts';
import { languages } from '#src/locales/locales.ts';

const registry = createCommandRegistry(allCommands, { models: ['gemma4:26b'] });

it('a command is one file, named after it, and stands in the list', async () => {
	const folder = new URL('../../src/commands/', import.meta.url);
	const files = await readdir(folder);
	const defining = await Promise.all(
		files.map(async (file) => ((await readFile(new URL(file, folder), 'utf8')).includes('= defineCommand({') ? [file] : [])),
	);
	expect(defining.flat().sort()).toEqual(allCommands.map(({ names }) => `${names.en}.ts`).sort());
});

it('commands have no word in common', () => {
	const words = allCommands.flatMap(spokenNames);
	expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

describe.each(allCommands.map((command) => [command.names.en, command] as const))('the command %s', (name, command) => {
	it.each(['en', 'es'] as const)('has its strings in %s, and no others', (language) => {
		const { about, arguments: explained } = languages[language].command;
		expect(about[name]).toMatch(/^\p{Ll}.*[^.]$/u);
		const said: Partial<Record<string, Record<string, { name: string; about: string }>>> = explained;
		expect(Object.keys(said[name] ?? {})).toEqual(Object.keys(command.arguments));
		for (const [argument, strings] of Object.entries(said[name] ?? {})) {
			// Menus of Discord: "Application Command Naming".
			expect(strings.name).toMatch(/^[-\p{Ll}]{1,32}$/u);
			expect(strings.about).not.toBe('');
			if (language === 'en') expect(strings.name).toBe(argument);
		}
	});

	const spoken = (typed: string) => (command.isEverydayWord === true ? `${rootCommand} ${typed}` : typed);

	it('is found by every word that means it, typed and spoken', () => {
		for (const word of spokenNames(command)) {
			expect(registry.find(word)?.command).toBe(command);
			expect(registry.findSpoken(spoken(word))?.command).toBe(command);
		}
	});

	it('has examples in both languages, which it understands', () => {
		for (const first of Object.values(command.names)) {
			expect(command.examples.some((example) => example.split(' ', 1)[0] === first)).toBe(true);
		}
		for (const example of command.examples) {
			const found = registry.find(example);
			expect(found?.command, example).toBe(command);
			expect(readArguments(command.arguments, found?.typed ?? ''), example).toHaveProperty('values');
			expect(registry.findSpoken(spoken(example))?.command, example).toBe(command);
		}
	});
});

it('no language explains a command that there is not', () => {
	const names: string[] = allCommands.map(({ names: { en } }) => en);
	for (const { command } of Object.values(languages)) {
		expect(Object.keys(command.about).sort()).toEqual([...names].sort());
		expect(Object.keys(command.arguments).filter((name) => !names.includes(name))).toEqual([]);
	}
});
