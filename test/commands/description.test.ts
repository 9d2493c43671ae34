import { describe, expect, it } from 'vitest';
import { allCommands } from '#src/commands/commands.ts';
import { botDescription } from '#src/commands/description.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { languages } from '#src/locales/locales.ts';

const registry = createCommandRegistry(allCommands);

describe('the description of the commands', () => {
	it('has each command once', () => {
		const described = botDescription.commands.map(({ name }) => name);
		expect([...described].sort()).toEqual(allCommands.map(({ names }) => names.en).sort());
	});

	it.each(botDescription.commands)('gives $name names that the bot understands, typed and spoken', ({ name, names, spoken }) => {
		for (const shown of Object.values(names)) expect(registry.find(shown)?.command.names.en).toBe(name);
		for (const said of Object.values(spoken)) expect(registry.findSpoken(said)?.command.names.en).toBe(name);
	});

	it('explains each in both languages with what the bot itself says, as a line of its own', () => {
		for (const { name, about } of botDescription.commands) {
			for (const language of ['en', 'es'] as const) {
				const said = new Map(Object.entries(languages[language].command.about)).get(name);
				expect(about[language].toLowerCase()).toBe(said?.toLowerCase());
				expect(about[language]).toMatch(/^\p{Lu}.*[^.]$/u);
			}
		}
	});

	it('puts commands for everyone first', () => {
		const audiences = botDescription.commands.map(({ audience }) => audience);
		expect(audiences).toEqual([...audiences].sort((left, right) => Number(left !== 'everyone') - Number(right !== 'everyone')));
	});

	it('fits in a line of an app directory', () => {
		for (const summary of Object.values(botDescription.summary)) expect(summary.length).toBeLessThanOrEqual(80);
	});
});
