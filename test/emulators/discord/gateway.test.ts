import { type Client, Events, GatewayIntentBits, type Message } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	type Channel,
	type DiscordEmulator,
	type DiscordEmulatorOptions,
	type Guild,
	permissions,
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
	general = discord.world.addChannel(guild.id, { name: 'general' });
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

const intentsByName = {
	guilds: GatewayIntentBits.Guilds,
	guildMessages: GatewayIntentBits.GuildMessages,
	directMessages: GatewayIntentBits.DirectMessages,
	messageContent: GatewayIntentBits.MessageContent,
};

const deny = (id: string) => ({ id, kind: 'role' as const, deny: permissions.viewChannel });

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

test('replays what was missed when the client resumes', async () => {
	const client = await connected();
	const received = messagesOf(client);
	const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
	discord.gateway.disconnect(4000);
	await eventually(() => expect(discord.gateway.sessions()).toMatchObject([{ isConnected: false }]));
	await discord.say({ user: ana.id, channel: general.id, text: 'meanwhile' });
	await resumed;
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['meanwhile']));
	expect(discord.gateway.sessions()).toHaveLength(1);
});

test('asks to reconnect, and the client resumes', async () => {
	const client = await connected();
	const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
	discord.gateway.requestReconnect();
	await resumed;
	expect(discord.dispatches.at(-1)?.name).toBe('RESUMED');
});

test.each([
	['a closing with 1000', () => discord.gateway.disconnect(1000)],
	['a session that is not valid any more', () => discord.gateway.invalidateSession(false)],
])('brings a new session and replays nothing after %s', async (_, interrupt) => {
	const client = await connected();
	const received = messagesOf(client);
	const [before] = discord.gateway.sessions();
	interrupt();
	await eventually(() => expect(discord.gateway.sessions().some(({ isConnected }) => isConnected)).toBe(false));
	await discord.say({ user: ana.id, channel: general.id, text: 'lost' });
	await eventually(() => expect(discord.gateway.sessions().at(-1)).toMatchObject({ isConnected: true }));
	expect(discord.gateway.sessions().at(-1)?.id).not.toBe(before?.id);
	await discord.say({ user: ana.id, channel: general.id, text: 'after' });
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['after']));
});

test('makes the client reconnect when heartbeats are not acknowledged', async () => {
	await discord.close();
	await start({ heartbeatIntervalMs: 50 });
	const client = await connected();
	const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
	discord.gateway.withholdAcks(true);
	await eventually(() => expect(discord.gateway.connections()).toBe(0));
	discord.gateway.withholdAcks(false);
	await resumed;
});

test('dispatches everything twice when told to, with a number of its own', async () => {
	await connected();
	discord.gateway.duplicateDispatches(true);
	await discord.say({ user: ana.id, channel: general.id, text: 'hello' });
	const sent = discord.dispatches.filter(({ name }) => name === 'MESSAGE_CREATE');
	expect(sent.map(({ sequence }) => sequence)).toEqual([sent[0]?.sequence, (sent[0]?.sequence ?? 0) + 1]);
});

test('gives every session of a shard all events', async () => {
	await discord.close();
	await start({ sessionStarts: { maxConcurrency: 2 } });
	const received = [messagesOf(await connected()), messagesOf(await connected())];
	await discord.say({ user: ana.id, channel: general.id, text: 'hello' });
	await eventually(() => expect(received.map((messages) => messages.length)).toEqual([1, 1]));
});

test('counts session starts and lets only so many in', async () => {
	await discord.close();
	await start({ sessionStarts: { total: 1 } });
	await connected();
	const second = createClient(discord);
	clients.push(second);
	await expect(second.login(discord.botToken)).rejects.toThrow(/Not enough sessions remaining/);
});

test('refuses a wrong token', async () => {
	const client = createClient(discord);
	clients.push(client);
	await expect(client.login('made-up')).rejects.toThrow(/invalid token/);
	expect(discord.invalidRequests()).toMatchObject({ unauthorized: 1, wouldBeBanned: false });
});

test('leaves out what people write without the content intent, except where the bot is meant', async () => {
	const { messageContent: _, ...others } = { ...intentsByName };
	const received = messagesOf(await connected({ intents: Object.values(others) }));
	const attachments = [{ name: 'plan.txt', content: 'plan' }];
	await discord.say({ user: ana.id, channel: general.id, text: 'among us', attachments });
	await discord.say({ user: ana.id, channel: general.id, text: 'you', mentionBot: true });
	await discord.say({ user: ana.id, channel: discord.world.openDirect(ana.id).id, text: 'directly' });
	await eventually(() => expect(received).toHaveLength(3));
	expect(received.map(({ content }) => content)).toEqual(['', `<@${discord.botUserId}> you`, 'directly']);
	expect(received[0]?.attachments.size).toBe(0);
});

test('sends only events that were asked for', async () => {
	const received = messagesOf(await connected({ intents: [intentsByName.guilds, intentsByName.directMessages] }));
	await discord.say({ user: ana.id, channel: general.id, text: 'not wanted' });
	await discord.say({ user: ana.id, channel: discord.world.openDirect(ana.id).id, text: 'wanted' });
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['wanted']));
});

test('says nothing of channels that the bot cannot see', async () => {
	const hidden = discord.world.addChannel(guild.id, { name: 'board', overwrites: [deny(guild.id)] });
	const received = messagesOf(await connected());
	discord.world.updateMember(guild.id, ana.id, { roles: [discord.world.addRole(guild.id, { name: 'admin', permissions: 8n }).id] });
	await discord.say({ user: ana.id, channel: hidden.id, text: 'secret' });
	await discord.say({ user: ana.id, channel: general.id, text: 'open' });
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['open']));
});

test('tells of edits, deletions and previews of links', async () => {
	const client = await connected();
	const seen: string[] = [];
	client.on(Events.MessageUpdate, (_, { content, editedTimestamp }) => void seen.push(`${content} ${editedTimestamp !== null}`));
	client.on(Events.MessageDelete, ({ id }) => void seen.push(`deleted ${id}`));
	const received = messagesOf(client);
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'see' });
	await eventually(() => expect(received).toHaveLength(1));
	await discord.unfurl({ channel: general.id, messageId: id, url: 'https://example.com' });
	await discord.edit({ user: ana.id, channel: general.id, messageId: id, text: 'look' });
	await discord.remove({ user: ana.id, channel: general.id, messageId: id });
	await eventually(() => expect(seen).toEqual(['see false', 'look true', `deleted ${id}`]));
});

test('brings events before the guild they belong to when it is held back', async () => {
	discord.gateway.holdGuilds(true);
	const client = createClient(discord);
	clients.push(client);
	const received = messagesOf(client);
	const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
	await client.login(discord.botToken);
	await eventually(() => expect(discord.dispatches.map(({ name }) => name)).toEqual(['READY']));
	await discord.say({ user: ana.id, channel: general.id, text: 'too early' });
	discord.gateway.holdGuilds(false);
	await ready;
	expect(discord.dispatches.map(({ name }) => name)).toEqual(['READY', 'MESSAGE_CREATE', 'GUILD_CREATE']);
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['too early']));
});

test('keeps silent about a guild during an outage', async () => {
	const client = await connected();
	const received = messagesOf(client);
	discord.world.setUnavailable(guild.id, true);
	await eventually(() => expect(client.guilds.cache.get(guild.id)?.available).toBe(false));
	await discord.say({ user: ana.id, channel: general.id, text: 'unheard' });
	discord.world.setUnavailable(guild.id, false);
	await eventually(() => expect(client.guilds.cache.get(guild.id)?.available).toBe(true));
	await discord.say({ user: ana.id, channel: general.id, text: 'heard' });
	await eventually(() => expect(received.map(({ content }) => content)).toEqual(['heard']));
});

test('tells of new guilds, and of those the bot was removed from', async () => {
	const client = await connected();
	const seen: string[] = [];
	client.on(Events.GuildCreate, ({ name }) => void seen.push(`+${name}`));
	client.on(Events.GuildDelete, ({ name }) => void seen.push(`-${name}`));
	const other = discord.world.addGuild({ name: 'Strangers' });
	await eventually(() => expect(client.guilds.cache.has(other.id)).toBe(true));
	await client.guilds.cache.get(other.id)?.leave();
	discord.world.removeMember(guild.id, discord.botUserId);
	await eventually(() => expect(seen).toEqual(['+Strangers', '-Strangers', '-Office']));
});
