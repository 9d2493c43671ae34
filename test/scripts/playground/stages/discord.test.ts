/** What the page makes of the bot's messages in Discord, and the times of its answers. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { createRoster } from '../../../../scripts/playground/roster.ts';
import { toMessage } from '../../../../scripts/playground/stages/discord/message.ts';
import { traceInDiscord } from '../../../../scripts/playground/stages/discord/trace.ts';
import type { Message } from '../../../../scripts/playground/wire.ts';

let nowMs: number;
let discord: DiscordEmulator;
let ana: string;
let channel: string;

beforeEach(async () => {
	nowMs = Date.UTC(2026, 10, 2, 9);
	discord = await startDiscordEmulator({ now: () => nowMs, limits: false });
	ana = discord.world.addUser({ name: 'ana', globalName: 'Ana Ruiz' }).id;
	const guild = discord.world.addGuild({ name: 'Talleres Aurora', ownerId: ana });
	channel = discord.world.addChannel(guild.id, { name: 'lobby' }).id;
});

afterEach(() => discord.close());

async function call(method: string, path: string, body?: Record<string, unknown>): Promise<string> {
	const headers = { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' };
	const response = await fetch(`${discord.apiUrl}/v10/channels/${channel}/${path}`, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	expect(response.ok).toBe(true);
	return response.status === 204 ? '' : ((await response.json()) as { id: string }).id;
}

function shown(id: string): Message {
	const ids = new Map([
		['ana', ana],
		['openccb', discord.botUserId],
	]);
	const roster = createRoster([{ id: 'ana', name: 'Ana Ruiz' }], ids);
	const message = discord.message(channel, id);
	if (message === undefined) throw new Error(`no message ${id}`);
	return toMessage(message, { ...roster, nameOfChannel: (channelId) => discord.world.channel(channelId)?.name ?? '' });
}

const button = (fields: Record<string, unknown>) => ({ type: 1, components: [{ type: 2, style: 2, ...fields }] });

test('a reply names what it answers; ids become names', async () => {
	const { id } = await discord.say({ user: ana, channel, text: 'What is new?' });
	const answer = await call('POST', 'messages', { content: `<@${ana}> see <#${channel}>`, message_reference: { message_id: id } });
	expect(shown(answer)).toMatchObject({
		authorId: 'openccb',
		repliesTo: id,
		parts: [{ format: 'markdown', text: '<@ana> see <#lobby>' }],
		isCard: false,
	});
});

test('the Stop button says that an answer is still written; a thumb is one', async () => {
	const id = await call('POST', 'messages', {
		content: 'One',
		components: [button({ custom_id: 'openccb:stop:1:r', style: 4, label: 'Stop' })],
	});
	expect(shown(id)).toMatchObject({ isStreaming: true, buttons: [{ label: 'Stop', style: 'danger' }] });
	await call('PATCH', `messages/${id}`, { components: [button({ custom_id: 'openccb:up:1:r', emoji: { name: '👍' } })] });
	expect(shown(id)).toMatchObject({ isStreaming: false, buttons: [{ id: 'openccb:up:1:r', label: '👍', style: 'default', thumb: 'up' }] });
});

test('small lines at the end stand apart, and each option of a menu can be chosen', async () => {
	const option = { label: '[1] Plan', value: '1', description: 'page 2' };
	const menu = { type: 3, custom_id: 'openccb:passage:1:r', placeholder: 'Show passage…', options: [option] };
	const id = await call('POST', 'messages', { content: 'So [1].\n\n-# [1] Plan · page 2', components: [{ type: 1, components: [menu] }] });
	expect(shown(id)).toMatchObject({
		parts: [
			{ format: 'markdown', text: 'So [1].' },
			{ format: 'note', text: '-# [1] Plan · page 2' },
		],
		buttons: [{ id: 'openccb:passage:1:r', value: '1', label: '[1] Plan · page 2', menu: 'Show passage…' }],
	});
});

test('an embed is a card', async () => {
	const embed = { title: 'Status', description: 'All well', fields: [{ name: 'Queue', value: 'empty' }], footer: { text: 'now' } };
	expect(shown(await call('POST', 'messages', { embeds: [embed] }))).toMatchObject({
		isCard: true,
		parts: [
			{ format: 'heading', text: 'Status' },
			{ format: 'markdown', text: 'All well' },
			{ format: 'heading', text: 'Queue' },
			{ format: 'markdown', text: 'empty' },
			{ format: 'note', text: 'now' },
		],
	});
});

test('typing, first text, edits and end are what people could see, each question apart', async () => {
	const { id } = await discord.say({ user: ana, channel, text: 'One?' });
	const other = await discord.say({ user: ana, channel, text: 'Two?' });
	const askedAtMs = nowMs;
	const trace = (messageId: string) =>
		traceInDiscord(discord, { personId: ana, placeId: channel, messageId, threadId: messageId, atMs: askedAtMs }, Number.POSITIVE_INFINITY);
	nowMs += 100;
	await call('POST', 'typing');
	expect(trace(id)).toMatchObject({ signAtMs: askedAtMs + 100, textAtMs: [], isOpen: true });
	nowMs += 800;
	const stop = [button({ custom_id: 'openccb:stop:1:r', style: 4, label: 'Stop' })];
	const answer = await call('POST', 'messages', { content: 'First', message_reference: { message_id: id }, components: stop });
	nowMs += 1_200;
	await call('PATCH', `messages/${answer}`, { content: 'First and last', components: [] });
	await call('POST', 'messages', { content: 'Longer still', message_reference: { message_id: answer } });
	const all = { messageCount: 2, textAtMs: [askedAtMs + 900, askedAtMs + 2_100, askedAtMs + 2_100], isOpen: false };
	expect(trace(id)).toMatchObject(all);
	expect(trace(other.id)).toMatchObject({ messageCount: 0, textAtMs: [] });
});
