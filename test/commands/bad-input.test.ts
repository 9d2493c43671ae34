/** What people type that no command understands: each says how it is said, and nothing is changed. */

import { describe, expect, it } from 'vitest';
import { allCommands, createCommands } from '#src/commands/commands.ts';
import { languages } from '#src/locales/locales.ts';
import { resultText } from '#src/platform/result-text.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { account, administrator, employee, placeOfKind } from './command-scene.ts';
import { notingServices } from './noting-services.ts';

const bad: [what: string, typed: string][] = [
	['ten thousand characters', 'x'.repeat(10_000)],
	['ten thousand words', 'so '.repeat(10_000)],
	['SQL', `'; drop table users; --`],
	['a mention of nobody', '<@U0NOBODY>'],
	['a mention of nobody on Discord', '<@123456789012345678>'],
	['a mention of nobody on Teams', '<at>Nobody</at>'],
	['an unknown argument', '--frobnicate=now yes'],
	['another command', 'delete everything'],
	['a word where a number belongs', 'many'],
	['a name with quotes', `"O'Brien «the» “second”`],
	['other letters', '日本語 Ünïcödé 🦜'],
	['a wrong number', '-1e309'],
	['nothing that can be stored', '\u0000\ud800'],
];

/** What is read, and what the orders of administrators are given to: they have tests of their own. */
const harmless = /^(?:look|standing|use|list|find|last|current|list conversations|own|own here|give|browser of|log of|read)\b/;

const askers = Object.values(languages).flatMap((words) => [administrator, employee].map((person) => ({ words, person })));

describe.each(allCommands.map((command) => [command.names.en, command] as const))('the command %s', (_name, command) => {
	it.each(bad)('says how it is said, and changes nothing, when it gets %s', async (_what, typed) => {
		for (const { words, person } of askers) {
			const done: string[] = [];
			const result = await createCommands(notingServices(done)).run(command, typed, {
				...{ person, account, platform: createFakePlatform(), words, place: placeOfKind('direct'), isConversation: true },
				signal: new AbortController().signal,
			});
			if (result === 'not-allowed') expect(person).toBe(employee);
			else if (!Array.isArray(result)) expect(['sql', 'summarize']).toContain(command.names.en);
			else if (!['admin', 'audit', 'model'].includes(command.names.en)) expect(resultText(result)).not.toBe('');
			// Whether there is such a model is said by what chooses it.
			expect(done.filter((what) => !harmless.test(what) && !what.endsWith('for the conversation'))).toEqual([]);
		}
	});
});

const choosing = allCommands.flatMap((command) =>
	Object.keys(command.arguments).map((argument) => [command.names.en, argument, command] as const),
);

it.each(choosing)(
	'%s says how it is said, and changes nothing, when a menu sends nonsense for its %s',
	async (_name, argument, command) => {
		for (const nonsense of ['<@U0NOBODY>', '-1e309', `'; drop table users; --`, 'x'.repeat(10_000)]) {
			const done: string[] = [];
			const result = await createCommands(notingServices(done)).run(
				command,
				{ [argument]: nonsense },
				{
					...{ person: administrator, account, platform: createFakePlatform(), words: languages.en, place: placeOfKind('direct') },
					...{ isConversation: true, signal: new AbortController().signal },
				},
			);
			if (Array.isArray(result) && !['admin', 'model'].includes(command.names.en)) expect(resultText(result)).not.toBe('');
			expect(done.filter((what) => !harmless.test(what) && !what.endsWith('for the conversation'))).toEqual([]);
		}
	},
);

it('a command that takes nothing is not done with something behind it, and says so', async () => {
	for (const command of allCommands.filter(
		({ arguments: declared, mindsNothing }) => Object.keys(declared).length === 0 && mindsNothing !== true,
	)) {
		const done: string[] = [];
		const result = await createCommands(notingServices(done)).run(command, 'everything now', {
			...{ person: administrator, account, platform: createFakePlatform(), words: languages.es, place: placeOfKind('direct') },
			...{ isConversation: true, signal: new AbortController().signal },
		});
		expect([result, done]).toEqual([[languages.es.command.nothingBehind(command.names.es)], []]);
	}
});

it('a command that there is not is answered with the nearest one of those that one may run', () => {
	const { nearest } = createCommands(notingServices([]));
	expect(nearest('hstory open 3', employee)?.names.en).toBe('history');
	expect(nearest('audti Ana', employee)).toBeNull();
	expect(nearest('audti Ana', administrator)?.names.en).toBe('audit');
	expect(nearest('dance', administrator)).toBeNull();
});
