/** The guides say commands that there are, as they are understood, and the same in both languages. */

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readAdminCommand } from '#src/administration/admin-commands.ts';
import { allCommands } from '#src/commands/commands.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { readArguments } from '#src/commands/typed-arguments.ts';
import { commandTables } from '../../scripts/generate/commands.ts';

const registry = createCommandRegistry(allCommands);
/** What stands in the prose as code and is no command. */
const others = ['my-data-delete'];

describe.each(['guide', 'guia'])('docs/%s.md', (name) => {
	const read = async () => await readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');

	it('says nothing that the bot would not understand', async () => {
		const [prose = ''] = (await read()).split('<!-- commands');
		const said = [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
			code.replace(/^(?:\/ccb|@OpenCCB) /, '').replace(/^npm run admin -- /, 'admin '),
		);
		expect(said.length).toBeGreaterThan(30);
		for (const text of said.filter((one) => !others.includes(one))) {
			const found = registry.find(text);
			expect(found, text).not.toBeNull();
			if (found?.command.names.en === 'admin') expect(readAdminCommand(found.typed), text).toHaveProperty('values');
			else expect(readArguments(found?.command.arguments ?? {}, found?.typed ?? ''), text).toHaveProperty('values');
		}
	});

	it('names every command in its table', async () => {
		expect(await read()).toContain(commandTables(name === 'guide' ? 'en' : 'es'));
	});
});
