import { type Client, Events, type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	type Change,
	type Channel,
	type DiscordEmulator,
	type Guild,
	startDiscordEmulator,
	type User,
} from '#test/emulators/discord/index.ts';
import { codeOf, connect, createRest, eventually } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let rest: REST;
let guild: Guild;
let general: Channel;
let ana: User;
let clients: Client[];
let aheadMs: number;

beforeEach(async () => {
	aheadMs = 0;
	clients = [];
	discord = await startDiscordEmulator({ now: () => Date.now() + aheadMs, guildMembersIntent: true });
	rest = createRest(discord);
	ana = discord.world.addUser({ name: 'ana', globalName: 'Ana' });
	guild = discord.world.addGuild({ name: 'Office' });
	discord.world.addMember(guild.id, ana.id);
	general = discord.world.addChannel(guild.id, { name: 'general' });
});

afterEach(async () => {
	await Promise.all(clients.map((client) => client.destroy()));
	await discord.close();
});

const say = (more: object = {}) => discord.say({ user: ana.id, channel: general.id, text: 'hello', ...more });

test('tells people, webhooks and other apps apart', async () => {
	const client = await connect(discord);
	clients.push(client);
	const seen: unknown[] = [];
	client.on(Events.MessageCreate, ({ author, webhookId, applicationId }) => {
		seen.push([author.username, author.bot, webhookId !== null, applicationId !== null]);
	});
	await say();
	await say({ viaWebhook: true });
	await say({ asBot: true });
	await eventually(() =>
		expect(seen).toEqual([
			['ana', false, false, false],
			['ana', true, true, false],
			['ana', true, false, true],
		]),
	);
});

test('lets people do only what they may', async () => {
	const stranger = discord.world.addUser({ name: 'stranger' });
	const { id } = await say();
	await expect(say({ user: stranger.id })).rejects.toThrow(/may not do that/);
	await expect(discord.edit({ user: stranger.id, channel: general.id, messageId: id, text: 'x' })).rejects.toThrow(/not written by/);
	await expect(discord.remove({ user: stranger.id, channel: general.id, messageId: id })).rejects.toThrow(/may not delete/);
	discord.world.updateMember(guild.id, ana.id, { timedOutUntilMs: Date.now() + 60_000 });
	await expect(say()).rejects.toThrow(/may not do that/);
	aheadMs = 60_001;
	await say();
});

test('tells of reactions, of several messages deleted at once and of members who leave, to those who ask', async () => {
	const names = ['Guilds', 'GuildMessages', 'GuildMessageReactions', 'GuildMembers'] as const;
	const client = await connect(discord, { intents: [...names] });
	clients.push(client);
	const seen: string[] = [];
	client.on(Events.MessageReactionAdd, ({ emoji }) => void seen.push(`reaction ${emoji.name}`));
	client.on(Events.MessageBulkDelete, ({ size }) => void seen.push(`deleted ${size}`));
	client.on(Events.GuildMemberRemove, ({ id }) => void seen.push(`left ${id}`));
	const messages = [await say(), await say()];
	await discord.react({ user: ana.id, channel: general.id, messageId: messages[0]?.id ?? '', emoji: '👍' });
	await discord.remove({ user: ana.id, channel: general.id, messageId: messages.map(({ id }) => id) });
	await client.guilds.cache.first()?.members.fetch(ana.id);
	discord.world.removeMember(guild.id, ana.id);
	await eventually(() => expect(seen).toEqual(['reaction 👍', 'deleted 2', `left ${ana.id}`]));
});

test('gives members one by one, and whole lists only to apps that may have them', async () => {
	expect(await rest.get(Routes.guildMember(guild.id, ana.id))).toMatchObject({ user: { id: ana.id, global_name: 'Ana' }, roles: [] });
	const stranger = discord.world.addUser({ name: 'stranger' });
	expect(await codeOf(rest.get(Routes.guildMember(guild.id, stranger.id)))).toBe(10007);
	expect(await codeOf(rest.get(Routes.user('123456789012345678')))).toBe(10013);
	expect(await rest.get(`${Routes.guildMembers(guild.id)}?limit=10`)).toHaveLength(3);
	discord.portal.guildMembersIntent = false;
	expect(await codeOf(rest.get(`${Routes.guildMembers(guild.id)}?limit=10`))).toBe(50001);
});

test('shows the bot as typing for ten seconds, or until it writes', async () => {
	const type = () => rest.post(Routes.channelTyping(general.id));
	await type();
	expect(discord.typing(general.id)).toBe(true);
	aheadMs += 10_001;
	expect(discord.typing(general.id)).toBe(false);
	await type();
	await rest.post(Routes.channelMessages(general.id), { body: { content: 'there' } });
	expect(discord.typing(general.id)).toBe(false);
});

test('tells listeners of everything that somebody would notice', async () => {
	const changes: Change['type'][] = [];
	const stop = discord.onChange(({ type }) => void changes.push(type));
	const { id } = await say();
	await discord.edit({ user: ana.id, channel: general.id, messageId: id, text: 'changed' });
	await discord.remove({ user: ana.id, channel: general.id, messageId: id });
	stop();
	await say();
	expect(changes).toEqual(['posted', 'changed', 'deleted']);
});

test('records calls with their bodies and answers, and takes its time when told to', async () => {
	discord.setLatency(40);
	const begunMs = Date.now();
	await codeOf(rest.post(Routes.channelMessages(general.id), { body: { content: '' } }));
	expect(Date.now() - begunMs).toBeGreaterThanOrEqual(39);
	expect(discord.callsTo('create-message')).toMatchObject([
		{ httpMethod: 'POST', path: Routes.channelMessages(general.id), body: { content: '' }, status: 400, code: 50006 },
	]);
});

test('knows nothing of a guild that the bot has left', async () => {
	await rest.delete(Routes.userGuild(guild.id));
	expect(await codeOf(rest.get(Routes.guild(guild.id)))).toBe(10004);
	expect(await codeOf(rest.get(Routes.channel(general.id)))).toBe(50001);
});

test('lets nobody write who has not agreed to the rules of the guild, and says so of them', async () => {
	const newcomer = discord.world.addUser({ name: 'newcomer' });
	discord.world.addMember(guild.id, newcomer.id, { isPending: true });
	await expect(say({ user: newcomer.id })).rejects.toThrow(TypeError);
	expect(await rest.get(Routes.guildMember(guild.id, newcomer.id))).toMatchObject({ pending: true });
	discord.world.updateMember(guild.id, newcomer.id, { isPending: false });
	expect(await codeOf(say({ user: newcomer.id }))).toBe('ok');
});
