import { expect, it } from 'vitest';
import { isTypedCommand } from '#src/api/contract/typed-command.ts';
import { rootCommand } from '#src/commands/definition.ts';
import { commandIn, commandsFor } from '../../../../adapters/web/page/state/command-list.ts';

const command = (name: string, other: string, about: string) => ({ name, otherNames: [other], about, arguments: [] });
const commands = [
	command('help', 'ayuda', 'What the bot can do'),
	command('model', 'modelo', 'Which one answers'),
	command('why', 'porqué', 'How the answer came'),
];

it.each([
	['/', ['help', 'model', 'why']],
	['/c', ['help', 'model', 'why']],
	['/ccb', ['help', 'model', 'why']],
	['/ccb ', ['help', 'model', 'why']],
	['/mo', ['model']],
	['/MODELO', ['model']],
	['/porque', ['why']],
	['/ccb he', ['help']],
	['/ccb answer', ['model', 'why']],
	['/ccb help', null],
	['/ccb model x', null],
	['/nothing', null],
	['a /mo', null],
	['', null],
])('offers for %j what may be meant', (typed, names) => {
	expect(commandsFor(typed, commands)?.map(({ name }) => name) ?? null).toEqual(names);
});

it('knows which command is typed once its name is whole', () => {
	expect(commandIn('/ccb modelo gemma', commands)?.name).toBe('model');
	expect(commandIn('/ccb mod', commands)).toBeNull();
});

it.each([
	[`/${rootCommand}`, true],
	[`  /${rootCommand.toUpperCase()} quota`, true],
	[`/${rootCommand}x`, false],
	[`What is /${rootCommand}?`, false],
	['/quota', false],
])('takes %j for a command or not: %s', (typed, isOne) => expect(isTypedCommand(typed)).toBe(isOne));
