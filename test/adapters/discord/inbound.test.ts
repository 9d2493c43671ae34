/** What Discord sends, in the core's words; and that nothing it could send breaks the reading. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiscordChannel, readEdited, readReceived, type Scene, toDeleted } from '../../../adapters/discord/inbound.ts';
import { readInteraction, toCommand, toPress, toQuestion } from '../../../adapters/discord/interaction-events.ts';
import { asObject } from '../../../adapters/discord/json.ts';

const [bot, ana, bo, role, guild, general, root, id] = Array.from({ length: 8 }, (_unused, index) => `10000000000000000${index}`) as [
	string,
	string,
	string,
	string,
	string,
	string,
	string,
	string,
];
const channels: Record<'channel' | 'thread' | 'direct', DiscordChannel> = {
	channel: { id: general, guildId: guild, isThread: false },
	thread: { id: general, guildId: guild, isThread: true },
	direct: { id: general, guildId: null, isThread: false },
};
const sceneOf = (channel: DiscordChannel = channels.channel): Scene => ({
	channel,
	botUserId: bot,
	own: new Set([bot, role]),
	names: { roles: new Map([[role, 'OpenCCB']]), channels: new Map([[general, 'general']]) },
});
const author = { id: ana, username: 'ana', global_name: 'Ana' };
const message = { id, channel_id: general, type: 0, author, content: 'hi', mentions: [], attachments: [], edited_timestamp: null };
const mention = { ...message, content: `<@${bot}> hi` };
const replyTo = (authorId: string) => ({
	type: 19,
	message_reference: { type: 0, message_id: root, channel_id: general },
	referenced_message: { id: root, author: { id: authorId } },
});
const read = (given: object, channel: DiscordChannel = channels.channel, rootId: string = id) =>
	readReceived(asObject(given), sceneOf(channel), rootId);

describe('a message', () => {
	it.each<[string, object, DiscordChannel | undefined, object]>([
		['a mention', mention, undefined, { addressedBy: 'mention', startsThread: true, text: 'hi', place: { threadId: id, kind: 'channel' } }],
		[
			'a mention of the role that came with the bot',
			{ ...message, content: `<@&${role}> hi` },
			undefined,
			{ addressedBy: 'mention', text: 'hi' },
		],
		['a mention of the old kind', { ...message, content: `<@!${bot}>hi` }, undefined, { text: 'hi' }],
		[
			'a direct message',
			message,
			channels.direct,
			{ addressedBy: 'direct', place: { tenantId: 'direct', threadId: '', kind: 'direct' }, startsThread: false },
		],
		['talk in a channel', message, undefined, { addressedBy: 'talk', startsThread: true, place: { threadId: id } }],
		['talk in a thread', message, channels.thread, { addressedBy: 'thread', place: { threadId: '', channelId: general, tenantId: guild } }],
		['a reply to the bot in a thread', { ...message, ...replyTo(bot) }, channels.thread, { addressedBy: 'thread' }],
		[
			'a reply to the bot that names a colleague',
			{ ...message, ...replyTo(bot), content: `<@${bo}> will like that, shorten it` },
			undefined,
			{ addressedBy: 'thread' },
		],
		[
			'the same with a group, in a thread',
			{ ...message, ...replyTo(bot), content: `<@&${guild}> will like that` },
			channels.thread,
			{ addressedBy: 'thread' },
		],
		['a call for all that names the bot', { ...mention, mention_everyone: true }, undefined, { addressedBy: 'mention' }],
		['lists that are null', { ...mention, mentions: null, attachments: null, mention_roles: null }, undefined, { attachments: [] }],
		[
			'files',
			{
				...mention,
				attachments: [{ id: bo, filename: 'a.pdf', content_type: 'application/pdf', size: 3, url: 'https://cdn.discordapp.com/x?ex=1' }],
			},
			undefined,
			{ attachments: [{ id: bo, name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 3, source: `${general}/${id}/${bo}` }] },
		],
		[
			'a message that was forwarded to the bot',
			{
				...mention,
				content: `<@${bot}> look`,
				message_reference: { type: 1, message_id: root },
				message_snapshots: [{ message: { content: 'there' } }],
			},
			undefined,
			{ text: 'look', cited: [{ kind: 'forwarded', author: null, writtenAt: null, text: 'there' }], startsThread: true },
		],
	])('is taken: %s', (_name, given, channel, expected) => {
		const event = read(given, channel, channel === undefined ? id : '');
		expect(event).toMatchObject({
			type: 'message-received',
			platform: 'discord',
			author: { tenantId: 'discord', accountId: ana },
			...expected,
		});
		expect(JSON.parse(JSON.stringify(event))).toEqual(event);
	});

	it('brings ten files at most, and says how many more there are', () => {
		const attachments = Array.from({ length: 200 }, () => ({ id: bo, filename: 'a.pdf' }));
		const event = read({ ...mention, attachments });
		expect(event?.attachments).toHaveLength(10);
		expect(event?.text).toBe('hi\n\n[190 more files]');
	});

	it('goes on with the chain that it answers', () => {
		expect(read({ ...message, ...replyTo(bot) }, channels.channel, root)).toMatchObject({
			addressedBy: 'thread',
			startsThread: false,
			place: { threadId: root },
		});
	});

	it.each<[string, object, DiscordChannel?]>([
		['a reply to somebody else', { ...message, ...replyTo(bo) }],
		['a reply to somebody else in a thread', { ...message, ...replyTo(bo) }, channels.thread],
		['a reply to what was deleted', { ...message, ...replyTo(bo), referenced_message: null }],
		['talk to a person in a thread', { ...message, content: `<@${bo}> hi` }, channels.thread],
		['talk to all in a thread', { ...message, mention_everyone: true }, channels.thread],
		['a call for all that answers the bot', { ...message, ...replyTo(bot), content: '@everyone look', mention_everyone: true }],
		['a reply to somebody else that names a third', { ...message, ...replyTo(bo), content: `<@${ana}> look` }, channels.thread],
		['a bot', { ...mention, author: { ...author, bot: true } }],
		['a webhook', { ...mention, webhook_id: bo }],
		['Discord itself', { ...mention, author: { ...author, system: true } }],
		['the bot itself', { ...mention, author: { id: bot } }],
		['a message about the channel', { ...mention, type: 6 }],
		['the beginning of a thread', { ...mention, type: 21 }, channels.thread],
		['a message without an author', { ...mention, author: null }],
		['an id that is none', { ...mention, id: "1'; drop" }],
	])('is left alone: %s', (_name, given, channel) => {
		expect(read(given, channel)).toBeNull();
	});

	it.each([
		[`ask <@${bo}>, <@!${ana}> and <@&${role}>`, 'ask @Bo B., @Ana and'],
		[`in <#${general}> or <#${guild}>`, `in #general or #${guild}`],
		[`</ccb stop:${bo}> <a:party_time:${bo}> <:ok:${bo}>`, '/ccb stop :party_time: :ok:'],
		['at <t:1700000000:R>, never <t:9999999999999:R>', 'at 2023-11-14T22:13:20.000Z, never <t:9999999999999:R>'],
		[`one\n<@${bot}> two`, 'one\ntwo'],
		['Is 1 < 2 & 3 > 2? **yes** <b> &amp;', 'Is 1 < 2 & 3 > 2? **yes** <b> &amp;'],
	])('reads %j as %j', (content, plain) => {
		const mentions = [{ id: bo, username: 'bo', global_name: 'Bo', member: { nick: 'Bo B.' } }, author];
		expect(read({ ...message, content, mentions }, channels.direct, '')).toMatchObject({ text: plain });
	});
});

describe('a change', () => {
	const edited = { ...message, content: 'new', edited_timestamp: '2026-11-23T10:00:00.000000+00:00' };

	it('is an edit, with a key of its own each time', () => {
		const event = readEdited(asObject(edited), sceneOf(), root);
		expect(event).toMatchObject({
			type: 'message-edited',
			messageId: id,
			text: 'new',
			place: { threadId: root },
			author: { accountId: ana },
		});
		const later = readEdited(asObject({ ...edited, edited_timestamp: '2026-11-23T10:00:01.000000+00:00' }), sceneOf(), root);
		expect(later?.key).not.toBe(event?.key);
	});

	it.each([
		['a preview that Discord adds', { ...edited, edited_timestamp: null }],
		['a time that is none', { ...edited, edited_timestamp: 'yesterday' }],
		['what the bot itself changes', { ...edited, author: { id: bot } }],
	])('is none: %s', (_name, given) => {
		expect(readEdited(asObject(given), sceneOf(), root)).toBeNull();
	});

	it('is a deletion of what is remembered', () => {
		expect(toDeleted(id, channels.channel, { authorId: ana, rootId: root }, 0)).toMatchObject({
			type: 'message-deleted',
			messageId: id,
			author: { tenantId: 'discord', accountId: ana },
			place: { threadId: root },
		});
	});
});

describe('an interaction', () => {
	const base = {
		id,
		token: 'aW50.token-_',
		version: 1,
		channel_id: general,
		channel: { id: general, type: 0 },
		guild_id: guild,
		locale: 'es-ES',
		member: { user: author },
	};
	const command = (options: unknown) => ({ ...base, type: 2, data: { type: 1, name: 'ccb', options } });

	it.each([
		[[{ type: 1, name: 'stop' }], 'stop'],
		[[{ type: 1, name: 'model', options: [{ type: 3, name: 'name', value: 'llama 3' }] }], 'model llama 3'],
		[[{ type: 2, name: 'admin', options: [{ type: 1, name: 'limit', options: [{ type: 4, name: 'n', value: 5 }] }] }], 'admin limit 5'],
		[
			[{ type: 1, name: 'admin', options: [{ type: 3, name: 'order', value: `grant <@${ana}> admin` }] }],
			`admin grant discord:discord:${ana} admin`,
		],
		[
			[{ type: 1, name: 'audit', options: [{ type: 3, name: 'who', value: `<@!${ana}>: <@1> asked` }] }],
			`audit discord:discord:${ana}: <@1> asked`,
		],
		[
			[{ type: 1, name: 'admin', options: [{ type: 3, name: 'order', value: `map <@&${root}> guest` }] }],
			`admin map discord:discord:${root} guest`,
		],
		[undefined, ''],
		[null, ''],
	])('is a command: %j', (options, text) => {
		const interaction = readInteraction(asObject(command(options)));
		if (interaction?.kind !== 'command') throw new Error('not a command');
		expect(toCommand(interaction, 'h')).toMatchObject({ text, locale: 'es-ES', actor: { accountId: ana }, place: { threadId: '' } });
	});

	it('brings what was typed into each option of a menu', () => {
		const options = [
			{ type: 3, name: 'who', value: `<@${ana}>` },
			{ type: 3, name: 'why', value: 'they asked' },
			{ type: 4, name: 'count', value: 5 },
		];
		const interaction = readInteraction(asObject(command([{ type: 1, name: 'audit', options }])));
		if (interaction?.kind !== 'command') throw new Error('not a command');
		expect(toCommand(interaction, 'h').options).toEqual({ who: `discord:discord:${ana}`, why: 'they asked', count: '5' });
	});

	it('reads without the lists that Discord may leave out', () => {
		const direct = { ...command([]), guild_id: undefined, member: undefined, user: author, entitlements: undefined };
		expect(readInteraction(asObject(direct))).toMatchObject({ kind: 'command', accountId: ana, channel: { guildId: null } });
	});

	it('is none of ours when its button is not', () => {
		const press = { ...base, type: 3, data: { custom_id: 'somebody:elses', component_type: 2 }, message: { id: root } };
		const interaction = readInteraction(asObject(press));
		if (interaction?.kind !== 'press') throw new Error('not a press');
		expect(toPress(interaction, root, 'h')).toBeNull();
	});

	it('is refused without an id, a person or a token that can stand in an address', () => {
		for (const broken of [{ id: '' }, { member: null }, { token: '../../users/@me' }, { token: '' }]) {
			expect(readInteraction(asObject({ ...command([]), ...broken }))).toBeNull();
		}
	});
});

it('reads whatever comes without throwing', () => {
	const keys = [
		'id',
		'type',
		'author',
		'content',
		'mentions',
		'attachments',
		'message_reference',
		'message_snapshots',
		'edited_timestamp',
		'data',
		'member',
		'token',
		'channel',
	];
	const anything = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.jsonValue(), fc.constantFrom(id, mention, [mention], base64Token)));
	fc.assert(
		fc.property(anything, fc.constantFrom(...Object.values(channels)), (given, channel) => {
			const payload = asObject({ ...mention, ...given });
			readReceived(payload, sceneOf(channel), root);
			readEdited(payload, sceneOf(channel), root);
			const interaction = readInteraction(asObject(given));
			if (interaction?.kind === 'command') toCommand(interaction, '');
			if (interaction?.kind === 'press') toPress(interaction, '', '');
			if (interaction?.kind === 'ask') toQuestion(interaction, sceneOf(channel), '');
		}),
	);
});

const base64Token = 'aW50ZXJhY3Rpb24';
