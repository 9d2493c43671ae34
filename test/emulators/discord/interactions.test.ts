import { type ChatInputCommandInteraction, type Client, Events, type Interaction, MessageFlags, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type DiscordEmulator, type Guild, startDiscordEmulator, type User } from '#test/emulators/discord/index.ts';
import { codeOf, connect, eventually } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let client: Client<true>;
let guild: Guild;
let general: Channel;
let ana: User;
let aheadMs: number;

beforeEach(async () => {
	aheadMs = 0;
	discord = await startDiscordEmulator({ now: () => Date.now() + aheadMs });
	ana = discord.world.addUser({ name: 'ana', locale: 'es-ES' });
	guild = discord.world.addGuild({ name: 'Office' });
	discord.world.addMember(guild.id, ana.id);
	general = discord.world.addChannel(guild.id, { name: 'general' });
	client = await connect(discord);
	const text = { name: 'text', description: 'What', type: 3 };
	await client.application.commands.set([
		{ name: 'ask', description: 'Asks', options: [text] },
		{ name: 'Learn', type: 3 },
	]);
});

afterEach(async () => {
	await client.destroy();
	await discord.close();
});

function onInteraction<Kind extends Interaction>(handle: (interaction: Kind) => Promise<unknown>): void {
	client.on(Events.InteractionCreate, (interaction) => void handle(interaction as Kind));
}

const slash = (options = {}) => discord.slash({ user: ana.id, channel: general.id, name: 'ask', options });

test('brings a command with its options and the locale, and shows the private answer to one person only', async () => {
	const seen: unknown[] = [];
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		seen.push(interaction.options.getString('text'), interaction.locale, interaction.guildId);
		await interaction.reply({ content: 'only you', flags: MessageFlags.Ephemeral });
	});
	const result = await slash({ text: 'why' });
	expect(seen).toEqual(['why', 'es-ES', guild.id]);
	expect([result.response, result.answer()?.visibleText]).toEqual(['message', 'only you']);
	expect(discord.messages(general.id)).toEqual([]);
	expect(discord.ephemerals(general.id, ana.id)).toMatchObject([{ content: 'only you', isEphemeral: true, forUser: ana.id }]);
});

test('shows a deferred answer as thinking until it is edited', async () => {
	const pause = Promise.withResolvers<void>();
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		await interaction.deferReply();
		await pause.promise;
		await interaction.editReply('the answer');
	});
	const result = await slash();
	expect([result.response, result.answer()?.isThinking]).toEqual(['deferred-message', true]);
	pause.resolve();
	await eventually(() => expect(result.answer()).toMatchObject({ isThinking: false, visibleText: 'the answer' }));
});

test('refuses answers that come after 3 s and second ones', async () => {
	const codes: (number | string)[] = [];
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		const answer = () =>
			client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), { auth: false, body: { type: 5 } });
		if (interaction.options.getString('text') === 'late') aheadMs += 3_001;
		codes.push(await codeOf(answer()), await codeOf(answer()));
	});
	expect(await slash({ text: 'late' })).toMatchObject({ response: 'none', failure: 'The application did not respond' });
	await slash();
	await eventually(() => expect(codes).toEqual([10062, 10062, 'ok', 40060]));
});
