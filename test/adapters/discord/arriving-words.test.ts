/** What comes in with a message, and what is read back of a conversation: what people answer and pass on, what apps show, and late mentions. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { MessageReceived, PersonalEvent } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Gateway } from '#test/emulators/discord/gateway.ts';
import type { Json } from '#test/emulators/discord/types.ts';
import { type DiscordProcess, type DiscordWorld, openDiscordWorld } from './discord-world.ts';

const signal = new AbortController().signal;
const alert = { title: '[FIRING] DiskFull db-1', description: 'Only 2 % free' };

describe('a message on Discord', () => {
	let world: DiscordWorld;
	let process: DiscordProcess;
	let direct: string;
	beforeAll(async () => {
		world = await openDiscordWorld();
		process = world.addProcess();
		await process.start();
		await vi.waitFor(() => expect(process.platform.health().state).toBe('up'));
		direct = world.discord.world.openDirect(world.tom).id;
	});
	afterAll(() => world.close());
	beforeEach(() => void process.events.splice(0));

	/** A later message in the same channel proves that nothing more is on its way. */
	async function eventsIn(channel: string): Promise<PersonalEvent[]> {
		const { id } = await world.discord.say({ user: world.tom, channel, text: 'that was all', mentionBot: true });
		await vi.waitFor(() => expect(process.events.some((event) => 'messageId' in event && event.messageId === id)).toBe(true));
		return process.events.filter((event) => !('messageId' in event) || event.messageId !== id);
	}
	async function received(channel: string): Promise<MessageReceived> {
		const [event, ...more] = await eventsIn(channel);
		expect(more).toEqual([]);
		if (event?.type !== 'message-received') throw new Error('nothing was received');
		return event;
	}
	const inGeneral = () => ({ channel: world.general, user: world.tom });
	const chain = (threadId: string): Place => ({
		...{ platform: 'discord', tenantId: world.guild, channelId: world.general, kind: 'channel' },
		threadId,
	});

	it('brings the alert that it answers, and so does the conversation that is read back', async () => {
		const { id: alertId } = await world.discord.say({ ...inGeneral(), text: '', viaWebhook: true, embeds: [alert] });
		const { id } = await world.discord.say({ ...inGeneral(), text: 'why?', mentionBot: true, replyTo: alertId });
		const event = await received(world.general);
		const text = '[FIRING] DiskFull db-1\nOnly 2 % free';
		expect(event).toMatchObject({ text: 'why?', startsThread: false, cited: [{ kind: 'quoted', author: 'tom', text }] });
		expect(await process.platform.readThread(event.place, { before: id, limit: 10 }, signal)).toMatchObject([
			{ messageId: alertId, author: 'app', authorName: 'tom', text, writtenAt: event.cited?.[0]?.writtenAt },
		]);
	});

	it('brings the older message that it answers, in a direct conversation and in a thread', async () => {
		const thread = world.discord.startThread({ channelId: world.general, name: 'moves', ownerId: world.tom });
		for (const channel of [direct, thread.id]) {
			process.events.splice(0);
			const { id: olderId } = await world.discord.say({ user: world.tom, channel, text: 'The Lisbon office moves.' });
			await world.discord.say({ user: world.tom, channel, text: 'The Berlin office grows.' });
			await eventsIn(channel);
			process.events.splice(0);
			await world.discord.say({ user: world.tom, channel, text: 'when?', replyTo: olderId, mentionBot: true });
			expect((await received(channel)).cited).toMatchObject([{ kind: 'quoted', author: 'Tom Baker', text: 'The Lisbon office moves.' }]);
		}
	});

	it('asks for what it answers where Discord did not bring it, and says what is gone', async () => {
		const { id: olderId } = await world.discord.say({ user: world.tom, channel: direct, text: 'The Lisbon office moves.' });
		await eventsIn(direct);
		process.events.splice(0);
		const reply = (more: Json): Json => ({
			...{ id: '1'.padEnd(18, '7'), channel_id: direct, channel_type: 1, type: 19, author: { id: world.tom, username: 'tom' } },
			...{ content: 'when?', message_reference: { message_id: olderId, channel_id: direct }, ...more },
		});
		const dispatch = (data: Json) =>
			(world.discord.gateway as Gateway).dispatch({ name: 'MESSAGE_CREATE', intent: 0, guildId: undefined, data: () => data });
		dispatch(reply({}));
		expect((await received(direct)).cited).toMatchObject([{ author: 'Tom Baker', text: 'The Lisbon office moves.' }]);
		await world.discord.remove({ user: world.tom, channel: direct, messageId: olderId });
		await eventsIn(direct);
		process.events.splice(0);
		dispatch(reply({ id: '1'.padEnd(18, '8') }));
		expect((await received(direct)).cited).toMatchObject([{ author: null, text: '[a message that was deleted]' }]);
	});

	it('shows in brief which answer of the bot it goes on from, and in whole what is pointed at elsewhere', async () => {
		const answer = { text: 'word '.repeat(100), buttons: [] };
		const { id: question } = await world.discord.say({ ...inGeneral(), text: 'hi', mentionBot: true });
		const { messageId } = await process.platform.post(chain(question), { ...answer, inReplyTo: question }, signal);
		const inDirect = await process.platform.post({ ...chain(''), channelId: direct, tenantId: 'direct', kind: 'direct' }, answer, signal);
		await eventsIn(world.general);
		process.events.splice(0);
		await world.discord.say({ ...inGeneral(), text: 'shorter', replyTo: messageId });
		expect((await received(world.general)).cited?.[0]).toMatchObject({
			author: 'openccb',
			text: expect.stringMatching(/^(?:word ){40}\[…\]$/),
		});
		process.events.splice(0);
		await world.discord.say({ user: world.tom, channel: direct, text: 'shorter', replyTo: inDirect.messageId });
		expect((await received(direct)).cited?.[0]?.text).toBe('word '.repeat(100).trim());
	});

	it('brings what was forwarded, with its files', async () => {
		const attachments = [{ name: 'df.txt', content: '98 %' }];
		const original = await world.discord.say({ user: world.lucia, channel: world.general, text: 'Disk of db-1 is full', attachments });
		await world.discord.say({ user: world.tom, channel: direct, text: '', forward: { channel: world.general, messageId: original.id } });
		expect(await received(direct)).toMatchObject({
			text: '',
			cited: [{ kind: 'forwarded', author: null, text: 'Disk of db-1 is full' }],
			attachments: [{ name: 'df.txt' }],
		});
	});

	it('reads a whole conversation back: apps, polls, stickers and files, and each thing once', async () => {
		const thread = world.discord.startThread({ channelId: world.general, name: 'disks', ownerId: world.tom });
		const here = { user: world.lucia, channel: thread.id, text: '' };
		const { id: first } = await world.discord.say({ ...here, viaWebhook: true, embeds: [alert] });
		await world.discord.say({ ...here, text: 'who looks?', replyTo: first });
		await world.discord.say({ ...here, poll: { question: 'Who?', answers: ['Tom', 'Bo'] } });
		await world.discord.say({ ...here, stickers: ['Wave'] });
		await world.discord.say({ ...here, attachments: [{ name: 'v.ogg', content: 'x' }], voiceSeconds: 3 });
		await world.discord.say({ ...here, type: 6 });
		await world.discord.say({ ...here, text: 'still?', replyTo: first });
		const { id: before } = await world.discord.say({ user: world.tom, channel: thread.id, text: 'now' });
		const place = { ...chain(''), channelId: thread.id };
		const read = await process.platform.readThread(place, { before, limit: 20 }, signal);
		expect(
			read.map(({ author, text, cited }) => [author, text.replace(/until [^\]]+/, 'until then'), cited?.map((one) => one.text)]),
		).toEqual([
			['app', '[FIRING] DiskFull db-1\nOnly 2 % free', undefined],
			['person', 'who looks?', undefined],
			['person', '[poll, open until then] Who?\n1. Tom (0 votes)\n2. Bo (0 votes)', undefined],
			['person', '[sticker: Wave]', undefined],
			['person', '[voice message: 3 s]', undefined],
			['person', 'still?', ['[FIRING] DiskFull db-1\nOnly 2 % free']],
		]);
	});

	it('is asked about with all that it shows', async () => {
		const { id } = await world.discord.say({ ...inGeneral(), text: '', viaWebhook: true, embeds: [alert] });
		const name = english.app.askAboutMessage;
		await world.discord.messageCommand({ user: world.lucia, channel: world.general, name, targetId: id });
		await vi.waitFor(() => expect(process.events).toHaveLength(1));
		expect(process.events[0]).toMatchObject({ type: 'message-received', text: '[FIRING] DiskFull db-1\nOnly 2 % free' });
	});

	describe('that is changed', () => {
		it('is asked once it names the bot, with the key that it would have had', async () => {
			const { id } = await world.discord.say({ ...inGeneral(), text: 'which day is it?' });
			await world.discord.edit({ ...inGeneral(), messageId: id, text: `<@${world.discord.botUserId}> which day is it?` });
			const [asked, edited, ...more] = await eventsIn(world.general);
			expect(more).toEqual([]);
			expect(asked).toMatchObject({
				type: 'message-received',
				text: 'which day is it?',
				addressedBy: 'mention',
				startsThread: true,
				byEdit: true,
			});
			expect(asked?.key).toBe(`discord:${world.general}:${id}`);
			expect(edited).toMatchObject({ type: 'message-edited', text: 'which day is it?' });
			expect(asked?.occurredAt).toBe(edited?.occurredAt);
		});

		it('keeps the key of the first time when it named the bot before', async () => {
			const { id } = await world.discord.say({ ...inGeneral(), text: 'one', mentionBot: true });
			await world.discord.edit({ ...inGeneral(), messageId: id, text: `<@${world.discord.botUserId}> two` });
			const events = await eventsIn(world.general);
			expect(events.map(({ type }) => type)).toEqual(['message-received', 'message-received', 'message-edited']);
			expect(events[0]?.key).toBe(events[1]?.key);
		});

		it('is an edit alone where nobody had to name the bot, and nothing where it is not for the bot', async () => {
			const toAll = await world.discord.say({ ...inGeneral(), text: 'to all' });
			await world.discord.edit({ ...inGeneral(), messageId: toAll.id, text: 'to all of you' });
			expect(await eventsIn(world.general)).toEqual([]);
			const { id } = await world.discord.say({ user: world.tom, channel: direct, text: 'one' });
			await world.discord.edit({ user: world.tom, channel: direct, messageId: id, text: 'two' });
			expect((await eventsIn(direct)).slice(-2).map(({ type }) => type)).toEqual(['message-received', 'message-edited']);
		});

		it('is not asked when Discord tells of an old edit again, as it does for a pin or a preview', async () => {
			const { id } = await world.discord.say({ ...inGeneral(), text: 'one' });
			const day = 24 * 3_600_000;
			const old: Json = {
				...{ id, channel_id: world.general, guild_id: world.guild, type: 0, author: { id: world.tom, username: 'tom' } },
				...{ content: `<@${world.discord.botUserId}> one`, edited_timestamp: new Date(Date.now() - day).toISOString() },
			};
			(world.discord.gateway as Gateway).dispatch({ name: 'MESSAGE_UPDATE', intent: 0, guildId: world.guild, data: () => old });
			expect((await eventsIn(world.general)).map(({ type }) => type)).toEqual(['message-edited']);
		});
	});
});
