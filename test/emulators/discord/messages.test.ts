import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type DiscordEmulator, type Guild, startDiscordEmulator, type User } from '#test/emulators/discord/index.ts';
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
	general = discord.world.channels(guild.id)[0] as Channel;
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

test('takes a repeated nonce for the same message', async () => {
	const body = { content: 'once', nonce: 'answer-1', enforce_nonce: true };
	const [first, second] = [await post(body), await post({ ...body, content: 'twice' })];
	expect([second.id, second.content]).toEqual([first.id, 'once']);
	nowMs += 600_000;
	expect((await post(body)).id).not.toBe(first.id);
});
