import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiscordEmulator, type Guild, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { codeOf, createRest } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let rest: REST;
let guild: Guild;

beforeEach(async () => {
	discord = await startDiscordEmulator({ limits: false });
	rest = createRest(discord);
	guild = discord.world.addGuild({ name: 'Office' });
});

afterEach(() => discord.close());

const set = (commands: object[]) =>
	rest.put(Routes.applicationCommands(discord.applicationId), { body: commands }) as Promise<{ id: string }[]>;
const command = (more: object = {}) => ({ name: 'ask', description: 'Asks', ...more });
const option = (more: object = {}) => ({ name: 'text', description: 'What', type: 3, ...more });
const many = (count: number, of: (index: number) => object) => Array.from({ length: count }, (_, index) => of(index));

test('replaces all commands at once, and keeps the ids of those that stay', async () => {
	const [first] = await set([command()]);
	const [again, other] = await set([command({ description: 'Asks more' }), command({ name: 'stop' })]);
	expect([again?.id, other?.id === first?.id]).toEqual([first?.id, false]);
	expect(discord.commands()).toMatchObject([{ name: 'ask', description: 'Asks more' }, { name: 'stop' }]);
	await rest.put(Routes.applicationGuildCommands(discord.applicationId, guild.id), { body: [command()] });
	expect([discord.commands(guild.id).length, discord.commands().length]).toEqual([1, 2]);
});

test.each([
	['a name in capitals', [command({ name: 'Ask' })]],
	['a name with a space', [command({ name: 'ask me' })]],
	['a translated name that does not fit', [command({ name_localizations: { 'es-ES': 'Preguntar' } })]],
	['no description', [{ name: 'ask' }]],
	['too long a description', [command({ description: 'x'.repeat(101) })]],
	['26 options', [command({ options: many(26, (index) => option({ name: `o${index}` })) })]],
	['26 choices', [command({ options: [option({ choices: many(26, (index) => ({ name: `${index}`, value: `${index}` })) })] })]],
	['an option that is required after one that is not', [command({ options: [option(), option({ name: 'more', required: true })] })]],
	['bounds of a text', [command({ options: [option({ min_value: 1 })] })]],
	['bounds the wrong way round', [command({ options: [option({ type: 4, min_value: 5, max_value: 1 })] })]],
	['options beside subcommands', [command({ options: [option(), option({ name: 'sub', type: 1 })] })]],
	['two commands of one name', [command(), command()]],
	['101 commands', many(101, (index) => command({ name: `c${index}` }))],
	['16 commands of the context menu', many(16, (index) => ({ name: `Menu ${index}`, type: 3 }))],
	[
		'more than 8000 characters',
		[
			command({
				options: many(3, (group) =>
					option({
						name: `g${group}`,
						type: 1,
						options: many(25, (index) =>
							option({ name: `o${index}`, description: 'x'.repeat(100), choices: [{ name: 'y'.repeat(20), value: 'z' }] }),
						),
					}),
				),
			}),
		],
	],
])('refuses %s', async (_, commands) => {
	expect(await codeOf(set(commands))).toBe(50035);
	expect(discord.commands()).toEqual([]);
});

test('lets only so many be created in a day, but replaced at will', async () => {
	const hundred = (prefix: string) => many(100, (index) => command({ name: `${prefix}${index}` }));
	await set(hundred('a'));
	await set(hundred('b'));
	await set(hundred('b'));
	expect(await codeOf(set(hundred('c')))).toBe(30034);
});

test('refuses commands for another app and for guilds that the bot is not in', async () => {
	const elsewhere = discord.world.addGuild({ name: 'Elsewhere', withBot: false });
	expect(await codeOf(rest.put(Routes.applicationCommands(discord.botUserId), { body: [] }))).toBe(20012);
	expect(await codeOf(rest.put(Routes.applicationGuildCommands(discord.applicationId, elsewhere.id), { body: [] }))).toBe(50001);
});
