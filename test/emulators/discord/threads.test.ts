import { type Client, Events, type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	type Channel,
	type DiscordEmulator,
	type Guild,
	permissions,
	startDiscordEmulator,
	type User,
} from '#test/emulators/discord/index.ts';
import { codeOf, connect, createRest, eventually } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let rest: REST;
let client: Client<true>;
let guild: Guild;
let general: Channel;
let ana: User;

beforeEach(async () => {
	discord = await startDiscordEmulator({ limits: false });
	rest = createRest(discord);
	ana = discord.world.addUser({ name: 'ana' });
	guild = discord.world.addGuild({ name: 'Office' });
	discord.world.addMember(guild.id, ana.id);
	general = discord.world.addChannel(guild.id, { name: 'general' });
	client = await connect(discord);
});

afterEach(async () => {
	await client.destroy();
	await discord.close();
});

const post = (channel: string, content: string) =>
	rest.post(Routes.channelMessages(channel), { body: { content } }) as Promise<{ id: string }>;
const begin = (messageId: string, name = 'Details') =>
	rest.post(Routes.threads(general.id, messageId), { body: { name } }) as Promise<{ id: string }>;

test('starts a thread on a message, with the id of the message, once', async () => {
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'topic' });
	const thread = await begin(id);
	expect(thread.id).toBe(id);
	await eventually(() => expect(client.channels.cache.get(id)?.isThread()).toBe(true));
	expect(await codeOf(begin(id))).toBe(160004);
	expect(await codeOf(begin((await post(general.id, 'other')).id, 'x'.repeat(101)))).toBe(50035);
	expect(await rest.get(Routes.channelMessage(general.id, id))).toMatchObject({ thread: { id, parent_id: general.id } });
});

test('brings what is said in threads that people start', async () => {
	const received: string[] = [];
	client.on(Events.MessageCreate, ({ content, channelId }) => void received.push(`${channelId} ${content}`));
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'topic' });
	discord.startThread({ channelId: general.id, messageId: id, name: 'Details', ownerId: ana.id });
	await discord.say({ user: ana.id, channel: id, text: 'inside' });
	await eventually(() => expect(received).toContain(`${id} inside`));
});

test('lets nobody edit in an archived thread, and opens it when somebody writes', async () => {
	const { id } = await begin((await post(general.id, 'topic')).id);
	const message = await post(id, 'answer');
	discord.world.updateChannel(id, { archived: true });
	expect(await codeOf(rest.patch(Routes.channelMessage(id, message.id), { body: { content: 'more' } }))).toBe(50083);
	await post(id, 'new answer');
	expect(discord.world.channel(id)?.thread?.archived).toBe(false);
	discord.world.updateChannel(id, { locked: true });
	expect(await codeOf(post(id, 'one more'))).toBe(160005);
});

test('needs a permission of its own for threads', async () => {
	const { id } = await begin((await post(general.id, 'topic')).id);
	discord.world.updateChannel(general.id, { overwrites: [{ id: guild.id, kind: 'role', deny: permissions.sendMessagesInThreads }] });
	expect([await codeOf(post(id, 'inside')), await codeOf(post(general.id, 'outside'))]).toEqual([50013, 'ok']);
});

test('shows a private thread to the bot once it is mentioned there', async () => {
	const thread = discord.startThread({ channelId: general.id, name: 'Quiet', ownerId: ana.id, isPrivate: true });
	expect(await codeOf(rest.get(Routes.channel(thread.id)))).toBe(50001);
	const received: string[] = [];
	client.on(Events.MessageCreate, ({ content }) => void received.push(content));
	await discord.say({ user: ana.id, channel: thread.id, text: 'among us' });
	await discord.say({ user: ana.id, channel: thread.id, text: 'come in', mentionBot: true });
	await eventually(() => expect(received).toEqual([`<@${discord.botUserId}> come in`]));
});

test('has no threads in direct conversations', async () => {
	const direct = discord.world.openDirect(ana.id);
	const { id } = await discord.say({ user: ana.id, channel: direct.id, text: 'topic' });
	expect(await codeOf(rest.post(Routes.threads(direct.id, id), { body: { name: 'x' } }))).toBe(50024);
});
