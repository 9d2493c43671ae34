import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	type Channel,
	type DiscordEmulator,
	type Guild,
	permissions,
	startDiscordEmulator,
	type User,
} from '#test/emulators/discord/index.ts';
import { codeOf, createRest } from '#test/emulators/discord/test-client.ts';

let discord: DiscordEmulator;
let rest: REST;
let guild: Guild;
let general: Channel;
let ana: User;
let nowMs: number;

beforeEach(async () => {
	nowMs = Date.parse('2026-03-02T09:00:00Z');
	discord = await startDiscordEmulator({ now: () => nowMs, limits: false });
	rest = createRest(discord);
	ana = discord.world.addUser({ name: 'ana' });
	guild = discord.world.addGuild({ name: 'Office' });
	discord.world.addMember(guild.id, ana.id);
	general = discord.world.addChannel(guild.id, { name: 'general' });
});

afterEach(() => discord.close());

type Sent = { id: string; content: string };

const post = (body: object, channel = general.id) => rest.post(Routes.channelMessages(channel), { body }) as Promise<Sent>;
const edit = (id: string, body: object, channel = general.id) => rest.patch(Routes.channelMessage(channel, id), { body }) as Promise<Sent>;

test('shows what the bot writes and edits, with the history of it', async () => {
	const { id } = await post({ content: 'first' });
	await edit(id, { content: 'second' });
	expect(discord.messages(general.id)).toMatchObject([
		{
			id,
			authorId: discord.botUserId,
			visibleText: 'second',
			edited: true,
			history: [{ visibleText: 'first' }, { visibleText: 'second' }],
		},
	]);
	await rest.delete(Routes.channelMessage(general.id, id));
	expect(discord.message(general.id, id)).toMatchObject({ deleted: true, visibleText: '' });
	expect(await codeOf(edit(id, { content: 'late' }))).toBe(10008);
});

test('blocks what a rule of Auto Moderation is about, new or edited, except for who manages the guild', async () => {
	guild.blockedWords.push('Swearword');
	const { id } = await post({ content: 'clean' });
	expect(await codeOf(post({ content: 'a swearword' }))).toBe(200_000);
	expect(await codeOf(edit(id, { content: 'clean, and a SWEARWORD' }))).toBe(200_000);
	expect(discord.message(general.id, id)?.visibleText).toBe('clean');
	const bot = guild.members.get(discord.botUserId)?.roles[0] ?? '';
	discord.world.updateRole(guild.id, bot, { permissions: permissions.administrator });
	await edit(id, { content: 'a swearword' });
});

test('takes a repeated nonce for the same message', async () => {
	const body = { content: 'once', nonce: 'answer-1', enforce_nonce: true };
	const [first, second] = [await post(body), await post({ ...body, content: 'twice' })];
	expect([second.id, second.content]).toEqual([first.id, 'once']);
	nowMs += 600_000;
	expect((await post(body)).id).not.toBe(first.id);
});

const fields = (length: number) => ({ title: 'x'.repeat(200), description: 'y'.repeat(length - 200) });
const button = (custom_id: string) => ({ type: 2, style: 1, label: 'Press', custom_id });
const row = (...components: object[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const v2 = 1 << 15;

test.each([
	['too long a text', { content: 'x'.repeat(2_001) }, 'content'],
	['too much in embeds together', { embeds: [fields(4_096), fields(1_905)] }, 'embeds'],
	['too long a title', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds'],
	['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds'],
	['six rows', { components: Array.from({ length: 6 }, (_, index) => row(button(String(index)))) }, 'components'],
	['six buttons in a row', { components: [row(...['1', '2', '3', '4', '5', '6'].map(button))] }, 'components'],
	['two buttons of one id', { components: [row(button('1'), button('1'))] }, 'components'],
	['too long an id', { components: [row(button('x'.repeat(101)))] }, 'components'],
	['a link without an address', { components: [row({ type: 2, style: 5, label: 'Go' })] }, 'components'],
	['a text display among the old components', { components: [text('new')] }, 'components'],
	['a content beside new components', { content: 'old', flags: v2, components: [text('new')] }, 'content'],
	['41 components', { flags: v2, components: Array.from({ length: 41 }, () => text('x')) }, 'components'],
	['too much text in components', { flags: v2, components: [text('x'.repeat(3_000)), text('x'.repeat(1_001))] }, 'components'],
	[
		'a list beside its own rule',
		{ content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
		'allowed_mentions',
	],
	['too long a nonce', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce'],
])('refuses %s, and says where', async (_, body, field) => {
	const error = await post(body).catch((refused: unknown) => refused);
	expect(error).toMatchObject({ code: 50035, status: 400, rawError: { message: 'Invalid Form Body' } });
	expect(Object.keys((error as { rawError: { errors: object } }).rawError.errors)).toContain(field);
});

test('takes what is just within the limits', async () => {
	await post({ content: 'x'.repeat(2_000), embeds: [fields(4_096), fields(1_904)] });
	await post({ flags: v2, components: [...Array.from({ length: 38 }, () => text('x')), row(button('1'))] });
	expect(discord.messages(general.id).at(-1)?.buttons).toEqual([
		{ label: 'Press', customId: '1', style: 1, disabled: false, url: undefined },
	]);
});

test('refuses empty messages and those of others', async () => {
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'mine' });
	expect(await codeOf(post({ content: '   ' }))).toBe(50006);
	expect(await codeOf(edit(id, { content: 'taken' }))).toBe(50005);
	expect(await codeOf(rest.delete(Routes.channelMessage(general.id, id)))).toBe(50013);
});

test('refuses where the bot may not see or write', async () => {
	const everyone = { id: guild.id, kind: 'role' as const };
	const { id } = await post({ content: 'while I may' });
	discord.world.updateChannel(general.id, { overwrites: [{ ...everyone, deny: permissions.sendMessages }] });
	expect(await codeOf(post({ content: 'no' }))).toBe(50013);
	expect(await codeOf(edit(id, { content: 'still mine' }))).toBe('ok');
	discord.world.updateChannel(general.id, { overwrites: [{ ...everyone, deny: permissions.viewChannel }] });
	expect(await codeOf(edit(id, { content: 'gone' }))).toBe(50001);
	expect(await codeOf(post({ content: 'x' }, '123456789012345678'))).toBe(10003);
});

test('refuses direct messages to people who take none, or whom the bot does not share a guild with', async () => {
	const stranger = discord.world.addUser({ name: 'stranger' });
	const open = async (recipient_id: string) => (await rest.post(Routes.userChannels(), { body: { recipient_id } })) as { id: string };
	const [direct, strange] = [await open(ana.id), await open(stranger.id)];
	expect(await codeOf(post({ content: 'hello' }, direct.id))).toBe('ok');
	ana.acceptsDirects = false;
	expect(await codeOf(post({ content: 'hello' }, direct.id))).toBe(50007);
	expect(await codeOf(post({ content: 'hello' }, strange.id))).toBe(50278);
});

test('answers a message that is gone only when told that this may be', async () => {
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: 'question' });
	const answer = (more: object) => post({ content: 'answer', message_reference: { message_id: id, ...more } });
	await answer({});
	expect(discord.messages(general.id).at(-1)).toMatchObject({ type: 19, reference: { messageId: id } });
	await discord.remove({ user: ana.id, channel: general.id, messageId: id });
	expect(await codeOf(answer({}))).toBe(50035);
	await answer({ fail_if_not_exists: false });
	expect(discord.messages(general.id).at(-1)).toMatchObject({ type: 0, reference: undefined });
	discord.world.updateChannel(general.id, { overwrites: [{ id: guild.id, kind: 'role', deny: permissions.readMessageHistory }] });
	discord.world.updateRole(guild.id, [...guild.roles.keys()][1] ?? '', { permissions: permissions.sendMessages });
	expect(await codeOf(answer({}))).toBe(160002);
});

test('pings those who are named unless told otherwise, and again on an edit that says nothing about it', async () => {
	const ben = discord.world.addUser({ name: 'ben' });
	const role = discord.world.addRole(guild.id, { name: 'staff', mentionable: true });
	discord.world.addMember(guild.id, ben.id, { roles: [role.id] });
	const content = `<@${ana.id}> <@&${role.id}> @everyone`;
	const loud = await post({ content });
	const quiet = await post({ content, allowed_mentions: { parse: [] } });
	expect(discord.notified(general.id, loud.id).toSorted()).toEqual([ana.id, ben.id].toSorted());
	expect(discord.notified(general.id, quiet.id)).toEqual([]);
	await edit(quiet.id, { content: `${content} edited`, allowed_mentions: { parse: ['roles'] } });
	expect(discord.notified(general.id, quiet.id)).toEqual([ben.id]);
	await edit(quiet.id, { content: `${content} edited again` });
	expect(discord.notified(general.id, quiet.id).toSorted()).toEqual([ana.id, ben.id].toSorted());
});

test('pings everyone only with the permission to do so', async () => {
	const { id } = await post({ content: '@everyone' });
	expect(discord.notified(general.id, id)).toEqual([]);
	discord.world.updateRole(guild.id, guild.id, { permissions: (1n << 40n) - 1n - 8n });
	expect(discord.notified(general.id, (await post({ content: '@here' })).id)).toContain(ana.id);
});

test('gives pages of messages, newest first', async () => {
	const ids: string[] = [];
	for (const content of ['1', '2', '3', '4', '5']) ids.push((await discord.say({ user: ana.id, channel: general.id, text: content })).id);
	const page = async (query: string) =>
		((await rest.get(`${Routes.channelMessages(general.id)}?${query}` as '/')) as Sent[]).map(({ content }) => content).join('');
	expect(await page('limit=2')).toBe('54');
	expect(await page(`limit=2&before=${ids[3]}`)).toBe('32');
	expect(await page(`limit=2&after=${ids[0]}`)).toBe('32');
	expect(await page(`limit=3&around=${ids[2]}`)).toBe('432');
	expect(await codeOf(page('limit=101'))).toBe(50035);
});

test('brings all that a message holds beside its text, and what was forwarded without its author', async () => {
	const here = { user: ana.id, channel: general.id, text: '' };
	const read = (id: string) => rest.get(Routes.channelMessage(general.id, id)) as Promise<Record<string, unknown>>;
	const alert = await discord.say({
		...here,
		viaWebhook: true,
		embeds: [{ title: 'Disk full' }],
	});
	expect(await read(alert.id)).toMatchObject({ embeds: [{ title: 'Disk full' }], author: { bot: true } });
	const forwarded = await read((await discord.say({ ...here, forward: { channel: general.id, messageId: alert.id } })).id);
	expect(forwarded).toMatchObject({
		type: 0,
		flags: 1 << 14,
		message_reference: { type: 1, message_id: alert.id, channel_id: general.id, guild_id: guild.id },
		message_snapshots: [
			{ message: { content: '', embeds: [{ title: 'Disk full' }], timestamp: expect.stringContaining('2026-03-02T09:00:00') } },
		],
	});
	expect(forwarded).not.toHaveProperty('referenced_message');
	expect(JSON.stringify(forwarded.message_snapshots)).not.toContain('author');
	const poll = { question: 'Lunch?', answers: ['Pizza', 'Sushi'] };
	expect(await read((await discord.say({ ...here, poll, stickers: ['Wave'] })).id)).toMatchObject({
		poll: { question: { text: 'Lunch?' }, answers: [{ answer_id: 1 }, { answer_id: 2, poll_media: { text: 'Sushi' } }] },
		sticker_items: [{ name: 'Wave' }],
	});
	const voice = { attachments: [{ name: 'voice-message.ogg', content: 'x' }], voiceSeconds: 12 };
	expect(await read((await discord.say({ ...here, ...voice })).id)).toMatchObject({ flags: 1 << 13, attachments: [{ duration_secs: 12 }] });
});

test('lets nobody say what no client of Discord can', async () => {
	const here = { user: ana.id, channel: general.id };
	const { id } = await discord.say({ ...here, text: 'first' });
	const poll = { question: 'Lunch?', answers: Array.from({ length: 11 }, () => 'Pizza') };
	for (const wrong of [
		{ text: '', embeds: [{ title: 'I am an app' }] },
		{ text: 'a comment', forward: { channel: general.id, messageId: id } },
		{ text: '', poll },
		{ text: '', stickers: ['a', 'b', 'c', 'd'] },
		{ text: 'words', voiceSeconds: 1, attachments: [{ name: 'v.ogg', content: 'x' }] },
	]) {
		await expect(discord.say({ ...here, ...wrong })).rejects.toThrow(TypeError);
	}
});
