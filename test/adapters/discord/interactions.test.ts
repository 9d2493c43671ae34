/** Commands, the entry in a message's menu, and buttons: answered in time whatever the store does, and stored. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Typing } from '#src/platform/typing.ts';
import { type DiscordProcess, type DiscordWorld, openDiscordWorld } from './discord-world.ts';

const askAbout = english.app.askAboutMessage;
const signal = new AbortController().signal;

describe('interactions', () => {
	let world: DiscordWorld;
	let process: DiscordProcess;
	beforeAll(async () => {
		world = await openDiscordWorld();
		process = world.addProcess();
		await process.start();
		// Told, and remembered as told.
		await vi.waitFor(() => expect(world.state.facts.has('commands')).toBe(true));
	});
	afterAll(() => world.close());
	beforeEach(() => {
		process.events.splice(0);
		process.failed.splice(0);
		process.sinkFails(null);
		world.discord.clearFaults();
	});

	const slash = (more: object = {}) =>
		world.discord.slash({ user: world.lucia, channel: world.general, name: 'ccb', subcommand: 'help', ...more });
	async function taken<T extends PersonalEvent['type']>(type: T): Promise<PersonalEvent & { type: T }> {
		return await vi.waitFor(() => {
			const found = process.events.find((event) => event.type === type);
			if (found === undefined) throw new Error(`no ${type}`);
			return found as PersonalEvent & { type: T };
		});
	}

	it('are registered once, until they change', async () => {
		const again = world.addProcess();
		await process.platform.stop();
		await again.start();
		await vi.waitFor(() => expect(again.platform.health().state).toBe('up'));
		process = again;
		expect(world.discord.callsTo('set-global-commands')).toHaveLength(1);
		expect(world.discord.commands().map(({ name }) => name)).toContain('ccb');
	});

	it('promise a private answer to a command, in the language of whoever asks, and fill it', async () => {
		const { answer } = await slash();
		expect(answer()).toMatchObject({ isThinking: true, isEphemeral: true });
		const event = await taken('command-invoked');
		expect(event).toMatchObject({ text: 'help', locale: 'es-ES', actor: { tenantId: 'discord', accountId: world.lucia } });
		expect(event.place).toEqual({ platform: 'discord', tenantId: world.guild, channelId: world.general, threadId: '', kind: 'channel' });
		await process.platform.sendPrivately(event.place, event.actor, ['this *and* that'], event.replyHandle, signal);
		expect(answer()).toMatchObject({ content: String.raw`this \*and\* that`, isThinking: false, isEphemeral: true });
	});

	it('say of a command in a thread where it was given', async () => {
		const { id } = await world.discord.say({ user: world.tom, channel: world.general, text: 'let us talk' });
		const thread = world.discord.startThread({ channelId: world.general, messageId: id, name: 'talk', ownerId: world.tom });
		await slash({ user: world.tom, channel: thread.id, subcommand: 'stop' });
		expect((await taken('command-invoked')).place).toMatchObject({ channelId: thread.id, threadId: '', kind: 'channel' });
	});

	it('bring what was typed after a command, with the people in it as the core refers to them', async () => {
		const boss = world.discord.world.guild(world.guild)?.ownerId ?? '';
		const order = (user: string, channel: string) =>
			slash({ user, channel, name: 'ccb-admin', subcommand: 'admin', options: { order: `grant <@${world.lucia}> admin` } });
		await order(boss, world.general);
		expect(await taken('command-invoked')).toMatchObject({
			text: `admin grant discord:discord:${world.lucia} admin`,
			actor: { accountId: boss },
		});
		// In a server Discord shows it to the server's administrators only, in direct messages to everybody.
		await expect(order(world.tom, world.general)).rejects.toThrow(TypeError);
		process.events.splice(0);
		await order(world.tom, world.discord.world.openDirect(world.tom).id);
		expect(await taken('command-invoked')).toMatchObject({ actor: { accountId: world.tom }, place: { kind: 'direct' } });
	});

	it('ask in a form for what an order of administrators needs, and bring what was entered as if it had been typed', async () => {
		const channel = world.discord.world.openDirect(world.tom).id;
		const asked = await slash({ user: world.tom, channel, name: 'ccb-admin', subcommand: 'admin', options: { order: 'limit' } });
		expect(asked.modal).toMatchObject({ title: 'admin limit' });
		expect(process.events).toEqual([]);
		const inputs = { target: 'employee', limit: 'requests-per-minute', value: '10' };
		const { answer } = await world.discord.submitModal({ interactionId: asked.id, values: inputs });
		const event = await taken('command-invoked');
		expect(event).toMatchObject({
			text: 'admin limit employee requests-per-minute 10',
			actor: { accountId: world.tom },
			place: { kind: 'direct' },
			form: { askedOf: world.tom, askedAt: expect.stringMatching(/^20\d\d-/) },
		});
		expect(event.options).toBeUndefined();
		await process.platform.sendPrivately(event.place, event.actor, ['done'], event.replyHandle, signal);
		expect(answer()).toMatchObject({ content: 'done', isEphemeral: true });
	});

	it('ask in a form for the code of a link where none is given', async () => {
		const asked = await slash({ user: world.tom, channel: world.general, name: 'ccb', subcommand: 'link' });
		expect(asked.modal).toMatchObject({ title: 'link' });
		await world.discord.submitModal({ interactionId: asked.id, values: { code: 'K7QF-2M9X' } });
		expect(await taken('command-invoked')).toMatchObject({ text: 'link K7QF-2M9X', place: { channelId: world.general } });
	});

	it('offer what can be typed, to whoever types it, as much as Discord shows', async () => {
		const asked: Typing[] = [];
		process.offered = async (typing) => {
			asked.push(typing);
			return ['', 'x'.repeat(101), ...Array.from({ length: 30 }, (_unused, index) => `model${index}`)];
		};
		const typing = { user: world.lucia, channel: world.general, name: 'ccb', subcommand: 'model', option: 'model', typed: 'mod' };
		const offered = await world.discord.type(typing);
		expect(offered).toHaveLength(25);
		expect(offered?.slice(0, 2)).toEqual(['model0', 'model1']);
		expect(asked).toMatchObject([
			{
				...{ command: 'model', argument: 'model', typed: 'mod', locale: 'es-ES' },
				actor: { tenantId: 'discord', accountId: world.lucia },
				place: { channelId: world.general, threadId: '' },
			},
		]);
		process.offered = async () => await Promise.reject(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		expect(await world.discord.type(typing)).toEqual([]);
		process.offered = () => new Promise(() => {});
		expect(await world.discord.type(typing)).toEqual([]);
		expect(process.failed).toHaveLength(2);
		expect(process.events).toEqual([]);
	});

	it('say what is wrong in a form, in the language of whoever filled it in, and take nothing in', async () => {
		const channel = world.discord.world.openDirect(world.lucia).id;
		const asked = await slash({ channel, name: 'ccb-admin', subcommand: 'admin', options: { order: 'map' } });
		const { answer } = await world.discord.submitModal({ interactionId: asked.id, values: { group: 'nonsense', role: 'employee' } });
		const wrong = spanish.administration.misread(spanish.administration.usage.map);
		await vi.waitFor(() => expect(answer()?.content).toBe(wrong));
		expect(process.events).toEqual([]);
	});

	it('go their way where Discord does not take the form', async () => {
		const channel = world.discord.world.openDirect(world.tom).id;
		world.discord.fail({ operation: 'answer-interaction', kind: '500' });
		await slash({ user: world.tom, channel, name: 'ccb-admin', subcommand: 'admin', options: { order: 'grant' } });
		expect(await taken('command-invoked')).toMatchObject({ text: 'admin grant' });
	});

	it('make a question of the message that somebody asks about, and its answer a reply to it', async () => {
		const { id } = await world.discord.say({
			user: world.tom,
			channel: world.general,
			text: 'Quarterly figures are out.',
			attachments: [{ name: 'figures.csv', contentType: 'text/csv', content: 'a;b' }],
		});
		const { answer } = await world.discord.messageCommand({ user: world.lucia, channel: world.general, name: askAbout, targetId: id });
		expect(answer()).toMatchObject({ content: spanish.command.asked, isEphemeral: true });
		const event = await taken('message-received');
		expect(event).toMatchObject({
			text: 'Quarterly figures are out.',
			author: { accountId: world.lucia },
			addressedBy: 'mention',
			startsThread: true,
			place: { threadId: id },
			attachments: [{ name: 'figures.csv' }],
		});
		const posted = await process.platform.post(event.place, { text: 'They are good.', buttons: [], inReplyTo: event.messageId }, signal);
		expect(world.discord.message(world.general, posted.messageId)?.reference?.messageId).toBe(id);
		const again = await world.discord.messageCommand({ user: world.lucia, channel: world.general, name: askAbout, targetId: id });
		expect(again.response).not.toBe('none');
		await vi.waitFor(() => expect(new Set(process.events.map(({ key }) => key)).size).toBe(2));
	});

	it('tell of a button which chain its message is in, though nothing is remembered', async () => {
		const place: Place = { platform: 'discord', tenantId: world.guild, channelId: world.general, threadId: '', kind: 'channel' };
		const { id: rootId } = await world.discord.say({ user: world.tom, channel: world.general, text: 'root', mentionBot: true });
		const action = { name: 'retry', replyId: 'r' } as const;
		const { messageId } = await process.platform.post(
			{ ...place, threadId: rootId },
			{ text: 'answer', buttons: [{ label: 'Again', action }], inReplyTo: rootId },
			signal,
		);
		const customId = world.discord.message(world.general, messageId)?.buttons[0]?.customId ?? '';
		const { followUps } = await world.discord.press({ user: world.lucia, channel: world.general, messageId, customId });
		const event = await taken('button-pressed');
		expect(event).toMatchObject({ place: { threadId: rootId }, button: action, messageId, locale: 'es-ES' });
		await process.platform.sendPrivately(event.place, event.actor, ['only for you'], event.replyHandle, signal);
		expect(followUps()).toMatchObject([{ content: 'only for you', isEphemeral: true, forUser: world.lucia }]);
	});

	it('are answered in time by a store that is away, and say that it failed', async () => {
		process.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		const { response, answer } = await slash();
		expect(response).not.toBe('none');
		await vi.waitFor(() => expect(answer()?.content).toBe(spanish.failure.internal));
		expect(answer()?.isEphemeral).toBe(true);
		expect(process.failed).toHaveLength(1);
	});

	it('are taken though the acknowledgement was lost, and answered another way', async () => {
		world.discord.fail({ operation: 'answer-interaction', kind: '500' });
		const invoked = slash({ user: world.tom });
		const event = await taken('command-invoked');
		await invoked;
		await process.platform.sendPrivately(event.place, event.actor, ['by another way'], event.replyHandle, signal);
		const direct = world.discord.world.openDirect(world.tom).id;
		expect(world.discord.messages(direct).at(-1)?.content).toBe('by another way');
	});
});
