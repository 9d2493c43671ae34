/** What is offered while somebody types: what they may use, and nothing of commands that are not for them. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { administrator, commandsOver, employee } from './command-scene.ts';

const commands = commandsOver({
	choices: { allowed: ({ role }: { role: string }) => (role === 'ccb_admin' ? ['small', 'large:26b'] : ['small']) } as never,
	administration: { endings: async (typed: string) => [`${typed}rant`, 'roles'] } as never,
});
const type = (command: string, argument: string, typed: string, person = administrator, words = english) =>
	commands.complete({ command, argument, typed }, { person, words });

describe('what can be typed', () => {
	it('is the models that the person may use, and the word that takes a choice back, in their language', async () => {
		expect(await type('model', 'model', '')).toEqual(['small', 'large:26b', 'default']);
		expect(await type('model', 'model', '', employee, spanish)).toEqual(['small', 'predeterminado']);
		expect(await type('model', 'model', ' LARGE')).toEqual(['large:26b']);
		expect(await type('model', 'model', 'large', employee)).toEqual([]);
	});

	it('is how an order of administrators goes on, for administrators', async () => {
		expect(await type('admin', 'order', 'g')).toEqual(['grant']);
		expect(await type('admin', 'order', 'g', employee)).toEqual([]);
	});

	it.each([
		['dance', 'model'],
		['status', 'model'],
		['model', 'scope'],
		['model', 'toString'],
		['model', ''],
	])('is nothing for %s %s', async (command, argument) => expect(await type(command, argument, '')).toEqual([]));
});
