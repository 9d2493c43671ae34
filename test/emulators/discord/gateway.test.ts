import { type Client, Events, type Message } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	type Channel,
	type DiscordEmulator,
	type DiscordEmulatorOptions,
	type Guild,
	startDiscordEmulator,
	type User,
} from '#test/emulators/discord/index.ts';
import { connect, createClient, eventually } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let guild: Guild;
let general: Channel;
let ana: User;
let clients: Client[];

beforeEach(async () => {
	clients = [];
	await start({});
});

afterEach(async () => {
	await Promise.all(clients.map((client) => client.destroy()));
	await discord.close();
});

async function start(options: DiscordEmulatorOptions): Promise<void> {
	discord = await startDiscordEmulator(options);
	ana = discord.world.addUser({ name: 'ana', globalName: 'Ana' });
	guild = discord.world.addGuild({ name: 'Office', ownerId: discord.world.addUser({ name: 'boss' }).id });
	discord.world.addMember(guild.id, ana.id);
	general = discord.world.channels(guild.id)[0] as Channel;
}

async function connected(options?: Parameters<typeof connect>[1]): Promise<Client<true>> {
	const client = await connect(discord, options);
	clients.push(client);
	return client;
}

function messagesOf(client: Client): Message[] {
	const messages: Message[] = [];
	client.on(Events.MessageCreate, (message) => void messages.push(message));
	return messages;
}

test('brings what people write in guilds, with their roles', async () => {
	const role = discord.world.addRole(guild.id, { name: 'staff' });
	discord.world.updateMember(guild.id, ana.id, { roles: [role.id] });
	const received = messagesOf(await connected());
	await discord.say({ user: ana.id, channel: general.id, text: 'hello', mentionBot: true });
	await eventually(() => expect(received).toHaveLength(1));
	expect(received[0]).toMatchObject({ content: `<@${discord.botUserId}> hello`, guildId: guild.id });
	expect(received[0]?.mentions.users.has(discord.botUserId)).toBe(true);
	expect(received[0]?.member?.roles.cache.has(role.id)).toBe(true);
});

test('brings direct messages, whose channels the client does not know', async () => {
	const received = messagesOf(await connected());
	const direct = discord.world.openDirect(ana.id);
	await discord.say({ user: ana.id, channel: direct.id, text: 'psst' });
	await eventually(() => expect(received).toHaveLength(1));
	expect(received[0]).toMatchObject({ content: 'psst', guildId: null, channelId: direct.id });
});

test('refuses a content intent that the portal has not granted', async () => {
	discord.portal.messageContentIntent = false;
	const client = createClient(discord);
	clients.push(client);
	const closed = new Promise<number>((resolve) => client.on(Events.ShardDisconnect, ({ code }) => resolve(code)));
	await Promise.all([client.login(discord.botToken).catch(() => undefined), closed]);
	expect(await closed).toBe(4014);
});
