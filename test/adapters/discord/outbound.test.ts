/** What exactly Discord is asked to do, and what is read back from it. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Json } from '#test/emulators/discord/index.ts';
import { toNonce } from '../../../adapters/discord/format.ts';
import { type DiscordWorld, openDiscordWorld } from './discord-world.ts';

const signal = new AbortController().signal;

describe('what is said on Discord', () => {
	let world: DiscordWorld;
	let platform: ChatPlatform;
	let question: string;
	let place: Place;
	beforeAll(async () => {
		world = await openDiscordWorld();
		({ platform } = world.addProcess());
		// It speaks without a gateway too; it only has to know who it is.
		world.state.seize('gateway', 'another process');
		await platform.start(
			async () => {},
			async () => {},
		);
		await vi.waitFor(() => expect(platform.health().state).toBe('up'));
	});
	afterAll(() => world.close());
	beforeEach(async () => {
		world.discord.clearFaults();
		const { id } = await world.discord.say({ user: world.tom, channel: world.general, text: 'a question', mentionBot: true });
		question = id;
		place = { platform: 'discord', tenantId: world.guild, channelId: world.general, threadId: id, kind: 'channel' };
	});

	const last = (operation: string): Json => (world.discord.callsTo(operation).at(-1)?.body ?? {}) as Json;
	const shown = (messageId: string) => world.discord.message(world.general, messageId);
	const actor = () => ({ tenantId: 'discord', accountId: world.tom });
	const direct = (): Place => ({
		...place,
		tenantId: 'direct',
		channelId: world.discord.world.openDirect(world.tom).id,
		threadId: '',
		kind: 'direct',
	});

	it('pings nobody and shows no previews, in posts and in edits', async () => {
		const quiet = { allowed_mentions: { parse: [], replied_user: false }, flags: 4 };
		const reference = await platform.post(place, { text: `a <@${world.lucia}>`, buttons: [], inReplyTo: question }, signal);
		expect(last('create-message')).toMatchObject(quiet);
		await platform.edit(reference, { text: `b <@${world.lucia}> @everyone`, buttons: [] }, signal);
		expect(last('edit-message')).toMatchObject(quiet);
		expect(world.discord.notified(world.general, reference.messageId)).toEqual([]);
	});

	it('replies to the question in the channels of a guild, and nowhere else', async () => {
		const answer = { text: 'x', buttons: [], inReplyTo: question };
		const { messageId } = await platform.post(place, answer, signal);
		expect(shown(messageId)?.reference?.messageId).toBe(question);
		await platform.post({ ...place, threadId: '' }, answer, signal);
		expect(last('create-message')).not.toHaveProperty('message_reference');
		await platform.post(direct(), answer, signal);
		expect(last('create-message')).not.toHaveProperty('message_reference');
	});

	it('answers though the question was deleted', async () => {
		await world.discord.remove({ user: world.tom, channel: world.general, messageId: question });
		const { messageId } = await platform.post(place, { text: 'too late', buttons: [], inReplyTo: question }, signal);
		expect(shown(messageId)?.content).toBe('too late');
	});

	it('shows a message once that was sent twice, with the text of the second time', async () => {
		const message = { text: 'first', buttons: [], sendKey: 'reply:0:1' };
		world.discord.fail({ operation: 'create-message', kind: 'stored-then-502' });
		await expect(platform.post(place, message, signal)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		const reference = await platform.post(place, { ...message, text: 'first and second' }, signal);
		expect(last('create-message')).toMatchObject({ nonce: toNonce('reply:0:1'), enforce_nonce: true });
		const texts = world.discord.messages(world.general).filter(({ id }) => id > question);
		expect(texts.map(({ id, content }) => [id, content])).toEqual([[reference.messageId, 'first and second']]);
	});

	it('takes buttons away with an edit that has none', async () => {
		const buttons = [{ label: 'Stop', action: { name: 'stop', replyId: 'r' } as const }];
		const reference = await platform.post(place, { text: 'x', buttons }, signal);
		expect(shown(reference.messageId)?.buttons).toHaveLength(1);
		await platform.edit(reference, { text: 'x', buttons: [] }, signal);
		expect(shown(reference.messageId)?.buttons).toEqual([]);
	});

	it('tells a person in the channel what they cannot be told directly, and pings them no more than anybody', async () => {
		const shy = world.discord.world.addUser({ name: 'shy', acceptsDirects: false }).id;
		world.discord.world.addMember(world.guild, shy);
		await platform.sendPrivately(place, { tenantId: 'discord', accountId: shy }, ['psst'], undefined, signal);
		const said = world.discord.messages(world.general).at(-1);
		expect(said).toMatchObject({ content: `<@${shy}> psst`, reference: { messageId: question } });
		expect(world.discord.notified(world.general, said?.id ?? '')).toEqual([]);
	});

	it('shows nobody a passage beside others', async () => {
		const shy = world.discord.world.addUser({ name: 'shy', acceptsDirects: false }).id;
		world.discord.world.addMember(world.guild, shy);
		const passage = { title: 'Plan', about: '', url: null, text: 'In May.', cutNotice: 'cut' };
		const before = world.discord.messages(world.general).length;
		const shown = platform.showPassage(place, { tenantId: 'discord', accountId: shy }, passage, 'free:unknown-token', signal);
		await expect(shown).rejects.toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'not-alone' });
		expect(world.discord.messages(world.general)).toHaveLength(before);
	});

	it('answers another way once a handle is too old', async () => {
		await platform.sendPrivately(place, actor(), ['late'], 'promised:unknown-token', signal);
		expect(world.discord.messages(direct().channelId).at(-1)?.content).toBe('late');
	});

	it('has a field for each name in private words, and lines where Discord does not take that', async () => {
		const told = ['Now:', { rows: [['in *use*', '2 of 4'] as const] }];
		const last = () => world.discord.messages(direct().channelId).at(-1);
		await platform.sendPrivately(direct(), actor(), told, undefined, signal);
		expect(last()).toMatchObject({ content: '', visibleText: 'Now:\nin \\*use\\*\n2 of 4' });
		world.discord.fail({ operation: 'create-message', kind: 'error', code: 50035 });
		await platform.sendPrivately(direct(), actor(), told, undefined, signal);
		expect(last()).toMatchObject({ embeds: [], content: 'Now:\n• **in \\*use\\***: 2 of 4' });
	});

	it('cuts private words that are too long', async () => {
		await platform.sendPrivately(direct(), actor(), ['x'.repeat(3_000)], undefined, signal);
		expect(world.discord.messages(direct().channelId).at(-1)?.content).toBe(`${'x'.repeat(1_999)}…`);
	});

	describe('what is read back', () => {
		it('is one chain among others, with its beginning, however much was said between', async () => {
			const { messageId } = await platform.post(place, { text: 'answer', buttons: [], inReplyTo: question }, signal);
			for (let count = 0; count < 120; count++)
				await world.discord.say({ user: world.lucia, channel: world.general, text: `noise ${count}` });
			const { id } = await world.discord.say({ user: world.lucia, channel: world.general, text: 'go on', replyTo: messageId });
			const { id: last } = await world.discord.say({ user: world.tom, channel: world.general, text: 'and on', replyTo: id });
			const read = await platform.readThread(place, { before: last, limit: 10 }, signal);
			expect(read.map(({ author, authorName, text }) => [author, authorName, text])).toEqual([
				['person', 'Tom Baker', 'a question'],
				['person', 'Lucía Ferrer', 'go on'],
			]);
		});

		it('is what was said before in a thread, with the message that it was started on', async () => {
			const thread = world.discord.startThread({ channelId: world.general, messageId: question, name: 'talk', ownerId: world.tom });
			await world.discord.say({ user: world.lucia, channel: thread.id, text: `see <#${world.general}>` });
			const { id } = await world.discord.say({ user: world.tom, channel: thread.id, text: 'now' });
			const inThread = { ...place, channelId: thread.id, threadId: '' };
			expect(
				(await platform.readThread(inThread, { before: id, limit: 10 }, signal)).map(({ text }) => text.replace(/\d{15,}/, 'general-talk')),
			).toEqual(['a question', 'see #general-talk']);
		});

		it('is nothing of a channel that the bot may not read', async () => {
			const secret = world.discord.world.addChannel(world.guild, {
				name: 'secret',
				overwrites: [{ id: world.guild, kind: 'role', deny: 1n << 10n }],
			}).id;
			const there = { ...place, channelId: secret };
			await expect(platform.readThread(there, { before: question, limit: 10 }, signal)).rejects.toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'no-access',
			});
		});
	});

	it('knows a person by their name where they were met, and one who is in another guild that is served', async () => {
		world.discord.world.updateMember(world.guild, world.lucia, { nick: 'Lu' });
		const profile = await platform.fetchProfile({ tenantId: 'discord', accountId: world.lucia }, direct(), signal);
		expect(profile).toEqual({
			...{ accountId: world.lucia, tenantId: 'discord', displayName: 'Lu', locale: null },
			...{ isBot: false, isGuest: false, isExternal: false, isDeactivated: false },
		});
		const second = world.discord.world.addGuild({ name: 'Second' }).id;
		const far = world.discord.world.addUser({ name: 'far' }).id;
		world.discord.world.addMember(second, far);
		const wide = world.addProcess({ guilds: [world.guild, second] }).platform;
		expect(await wide.fetchProfile({ tenantId: 'discord', accountId: far }, place, signal)).toMatchObject({ isExternal: false });
		expect(await platform.fetchProfile({ tenantId: 'discord', accountId: far }, place, signal)).toMatchObject({ isExternal: true });
	});

	describe('a file', () => {
		async function share(more: object = {}): Promise<{ source: string; id: string }> {
			const { id } = await world.discord.say({
				user: world.tom,
				channel: world.general,
				text: '',
				attachments: [{ name: 'a.csv', contentType: 'text/csv', content: 'a;b\n'.repeat(10), ...more }],
			});
			const fileId = shown(id)?.attachments[0]?.id ?? '';
			return { source: `${world.general}/${id}/${fileId}`, id };
		}
		const fetchAll = async (source: string, maxBytes = 1_000) => {
			const attachment = { id: '1', name: 'a.csv', mediaType: 'text/csv', sizeBytes: 40, source };
			return Buffer.concat(await Array.fromAsync(platform.fetchFile(attachment, place, maxBytes, signal))).toString();
		};

		it('is fetched though every address given out before has expired', async () => {
			const { source } = await share();
			world.discord.expireAttachmentUrls();
			expect(await fetchAll(source)).toBe('a;b\n'.repeat(10));
		});

		it('is cut off when it is larger than it said', async () => {
			const { source } = await share({ content: 'x'.repeat(100_000), claimedSizeBytes: 10 });
			await expect(fetchAll(source)).rejects.toMatchObject({ code: 'TOO_LARGE' });
		});

		it('is not found once its message is gone, nor when it is at another host', async () => {
			const { source, id } = await share();
			const elsewhere = world.addProcess({ fileHosts: ['cdn.discordapp.com'] }).platform;
			const attachment = { id: '1', name: '', mediaType: '', sizeBytes: null, source };
			const stolen = Array.fromAsync(elsewhere.fetchFile(attachment, place, 1_000, signal));
			await expect(stolen).rejects.toMatchObject({ code: 'NOT_FOUND' });
			await world.discord.remove({ user: world.tom, channel: world.general, messageId: id });
			await expect(fetchAll(source)).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});
	});
});
