import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { MessageReference, ThreadMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { createReadMessageTool } from '#src/tools/read-message.ts';
import { createFakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { toolContext } from './tool-fixture.ts';

const { signal } = new AbortController();
const link = 'https://chat.example/C7/1500';
const permalink = 'https://chat.example.com/1500';
const chat: Place = { platform: 'fake', tenantId: 'T', channelId: 'D1', threadId: '', kind: 'direct' };
const channel: Place = { platform: 'fake', tenantId: 'T', channelId: 'C7', threadId: '1500', kind: 'channel' };
const message: ThreadMessage = {
	messageId: '1500',
	author: 'person',
	authorName: 'Luis',
	writtenAt: '2030-05-04T20:00:00Z',
	text: 'The pump is in Lima.',
	cited: [{ kind: 'quoted', author: 'Eva', writtenAt: null, text: 'Where is it?' }],
};
const answer: ThreadMessage = { ...message, messageId: '1600', authorName: 'Eva', text: 'Thanks.', cited: [] };

function open(given: { place?: Place; target?: Place; isMember?: boolean; kinds?: Place['kind'][] } = {}) {
	const { place = chat, target = channel, isMember = true, kinds = ['direct', 'group', 'channel'] } = given;
	const platform = createFakePlatform({ ...roomyCapabilities, readsMessages: kinds });
	const asked: { place: Place; accountId: string }[] = [];
	const read: MessageReference[] = [];
	const found: (ThreadMessage | null)[] = [];
	platform.messageAt = (text) => (text.endsWith('/C7/1500') ? { place: target, messageId: '1500' } : null);
	platform.readMessage = async (reference) => {
		read.push(reference);
		return found.length === 0 ? message : (found.shift() ?? null);
	};
	platform.readThread = async () => [answer];
	const memberships = {
		isMember: async (_platform: unknown, where: Place, { accountId }: { accountId: string }) => {
			asked.push({ place: where, accountId });
			return isMember;
		},
	};
	const tool = createReadMessageTool({ memberships, pacers: unpaced });
	const context = toolContext({ platform, place });
	return { platform, asked, read, found, run: (given: unknown = { link }) => tool.run(given, context, signal) };
}

describe('read_message', () => {
	it('tells what a message says, what it cites and what was answered, with the message as its source', async () => {
		const { run, asked } = open();
		expect(await run()).toEqual({
			data: {
				from: 'Luis',
				at: '2030-05-04 20:00',
				text: 'The pump is in Lima.',
				cited: [{ kind: 'quoted', from: 'Eva', text: 'Where is it?' }],
				answers: [{ from: 'Eva', at: '2030-05-04 20:00', text: 'Thanks.' }],
			},
			sources: [
				{
					title: 'Message of Luis, 2030-05-04 20:00',
					url: permalink,
					excerpt: 'The pump is in Lima.',
					canShow: true,
					passage: 'Luis, 2030-05-04 20:00.\nThe pump is in Lima.\nEva: Where is it?\nEva, 2030-05-04 20:00.\nThanks.',
				},
			],
		});
		expect(asked).toEqual([{ place: channel, accountId: 'U' }]);
	});

	it.each([`${link},`, `<${link}>`, `(${link}).`, ` ${link}!`])('takes “%s” for the link that it is', async (copied) => {
		expect((await open().run({ link: copied })).data).toMatchObject({ text: message.text });
	});

	it('finds the link between any number of marks', async () => {
		const copied = `${'("'.repeat(300)}${link}${'").'.repeat(300)}`;
		expect((await open().run({ link: copied })).data).toMatchObject({ text: message.text });
	});

	it('cites the platform’s own link, whatever the one that was read leads through, and none where it has none', async () => {
		const lying = 'https://chat.example.com@evil.example/C7/1500';
		expect((await open().run({ link: lying })).sources).toMatchObject([{ url: permalink }]);
		const unlinked = open();
		unlinked.platform.permalink = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away');
		};
		expect((await unlinked.run()).sources).toMatchObject([{ url: null }]);
	});

	it('names an author in one short line, whatever they are called', async () => {
		const named = open();
		named.found.push({ ...message, authorName: `Luis\n\u202E${'x'.repeat(5_000)}` }, { ...message, authorName: '' });
		for (const name of [/^Luis x{70,75}…$/, /^somebody$/])
			expect((await named.run()).data).toMatchObject({ from: expect.stringMatching(name) });
	});

	it('reads no answers to a message within a thread, and does without those that cannot be read', async () => {
		const within = open({ target: { ...channel, threadId: '1000' } });
		expect((await within.run()).data).not.toHaveProperty('answers');
		const broken = open();
		broken.platform.readThread = async () => {
			throw new BotError('PLATFORM_UNAVAILABLE', 'away');
		};
		expect((await broken.run()).data).toMatchObject({ text: message.text });
	});

	it('asks nothing of the platform for whoever is not in the place, and says the same as of what is not there', async () => {
		const outside = open({ isMember: false });
		const refused = await outside.run().catch((error: BotError) => error.message);
		expect(outside.read).toEqual([]);
		const gone = open();
		gone.found.push(null);
		expect(await gone.run().catch((error: BotError) => error.message)).toBe(refused);
	});

	it.each<[string, Place, boolean]>([
		['in a personal chat', chat, true],
		['in the channel that it is of', { ...channel, threadId: '9000' }, true],
		['in another channel, where others read along', { ...channel, channelId: 'C8' }, false],
		['in a group chat', { ...chat, channelId: 'G1', kind: 'group' }, false],
		['in a channel of another company with the same id', { ...channel, tenantId: 'other' }, false],
	])('reads it %s: %s', async (_, place, isRead) => {
		const { run, read } = open({ place });
		if (isRead) expect((await run()).data).toMatchObject({ text: message.text });
		else await expect(run()).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(read.length > 0).toBe(isRead);
	});

	it('says that it cannot where the platform does not let the bot read', async () => {
		await expect(open({ kinds: ['channel'], target: chat }).run()).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	it.each([
		['another site', { link: 'https://evil.example/1' }, 'NOT_FOUND'],
		['no link', { link: 'the message above' }, 'MODEL_REJECTED'],
		['nothing', {}, 'MODEL_REJECTED'],
	])('says what is wrong with %s', async (_, given, code) => {
		await expect(open().run(given)).rejects.toMatchObject({ code });
	});
});
