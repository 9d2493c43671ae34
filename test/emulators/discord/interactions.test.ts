import {
	type AutocompleteInteraction,
	type ButtonInteraction,
	type ChatInputCommandInteraction,
	type Client,
	Events,
	type Interaction,
	type MessageContextMenuCommandInteraction,
	MessageFlags,
	type ModalSubmitInteraction,
	Routes,
} from 'discord.js';
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

test('fills the placeholder with a follow-up that comes right after the deferral, and adds those after it', async () => {
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		await interaction.followUp('first');
		await interaction.followUp({ content: 'second', flags: MessageFlags.Ephemeral });
	});
	const result = await slash();
	await eventually(() => expect(result.followUps()).toMatchObject([{ content: 'second', isEphemeral: true }]));
	expect(result.answer()).toMatchObject({ content: 'first', isEphemeral: true });
});

test('knows no webhook before the first answer, and none after 15 minutes', async () => {
	const codes: (number | string)[] = [];
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		const follow = () =>
			client.rest.post(Routes.webhook(client.application.id, interaction.token), { auth: false, body: { content: 'x' } });
		codes.push(await codeOf(follow()));
		await interaction.deferReply();
		aheadMs += 15 * 60_000 + 1;
		codes.push(await codeOf(follow()));
	});
	await slash();
	await eventually(() => expect(codes).toEqual([10015, 50027]));
});

test('refuses other flags than the ephemeral one on a deferral', async () => {
	const codes: (number | string)[] = [];
	onInteraction<ChatInputCommandInteraction>(async ({ id, token }) => {
		const body = { type: 5, data: { flags: MessageFlags.IsComponentsV2 } };
		codes.push(await codeOf(client.rest.post(Routes.interactionCallback(id, token), { auth: false, body })));
		aheadMs += 3_001;
	});
	await slash();
	expect(codes).toEqual([50035]);
});

test('asks what can be typed where an option says so, and shows 25 choices at most', async () => {
	const option = { name: 'topic', description: 'Which', type: 3, autocomplete: true };
	await client.application.commands.set([
		{ name: 'know', description: 'Knows', options: [{ name: 'it', description: 'That', type: 1, options: [option] }] },
	]);
	const typing = { user: ana.id, channel: general.id, name: 'know', subcommand: 'it', option: 'topic', typed: 'a' };
	const choices = (count: number) => Array.from({ length: count }, (_unused, index) => ({ name: `a${index}`, value: `${index}` }));
	const arrived = new Promise<AutocompleteInteraction>((resolve) => {
		client.on(Events.InteractionCreate, (interaction) => {
			if (interaction.isAutocomplete()) resolve(interaction);
		});
	});
	const offered = discord.type(typing);
	const interaction = await arrived;
	expect(interaction.options.getFocused(true)).toMatchObject({ name: 'topic', value: 'a' });
	expect(await codeOf(interaction.respond(choices(26)))).toBe(50035);
	await interaction.respond(choices(2));
	expect(await offered).toEqual(['a0', 'a1']);
	await expect(discord.type({ ...typing, option: 'other' })).rejects.toThrow(TypeError);
});

test('brings pressed buttons with their message, which the answer can change', async () => {
	const channel = await client.channels.fetch(general.id);
	if (channel?.isSendable() !== true) throw new TypeError('not a channel to write in');
	const rows = [{ type: 1, components: [{ type: 2, style: 4, label: 'Stop', custom_id: 'stop:1' }] }];
	const { id } = await channel.send({ content: 'writing', components: rows });
	onInteraction<ButtonInteraction>(async (interaction) => {
		await interaction.update({ content: `${interaction.message.content}, stopped by ${interaction.user.username}`, components: [] });
	});
	const result = await discord.press({ user: ana.id, channel: general.id, messageId: id, customId: 'stop:1' });
	expect(result.response).toBe('update');
	expect(discord.message(general.id, id)).toMatchObject({ content: 'writing, stopped by ana', buttons: [] });
	await expect(discord.press({ user: ana.id, channel: general.id, messageId: id, customId: 'stop:1' })).rejects.toThrow(/no component/);
});

test('opens a modal, and brings what was written in it', async () => {
	onInteraction<ChatInputCommandInteraction | ModalSubmitInteraction>(async (interaction) => {
		if (interaction.isModalSubmit()) return interaction.reply(`code ${interaction.fields.getTextInputValue('code')}`);
		const input = { type: 4, custom_id: 'code', style: 1 };
		const components = [{ type: 18, label: 'Code', component: input }];
		return interaction.showModal({ custom_id: 'link', title: 'Link', components });
	});
	const opened = await slash();
	expect([opened.response, opened.modal?.title]).toEqual(['modal', 'Link']);
	const submitted = await discord.submitModal({ interactionId: opened.id, values: { code: '1234' } });
	expect(submitted.answer()?.content).toBe('code 1234');
});

test('brings the whole message of a context menu, even where the app may not read', async () => {
	discord.portal.messageContentIntent = false;
	const attachments = [{ name: 'plan.txt', content: 'plan' }];
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'our plan', attachments });
	const seen: unknown[] = [];
	onInteraction<MessageContextMenuCommandInteraction>(async (interaction) => {
		seen.push(interaction.targetMessage.content, interaction.targetMessage.attachments.size);
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
	});
	await discord.messageCommand({ user: ana.id, channel: general.id, name: 'Learn', targetId: id });
	expect(seen).toEqual(['our plan', 1]);
	expect(await client.rest.get(Routes.channelMessage(general.id, id))).toMatchObject({ content: '', attachments: [] });
});

test('brings commands in direct conversations, unless they are for guilds only', async () => {
	const direct = discord.world.openDirect(ana.id);
	onInteraction<ChatInputCommandInteraction>((interaction) => interaction.reply(`${interaction.guildId} ${interaction.context}`));
	const use = () => discord.slash({ user: ana.id, channel: direct.id, name: 'ask' });
	expect((await use()).answer()?.content).toBe('null 1');
	await client.application.commands.set([{ name: 'ask', description: 'Asks', contexts: [0] }]);
	await expect(use()).rejects.toThrow(/no command ask/);
});

test('hides commands from members without the permission that they ask for', async () => {
	await client.application.commands.set([{ name: 'ask', description: 'Asks', defaultMemberPermissions: 0n }]);
	await expect(slash()).rejects.toThrow(/may not use ask/);
});

test('pings only people in answers that say nothing about it', async () => {
	const role = discord.world.addRole(guild.id, { name: 'staff', mentionable: true });
	discord.world.updateMember(guild.id, ana.id, { roles: [role.id] });
	const ben = discord.world.addUser({ name: 'ben' });
	discord.world.addMember(guild.id, ben.id);
	onInteraction<ChatInputCommandInteraction>((interaction) => interaction.reply(`<@${ben.id}> <@&${role.id}>`));
	const answer = (await slash()).answer();
	expect(discord.notified(general.id, answer?.id ?? '')).toEqual([ben.id]);
});

test('brings subcommands, and files with their address', async () => {
	const file = { name: 'file', description: 'Which', type: 11, required: true };
	const add = { name: 'add', description: 'Adds', type: 1, options: [file] };
	await client.application.commands.set([{ name: 'files', description: 'Files', options: [add] }]);
	const seen: unknown[] = [];
	onInteraction<ChatInputCommandInteraction>(async (interaction) => {
		const attachment = interaction.options.getAttachment('file', true);
		seen.push(interaction.options.getSubcommand(), attachment.name, await (await fetch(attachment.url)).text());
		await interaction.deferReply();
	});
	const options = { file: { name: 'plan.txt', content: 'plan' } };
	await discord.slash({ user: ana.id, channel: general.id, name: 'files', subcommand: 'add', options });
	await eventually(() => expect(seen).toEqual(['add', 'plan.txt', 'plan']));
});
